import type { Json } from "@sallyport/language"
import { replaceFile } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Failure } from "./Failure.ts"
import { readTextFile } from "./TextFile.ts"
import { whyUnwritable } from "./WrittenFile.ts"

/** Whose state it is. A file that was made for another is refused, so that no cursor goes where it means nothing. */
export interface PollOwner {
  readonly connector: string
  readonly trigger: string
  readonly connection: string
}

/** What is in a state file: JSON, so that a person can see whose it is. It holds a cursor: readable for its owner only. */
const PollState = Schema.fromJsonString(
  Schema.Struct({
    sallyport: Schema.Literal("poll-state"),
    version: Schema.Literal(1),
    connector: Schema.String,
    trigger: Schema.String,
    connection: Schema.String,
    state: Schema.Json
  })
)

/**
 * The state that was kept; undefined when the file does not exist yet. A file that is damaged, none of ours, or that of
 * another is a failure that leaves it as it is.
 */
export const readPollState = Effect.fn("readPollState")(function* (path: string, owner: PollOwner) {
  const files = yield* FileSystem.FileSystem
  const exists = yield* files.exists(path).pipe(Effect.mapError(() => wrong(path, "cannot be read")))
  if (!exists) return undefined
  const found = Option.getOrUndefined(decode(yield* readTextFile(path, "State")))
  if (found === undefined)
    return yield* wrong(
      path,
      "holds no state of a poll; name another file, or move this one away to begin anew"
    )
  for (const part of ["connector", "trigger", "connection"] as const) {
    if (found[part] === owner[part]) continue
    const theirs = JSON.stringify(found[part].slice(0, 60))
    return yield* wrong(
      path,
      `belongs to the ${part} ${theirs}, not to ${JSON.stringify(owner[part])}; name another file`
    )
  }
  return found.state
})

/**
 * Keeps a state: when this is done it outlives a crash of the machine, and at no time is there a file with half of it.
 */
export const writePollState = Effect.fn("writePollState")(function* (
  path: string,
  owner: PollOwner,
  state: Json
) {
  const files = yield* FileSystem.FileSystem
  const text = encode({ sallyport: "poll-state", version: 1, ...owner, state })
  yield* replaceFile(files, path, `${text}\n`).pipe(
    Effect.mapError((error) => Failure.failed("State", `${path}: ${whyUnwritable(error)}`))
  )
})

const decode = Schema.decodeUnknownOption(PollState)
const encode = Schema.encodeSync(PollState)

const wrong = (path: string, why: string): Failure => Failure.wrong("State", `${path}: ${why}`)
