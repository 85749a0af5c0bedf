import * as Schema from "effect/Schema"
import { countUpTo } from "./Count.ts"
import { durationKey } from "./DurationText.ts"

/** The kinds of failure without a status that may be retried. */
const retryWords = ["network", "timeout"] as const

const RetryStatus = Schema.Finite.check(
  Schema.makeFilter((status: number) => Number.isInteger(status) && status >= 400 && status <= 599, {
    code: "SP0308",
    expected: "a status from 400 to 599",
    toJsonSchema: () => ({ type: "integer", minimum: 400, maximum: 599 })
  })
)

/** When and how often a call is repeated. A write is repeated after an unknown outcome only if it is idempotent. */
export const RetryRule = Schema.Struct({
  on: Schema.Array(
    Schema.Union([RetryStatus, Schema.Literals(retryWords)]).annotate({
      identifier: "RetryCause",
      expected: "a status from 400 to 599, network or timeout",
      description: "A status, or `network` (no answer came) or `timeout` (no answer came in time)."
    })
  ).annotateKey({ description: "What is retried: statuses, `network`, `timeout`." }),
  attempts: Schema.optionalKey(countUpTo(100)).annotateKey({
    description: "How often a call is made in all, the first time included. 3 without it."
  }),
  backoff: durationKey(
    "The wait before the second attempt; it doubles with each, with jitter. 500ms without it."
  ),
  max: durationKey("The longest wait between two attempts. 30s without it."),
  honor: Schema.optionalKey(Schema.Literal("retry-after")).annotateKey({
    description: "`retry-after`: wait as long as the service asks for in that header, up to `max`."
  })
}).annotate({
  identifier: "Retry",
  expected: "a map with on, attempts, backoff, max and honor",
  description: "When a failed call is made again."
})
