import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"

/**
 * Runs an effect over real sockets while the clock of the test goes on by itself, so that waits between attempts cost no
 * time. The sockets of this process are given many turns for each step of the clock: an answer always comes long before
 * its time limit does.
 */
export const whileTimePasses = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R | Scope.Scope> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkScoped(effect)
    while (fiber.pollUnsafe() === undefined) {
      for (let turns = 0; turns < turnsPerStep && fiber.pollUnsafe() === undefined; turns++) yield* turn
      if (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("250 millis")
    }
    return yield* Fiber.join(fiber)
  })

const turnsPerStep = 50

const turn: Effect.Effect<void> = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
