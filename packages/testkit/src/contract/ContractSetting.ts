import { type CheckedManifest, HttpTransport, type OpenConnection, SessionVault } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { ManifestMock, type MockedService } from "../mock/ManifestMock.ts"
import type { ContractOptions } from "./ContractOptions.ts"

/** A connector that is connected to a mock of its manifest. */
export interface ContractSetting {
  readonly mock: MockedService
  readonly connection: OpenConnection
}

/** Opens the connector for one test, which fails where that fails. What came while it was prepared is not recorded. */
export const contractSetting = <E>(
  manifest: CheckedManifest,
  options: ContractOptions<E>
): Effect.Effect<ContractSetting, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { config, connector, prepare, reply, secrets } = options
    const mock = yield* ManifestMock.make(manifest, {
      ...(config !== undefined && { config }),
      ...(secrets !== undefined && { secrets }),
      ...(reply !== undefined && { reply })
    })
    const layers = yield* Layer.build(Layer.merge(HttpTransport.layer(), SessionVault.layerMemory))
    const service = yield* Effect.orDie(Effect.provide(connector, layers))
    const connection = yield* service.open(mock.connection)
    if (prepare !== undefined) yield* Effect.orDie(prepare(connection))
    mock.requests.clear()
    return { mock, connection }
  }).pipe(Effect.orDie)
