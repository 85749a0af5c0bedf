import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as PlatformError from "effect/PlatformError"
import * as Stream from "effect/Stream"
import { Failure } from "./Failure.ts"

/** What a file can be read as at most: more is a mistake, such as a dump. */
const usualLimit = 64 * 1024 * 1024

/**
 * The text of a file that a person named. Fails with `reason` and the path when it is no regular file or cannot be read
 * as UTF-8. No more than the limit is read, whatever the system says about its size.
 */
export const readTextFile = Effect.fn("readTextFile")(function* (
  path: string,
  reason: string,
  limitBytes: number = usualLimit
) {
  const files = yield* FileSystem.FileSystem
  const wrong = (why: string): Failure => Failure.wrong(reason, `${path}: ${why}`)
  const unreadable = (error: PlatformError.PlatformError): Failure => wrong(whyUnreadable(error))
  const info = yield* files.stat(path).pipe(Effect.mapError(unreadable))
  const irregular = whyIrregular(info)
  if (irregular !== undefined) return yield* wrong(irregular)
  const tooLarge = wrong(`is larger than ${limitBytes} bytes`)
  if (info.size > limitBytes) return yield* tooLarge
  const chunks = yield* files
    .stream(path, { bytesToRead: limitBytes + 1 })
    .pipe(Stream.runCollect, Effect.mapError(unreadable))
  const bytes = Buffer.concat(chunks)
  if (bytes.length > limitBytes) return yield* tooLarge
  return yield* Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => wrong("is not UTF-8 text")
  })
})

/** Why something has no content of its own that could be read or replaced; undefined for a regular file. */
export const whyIrregular = ({ type }: FileSystem.File.Info): string | undefined => {
  switch (type) {
    case "File":
      return undefined
    case "Directory":
      return "is a directory, not a file"
    case "FIFO":
      return "is a pipe, not a regular file"
    case "Socket":
      return "is a socket, not a regular file"
    case "BlockDevice":
    case "CharacterDevice":
      return "is a device, not a regular file"
    default:
      return "is no regular file"
  }
}

/** Why a file cannot be read, in a few words. */
export const whyUnreadable = ({ reason }: PlatformError.PlatformError): string => {
  switch (reason._tag) {
    case "NotFound":
      return "does not exist"
    case "PermissionDenied":
      return "may not be read"
    default:
      return "cannot be read"
  }
}
