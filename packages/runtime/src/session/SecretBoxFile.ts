import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import { dirname } from "node:path"
import { writeNewFile } from "./AtomicFile.ts"
import { SecretBox } from "./SecretBox.ts"
import { SecretBoxError } from "./SecretBoxError.ts"

/** Where the keys of a box are, and whether one is made. */
export interface SecretBoxFileOptions {
  readonly path: string
  /** Makes a file with a new key, for its owner only, when there is none. Default: false. */
  readonly create?: boolean
}

/**
 * A box whose keys are in a file, as `SecretBox.fromText` reads them. A file that anyone but its owner can read or write
 * is refused, except on Windows. Of several processes that make the file at once, one does and all use its key.
 */
export const secretBoxFromFile = Effect.fn("secretBoxFromFile")(function* ({
  create = false,
  path
}: SecretBoxFileOptions): Effect.fn.Return<SecretBox, SecretBoxError, FileSystem.FileSystem> {
  const files = yield* FileSystem.FileSystem
  if (create) yield* createKey(files, path)
  const info = yield* files.stat(path).pipe(Effect.mapError((error) => unreadable(path, error, create)))
  if (info.type !== "File") return yield* refused(`the key file ${path} is not a file`)
  if (info.size > largestFile) return yield* refused(`the key file ${path} is too large to be one`)
  if (process.platform !== "win32" && (info.mode & 0o077) !== 0)
    return yield* refused(
      `the key file ${path} is open to others: run \`chmod 600 ${path}\`, and make a new key if somebody may have read it`
    )
  const text = yield* files
    .readFileString(path)
    .pipe(Effect.mapError((error) => unreadable(path, error, create)))
  return yield* Effect.fromResult(SecretBox.fromText(Redacted.make(text))).pipe(
    Effect.mapError(({ message }) => refused(`the key file ${path}: ${message}`))
  )
})

const largestFile = 64n * 1024n

const createKey = (files: FileSystem.FileSystem, path: string): Effect.Effect<void, SecretBoxError> =>
  Effect.gen(function* () {
    if (yield* files.exists(path)) return
    yield* files.makeDirectory(dirname(path), { recursive: true, mode: 0o700 })
    yield* writeNewFile(files, path, `${Redacted.value(SecretBox.makeKey())}\n`)
  }).pipe(Effect.mapError(({ reason }) => refused(`the key file ${path} cannot be made (${reason._tag})`)))

const unreadable = (path: string, { reason }: PlatformError, create: boolean): SecretBoxError =>
  reason._tag === "NotFound" && !create
    ? refused(`the key file ${path} does not exist`)
    : refused(`the key file ${path} cannot be read (${reason._tag})`)

const refused = (message: string): SecretBoxError => new SecretBoxError({ reason: "key", message })
