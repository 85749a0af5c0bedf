import type { RejectedItem } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
import { Failure } from "./Failure.ts"
import { jsonLine } from "./JsonOutput.ts"
import { demandDirectoryOf, whyUnwritable } from "./WrittenFile.ts"

/**
 * Opens a file that keeps what is no event, one item a line, behind what is there already: its problems, and the item as
 * it came. Items may hold anything: the file is made for its owner only. What is written is on the disk when it is done.
 * A file that cannot be opened is wrong input; one that cannot be written later is a failure of the machine.
 */
export const openRejectedFile = Effect.fn("openRejectedFile")(function* (path: string) {
  const files = yield* FileSystem.FileSystem
  yield* demandDirectoryOf(path, "File")
  const file = yield* files
    .open(path, { flag: "a", mode: 0o600 })
    .pipe(Effect.mapError((error) => Failure.wrong("File", `${path}: ${whyUnwritable(error)}`)))
  // Pipes and devices keep nothing, and refuse to be asked for it.
  const isKept = yield* file.stat.pipe(
    Effect.map(({ type }) => type === "File"),
    Effect.orElseSucceed(() => true)
  )
  return (rejected: ReadonlyArray<RejectedItem>): Effect.Effect<void, Failure> => {
    if (rejected.length === 0) return Effect.void
    const text = rejected.map(({ index, item, problems }) =>
      jsonLine({ index, problems, item: Redacted.value(item) })
    )
    return file.writeAll(new TextEncoder().encode(text.join(""))).pipe(
      Effect.andThen(isKept ? file.sync : Effect.void),
      Effect.mapError((error) => Failure.failed("File", `${path}: ${whyUnwritable(error)}`))
    )
  }
})
