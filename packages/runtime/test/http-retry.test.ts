import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import { ConnectionGate } from "../src/http/ConnectionGate.ts"
import { parseHttpDate } from "../src/http/HttpDate.ts"
import type { HttpPolicies } from "../src/http/HttpPolicies.ts"
import type { HttpRequest } from "../src/http/HttpRequest.ts"
import { HttpWire } from "../src/http/HttpWire.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { RateBudget } from "../src/http/RateBudget.ts"
import { retryAfterMillis } from "../src/http/RetryAfter.ts"
import { RetryPolicy } from "../src/http/RetryPolicy.ts"
import { advance, policies, request, scripted, type ScriptedAnswer, write } from "./HttpCalls.ts"

const origin = "https://example.com"

/** Chance that is always the greatest: the back-off is never shortened. */
const noJitter = Effect.provideService(Random.Random, {
  nextDoubleUnsafe: () => 1,
  nextIntUnsafe: () => 1
})

/** Calls a scripted upstream, and moves the clock until the call has ended. */
const run = Effect.fnUntraced(function* (
  answer: (index: number) => ScriptedAnswer,
  call: HttpRequest,
  change: Partial<HttpPolicies>
) {
  const { sentAt, wire } = scripted(answer)
  const transport = HttpTransport.layerWire().pipe(Layer.provide(Layer.succeed(HttpWire, wire)))
  const fiber = yield* HttpTransport.pipe(
    Effect.flatMap((http) => http.call(call, policies(change))),
    Effect.result,
    Effect.provide(transport),
    noJitter,
    Effect.forkChild
  )
  yield* advance(fiber, "100 millis")
  return { result: yield* Fiber.join(fiber), sentAt }
})

const retry = new RetryPolicy({ attempts: 4, backoff: "100 millis", max: "30 seconds" })

describe("repetition", () => {
  it.effect("waits twice as long before each further attempt, up to the longest wait", () =>
    Effect.gen(function* () {
      const policy = new RetryPolicy({ attempts: 6, backoff: "1 second", max: "5 seconds" })
      const { result, sentAt } = yield* run(() => ({ status: 503 }), request(origin), { retry: policy })
      expect(sentAt).toEqual([0, 1000, 3000, 7000, 12_000, 17_000])
      expect(result).toMatchObject({
        failure: {
          reason: { _tag: "Upstream", status: 503 },
          attempts: 6,
          retryable: true,
          outcomeUnknown: false
        }
      })
    })
  )

  it.effect("is spread by chance between a half and the whole of the wait", () =>
    Effect.gen(function* () {
      const policy = new RetryPolicy({ backoff: "1 second", max: "1 minute" })
      const waits = yield* Effect.all(Array.from({ length: 200 }, () => policy.wait(3, undefined))).pipe(
        Random.withSeed("jitter")
      )
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(2000)
      expect(Math.max(...waits)).toBeLessThanOrEqual(4000)
      expect(new Set(waits).size).toBeGreaterThan(100)
    })
  )

  it.effect("ends with the first answer that is expected, and says how often it was tried", () =>
    Effect.gen(function* () {
      const { result } = yield* run(
        (index) => (index < 2 ? { status: 500 } : { status: 200, body: '{"ok":true}' }),
        request(origin),
        { retry }
      )
      expect(result).toMatchObject({ success: { status: 200, attempts: 3, body: { value: { ok: true } } } })
    })
  )

  it.effect("follows the effect of the action: a write is repeated only where that can do no harm", () =>
    Effect.gen(function* () {
      const sent = Effect.fnUntraced(function* (status: number, call: HttpRequest) {
        return (yield* run(() => ({ status }), call, { retry })).sentAt.length
      })
      for (const status of [500, 502, 503, 504]) {
        expect(yield* sent(status, request(origin))).toBe(4)
        expect(yield* sent(status, write(origin, { effect: "read" }))).toBe(4)
        expect(yield* sent(status, write(origin))).toBe(1)
        expect(yield* sent(status, write(origin, { effect: "destructive", method: "DELETE" }))).toBe(1)
        expect(yield* sent(status, write(origin, { idempotent: true }))).toBe(4)
      }
      expect(yield* sent(429, write(origin))).toBe(4)
      expect(yield* sent(429, write(origin, { effect: "destructive" }))).toBe(4)
      for (const status of [400, 401, 403, 404, 409, 422])
        expect(yield* sent(status, request(origin))).toBe(1)
    })
  )

  it.effect("never happens for a status that is not listed, nor for network failures if they are not", () =>
    Effect.gen(function* () {
      const listed = new RetryPolicy({ attempts: 3, statuses: [503], network: false })
      expect((yield* run(() => ({ status: 500 }), request(origin), { retry: listed })).sentAt.length).toBe(1)
      const slow = yield* run(() => ({ status: 200, after: "1 minute" }), request(origin), {
        retry: listed,
        timeout: "1 second"
      })
      expect(slow.sentAt.length).toBe(1)
    })
  )

  it.effect("of a read follows a time-out; of a write it does not, and the outcome is unknown", () =>
    Effect.gen(function* () {
      const slow = () => ({ status: 200, after: "1 hour" }) as const
      const read = yield* run(slow, request(origin), { retry, timeout: "10 seconds" })
      expect(read.sentAt.length).toBe(4)
      expect(read.result).toMatchObject({
        failure: { reason: { _tag: "Timeout" }, attempts: 4, retryable: true, outcomeUnknown: false }
      })
      const once = yield* run(slow, write(origin), { retry, timeout: "10 seconds" })
      expect(once.sentAt.length).toBe(1)
      expect(once.result).toMatchObject({
        failure: { reason: { _tag: "Timeout" }, attempts: 1, retryable: false, outcomeUnknown: true }
      })
    })
  )

  it.effect("remembers that an earlier attempt of a write may have been carried out", () =>
    Effect.gen(function* () {
      const { result } = yield* run(
        (index) => ({ status: index === 0 ? 502 : 409 }),
        write(origin, { idempotent: true }),
        { retry }
      )
      expect(result).toMatchObject({
        failure: { reason: { _tag: "InvalidInput" }, status: 409, attempts: 2, outcomeUnknown: true }
      })
    })
  )
})

describe("the deadline of a call", () => {
  it.effect("covers all attempts and waits; what was tried last is what is reported", () =>
    Effect.gen(function* () {
      const policy = new RetryPolicy({ attempts: 50, backoff: "4 seconds", max: "4 seconds" })
      const { result, sentAt } = yield* run(() => ({ status: 503 }), request(origin), {
        retry: policy,
        deadline: "10 seconds"
      })
      expect(sentAt).toEqual([0, 4000, 8000])
      expect(result).toMatchObject({
        failure: {
          reason: { _tag: "Upstream", status: 503 },
          attempts: 3,
          message: "acme failed (503): try again later; tried 3 times; there was no time left to try again"
        }
      })
    })
  )

  it.effect("cuts an attempt short", () =>
    Effect.gen(function* () {
      const { result } = yield* run(() => ({ status: 200, after: "1 hour" }), request(origin), {
        deadline: "5 seconds"
      })
      expect(result).toMatchObject({
        failure: {
          reason: { _tag: "Timeout" },
          message: "acme did not answer completely before the deadline of the call"
        }
      })
      expect(yield* Effect.clockWith((clock) => clock.currentTimeMillis)).toBeLessThan(6000)
    })
  )

  it.effect("covers the wait for the rate budget, and nothing is sent then", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 1, per: "1 hour" })
      yield* run(() => ({ status: 200 }), request(origin), { budget })
      const { result, sentAt } = yield* run(() => ({ status: 200 }), write(origin), {
        budget,
        deadline: "20 seconds"
      })
      expect(sentAt).toEqual([])
      expect(result).toMatchObject({
        failure: { reason: { _tag: "Timeout" }, attempts: 0, retryable: true, outcomeUnknown: false }
      })
    })
  )

  it.effect("covers the wait for a place among the calls under way, and nothing is sent then", () =>
    Effect.gen(function* () {
      const gate = new ConnectionGate(1)
      const holder = yield* Effect.forkChild(gate.run(0, () => Effect.never, Effect.void))
      yield* TestClock.adjust(0)
      const { result, sentAt } = yield* run(() => ({ status: 200 }), write(origin), {
        gate,
        deadline: "20 seconds"
      })
      yield* Fiber.interrupt(holder)
      expect(sentAt).toEqual([])
      expect(result).toMatchObject({
        failure: { reason: { _tag: "Timeout" }, attempts: 0, retryable: true, outcomeUnknown: false }
      })
      expect((yield* run(() => ({ status: 200 }), write(origin), { gate })).result).toMatchObject({
        success: { status: 200 }
      })
    })
  )

  it.effect("gives a place back while a call waits to try again", () =>
    Effect.gen(function* () {
      const gate = new ConnectionGate(1)
      const patient = new RetryPolicy({ attempts: 2, backoff: "10 seconds" })
      const { sentAt, wire } = scripted((index) => ({ status: index === 0 ? 503 : 200 }))
      const transport = HttpTransport.layerWire().pipe(Layer.provide(Layer.succeed(HttpWire, wire)))
      const call = Effect.flatMap(HttpTransport, (http) =>
        http.call(request(origin), policies({ gate, retry: patient }))
      )
      const both = yield* Effect.all([call, call], { concurrency: 2 }).pipe(
        Effect.provide(transport),
        noJitter,
        Effect.forkChild
      )
      yield* advance(both, "100 millis")
      expect((yield* Fiber.join(both)).map((reply) => reply.attempts)).toEqual([2, 1])
      expect(sentAt.length).toBe(3)
      expect(sentAt[1]).toBeLessThan(5000)
      expect(sentAt[2]).toBeGreaterThanOrEqual(10_000)
    })
  )

  it.effect("ends the wait for the budget of a repetition with what was answered before", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 1, per: "1 hour" })
      const { result, sentAt } = yield* run(() => ({ status: 502 }), request(origin), {
        budget,
        retry,
        deadline: "20 seconds"
      })
      expect(sentAt.length).toBe(1)
      expect(result).toMatchObject({ failure: { reason: { _tag: "Upstream", status: 502 }, attempts: 1 } })
    })
  )
})

describe("a 429", () => {
  it.effect("is waited out as the upstream asks, in seconds", () =>
    Effect.gen(function* () {
      const { result, sentAt } = yield* run(
        (index) => (index === 0 ? { status: 429, headers: { "retry-after": "7" } } : { status: 200 }),
        write(origin),
        { retry }
      )
      expect(sentAt).toEqual([0, 7000])
      expect(result).toMatchObject({ success: { attempts: 2 } })
    })
  )

  it.effect("is waited out as the upstream asks, until a date", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 0, 1, 12, 0, 0))
      const { sentAt } = yield* run(
        (index) =>
          index === 0
            ? { status: 429, headers: { "retry-after": "Thu, 01 Jan 2026 12:00:09 GMT" } }
            : { status: 200 },
        request(origin),
        { retry }
      )
      expect(sentAt.map((at) => at - (sentAt[0] ?? 0))).toEqual([0, 9000])
    })
  )

  it.effect("is not waited out longer than the longest wait, and the error keeps what was asked for", () =>
    Effect.gen(function* () {
      const { result, sentAt } = yield* run(
        () => ({ status: 429, headers: { "retry-after": "86400" } }),
        request(origin),
        { retry: new RetryPolicy({ attempts: 2, max: "30 seconds" }) }
      )
      expect(sentAt).toEqual([0, 30_000])
      expect(result).toMatchObject({ failure: { reason: { _tag: "RateLimited", retryAfter: 86_400 } } })
    })
  )

  it.effect("ends a call at once that has no time to wait", () =>
    Effect.gen(function* () {
      const { result } = yield* run(
        () => ({ status: 429, headers: { "retry-after": "20" } }),
        request(origin),
        {
          retry,
          deadline: "15 seconds"
        }
      )
      expect(result).toMatchObject({
        failure: { reason: { _tag: "RateLimited", retryAfter: 20 }, attempts: 1, retryable: true }
      })
      expect(yield* Effect.clockWith((clock) => clock.currentTimeMillis)).toBeLessThan(1000)
    })
  )

  it.effect("pauses every caller of the connection, also those that never repeat", () =>
    Effect.gen(function* () {
      const budget = new RateBudget()
      yield* run(() => ({ status: 429, headers: { "retry-after": "12" } }), request(origin), { budget })
      const other = yield* run(() => ({ status: 200 }), request(origin), { budget })
      expect(other.sentAt[0]).toBeGreaterThanOrEqual(12_000)
      expect(other.sentAt[0]).toBeLessThan(12_500)
    })
  )

  it.effect("without Retry-After pauses for the back-off", () =>
    Effect.gen(function* () {
      const { sentAt } = yield* run((index) => ({ status: index < 3 ? 429 : 200 }), request(origin), {
        retry: new RetryPolicy({ attempts: 4, backoff: "1 second" })
      })
      expect(sentAt).toEqual([0, 1000, 3000, 7000])
    })
  )

  it.effect("of somebody else ends a call at once whose deadline comes before the end of the pause", () =>
    Effect.gen(function* () {
      const budget = new RateBudget()
      yield* budget.pause(60_000)
      const { result, sentAt } = yield* run(() => ({ status: 200 }), write(origin), {
        budget,
        deadline: "10 seconds"
      })
      expect(sentAt).toEqual([])
      expect(result).toMatchObject({
        failure: { reason: { _tag: "RateLimited", retryAfter: 60 }, attempts: 0, outcomeUnknown: false }
      })
    })
  )
})

describe("Retry-After", () => {
  const now = Date.UTC(2026, 10, 22, 15, 0, 0)

  it("is read as seconds and as each form of an HTTP date", () => {
    expect(retryAfterMillis("120", now)).toBe(120_000)
    expect(retryAfterMillis(" 0 ", now)).toBe(0)
    expect(retryAfterMillis("Sun, 22 Nov 2026 15:00:30 GMT", now)).toBe(30_000)
    expect(retryAfterMillis("Sunday, 22-Nov-26 15:00:30 GMT", now)).toBe(30_000)
    expect(retryAfterMillis("Sun Nov 22 15:00:30 2026", now)).toBe(30_000)
    expect(retryAfterMillis("Tue Nov  3 15:00:30 2026", now)).toBe(0)
    expect(retryAfterMillis("9".repeat(400), now)).toBe(Number.MAX_SAFE_INTEGER)
  })

  it("is nothing where it is neither", () => {
    for (const text of [
      undefined,
      "",
      "soon",
      "-5",
      "1.5",
      "1e3",
      "2026-11-22T15:00:30Z",
      "Sun, 31 Feb 2026 15:00:30 GMT",
      "Sun, 22 Nov 2026 25:00:30 GMT",
      "Sun, 22 Foo 2026 15:00:30 GMT",
      "Sun, 22 Nov 2026 15:00:30 CET"
    ]) {
      expect(retryAfterMillis(text, now), text).toBeUndefined()
    }
  })

  it("puts a two-digit year that seems far away into the last century (RFC 9110 §5.6.7)", () => {
    expect(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT", now)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37))
    expect(parseHttpDate("Sunday, 06-Nov-76 08:49:37 GMT", now)).toBe(Date.UTC(2076, 10, 6, 8, 49, 37))
  })
})
