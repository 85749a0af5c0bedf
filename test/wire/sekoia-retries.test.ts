import { describe, expect, it } from "@effect/vitest"
import { defaultFeedId, Fault, type SekoiaSimulation } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { indicators, stixId } from "./Indicator.ts"
import { arrivalsAt, patiently, until } from "./Patience.ts"
import { idsAt, openSekoia, sekoiaClient } from "./SekoiaClient.ts"

const always = { times: Number.POSITIVE_INFINITY }
const one = stixId("indicator", 1)
const gaps = (times: ReadonlyArray<number>): ReadonlyArray<number> =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0))

describe("a read that fails for the moment", () => {
  for (const status of [408, 429, 500, 502, 503, 504])
    it.effect(
      `with ${status} is tried five times in all, and its error says what came last [7.6] [11.4]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
          for (const body of ["json", "html", "text", "empty"] as const) {
            sekoia.requests.clear()
            const queued = sekoia.faults.add(Fault.status(status, { body }), always)
            const error = yield* patiently(Effect.flip(connection.call("list_objects", {})))
            expect([error.status, error.attempts, error.retryable, error.outcomeUnknown]).toEqual([
              status,
              5,
              true,
              false
            ])
            expect(error.reason._tag).toBe(status === 429 ? "RateLimited" : "Upstream")
            expect(sekoia.requests.all.length).toBe(5)
            expect(new Set(sekoia.requests.lines).size).toBe(1)
            queued.remove()
          }
        })
    )

  it.effect("succeeds when the service does, and nothing of the failures is seen [11.4]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      sekoia.faults.add(Fault.status(503, { body: "html" }))
      sekoia.faults.add(Fault.reset())
      sekoia.faults.add(Fault.status(429))
      sekoia.faults.add(Fault.truncated())
      const page = yield* patiently(connection.call("list_objects", {}))
      expect([idsAt(page, "items").length, sekoia.requests.received]).toEqual([2, 5])
    })
  )

  it.effect(
    "waits twice as long each time, between a half and the whole of it, so that callers do not come back together [11.4]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const times = arrivalsAt(sekoia)
        sekoia.faults.add(Fault.status(503), always)
        yield* patiently(Effect.flip(connection.call("list_objects", {})), "10 millis")
        // The clock moves in steps: what is due in the middle of one comes at its end, and sockets may take a few.
        for (const [index, gap] of gaps(times).entries()) {
          const whole = 500 * 2 ** index
          expect(gap).toBeGreaterThanOrEqual(whole / 2)
          expect(gap).toBeLessThanOrEqual(whole + 100)
        }
        expect(times.length).toBe(5)
      })
  )

  it.effect("may be any read: objects, contexts, feeds, files, the check [11.4]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      for (const call of [
        connection.check,
        connection.call("feed_lines", {}),
        connection.call("feed_rows", {}),
        connection.call("get_feed", { feed_id: defaultFeedId }),
        connection.call("list_feeds", {}),
        connection.call("get_objects", { ids: [one] }),
        connection.call("get_object_context", { object_id: one }),
        connection.call("get_indicator_context", { type: "url", value: "x" }),
        connection.call("find_indicators", { type: "url", value: "x" })
      ]) {
        sekoia.requests.clear()
        sekoia.faults.add(Fault.status(502))
        yield* patiently(call)
        expect(sekoia.requests.all.length).toBe(2)
      }
    })
  )

  it.effect("because nobody listens is a network error that says so [11.4]", () =>
    Effect.gen(function* () {
      const port = yield* Effect.scoped(
        Effect.map(sekoiaClient({ objects: [] }), ({ sekoia }) => sekoia.port)
      )
      const connection = yield* openSekoia(`http://127.0.0.1:${port}`, "some-key-1234")
      const error = yield* patiently(Effect.flip(connection.call("list_objects", {})))
      expect([error.reason._tag, error.attempts, error.retryable]).toEqual(["Network", 5, true])
      const write = yield* patiently(Effect.flip(connection.call("create_feed", {})))
      // Nothing was sent, so even a creation may be tried again.
      expect([write.reason._tag, write.attempts, write.outcomeUnknown]).toEqual(["Network", 5, false])
    })
  )
})

describe("a rate limit", () => {
  /** The wait before the second attempt, in milliseconds. */
  const waitOf = Effect.fnUntraced(function* (
    retryAfter: (sekoia: SekoiaSimulation) => number | string | undefined,
    status: number = 429
  ) {
    yield* TestClock.adjust("1 day")
    const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
    const times = arrivalsAt(sekoia)
    const after = retryAfter(sekoia)
    sekoia.faults.add(Fault.status(status, after === undefined ? {} : { retryAfter: after }))
    yield* patiently(connection.call("list_objects", {}), "10 millis")
    expect(times.length).toBe(2)
    return gaps(times)[0] ?? 0
  })

  /** The clock moves while sockets work, a little and never back. */
  const about = (millis: number, wait: number): void => {
    expect(wait).toBeGreaterThanOrEqual(millis)
    expect(wait).toBeLessThanOrEqual(millis + 100)
  }

  const inSeconds = (seconds: number) => (sekoia: SekoiaSimulation) =>
    new Date(sekoia.clock.millis + seconds * 1000).toUTCString()

  it.effect("is waited out for the seconds that it names, also with 503 [7.5]", () =>
    Effect.gen(function* () {
      about(7000, yield* waitOf(() => 7))
      about(7000, yield* waitOf(() => 7, 503))
    })
  )

  it.effect("is waited out until the date that it names [7.5]", () =>
    Effect.gen(function* () {
      const wait = yield* waitOf(inSeconds(9))
      expect(wait).toBeGreaterThanOrEqual(8900)
      expect(wait).toBeLessThanOrEqual(9100)
    })
  )

  it.effect(
    "without a time, with one that has passed, or with nonsense, waits as after any failure [7.5]",
    () =>
      Effect.gen(function* () {
        for (const after of [undefined, 0, "-5", "soon", "1e3", "", inSeconds(-60)]) {
          const wait = yield* waitOf(typeof after === "function" ? after : () => after)
          expect(wait).toBeGreaterThanOrEqual(250)
          expect(wait).toBeLessThanOrEqual(600)
        }
      })
  )

  it.effect(
    "that asks for hours is waited for 30 s at once and never beyond the time of the call: the quota of a day ends it [7.5] [9 CX]",
    () =>
      Effect.gen(function* () {
        about(30_000, yield* waitOf(() => 86_400))
        about(30_000, yield* waitOf(inSeconds(86_400)))
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const from = sekoia.clock.millis
        sekoia.faults.add(Fault.status(429, { retryAfter: 86_400 }), always)
        const error = yield* patiently(Effect.flip(connection.call("list_objects", {})))
        expect(error.reason).toEqual({ _tag: "RateLimited", retryAfter: 86_400 })
        expect(error.retryable).toBe(true)
        expect(sekoia.clock.millis - from).toBeLessThanOrEqual(120_500)
        expect(sekoia.requests.received).toBeLessThanOrEqual(5)
      })
  )

  it.effect(
    "holds back every caller of the connection until it is over, and nobody of another connection [7.5]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
        const times = arrivalsAt(sekoia)
        sekoia.faults.add(Fault.status(429, { retryAfter: 10 }))
        const first = yield* Effect.forkChild(connection.call("list_objects", {}))
        yield* until(() => sekoia.requests.last?.status === 429)
        const others = yield* Effect.forkChild(
          Effect.all(
            [
              connection.call("list_feeds", {}),
              connection.call("create_feed", {}),
              connection.poll("feed", {}, undefined),
              connection.call("get_objects", { ids: [one] })
            ],
            { concurrency: "unbounded" }
          )
        )
        const stranger = yield* openSekoia(sekoia.baseUrl, sekoia.apiKey)
        yield* stranger.call("list_feeds", {})
        expect(sekoia.requests.received).toBe(2)
        yield* patiently(Effect.all([Fiber.join(first), Fiber.join(others)]))
        const [begin = 0, , ...later] = times
        expect(later.length).toBe(5)
        for (const time of later) expect(time - begin).toBeGreaterThanOrEqual(10_000)
      })
  )

  it.effect(
    "of one caller that is over lets the others go on at once; another failure holds back nobody [7.5]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        sekoia.faults.add(Fault.status(503, { retryAfter: 20 }))
        const first = yield* Effect.forkChild(connection.call("list_objects", {}))
        yield* until(() => sekoia.requests.last?.status === 503)
        yield* connection.call("list_feeds", {})
        expect(sekoia.requests.received).toBe(2)
        yield* patiently(Fiber.join(first))
      })
  )

  it.effect(
    "longer than a caller can wait fails it before anything is sent, and says when to come again [7.5]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        sekoia.faults.add(Fault.status(429, { retryAfter: 25 }))
        const first = yield* Effect.forkChild(connection.call("list_objects", {}))
        yield* until(() => sekoia.requests.last?.status === 429)
        // The pause begins when the client has read the answer's head.
        const impatient = Effect.flip(connection.call("list_feeds", {}, { deadline: "5 seconds" }))
        const error = yield* patiently(impatient, "100 millis")
        expect(error.reason._tag).toBe("RateLimited")
        expect([error.attempts, sekoia.requests.received]).toEqual([0, 1])
        yield* patiently(Fiber.join(first))
      })
  )
})
