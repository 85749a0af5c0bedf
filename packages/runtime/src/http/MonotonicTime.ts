import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Milliseconds, with fractions, of a clock that only runs forwards: for waits and deadlines, not for dates. */
export const monotonicMillis: Effect.Effect<number> = Effect.map(
  Clock.monotonicTimeNanos,
  (nanos) => Number(nanos) / 1e6
)
