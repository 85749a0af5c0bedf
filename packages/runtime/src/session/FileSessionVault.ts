import type { Json } from "@sallyport/language"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import type { PlatformError } from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { join } from "node:path"
import { isJson } from "../schema/JsonValue.ts"
import { replaceFile } from "./AtomicFile.ts"
import type { SecretBox } from "./SecretBox.ts"
import type { SecretBoxError } from "./SecretBoxError.ts"
import type { SessionKey, SessionVault, StoredSession } from "./SessionVault.ts"
import { SessionVaultError } from "./SessionVaultError.ts"

/** Where the sessions are, and what seals them. */
export interface FileSessionVaultOptions {
  /** Made with the first session, for its owner only. One that is open to others is refused, except on Windows. */
  readonly directory: string
  readonly box: SecretBox
}

/**
 * A vault with one sealed file a session, which is replaced as a whole. Files of one session cannot be put in the place
 * of another's.
 */
export const fileSessionVault = (
  files: FileSystem.FileSystem,
  options: FileSessionVaultOptions
): SessionVault["Service"] => {
  const vault = new FileVault(files, options)
  return { get: vault.get, put: vault.put, remove: vault.remove }
}

class FileVault {
  readonly #files: FileSystem.FileSystem
  readonly #directory: string
  readonly #box: SecretBox

  constructor(files: FileSystem.FileSystem, { box, directory }: FileSessionVaultOptions) {
    this.#files = files
    this.#directory = directory
    this.#box = box
  }

  readonly get = (key: SessionKey): Effect.Effect<Option.Option<StoredSession>, SessionVaultError> =>
    Effect.gen({ self: this }, function* () {
      const path = yield* this.#pathOf(key)
      const text = yield* this.#read(key, path)
      if (Option.isNone(text)) return Option.none()
      const opened = this.#box.open(text.value, contextOf(key))
      if (Result.isFailure(opened)) return yield* unopened(key, path, opened.failure)
      const stored = decode(Redacted.value(opened.success))
      return Option.isSome(stored) ? stored : yield* unusable(key, path, "it holds no session")
    })

  readonly put = (key: SessionKey, session: StoredSession): Effect.Effect<void, SessionVaultError> =>
    Effect.gen({ self: this }, function* () {
      const path = yield* this.#pathOf(key)
      yield* this.#prepare(key)
      const { body, confirmed, expires, opened, service } = session
      const ends = expires === undefined ? {} : { expires }
      const text = encode({ body: Redacted.value(body), confirmed, opened, service, ...ends })
      const sealed = this.#box.seal(Redacted.make(text), contextOf(key))
      yield* replaceFile(this.#files, path, `${sealed}\n`).pipe(
        Effect.mapError(failed(key, "cannot be kept", path))
      )
    })

  readonly remove = (key: SessionKey): Effect.Effect<void, SessionVaultError> =>
    Effect.flatMap(this.#pathOf(key), (path) =>
      this.#files
        .remove(path, { force: true })
        .pipe(Effect.mapError(failed(key, "cannot be forgotten", path)))
    )

  /** Names of connections and schemes are words, so the name of a file leads nowhere else. */
  #pathOf(key: SessionKey): Effect.Effect<string, SessionVaultError> {
    const isNamed = [key.connection, key.scheme].every((name) => /^[a-z][a-z0-9_]{0,99}$/.test(name))
    if (isNamed) return Effect.succeed(join(this.#directory, `${key.connection}.${key.scheme}.session`))
    return Effect.fail(
      new SessionVaultError({
        message:
          "a session cannot be kept under these names of a connection and a scheme: small letters, digits and _, at most 100"
      })
    )
  }

  #read(key: SessionKey, path: string): Effect.Effect<Option.Option<string>, SessionVaultError> {
    return Effect.gen({ self: this }, function* () {
      const info = yield* this.#files.stat(path)
      if (info.type !== "File" || info.size > largestFile)
        return yield* unusable(key, path, "it is no file of a session")
      return Option.some((yield* this.#files.readFileString(path)).trimEnd())
    }).pipe(
      Effect.catchTag("PlatformError", (error) =>
        error.reason._tag === "NotFound"
          ? Effect.succeed(Option.none())
          : Effect.fail(failed(key, "cannot be read", path)(error))
      )
    )
  }

  #prepare(key: SessionKey): Effect.Effect<void, SessionVaultError> {
    const directory = this.#directory
    return Effect.gen({ self: this }, function* () {
      yield* this.#files.makeDirectory(directory, { recursive: true, mode: 0o700 })
      const { mode } = yield* this.#files.stat(directory)
      if (process.platform !== "win32" && (mode & 0o077) !== 0)
        return yield* new SessionVaultError({
          message: `the session of ${show(key)} is not kept: the directory ${directory} is open to others; run \`chmod 700 ${directory}\``
        })
    }).pipe(
      Effect.catchTag("PlatformError", (error) =>
        Effect.fail(failed(key, "cannot be kept", directory)(error))
      )
    )
  }
}

/** What services answer when a session is opened is small; this is far more. */
const largestFile = 8n * 1024n * 1024n

const JsonBody = Schema.declare((value: unknown): value is Json => isJson(value))

const Stored = Schema.fromJsonString(
  Schema.Struct({
    body: JsonBody,
    confirmed: Schema.Boolean,
    opened: Schema.DateTimeUtcFromString,
    service: Schema.String,
    expires: Schema.optionalKey(Schema.DateTimeUtcFromString)
  })
)
const encode = Schema.encodeSync(Stored)
const decodeStored = Schema.decodeUnknownOption(Stored)

const decode = (text: string): Option.Option<StoredSession> =>
  Option.map(decodeStored(text), ({ body, confirmed, expires, opened, service }) => ({
    body: Redacted.make(body),
    confirmed,
    opened,
    service,
    expires
  }))

const contextOf = ({ connection, scheme }: SessionKey): string => `session ${connection} ${scheme}`

const show = ({ connection, scheme }: SessionKey): string => `connection "${connection}", scheme "${scheme}",`

const failed =
  (key: SessionKey, what: string, path: string) =>
  ({ reason }: PlatformError): SessionVaultError =>
    new SessionVaultError({ message: `the session of ${show(key)} ${what} (${reason._tag}): ${path}` })

const unusable = (key: SessionKey, path: string, why: string): SessionVaultError =>
  new SessionVaultError({
    message: `the session of ${show(key)} cannot be used: ${why}; remove ${path} and open the session again`
  })

const unopened = (key: SessionKey, path: string, { message, reason }: SecretBoxError): SessionVaultError =>
  reason === "unknown_key"
    ? new SessionVaultError({
        message: `the session of ${show(key)} cannot be used: ${message}; give that key besides the new one, or remove ${path} and open the session again`
      })
    : unusable(key, path, message)
