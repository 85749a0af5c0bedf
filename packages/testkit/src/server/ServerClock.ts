import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** The time on a simulated server: goes on with the clock of the test or the machine, and can be moved ahead of it. */
export class ServerClock {
  readonly #clock: Clock.Clock
  #ahead: number

  private constructor(clock: Clock.Clock, ahead: number) {
    this.#clock = clock
    this.#ahead = ahead
  }

  /**
   * A clock that shows `start` now, as RFC 3339; without one, the time of the clock in the context. A `start` that is no
   * time is a defect.
   */
  static readonly make = (start?: string): Effect.Effect<ServerClock> =>
    Effect.clockWith((clock) => {
      const now = clock.currentTimeMillisUnsafe()
      const shown = start === undefined ? now : Date.parse(start)
      return Number.isNaN(shown)
        ? Effect.die(new RangeError("the time that a server starts at must be RFC 3339"))
        : Effect.succeed(new ServerClock(clock, shown - now))
    })

  /** Milliseconds since 1970. */
  get millis(): number {
    return this.#clock.currentTimeMillisUnsafe() + this.#ahead
  }

  /** Whole seconds since 1970. */
  get seconds(): number {
    return Math.floor(this.millis / 1000)
  }

  /** RFC 3339 with milliseconds. */
  get text(): string {
    return new Date(this.millis).toISOString()
  }

  /** Moves the server's time ahead; back with a negative number of milliseconds. */
  advance(by: Duration.Input): void {
    this.#ahead += typeof by === "number" ? by : Duration.toMillis(by)
  }
}
