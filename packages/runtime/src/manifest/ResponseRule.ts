import * as Schema from "effect/Schema"
import { DialectSchema } from "./DialectSchema.ts"
import { JsonTemplate } from "./TemplateText.ts"

/** How a body is read. */
export const bodyFormats = ["json", "text", "csv", "bytes"] as const

/** How a body is read. */
export type BodyFormat = (typeof bodyFormats)[number]

/** How a response of one status, or a class of them, becomes the action's output. */
export const ResponseRule = Schema.Struct({
  as: Schema.optionalKey(Schema.Literals(bodyFormats)).annotateKey({
    description:
      "How the body is read. `json`, which is also what it is without `as`: an empty body is null. `text`: as it is. `csv`: a list of rows, each a map by the names of the first line. `bytes`: base64. A web page (`text/html`) is neither JSON nor text nor CSV; `bytes` reads it."
  }),
  body: Schema.optionalKey(DialectSchema).annotateKey({
    description:
      "The schema of a JSON body, as the service sends it. Without it `response.body` is checked when it is read."
  }),
  output: Schema.optionalKey(JsonTemplate).annotateKey({
    description: "The output, made of `response`, `input` and `config`. Without it the body is the output."
  })
}).annotate({
  identifier: "ResponseRule",
  expected: "a map with as, body and output",
  description:
    "What a response means. A status without a rule is a failure, but 2xx, whose JSON body is then the output."
})
