import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { ConnectorReason } from "../ConnectorError.ts"

/** What a call waited for: a place among those under way, the rate budget, or the time before a repetition. */
export type WaitKind = "gate" | "budget" | "backoff"

/** Who is counted. Both names come from manifests, so there are never more than a few hundred pairs. */
export interface Caller {
  readonly connector: string
  readonly action: string
}

/**
 * The counters of the calls of a transport, each with the attributes `connector` and `action`.
 *
 * | counter | counts | by |
 * | --- | --- | --- |
 * | `sallyport_http_calls_total` | calls that ended, each once however many attempts it took | |
 * | `sallyport_http_errors_total` | calls that failed | `reason` |
 * | `sallyport_http_retries_total` | attempts after the first of a call | `reason` of the failure before |
 * | `sallyport_http_waits_total` | waits of a millisecond or more | `for` |
 * | `sallyport_http_wait_milliseconds_total` | the length of those waits | `for` |
 */
export class HttpMetrics {
  /** Making a counter anew at every call would cost more than counting. */
  readonly #counters = new Map<string, Metric.Counter<number>>()

  /** Counts one call that ended. */
  call(caller: Caller): Effect.Effect<void> {
    return Metric.update(this.#counter("calls_total", caller), 1)
  }

  /** Counts one call that failed. */
  error(caller: Caller, reason: ConnectorReason): Effect.Effect<void> {
    return Metric.update(this.#counter("errors_total", caller, { reason: reason._tag }), 1)
  }

  /** Counts one repeated attempt. */
  retry(caller: Caller, reason: ConnectorReason): Effect.Effect<void> {
    return Metric.update(this.#counter("retries_total", caller, { reason: reason._tag }), 1)
  }

  /** Counts one wait. */
  wait(caller: Caller, kind: WaitKind, millis: number): Effect.Effect<void> {
    return Effect.andThen(
      Metric.update(this.#counter("waits_total", caller, { for: kind }), 1),
      Metric.update(this.#counter("wait_milliseconds_total", caller, { for: kind }), Math.round(millis))
    )
  }

  #counter(
    name: keyof typeof descriptions,
    caller: Caller,
    by: Readonly<Record<string, string>> = {}
  ): Metric.Counter<number> {
    const key = [name, caller.connector, caller.action, ...Object.values(by)].join(" ")
    const known = this.#counters.get(key)
    if (known !== undefined) return known
    const counter = Metric.counter(`sallyport_http_${name}`, {
      description: descriptions[name],
      incremental: true,
      attributes: { connector: caller.connector, action: caller.action, ...by }
    })
    this.#counters.set(key, counter)
    return counter
  }
}

const descriptions = {
  calls_total: "Calls of connector actions that ended",
  errors_total: "Calls of connector actions that failed",
  retries_total: "Repeated attempts of calls of connector actions",
  waits_total: "Waits of calls of connector actions",
  wait_milliseconds_total: "Time that calls of connector actions waited"
}
