import {
  type CheckedManifest,
  Connector,
  type ConnectorService,
  type HttpTransport,
  manifestDigest,
  openConnector,
  type SessionVault
} from "@sallyport/runtime"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { Failure } from "./Failure.ts"

type Needed = HttpTransport | SessionVault | Scope.Scope

/**
 * The connector of a manifest: declared as a whole, or with the code of the package that comes with `sallyport`. Code is
 * used only with the manifest that it was made for.
 */
export const connectorService = (
  manifest: CheckedManifest
): Effect.Effect<ConnectorService, Failure, Needed> =>
  Effect.suspend(() => {
    const coded = codedOperations(manifest)
    if (coded.length === 0) return openConnector(manifest, { actions: new Map(), triggers: new Map() })
    const { connector } = manifest.manifest
    const build = Object.hasOwn(packages, connector) ? packages[connector] : undefined
    const { path } = manifest.file
    if (build === undefined)
      return Effect.fail(
        Failure.wrong(
          "Manifest",
          `${path} leaves ${coded.join(", ")} to code, and no code of a connector ${JSON.stringify(connector)} comes with sallyport`
        )
      )
    return Effect.filterOrFail(
      build,
      ({ digest }) => digest === manifestDigest(manifest),
      () =>
        Failure.wrong(
          "Manifest",
          `${path} is not the manifest that the code of ${connector} was made for; run: sallyport generate`
        )
    )
  })

const codedOperations = ({ actions, triggers }: CheckedManifest): ReadonlyArray<string> => [
  ...[...actions.values()].filter(({ request }) => request === undefined).map(({ name }) => name),
  ...[...triggers.values()].filter(({ poll }) => poll === undefined).map(({ name }) => name)
]

/** The connector that a package makes, which is loaded when it is needed. */
const packaged = <const Name extends string>(
  name: Name,
  load: () => Promise<Layer.Layer<Connector<Name>, never, HttpTransport | SessionVault>>
): Effect.Effect<ConnectorService, never, Needed> =>
  Effect.promise(load).pipe(
    Effect.flatMap((layer) => Layer.build(layer)),
    Effect.map((context) => Context.get(context, Connector.key(name)))
  )

/** The connectors that have code. */
const packages: { readonly [connector: string]: Effect.Effect<ConnectorService, never, Needed> } = {
  stix: packaged("stix", async () => (await import("@sallyport/connector-stix")).StixLive),
  threatwinds: packaged(
    "threatwinds",
    async () => (await import("@sallyport/connector-threatwinds")).ThreatwindsLive
  )
}
