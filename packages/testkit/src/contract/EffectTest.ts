import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"
import { it } from "vitest"

/** Registers a test of an effect with a scope and a clock of its own; it fails where the effect fails or dies. */
export const effectTest = <A, E>(name: string, effect: () => Effect.Effect<A, E, Scope.Scope>): void =>
  it(name, () =>
    Effect.runPromise(
      Effect.suspend(effect).pipe(Effect.asVoid, Effect.scoped, Effect.provide(TestClock.layer()))
    )
  )
