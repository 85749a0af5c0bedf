import * as Schema from "effect/Schema"
import { countUpTo } from "./Count.ts"
import { requiredDurationKey } from "./DurationText.ts"

/** The budget of a connection, shared by all that call through it. */
export const RateLimit = Schema.Struct({
  requests: countUpTo(1_000_000).annotateKey({ description: "How many requests may be made." }),
  per: requiredDurationKey("In what time.")
}).annotate({
  identifier: "Rate",
  expected: "a map with requests and per",
  description: "One budget for a connection, shared by all callers."
})
