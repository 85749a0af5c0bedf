import * as Schema from "effect/Schema"
import { HeaderName } from "./Name.ts"
import { JsonValue } from "./TemplateText.ts"

const ExampleStatus = Schema.Finite.check(
  Schema.makeFilter((status: number) => Number.isInteger(status) && status >= 200 && status <= 599, {
    code: "SP0308",
    expected: "a status from 200 to 599",
    toJsonSchema: () => ({ type: "integer", minimum: 200, maximum: 599 })
  })
)

/** What a service answers in an example. */
const ExampleResponse = Schema.Struct({
  status: Schema.optionalKey(ExampleStatus).annotateKey({ description: "The status; 200 without it." }),
  headers: Schema.optionalKey(Schema.Record(HeaderName, Schema.String)).annotateKey({
    description: "The headers."
  }),
  body: Schema.optionalKey(JsonValue).annotateKey({
    description: "The body: a text as it is, anything else as JSON. Without it the body is empty."
  })
}).annotate({
  identifier: "ExampleResponse",
  expected: "a map with status, headers and body",
  description: "A response of the service."
})

/** One call from input to output. Examples drive the mock, the documentation and a test. */
export const Example = Schema.Struct({
  summary: Schema.optionalKey(Schema.String).annotateKey({ description: "What the example shows." }),
  input: Schema.optionalKey(Schema.Record(Schema.String, JsonValue)).annotateKey({
    description: "The input, as a caller gives it."
  }),
  response: Schema.optionalKey(ExampleResponse).annotateKey({ description: "What the service answers." }),
  output: Schema.optionalKey(JsonValue).annotateKey({ description: "What the action gives." })
}).annotate({
  identifier: "Example",
  expected: "a map with input, response and output",
  description: "One call: what goes in, what the service answers, what comes out."
})
