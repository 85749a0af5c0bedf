import type { Json } from "@sallyport/language"
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"

import { fileSessionVault, type FileSessionVaultOptions } from "./FileSessionVault.ts"
import { memorySessionVault } from "./MemorySessionVault.ts"
import type { SessionVaultError } from "./SessionVaultError.ts"

/** Which session: that of a connection, by a scheme of its connector. */
export interface SessionKey {
  readonly connection: string
  readonly scheme: string
}

/** A session as it is kept between calls and processes. */
export interface StoredSession {
  /** What the service answered when it was opened. */
  readonly body: Redacted.Redacted<Json>
  /** False while a person has not answered the question yet. */
  readonly confirmed: boolean
  readonly opened: DateTime.Utc
  /** Where it was opened, origin and path: it is never shown to another address. */
  readonly service: string
  /** When it ends, as far as that is known; moved when it is extended. */
  readonly expires: DateTime.Utc | undefined
}

/**
 * Where sessions are kept, so that a person need not open one for every process. What is kept outside this process is
 * encrypted.
 */
export class SessionVault extends Context.Service<
  SessionVault,
  {
    readonly get: (key: SessionKey) => Effect.Effect<Option.Option<StoredSession>, SessionVaultError>
    readonly put: (key: SessionKey, session: StoredSession) => Effect.Effect<void, SessionVaultError>
    readonly remove: (key: SessionKey) => Effect.Effect<void, SessionVaultError>
  }
>()("@sallyport/runtime/session/SessionVault") {
  /** Kept in this process only, as long as the layer is. */
  static readonly layerMemory: Layer.Layer<SessionVault> = Layer.sync(SessionVault, memorySessionVault)

  /** Kept in sealed files, one a session. */
  static readonly layerFile = (
    options: FileSessionVaultOptions
  ): Layer.Layer<SessionVault, never, FileSystem.FileSystem> =>
    Layer.effect(
      SessionVault,
      Effect.map(FileSystem.FileSystem, (files) => fileSessionVault(files, options))
    )
}
