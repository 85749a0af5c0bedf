import { describe, expect, it } from "@effect/vitest"
import { Fault } from "@sallyport/testkit"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { client } from "./ThreatWindsClient.ts"

/** Lets the sockets of this process do all that they can do without the clock. */
const settled: Effect.Effect<void> = Effect.forEach(
  Array.from({ length: 200 }),
  () => Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve))),
  { discard: true }
)

describe("a 429 of ThreatWinds", () => {
  for (const [what, retryAfter, seconds] of [
    ["seconds", 20, 20],
    ["an HTTP date", "Thu, 01 Jan 1970 00:00:20 GMT", 20],
    ["more than a call may wait", 3600, 30]
  ] as const)
    it.effect(`with ${what} holds back all callers of the connection until then`, () =>
      Effect.gen(function* () {
        const { connection, server } = yield* client()
        server.faults.add(Fault.status(429, { retryAfter }))
        const first = yield* Effect.forkScoped(connection.call("list_feeds", {}))
        yield* settled
        expect(server.requests.received).toBe(1)
        const others = yield* Effect.forkScoped(
          Effect.all(
            [
              connection.call("definitions", {}),
              connection.call("get_keypair", {}),
              connection.call("add_comment", { entity_id: "ip-1", comment: "seen" })
            ],
            { concurrency: "unbounded" }
          )
        )
        yield* settled
        yield* TestClock.adjust((seconds - 1) * 1000)
        yield* settled
        expect(server.requests.received).toBe(1)
        yield* TestClock.adjust(1000)
        yield* settled
        yield* Fiber.join(first)
        yield* Fiber.join(others)
        expect(server.requests.received).toBe(5)
      })
    )

  for (const [what, options] of [
    ["nothing", {}],
    ["a text that is no time", { retryAfter: "soon" }],
    ["no seconds", { retryAfter: 0 }]
  ] as const)
    it.effect(`with ${what} holds back all callers for the back-off of the manifest`, () =>
      Effect.gen(function* () {
        const { connection, server } = yield* client()
        server.faults.add(Fault.status(429, options))
        const first = yield* Effect.forkScoped(connection.call("list_feeds", {}))
        yield* settled
        const other = yield* Effect.forkScoped(connection.call("definitions", {}))
        yield* settled
        yield* TestClock.adjust(249)
        yield* settled
        expect(server.requests.received).toBe(1)
        yield* TestClock.adjust(251)
        yield* settled
        yield* Fiber.join(first)
        yield* Fiber.join(other)
        expect(server.requests.received).toBe(3)
      })
    )

  it.effect("does not hold back another connection", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* client()
      const other = yield* client({ config: { base_url: server.baseUrl } })
      server.faults.add(Fault.status(429, { retryAfter: 20 }))
      const first = yield* Effect.forkScoped(connection.call("list_feeds", {}))
      yield* settled
      yield* other.connection.call("list_feeds", {})
      expect(first.pollUnsafe()).toBeUndefined()
    })
  )

  it.effect(
    "that does not end is given up within the time of the call, with what the service asked for",
    () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.status(429, { retryAfter: 25 }), { times: Infinity })
        const error = yield* Effect.flip(call("list_feeds"))
        expect(error.reason).toEqual({ _tag: "RateLimited", retryAfter: 25 })
        expect([error.retryable, error.outcomeUnknown]).toEqual([true, false])
        expect(server.requests.received).toBe(3)
        expect(yield* Clock.currentTimeMillis).toBeLessThanOrEqual(60_000)
      })
  )
})

describe("the requests of a connection", () => {
  it.effect("are at most ten in a second, those of all callers together", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* client()
      const calls = yield* Effect.forkScoped(
        Effect.all(
          Array.from({ length: 25 }, () => connection.call("list_feeds", {})),
          { concurrency: "unbounded", discard: true }
        )
      )
      for (const expected of [10, 20]) {
        yield* settled
        expect(server.requests.received).toBe(expected)
        yield* TestClock.adjust(999)
        yield* settled
        expect(server.requests.received).toBe(expected)
        yield* TestClock.adjust(1)
      }
      yield* settled
      yield* Fiber.join(calls)
      expect(server.requests.received).toBe(25)
    })
  )

  it.effect("are at most four at once", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* client()
      const silent = Fault.silent()
      server.faults.add(silent, { times: Infinity })
      const calls = yield* Effect.forkScoped(
        Effect.all(
          Array.from({ length: 8 }, () => connection.call("list_feeds", {})),
          { concurrency: "unbounded", discard: true }
        )
      )
      yield* settled
      expect([silent.held(), server.requests.received]).toEqual([4, 4])
      silent.release()
      yield* settled
      yield* Fiber.join(calls)
      expect(server.requests.received).toBe(8)
    })
  )

  it.effect("end in time when nothing is ever answered, repetitions and all", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.silent(), { times: Infinity })
      const error = yield* Effect.flip(call("list_feeds"))
      expect(error.reason._tag).toBe("Timeout")
      expect(server.requests.received).toBe(2)
      expect(yield* Clock.currentTimeMillis).toBeLessThanOrEqual(61_000)
    })
  )

  it.effect("end in time when an answer begins and never ends", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.stalled(), { times: Infinity })
      const error = yield* Effect.flip(call("list_feeds"))
      expect(error.reason._tag).toBe("Timeout")
      expect(yield* Clock.currentTimeMillis).toBeLessThanOrEqual(61_000)
    })
  )
})
