import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import { randomBytes } from "node:crypto"
import { basename, dirname, join } from "node:path"

/**
 * Writes a file that only its owner can read, whole or not at all: whoever reads it at any time, after a crash too, finds
 * the old content or the new one.
 */
export const replaceFile = (
  files: FileSystem.FileSystem,
  path: string,
  content: string
): Effect.Effect<void, PlatformError> =>
  throughTemporary(files, path, content, (temporary) => files.rename(temporary, path))

/** The same for a file that must not be there yet; one that is there stays as it is. */
export const writeNewFile = (
  files: FileSystem.FileSystem,
  path: string,
  content: string
): Effect.Effect<void, PlatformError> =>
  throughTemporary(files, path, content, (temporary) =>
    files.link(temporary, path).pipe(
      Effect.catchIf(
        ({ reason }) => reason._tag === "AlreadyExists",
        () => Effect.void
      ),
      Effect.andThen(files.remove(temporary))
    )
  )

const throughTemporary = (
  files: FileSystem.FileSystem,
  path: string,
  content: string,
  publish: (temporary: string) => Effect.Effect<void, PlatformError>
): Effect.Effect<void, PlatformError> => {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`)
  return Effect.scoped(
    Effect.gen(function* () {
      const file = yield* files.open(temporary, { flag: "wx", mode: 0o600 })
      yield* file.writeAll(new TextEncoder().encode(content))
      yield* file.sync
    })
  ).pipe(
    Effect.andThen(publish(temporary)),
    Effect.onError(() => Effect.ignore(files.remove(temporary, { force: true }))),
    Effect.andThen(syncDirectory(files, dirname(path)))
  )
}

/** So that the name outlives a crash too. Windows cannot do it, and needs it less. */
const syncDirectory = (files: FileSystem.FileSystem, directory: string): Effect.Effect<void> =>
  Effect.ignore(Effect.scoped(Effect.flatMap(files.open(directory, { flag: "r" }), (file) => file.sync)))
