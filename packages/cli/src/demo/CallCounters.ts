import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { Tally } from "./Tally.ts"

/** What the runtime counted of calls over HTTP. */
export interface CallCounters {
  readonly calls: number
  /** Repeated attempts by the reason of the failure before. */
  readonly retries: { readonly [reason: string]: number }
  /** Milliseconds by what was waited for: `budget` is the rate limit, `backoff` the time before a repetition. */
  readonly waitedMillis: { readonly [kind: string]: number }
}

/** Reads the counters of everything that ran with this registry of metrics. */
export const callCounters: Effect.Effect<CallCounters> = Effect.map(Metric.snapshot, (metrics) => {
  const sums = (id: string, attribute: string): Tally => {
    const tally = new Tally()
    for (const metric of metrics) {
      if (metric.type !== "Counter" || metric.id !== `sallyport_http_${id}`) continue
      tally.add(metric.attributes?.[attribute] ?? "", Number(metric.state.count))
    }
    return tally
  }
  return {
    calls: sums("calls_total", "action").total,
    retries: sums("retries_total", "reason").counts,
    waitedMillis: sums("wait_milliseconds_total", "for").counts
  }
})
