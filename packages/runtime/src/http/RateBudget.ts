import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { monotonicMillis } from "./MonotonicTime.ts"

/** So many requests in any span of time of this length. */
export interface RateLimit {
  /** 1 to 1,000,000. */
  readonly requests: number
  readonly per: Duration.Input
}

/** The most requests that a limit may name: the time of each of the last ones is kept. */
const mostRequests = 1_000_000

/**
 * The rate budget of one connection, shared by all its callers.
 *
 * - Never grants more than `requests` in any window of length `per` (a sliding window, not a bucket that lets twice as
 *   many through). What counts is when a request is granted; the network may still bunch requests on their way.
 * - First come, first served. A caller that is interrupted while it waits takes nothing and holds up nobody.
 * - A pause holds back everybody, whether there is a limit or not.
 *
 * Time is monotonic: setting the system's clock neither opens nor blocks the budget.
 */
export class RateBudget {
  readonly #turn = Semaphore.makeUnsafe(1)
  readonly #per: number
  /** The times of the last grants, as a ring; `#next` is the oldest. */
  readonly #granted: Float64Array
  #next = 0
  #pausedUntil = Number.NEGATIVE_INFINITY
  #waiting = 0

  /** Without a limit, only pauses hold callers back. Dies if `requests` is not a whole number in its range. */
  constructor(limit?: RateLimit) {
    const requests = limit?.requests ?? 0
    if (limit !== undefined && (!Number.isInteger(requests) || requests < 1 || requests > mostRequests)) {
      throw new RangeError(`a rate limit must allow 1 to ${mostRequests} requests`)
    }
    this.#per = limit === undefined ? 0 : Duration.toMillis(limit.per)
    this.#granted = new Float64Array(requests).fill(Number.NEGATIVE_INFINITY)
  }

  /** How many callers wait at this moment. */
  get waiting(): number {
    return this.#waiting
  }

  /**
   * Waits until one more request may be sent, and counts it. The result is how many milliseconds that took. Without room
   * within `patience` milliseconds, `late` runs instead and nothing is counted.
   */
  take<E, R>(patience: number, late: Effect.Effect<number, E, R>): Effect.Effect<number, E, R> {
    return Effect.flatMap(monotonicMillis, (time) => {
      if (this.#waiting === 0 && this.#roomAt() <= time) return Effect.succeed(this.#count(time, time))
      return Effect.timeoutOrElse(this.#queue(time), { duration: Math.max(0, patience), orElse: () => late })
    })
  }

  /** Holds back every caller for this long. A pause that is already longer stays. */
  pause(millis: number): Effect.Effect<void> {
    return Effect.map(monotonicMillis, (time) => {
      this.#pausedUntil = Math.max(this.#pausedUntil, time + millis)
    })
  }

  /** How many milliseconds of a pause are left; 0 if there is none. */
  readonly pausedFor: Effect.Effect<number> = Effect.map(monotonicMillis, (time) =>
    Math.max(0, this.#pausedUntil - time)
  )

  #queue(asked: number): Effect.Effect<number> {
    this.#waiting++
    return Effect.ensuring(
      this.#turn.withPermit(this.#grant(asked)),
      Effect.sync(() => {
        this.#waiting--
      })
    )
  }

  /** For the caller whose turn it is. A pause that begins while it sleeps is seen when it wakes. */
  #grant(asked: number): Effect.Effect<number> {
    return Effect.flatMap(monotonicMillis, (time) => {
      const room = this.#roomAt()
      if (room <= time) return Effect.succeed(this.#count(asked, time))
      return Effect.andThen(Effect.sleep(Math.ceil(room - time)), this.#grant(asked))
    })
  }

  /** From when on there is room for one more request. */
  #roomAt(): number {
    return Math.max(this.#pausedUntil, (this.#granted[this.#next] ?? Number.NEGATIVE_INFINITY) + this.#per)
  }

  #count(asked: number, time: number): number {
    if (this.#granted.length > 0) {
      this.#granted[this.#next] = time
      this.#next = (this.#next + 1) % this.#granted.length
    }
    return time - asked
  }
}
