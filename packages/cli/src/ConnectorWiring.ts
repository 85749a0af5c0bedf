import {
  type CheckedManifest,
  Connections,
  type ConnectionsFileError,
  type OpenConnection,
  PlainHttp
} from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import type * as Scope from "effect/Scope"
import { connectorService } from "./BuiltInConnectors.ts"
import { connectionFailure } from "./ConnectorFailure.ts"
import { Environment } from "./Environment.ts"
import { Failure } from "./Failure.ts"
import { networkLayer } from "./NetworkLayer.ts"
import { sessionStore } from "./SessionStore.ts"

type Wired = Environment | FileSystem.FileSystem | ChildProcessSpawner

/** The connections that are configured for these connectors. */
export const connectionsFor = (
  manifests: ReadonlyArray<CheckedManifest>
): Effect.Effect<Connections["Service"], Failure, Wired> =>
  Effect.flatMap(connectionsFile, (file) => connectionsOf(manifests, file))

/** The connections of a file, if one is named, and of the environment. */
export const connectionsOf = (
  manifests: ReadonlyArray<CheckedManifest>,
  file: string | undefined
): Effect.Effect<Connections["Service"], Failure, Wired> =>
  Effect.gen(function* () {
    const { allowHttp, variables } = yield* Environment
    const layer = Connections.layer({
      manifests: new Map(manifests.map((manifest) => [manifest.manifest.connector, manifest])),
      environment: variables,
      allowHttp,
      ...(file === undefined ? {} : { file })
    })
    return yield* Effect.provide(Connections, layer)
  }).pipe(
    Effect.catchTag("ConnectionsFileError", ({ message }: ConnectionsFileError) =>
      Effect.fail(Failure.wrong("Connection", message))
    )
  )

/** The path of the file of connections: the one that is named, or `connections.yaml` where there is one. */
export const connectionsFile = Effect.gen(function* () {
  const { connections } = yield* Environment
  if (connections !== undefined) return connections
  const files = yield* FileSystem.FileSystem
  const exists = yield* Effect.orElseSucceed(files.exists("connections.yaml"), () => false)
  return exists ? "connections.yaml" : undefined
})

/** Opens a connection to a connector: the one that is named, else the connector's own, else the only one. */
export const openConnection = Effect.fn("openConnection")(function* (
  manifest: CheckedManifest,
  name: Option.Option<string>
): Effect.fn.Return<OpenConnection, Failure, Wired | Scope.Scope> {
  const connections = yield* connectionsFor([manifest])
  const chosen = Option.isSome(name) ? name.value : yield* defaultConnection(manifest, connections)
  return yield* openNamed(manifest, connections, chosen)
})

/** Opens one of the connections. */
export const openNamed = Effect.fn("openNamed")(function* (
  manifest: CheckedManifest,
  connections: Connections["Service"],
  name: string
): Effect.fn.Return<OpenConnection, Failure, Wired | Scope.Scope> {
  const { connector } = manifest.manifest
  const connection = yield* connections.get(name).pipe(Effect.mapError(connectionFailure))
  if (connection.connector !== connector)
    return yield* Failure.wrong(
      "Connection",
      `the connection ${JSON.stringify(name)} is one to ${connection.connector}, not to ${connector}`
    )
  const { allowHttp } = yield* Environment
  const context = yield* Layer.build(Layer.merge(networkLayer, sessionStore))
  return yield* connectorService(manifest).pipe(
    Effect.flatMap((service) => Effect.mapError(service.open(connection), connectionFailure)),
    Effect.provideContext(context),
    Effect.provideService(PlainHttp, allowHttp)
  )
})

const defaultConnection = (
  { manifest: { connector } }: CheckedManifest,
  { list }: Connections["Service"]
): Effect.Effect<string, Failure> => {
  const names = list.filter((one) => one.connector === connector).map(({ name }) => name)
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return Effect.succeed(only)
  // With none, asking for the connector's own says what is missing.
  if (names.length === 0 || names.includes(connector)) return Effect.succeed(connector)
  return Effect.fail(
    Failure.wrong(
      "Connection",
      `there are several connections to ${connector}; choose one with --connection: ${names.join(", ")}`
    )
  )
}
