import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { hostname } from "node:os"
import { Failure } from "./Failure.ts"
import { demandReplaceable, whyUnwritable } from "./WrittenFile.ts"

/** Who holds a lock. `begun` tells a process from a later one with the same id; empty where the system does not say. */
const Holder = Schema.fromJsonString(
  Schema.Struct({ pid: Schema.Int, host: Schema.String, begun: Schema.String, locked: Schema.String })
)
type Holder = typeof Holder.Type

/**
 * Holds `PATH.lock` as long as the scope is open, so that no two processes poll with one state and each loses what the
 * other kept. A lock whose process is gone is taken over; one of another machine is not, as nobody here can tell. Where
 * no state can be kept, nothing is made.
 */
export const lockPollState = Effect.fn("lockPollState")(function* (path: string) {
  const files = yield* FileSystem.FileSystem
  yield* demandReplaceable(path, "State")
  const lock = `${path}.lock`
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    begun: yield* beginningOf(process.pid),
    locked: DateTime.formatIso(yield* DateTime.now)
  }
  const take = create(lock, own)
  yield* Effect.acquireRelease(
    Effect.gen(function* () {
      if (yield* take) return
      const holder = yield* holderOf(lock)
      if (holder !== undefined && !(yield* isGone(holder, own))) return yield* held(path, lock, holder)
      yield* Effect.scoped(takeOver(lock, own))
      if (!(yield* take)) return yield* held(path, lock, yield* holderOf(lock))
    }),
    () => Effect.ignore(files.remove(lock))
  )
})

/** True if the file was made here; false if it is there already. It is never there without its content. */
const create = Effect.fnUntraced(function* (lock: string, own: Holder) {
  const files = yield* FileSystem.FileSystem
  const mine = `${lock}.${own.pid}`
  return yield* files.writeFileString(mine, `${encode(own)}\n`, { mode: 0o600 }).pipe(
    Effect.andThen(files.link(mine, lock)),
    Effect.as(true),
    Effect.catchTag("PlatformError", (error) =>
      error.reason._tag === "AlreadyExists"
        ? Effect.succeed(false)
        : Effect.fail(Failure.wrong("State", `${lock}: ${whyUnwritable(error)}`))
    ),
    Effect.ensuring(Effect.ignore(files.remove(mine, { force: true })))
  )
})

/**
 * Removes a lock whose process is gone, one process at a time: of two that find it at once, the slower would remove the
 * lock that the faster has just made.
 */
const takeOver = Effect.fnUntraced(function* (lock: string, own: Holder) {
  const files = yield* FileSystem.FileSystem
  const turn = `${lock}.takeover`
  if (!(yield* create(turn, own)))
    return yield* Failure.wrong(
      "State",
      `${lock}: another process takes it over; if there is none, remove ${turn} and ${lock}`
    )
  yield* Effect.addFinalizer(() => Effect.ignore(files.remove(turn)))
  const holder = yield* holderOf(lock)
  if (holder === undefined || (yield* isGone(holder, own)))
    yield* Effect.ignore(files.remove(lock, { force: true }))
})

/** Undefined: there is none any more, or it names nobody. */
const holderOf = Effect.fnUntraced(function* (lock: string) {
  const files = yield* FileSystem.FileSystem
  const text = yield* files.readFileString(lock).pipe(Effect.orElseSucceed(() => ""))
  return Option.getOrUndefined(decode(text))
})

/**
 * Ids are used again, in containers after every start. The process that has the id now is another one if it began at
 * another time, or if it is this one, which holds nothing yet.
 */
const isGone = Effect.fnUntraced(function* (holder: Holder, own: Holder) {
  if (holder.host !== own.host) return false
  if (holder.pid === own.pid || !isAlive(holder.pid)) return true
  const begun = yield* beginningOf(holder.pid)
  return holder.begun !== "" && begun !== "" && holder.begun !== begun
})

const isAlive = (pid: number): boolean => {
  try {
    // Signal 0 sends nothing: it only tells whether the process is there.
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** When a process began, in the system's own words: on Linux the boot and the clock ticks since; elsewhere empty. */
const beginningOf = Effect.fnUntraced(function* (pid: number) {
  const files = yield* FileSystem.FileSystem
  const read = (path: string): Effect.Effect<string> =>
    files.readFileString(path).pipe(Effect.orElseSucceed(() => ""))
  const stat = yield* read(`/proc/${pid}/stat`)
  // The name of the program, in parentheses, may hold anything; the 20th field behind it is the start.
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]
  const boot = yield* read("/proc/sys/kernel/random/boot_id")
  return ticks === undefined ? "" : `${boot.trim()}/${ticks}`
})

const held = (path: string, lock: string, holder: Holder | undefined): Effect.Effect<never, Failure> => {
  const who =
    holder === undefined
      ? "another process"
      : `process ${holder.pid} on ${JSON.stringify(holder.host)} since ${holder.locked}`
  return Effect.fail(
    Failure.wrong("State", `${path}: ${who} polls with it; if that is no longer so, remove ${lock}`)
  )
}

const decode = Schema.decodeUnknownOption(Holder)
const encode = Schema.encodeSync(Holder)
