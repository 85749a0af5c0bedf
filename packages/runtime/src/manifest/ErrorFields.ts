import * as Schema from "effect/Schema"
import { TextTemplate } from "./TemplateText.ts"

/** Where a failed response says what went wrong. Expressions see `response`, whose body may be anything. */
export const ErrorFields = Schema.Struct({
  message: Schema.optionalKey(TextTemplate).annotateKey({
    description: "What went wrong, in the service's words."
  }),
  code: Schema.optionalKey(TextTemplate).annotateKey({ description: "The service's own code of the error." }),
  id: Schema.optionalKey(TextTemplate).annotateKey({
    description: "What to tell the service's support: the id of this one failure."
  })
}).annotate({
  identifier: "Errors",
  expected: "a map with message, code and id",
  description: "Expressions over a failed `response` that fill the typed error."
})
