import { secretBoxFromFile, SessionVault, SessionVaultError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { join } from "node:path"
import { Environment } from "./Environment.ts"

/**
 * Sessions in sealed files in the state directory. The key is made with the first session that is kept, so that calls
 * that need none leave nothing behind and work where nothing can be written.
 */
export const sessionStore: Layer.Layer<SessionVault, never, Environment | FileSystem.FileSystem> =
  Layer.effect(
    SessionVault,
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const { stateDirectory } = yield* Environment
      const path = join(stateDirectory, "session.key")
      const directory = join(stateDirectory, "sessions")
      const isEmpty = Effect.map(
        Effect.orElseSucceed(files.exists(path), () => true),
        (exists) => !exists
      )
      const within = <A>(
        use: (vault: SessionVault["Service"]) => Effect.Effect<A, SessionVaultError>
      ): Effect.Effect<A, SessionVaultError> =>
        secretBoxFromFile({ path, create: true }).pipe(
          Effect.mapError(({ message }) => new SessionVaultError({ message })),
          Effect.flatMap((box) =>
            Effect.provide(SessionVault.use(use), SessionVault.layerFile({ directory, box }))
          ),
          Effect.provideService(FileSystem.FileSystem, files)
        )
      return SessionVault.of({
        get: (key) =>
          Effect.flatMap(isEmpty, (empty) =>
            empty ? Effect.succeed(Option.none()) : within((vault) => vault.get(key))
          ),
        put: (key, session) => within((vault) => vault.put(key, session)),
        remove: (key) =>
          Effect.flatMap(isEmpty, (empty) => (empty ? Effect.void : within((vault) => vault.remove(key))))
      })
    })
  )
