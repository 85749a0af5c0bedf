import * as Schema from "effect/Schema"
import { AuthChoice } from "./AuthChoice.ts"
import { countUpTo } from "./Count.ts"
import { durationKey } from "./DurationText.ts"
import { ErrorFields } from "./ErrorFields.ts"
import { HeaderName } from "./Name.ts"
import { RateLimit } from "./RateLimit.ts"
import { RetryRule } from "./RetryRule.ts"
import { TextTemplate } from "./TemplateText.ts"

/** What holds for all requests of a connection. */
export const HttpBehaviour = Schema.Struct({
  base: Schema.String.annotateKey({
    description: "The URL that paths are put behind; a path of its own is kept. Expressions see `config`."
  }),
  headers: Schema.optionalKey(Schema.Record(HeaderName, TextTemplate)).annotateKey({
    description: "Headers of every request. Expressions see `config` and `secrets`."
  }),
  auth: Schema.optionalKey(AuthChoice).annotateKey({
    description: "The scheme of all actions that do not name another."
  }),
  timeout: durationKey(
    "How long a call may take in all, attempts and waits included; where calls are repeated, one attempt has half of it. 60s without it."
  ),
  retry: Schema.optionalKey(RetryRule).annotateKey({ description: "When a failed call is made again." }),
  rate: Schema.optionalKey(RateLimit).annotateKey({
    description: "How many requests may be made in what time."
  }),
  concurrency: Schema.optionalKey(countUpTo(1000)).annotateKey({
    description: "How many requests of a connection may be under way at once."
  }),
  errors: Schema.optionalKey(ErrorFields).annotateKey({
    description: "Where a failed response says what went wrong."
  })
}).annotate({
  identifier: "Http",
  expected: "a map with base and what else holds for all requests",
  description: "What holds for all requests of a connection."
})
