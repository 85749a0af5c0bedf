import {
  type CheckedManifest,
  type ConnectorHandlers,
  type ConnectorService,
  type HttpTransport,
  openConnector,
  type SessionVault
} from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { Failure } from "./Failure.ts"

/**
 * The connector of a manifest: declared as a whole, or with the code of the package that comes with `sallyport`. Code is
 * used only with the manifest that it was made for.
 */
export const connectorService = (
  manifest: CheckedManifest
): Effect.Effect<ConnectorService, Failure, HttpTransport | SessionVault> =>
  Effect.suspend(() => {
    const coded = codedOperations(manifest)
    if (coded.length === 0) return openConnector(manifest, { actions: new Map(), triggers: new Map() })
    const { connector } = manifest.manifest
    const load = Object.hasOwn(packages, connector) ? packages[connector] : undefined
    if (load === undefined)
      return Effect.fail(
        Failure.wrong(
          "Manifest",
          `${manifest.file.path} leaves ${coded.join(", ")} to code, and no code of a connector ${JSON.stringify(connector)} comes with sallyport`
        )
      )
    return Effect.flatMap(Effect.promise(load), (handlers) => openConnector(manifest, handlers))
  })

const codedOperations = ({ actions, triggers }: CheckedManifest): ReadonlyArray<string> => [
  ...[...actions.values()].filter(({ request }) => request === undefined).map(({ name }) => name),
  ...[...triggers.values()].filter(({ poll }) => poll === undefined).map(({ name }) => name)
]

/** Loaded when they are needed. */
const packages: {
  readonly [connector: string]: () => Promise<ConnectorHandlers>
} = {}
