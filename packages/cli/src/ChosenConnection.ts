import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { connectionsFor, openNamed } from "./ConnectorWiring.ts"
import { Failure } from "./Failure.ts"
import { allManifests } from "./ManifestCollection.ts"
import { connectionFailure } from "./ConnectorFailure.ts"

/** Opens a connection by its name alone, whatever its connector. */
export const openChosen = Effect.fn("openChosen")(function* (name: string, manifests: Option.Option<string>) {
  const known = yield* allManifests(manifests)
  const connections = yield* connectionsFor([...known.values()])
  const { connector } = yield* connections.get(name).pipe(Effect.mapError(connectionFailure))
  const manifest = known.get(connector)
  if (manifest === undefined)
    return yield* Failure.wrong("UnknownConnector", `there is no manifest of ${JSON.stringify(connector)}`)
  return yield* openNamed(manifest, connections, name)
})
