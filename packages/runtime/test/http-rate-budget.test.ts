import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import { ConnectionGate } from "../src/http/ConnectionGate.ts"
import { RateBudget } from "../src/http/RateBudget.ts"

const hour = 3_600_000
const late = Effect.fail("late" as const)
const time = Effect.clockWith((clock) => clock.currentTimeMillis)

/** Takes once and records when. */
function taker(budget: RateBudget, grants: Array<{ who: number; at: number }>, who: number) {
  return budget.take(hour, late).pipe(
    Effect.andThen(time),
    Effect.tap((at) => Effect.sync(() => grants.push({ who, at }))),
    Effect.asVoid
  )
}

/** The most grants in any window `[t, t + per)`. */
function busiest(grants: ReadonlyArray<{ at: number }>, per: number): number {
  return Math.max(
    0,
    ...grants.map((first) => grants.filter((one) => one.at >= first.at && one.at < first.at + per).length)
  )
}

describe("rate budget", () => {
  it.effect("lets the whole budget through at once and the rest when the window has moved on", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 2, per: "10 seconds" })
      const grants: Array<{ who: number; at: number }> = []
      const all = yield* Effect.forkChild(
        Effect.all(
          [0, 1, 2, 3, 4].map((who) => taker(budget, grants, who)),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("9999 millis")
      expect(grants.map((grant) => grant.at)).toEqual([0, 0])
      expect(budget.waiting).toBe(3)
      yield* TestClock.adjust("1 hour")
      yield* Fiber.join(all)
      expect(grants).toEqual([
        { who: 0, at: 0 },
        { who: 1, at: 0 },
        { who: 2, at: 10_000 },
        { who: 3, at: 10_000 },
        { who: 4, at: 20_000 }
      ])
      expect(budget.waiting).toBe(0)
    })
  )

  it.effect("lets nobody pass who comes at the moment in which another's wait ends", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 1, per: "10 seconds" })
      const grants: Array<{ who: number; at: number }> = []
      yield* taker(budget, grants, 0)
      // Its timer is older, so that it comes first in the moment that both have been waiting for.
      const newcomer = yield* Effect.forkChild(
        Effect.andThen(Effect.sleep("10 seconds"), taker(budget, grants, 2))
      )
      yield* TestClock.adjust("1 second")
      const waiting = yield* Effect.forkChild(taker(budget, grants, 1))
      yield* TestClock.adjust("1 hour")
      yield* Fiber.join(newcomer)
      yield* Fiber.join(waiting)
      expect(grants).toEqual([
        { who: 0, at: 0 },
        { who: 1, at: 10_000 },
        { who: 2, at: 20_000 }
      ])
    })
  )

  it.effect("says how long a caller waited", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 1, per: "3 seconds" })
      expect(yield* budget.take(hour, late)).toBe(0)
      yield* TestClock.adjust("1 second")
      const second = yield* Effect.forkChild(budget.take(hour, late))
      yield* TestClock.adjust("2 seconds")
      expect(yield* Fiber.join(second)).toBe(2000)
    })
  )

  it.effect("counts nothing for a caller that is interrupted or runs out of patience", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 1, per: "10 seconds" })
      const grants: Array<{ who: number; at: number }> = []
      yield* taker(budget, grants, 0)
      const first = yield* Effect.forkChild(taker(budget, grants, 1))
      const hasty = yield* Effect.forkChild(Effect.exit(budget.take(4000, late)))
      const second = yield* Effect.forkChild(taker(budget, grants, 2))
      yield* TestClock.adjust("5 seconds")
      expect(yield* Fiber.join(hasty)).toEqual(Exit.fail("late"))
      yield* Fiber.interrupt(first)
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.join(second)
      expect(grants).toEqual([
        { who: 0, at: 0 },
        { who: 2, at: 10_000 }
      ])
      expect(budget.waiting).toBe(0)
    })
  )

  it.effect("holds everybody back during a pause, with and without a limit, and forgets it afterwards", () =>
    Effect.gen(function* () {
      for (const budget of [new RateBudget(), new RateBudget({ requests: 5, per: "1 second" })]) {
        const grants: Array<{ who: number; at: number }> = []
        const start = yield* time
        yield* budget.pause(7000)
        yield* budget.pause(2000)
        expect(yield* budget.pausedFor).toBe(7000)
        const all = yield* Effect.forkChild(
          Effect.all(
            [0, 1, 2].map((who) => taker(budget, grants, who)),
            { concurrency: "unbounded" }
          )
        )
        yield* TestClock.adjust("6999 millis")
        expect(grants).toEqual([])
        yield* TestClock.adjust("1 millis")
        yield* Fiber.join(all)
        expect(grants.map((grant) => grant.at - start)).toEqual([7000, 7000, 7000])
        expect(yield* budget.pausedFor).toBe(0)
        expect(yield* budget.take(hour, late)).toBe(0)
      }
    })
  )

  it.effect("sees a pause that begins while callers wait for their turn", () =>
    Effect.gen(function* () {
      const budget = new RateBudget({ requests: 1, per: "10 seconds" })
      const grants: Array<{ who: number; at: number }> = []
      yield* taker(budget, grants, 0)
      const waiting = yield* Effect.forkChild(taker(budget, grants, 1))
      yield* TestClock.adjust("5 seconds")
      yield* budget.pause(60_000)
      yield* TestClock.adjust("10 minutes")
      yield* Fiber.join(waiting)
      expect(grants.at(-1)).toEqual({ who: 1, at: 65_000 })
    })
  )

  it("refuses a limit that it could not keep", () => {
    for (const requests of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001]) {
      expect(() => new RateBudget({ requests, per: "1 second" })).toThrow(RangeError)
    }
  })

  it.effect(
    "never grants more than its number in any window, in the order of asking, and forgets nobody",
    () =>
      Effect.gen(function* () {
        const small = (max: number) =>
          Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: max })))
        const plans = Arbitrary.all({
          requests: small(4),
          per: small(50),
          // The gaps between callers; every third one is interrupted before long, every fifth begins a pause.
          gaps: Arbitrary.array(small(30), { maxLength: 25 })
        })
        const result = yield* Arbitrary.checkEffect(
          plans,
          ({ gaps, per, requests }) =>
            Effect.gen(function* () {
              const budget = new RateBudget({ requests, per })
              const grants: Array<{ who: number; at: number }> = []
              const fibers: Array<Fiber.Fiber<void, "late">> = []
              for (const [who, gap] of gaps.entries()) {
                const fiber = yield* Effect.forkChild(taker(budget, grants, who))
                fibers.push(fiber)
                yield* TestClock.adjust(gap % 7)
                if (who % 3 === 2) yield* Fiber.interrupt(fiber)
                if (who % 5 === 4) yield* budget.pause(gap)
                yield* TestClock.adjust(gap)
              }
              yield* TestClock.adjust("1 hour")
              const exits = yield* Effect.all(fibers.map((fiber) => Fiber.await(fiber)))
              const granted = grants.map((grant) => grant.who)
              const kept = exits.flatMap((exit, who) => (Exit.isSuccess(exit) ? [who] : []))
              return (
                busiest(grants, per) <= requests &&
                granted.join() === granted.toSorted((a, b) => a - b).join() &&
                granted.join() === kept.join() &&
                exits.every((exit, who) => Exit.isSuccess(exit) || who % 3 === 2) &&
                budget.waiting === 0
              )
            }),
          { runs: 150, seed: 11 }
        )
        expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      })
  )
})

describe("connection gate", () => {
  it.effect("never lets more through than its limit, in the order of asking", () =>
    Effect.gen(function* () {
      const gate = new ConnectionGate(2)
      const order: Array<number> = []
      let inside = 0
      let most = 0
      const visit = (who: number) =>
        gate.run(
          hour,
          () =>
            Effect.suspend(() => {
              order.push(who)
              most = Math.max(most, ++inside)
              return Effect.ensuring(
                Effect.sleep("1 second"),
                Effect.sync(() => {
                  inside--
                })
              )
            }),
          late
        )
      const all = yield* Effect.forkChild(
        Effect.all([0, 1, 2, 3, 4, 5, 6].map(visit), { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("1500 millis")
      expect(gate.waiting).toBe(3)
      yield* TestClock.adjust("1 hour")
      yield* Fiber.join(all)
      expect(most).toBe(2)
      expect(order).toEqual([0, 1, 2, 3, 4, 5, 6])
    })
  )

  it.effect("lets nobody who comes back pass those who wait", () =>
    Effect.gen(function* () {
      const gate = new ConnectionGate(1)
      const order: Array<string> = []
      const visit = (who: string) =>
        gate.run(
          hour,
          () =>
            Effect.andThen(
              Effect.sync(() => order.push(who)),
              Effect.sleep("1 second")
            ),
          late
        )
      const regular = yield* Effect.forkChild(Effect.andThen(visit("first"), visit("again")))
      const waiting = yield* Effect.forkChild(visit("waiting"))
      yield* TestClock.adjust("1 hour")
      yield* Fiber.join(regular)
      yield* Fiber.join(waiting)
      expect(order).toEqual(["first", "waiting", "again"])
    })
  )

  it.effect("gets its places back from whoever is interrupted, fails or does not get in", () =>
    Effect.gen(function* () {
      const gate = new ConnectionGate(1)
      const inside = yield* Effect.forkChild(gate.run(hour, () => Effect.never, late))
      const waiting = yield* Effect.forkChild(gate.run(hour, () => Effect.never, late))
      const hasty = yield* Effect.forkChild(Effect.exit(gate.run(1000, () => Effect.void, late)))
      yield* TestClock.adjust("2 seconds")
      expect(yield* Fiber.join(hasty)).toEqual(Exit.fail("late"))
      yield* Fiber.interrupt(waiting)
      const last = yield* Effect.forkChild(gate.run(hour, (waited) => Effect.succeed(waited), late))
      yield* TestClock.adjust("3 seconds")
      expect(gate.waiting).toBe(1)
      yield* Fiber.interrupt(inside)
      expect(yield* Fiber.join(last)).toBe(3000)
      expect(yield* Effect.exit(gate.run(hour, () => Effect.fail("own"), late))).toEqual(Exit.fail("own"))
      expect(yield* gate.run(hour, (waited) => Effect.succeed(waited), late)).toBe(0)
      expect(gate.waiting).toBe(0)
    })
  )

  it("refuses a limit below one", () => {
    for (const limit of [0, -1, 0.5, Number.NaN]) expect(() => new ConnectionGate(limit)).toThrow(RangeError)
  })
})
