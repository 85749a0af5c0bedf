import { Fault, type SekoiaSimulation } from "@sallyport/testkit"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"

/**
 * Runs an effect that waits: whenever sockets have had time to do what they do by themselves, the clock of the test moves
 * on by `step`.
 */
export const patiently = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  step: Duration.Input = "500 millis"
): Effect.Effect<A, E, R> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) {
      yield* turns
      if (fiber.pollUnsafe() === undefined) yield* TestClock.adjust(step)
    }
    return yield* Fiber.join(fiber)
  })

/** Rounds of the event loop: an answer on loopback takes a few. */
const turns: Effect.Effect<void> = Effect.promise(async () => {
  for (let turn = 0; turn < 40; turn++) {
    // One after another is the point.
    // oxlint-disable-next-line eslint/no-await-in-loop
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
})

/** Waits until something holds that does not depend on time. */
export const until = (holds: () => boolean): Effect.Effect<void> =>
  Effect.suspend(() => (holds() ? Effect.void : Effect.andThen(turns, until(holds))))

/** When requests come to a server from now on, in milliseconds of its clock. */
export const arrivalsAt = ({ clock, faults }: SekoiaSimulation): ReadonlyArray<number> => {
  const times: Array<number> = []
  faults.add(Fault.status(500), {
    // Never plays: it is asked about every request, and only looks at the clock.
    when: () => {
      times.push(clock.millis)
      return false
    }
  })
  return times
}
