import {
  type CheckedManifest,
  Connector,
  type ConnectorHandlers,
  type ConnectorService,
  type HandlerContext,
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
 * used only with the manifest that it was made for. Where no code comes with `sallyport`, what is declared works, and
 * what is left to code says why it does not.
 */
export const connectorService = (
  manifest: CheckedManifest
): Effect.Effect<ConnectorService, Failure, Needed> =>
  Effect.suspend(() => {
    const coded = codedOperations(manifest)
    if (coded.length === 0) return openConnector(manifest, noCode)
    const { connector } = manifest.manifest
    const build = Object.hasOwn(packages, connector) ? packages[connector] : undefined
    if (build === undefined) return openConnector(manifest, absentCode(connector, coded))
    return Effect.filterOrFail(
      build,
      ({ digest }) => digest === manifestDigest(manifest),
      () =>
        Failure.wrong(
          "Manifest",
          `${manifest.file.path} is not the manifest that the code of ${connector} was made for; run: sallyport generate`
        )
    )
  })

const codedOperations = ({ actions, triggers }: CheckedManifest): ReadonlyArray<string> => [
  ...[...actions.values()].filter(({ request }) => request === undefined).map(({ name }) => name),
  ...[...triggers.values()].filter(({ poll }) => poll === undefined).map(({ name }) => name)
]

const noCode: ConnectorHandlers = { actions: new Map(), triggers: new Map() }

/** Refuses each operation before anything is sent. */
const absentCode = (connector: string, operations: ReadonlyArray<string>): ConnectorHandlers => {
  const refusals = operations.map((name) => {
    const why = `did nothing: the code of ${JSON.stringify(`${connector}.${name}`)} is not part of this program; code is registered in packages/cli/src/BuiltInConnectors.ts of the repository, and by users of the library with Connector.layer`
    return [
      name,
      (context: HandlerContext) => Effect.fail(context.error({ _tag: "InvalidInput" }, why))
    ] as const
  })
  return {
    actions: new Map(refusals.map(([name, refuse]) => [name, (_input, context) => refuse(context)])),
    triggers: new Map(refusals.map(([name, refuse]) => [name, (_input, _state, context) => refuse(context)]))
  }
}

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
