import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

/** What an action does to the upstream; see `effect` in the manifest. */
export type ActionEffect = "read" | "write" | "destructive"

/** What decides whether a request may be sent a second time. */
export interface Repeatability {
  readonly method: string
  readonly effect: ActionEffect
  /** Whether a second execution of a write changes nothing. Default: no. */
  readonly idempotent?: boolean
}

/** What decides whether a failure is worth a repetition. */
export interface FailureKind {
  /** The status that was answered. Absent: there was no complete answer. */
  readonly status?: number
  /** No connection, a broken one, or no answer in time. */
  readonly transient: boolean
  /** No answer in time. Default: no. */
  readonly timedOut?: boolean
  /** Whether the upstream may have acted on the request. */
  readonly ambiguous: boolean
}

/** What a retry policy is made of. */
export interface RetryPolicyOptions {
  /** How often a request is sent at most, the first time included. Default: 5. */
  readonly attempts?: number
  /** The statuses that are worth a repetition. Default: 429, 500, 502, 503, 504. */
  readonly statuses?: Iterable<number>
  /** Whether network failures are worth a repetition. Default: yes. */
  readonly network?: boolean
  /** Whether time-outs are worth a repetition. Default: as network failures. */
  readonly timeouts?: boolean
  /** The wait before the first repetition, doubled before each further one. Default: 500 ms. */
  readonly backoff?: Duration.Input
  /** The longest single wait, `Retry-After` included. Default: 30 s. */
  readonly max?: Duration.Input
  /** Whether `Retry-After` takes the place of the back-off. Default: yes. */
  readonly honorRetryAfter?: boolean
}

/**
 * When a failed request is sent again, and after how long.
 *
 * - A `read`, a GET or HEAD and an idempotent `write` or `destructive` action are repeated after the listed statuses and
 *   after network failures and time-outs.
 * - Any other write is repeated only if it was certainly not carried out: after 429, and where no connection was made.
 */
export class RetryPolicy {
  readonly attempts: number
  readonly #statuses: ReadonlySet<number>
  readonly #network: boolean
  readonly #timeouts: boolean
  readonly #backoff: number
  readonly #max: number
  readonly #honorRetryAfter: boolean

  constructor(options: RetryPolicyOptions = {}) {
    this.attempts = options.attempts ?? 5
    this.#statuses = new Set(options.statuses ?? [429, 500, 502, 503, 504])
    this.#network = options.network ?? true
    this.#timeouts = options.timeouts ?? this.#network
    this.#backoff = Duration.toMillis(options.backoff ?? "500 millis")
    this.#max = Duration.toMillis(options.max ?? "30 seconds")
    this.#honorRetryAfter = options.honorRetryAfter ?? true
  }

  /** One attempt, no repetition. */
  static readonly never = new RetryPolicy({ attempts: 1 })

  /** Whether this failure may be followed by another attempt, as far as kind and effect decide it. */
  allows(request: Repeatability, failure: FailureKind): boolean {
    if (failure.ambiguous && !isRepeatable(request)) return false
    if (failure.status !== undefined) return this.#statuses.has(failure.status)
    return failure.transient && (failure.timedOut === true ? this.#timeouts : this.#network)
  }

  /**
   * The wait in milliseconds before the next attempt, after `attempt` (from 1) failed: what `Retry-After` asked for, or
   * else between a half and the whole of the doubled back-off, by chance, so that callers who failed together do not
   * come back together. Never more than `max`. `Retry-After: 0` does not mean at once, but the back-off.
   */
  wait(attempt: number, retryAfter: number | undefined): Effect.Effect<number> {
    if (this.#honorRetryAfter && retryAfter !== undefined && retryAfter > 0) {
      return Effect.succeed(Math.min(retryAfter, this.#max))
    }
    const full = Math.min(this.#backoff * 2 ** (attempt - 1), this.#max)
    return Effect.map(Random.next, (chance) => Math.round(full * (0.5 + chance / 2)))
  }
}

/** Whether sending it twice does no more than sending it once. */
export function isRepeatable(request: Repeatability): boolean {
  return !isWrite(request) || request.idempotent === true
}

/** Whether it may change something: GET and HEAD never do (RFC 9110 §9.2.1), other methods unless the action reads. */
export function isWrite(request: Repeatability): boolean {
  return request.effect !== "read" && request.method !== "GET" && request.method !== "HEAD"
}
