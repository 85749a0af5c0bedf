import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as PlatformError from "effect/PlatformError"
import { Failure } from "./Failure.ts"

/** What a file can be read as at most: more is a mistake, such as a device or a dump. */
const usualLimit = 64 * 1024 * 1024

/** The text of a file that a person named. Fails with `reason` and the path when it cannot be read as UTF-8. */
export const readTextFile = Effect.fn("readTextFile")(function* (
  path: string,
  reason: string,
  limitBytes: number = usualLimit
) {
  const files = yield* FileSystem.FileSystem
  const wrong = (why: string): Failure => Failure.wrong(reason, `${path}: ${why}`)
  const info = yield* files.stat(path).pipe(Effect.mapError((error) => wrong(whyUnreadable(error))))
  if (info.type === "Directory") return yield* wrong("is a directory, not a file")
  if (info.size > limitBytes) return yield* wrong(`is larger than ${limitBytes} bytes`)
  const bytes = yield* files.readFile(path).pipe(Effect.mapError((error) => wrong(whyUnreadable(error))))
  return yield* Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => wrong("is not UTF-8 text")
  })
})

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
