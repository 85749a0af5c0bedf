import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import { monotonicMillis } from "./MonotonicTime.ts"

/**
 * Bounds how many requests of one connection are under way at once, shared by all its callers: first come, first
 * served. A caller that is interrupted, waiting or running, gives its place back.
 */
export class ConnectionGate {
  /** How many may be under way at once. */
  readonly limit: number
  readonly #places: Semaphore.Semaphore
  #waiting = 0

  /** Dies if the limit is not a whole number from 1. */
  constructor(limit: number) {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError("a concurrency limit must be at least 1")
    this.limit = limit
    this.#places = Semaphore.makeUnsafe(limit)
  }

  /** How many callers wait at this moment. */
  get waiting(): number {
    return this.#waiting
  }

  /**
   * Runs the effect once there is a place; it is told how many milliseconds it waited. Without a place within `patience`
   * milliseconds, `late` runs instead.
   */
  run<A, E, R, E2, R2>(
    patience: number,
    use: (waited: number) => Effect.Effect<A, E, R>,
    late: Effect.Effect<A, E2, R2>
  ): Effect.Effect<A, E | E2, R | R2> {
    return Effect.suspend(() => {
      const queue = this.#queue(patience, use, late)
      // Whoever comes while others wait goes behind them, even if a place has just become free.
      if (this.#waiting > 0) return queue
      return Effect.flatMap(
        this.#places.withPermitsIfAvailable(1)(Effect.suspend(() => use(0))),
        Option.match({ onNone: () => queue, onSome: Effect.succeed })
      )
    })
  }

  #queue<A, E, R, E2, R2>(
    patience: number,
    use: (waited: number) => Effect.Effect<A, E, R>,
    late: Effect.Effect<A, E2, R2>
  ): Effect.Effect<A, E | E2, R | R2> {
    return Effect.scoped(
      Effect.gen({ self: this }, function* () {
        const asked = yield* monotonicMillis
        const place = yield* Effect.timeoutOption(this.#wait, patience)
        if (Option.isNone(place)) return yield* late
        const entered = yield* monotonicMillis
        return yield* use(entered - asked)
      })
    )
  }

  /** Only the waiting is counted; the scope gives the place back. */
  readonly #wait = Effect.suspend(() => {
    this.#waiting++
    return Effect.ensuring(
      this.#places.takeScoped(1),
      Effect.sync(() => {
        this.#waiting--
      })
    )
  })
}
