import type { Json } from "@sallyport/language"
import type { ConnectionError, HttpPoolError, OpenConnection, Poll, PolledEvent } from "@sallyport/runtime"
import { AnswerFault, Fault, type FaultMatch, type SekoiaSimulation } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { indicator, stixId, timeAt } from "./Indicator.ts"
import { patiently } from "./Patience.ts"
import { at, openSekoia, pollAll, rewritten, textAt } from "./SekoiaClient.ts"

/** One thing that happens to a feed or to whoever reads it; `choice` says which one of its kind. */
export const HistoryStep = Schema.Struct({
  what: Schema.Literals(["publish", "update", "revoke", "break", "restart", "poll", "poll", "poll", "lose"]),
  choice: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 9999 }))
})
/** One thing that happens to a feed or to whoever reads it. */
export type HistoryStep = typeof HistoryStep.Type

/** A reader of a feed that changes and breaks: what was delivered to it, and every rule that was broken on the way. */
export class FeedHistory {
  /** What should never happen, as it happened. */
  readonly broken: Array<string> = []
  readonly #sekoia: SekoiaSimulation
  readonly #limit: number
  #connection: OpenConnection
  #state: Json | undefined
  #published = 0
  #version = 0
  readonly #keys = new Map<string, string>()
  readonly #versions = new Map<string, string>()
  readonly #newest = new Map<string, number>()

  constructor(sekoia: SekoiaSimulation, connection: OpenConnection, limit: number) {
    this.#sekoia = sekoia
    this.#connection = connection
    this.#limit = limit
  }

  /** Lets one step happen. */
  step({ choice, what }: HistoryStep): Effect.Effect<void, ConnectionError | HttpPoolError, Scope.Scope> {
    const { objects } = this.#sekoia
    switch (what) {
      case "publish":
        return Effect.sync(() => {
          const count = 1 + (choice % 4)
          objects.publish(Array.from({ length: count }, () => indicator(this.#published++, this.#stamp())))
        })
      case "update":
        return Effect.sync(() => void objects.update(this.#some(choice), this.#stamp()))
      case "revoke":
        return Effect.sync(() => void objects.update(this.#some(choice), { ...this.#stamp(), revoked: true }))
      case "break":
        return Effect.sync(() => {
          const [fault, match] = faults[choice % faults.length]?.() ?? [Fault.reset(), {}]
          this.#sekoia.faults.add(fault, match)
        })
      case "restart":
        return Effect.map(openSekoia(this.#sekoia.baseUrl, this.#sekoia.apiKey), (connection) => {
          this.#connection = connection
        })
      case "poll":
        return Effect.map(this.#poll(), (poll) => {
          if (Result.isSuccess(poll)) this.#commit(poll.success)
        })
      case "lose":
        // The process ends between the answer and the commit: neither events nor state were kept.
        return Effect.asVoid(this.#poll())
    }
  }

  /** Mends the service, reads to the end, and compares what was delivered with what the service holds. */
  finish(): Effect.Effect<void, ConnectionError | HttpPoolError, Scope.Scope> {
    return Effect.gen({ self: this }, function* () {
      this.#sekoia.faults.clear()
      const pass = yield* Effect.result(pollAll(this.#connection, { limit: this.#limit }, this.#state))
      if (Result.isFailure(pass)) this.broken.push(`the mended feed cannot be read: ${pass.failure.message}`)
      else for (const poll of pass.success.polls) this.#commit(poll)
      for (let index = 0; index < this.#published; index++) {
        const id = stixId("indicator", index)
        const held = at(this.#sekoia.objects.get(id)?.object, "x_version")
        const delivered = this.#newest.get(id)
        if (held !== delivered)
          this.broken.push(`${id}: version ${JSON.stringify(held)}, delivered ${delivered}`)
      }
      if (this.#newest.size > this.#published)
        this.broken.push("something was delivered that was never published")
      const again = yield* this.#poll()
      if (Result.isSuccess(again) && again.success.events.length > 0)
        this.broken.push("what was read to its end gives more")
    })
  }

  #poll(): Effect.Effect<Result.Result<Poll, unknown>> {
    const before = JSON.stringify(this.#state)
    const poll = this.#connection.poll("feed", { limit: this.#limit }, this.#state)
    return Effect.map(Effect.result(patiently(poll)), (result) => {
      if (JSON.stringify(this.#state) !== before)
        this.broken.push("a poll changed the state that it was given")
      return result
    })
  }

  #commit({ events, state }: Poll): void {
    const [before, after] = [placeOf(this.#state), placeOf(state)]
    if (after < before) this.broken.push(`the feed went back from ${before} to ${after}`)
    for (const event of events) this.#deliver(event)
    this.#state = rewritten(state)
  }

  #deliver({ event, key }: PolledEvent): void {
    const version = at(event, "x_version")
    const id = textAt(event, "id")
    const name = `${id} version ${JSON.stringify(version)}`
    if ((this.#keys.get(name) ?? key) !== key) this.broken.push(`${name} came under two keys`)
    if ((this.#versions.get(key) ?? name) !== name) this.broken.push(`${key} is the key of two versions`)
    this.#keys.set(name, key)
    this.#versions.set(key, name)
    if (typeof version === "number") this.#newest.set(id, Math.max(version, this.#newest.get(id) ?? 0))
  }

  /** Any of them, and every second time one of the first two: those change so often that a page holds several versions. */
  #some(choice: number): string {
    return stixId("indicator", choice % Math.max(1, choice % 2 === 0 ? this.#published : 2))
  }

  /** Later than all before, with a fraction of another width. */
  #stamp() {
    const version = ++this.#version
    const fraction = ["", ".3", ".650001"][version % 3] ?? ""
    return { modified: timeAt(Math.floor(version / 3), fraction), x_version: version }
  }
}

/** How far a state is, as the simulated service writes it into its cursors: behind a mark, `feed:place` in base64. */
const placeOf = (state: Json | undefined): number => {
  const text = Buffer.from(textAt(state, "cursor").slice(4), "base64").toString()
  return Number(/:(\d+) ?$/.exec(text)?.[1] ?? 0)
}

const withCursor: FaultMatch = { when: (request) => request.parameter("cursor") !== undefined }

/** Everything that is wrong for a while. What names a cursor that was never given is left out: nobody can read on then. */
const faults: ReadonlyArray<() => readonly [Fault, FaultMatch]> = [
  () => [AnswerFault.html(), {}],
  () => [AnswerFault.brokenJson(), {}],
  () => [AnswerFault.badItems(), {}],
  () => [AnswerFault.nextCursor("null"), {}],
  () => [AnswerFault.nextCursor("missing"), {}],
  () => [AnswerFault.nextCursor("repeated"), withCursor],
  () => [Fault.truncated(), {}],
  () => [Fault.truncated({ chunked: true }), { times: 2 }],
  () => [Fault.resetMidway(), {}],
  () => [Fault.reset(), { times: 6 }],
  () => [Fault.hangUp(), {}],
  () => [Fault.wrongEncoding(), {}],
  () => [Fault.status(503, { body: "html" }), { times: 7 }],
  () => [Fault.status(429, { retryAfter: 3 }), { times: 2 }],
  () => [Fault.status(404), {}]
]
