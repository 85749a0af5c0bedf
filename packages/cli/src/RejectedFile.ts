import type { RejectedItem } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import { Failure } from "./Failure.ts"
import { jsonLine } from "./JsonOutput.ts"

/**
 * Opens a file that keeps what is no event, one item a line, behind what is there already: its problems, and the item as
 * it came. Items may hold anything: the file is made for its owner only. What is written is on the disk when it is done.
 */
export const openRejectedFile = Effect.fn("openRejectedFile")(function* (path: string) {
  const files = yield* FileSystem.FileSystem
  const failed = ({ reason }: PlatformError): Failure =>
    Failure.wrong("State", `${path}: cannot be written (${reason._tag})`)
  const file = yield* files.open(path, { flag: "a", mode: 0o600 }).pipe(Effect.mapError(failed))
  return (rejected: ReadonlyArray<RejectedItem>): Effect.Effect<void, Failure> => {
    if (rejected.length === 0) return Effect.void
    const text = rejected.map(({ index, item, problems }) =>
      jsonLine({ index, problems, item: Redacted.value(item) })
    )
    return file
      .writeAll(new TextEncoder().encode(text.join("")))
      .pipe(Effect.andThen(file.sync), Effect.mapError(failed))
  }
})
