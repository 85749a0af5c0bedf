import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import { dirname } from "node:path"
import { Failure } from "./Failure.ts"
import { whyIrregular, whyUnreadable } from "./TextFile.ts"

/** Fails with `reason`, before anything is done, where a file cannot be: its directory must be there. */
export const demandDirectoryOf = Effect.fn("demandDirectoryOf")(function* (path: string, reason: string) {
  const files = yield* FileSystem.FileSystem
  const directory = dirname(path)
  const wrong = (why: string): Failure => Failure.wrong(reason, `${path}: ${why}`)
  const { type } = yield* files
    .stat(directory)
    .pipe(
      Effect.mapError((error) =>
        wrong(
          error.reason._tag === "NotFound"
            ? `there is no directory ${JSON.stringify(directory)}`
            : `its directory ${whyUnreadable(error)}`
        )
      )
    )
  if (type !== "Directory") return yield* wrong(`${JSON.stringify(directory)} is not a directory`)
})

/** Fails with `reason` where a file cannot be replaced as a whole: where there is no directory, or no regular file. */
export const demandReplaceable = Effect.fn("demandReplaceable")(function* (path: string, reason: string) {
  yield* demandDirectoryOf(path, reason)
  const files = yield* FileSystem.FileSystem
  const info = yield* Effect.orElseSucceed(files.stat(path), () => undefined)
  const irregular = info === undefined ? undefined : whyIrregular(info)
  if (irregular !== undefined) return yield* Failure.wrong(reason, `${path}: ${irregular}`)
})

/** Why a file could not be written, in a few words and with the word of the system. */
export const whyUnwritable = ({ reason }: PlatformError): string => {
  const code = codeOf(reason.cause)
  if (code === undefined) return `cannot be written (${reason._tag})`
  const why = sentences.get(code)
  return why === undefined ? `cannot be written (${code})` : `cannot be written: ${why} (${code})`
}

const codeOf = (cause: unknown): string | undefined => {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, "code") : undefined
  return typeof code === "string" ? code : undefined
}

const sentences: ReadonlyMap<string, string> = new Map([
  ["EACCES", "this user may not"],
  ["EPERM", "this user may not"],
  ["EDQUOT", "the quota of this user is used up"],
  ["EFBIG", "it would be larger than the system allows"],
  ["EIO", "the device failed"],
  ["EISDIR", "it is a directory"],
  ["ENOENT", "its directory is gone"],
  ["ENOSPC", "there is no space left"],
  ["EROFS", "the file system is read-only"]
])
