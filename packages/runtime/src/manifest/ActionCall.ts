import * as Schema from "effect/Schema"
import { JsonTemplate } from "./TemplateText.ts"

/** Which action is called, and with what. */
export const ActionCall = Schema.Struct({
  action: Schema.String.annotateKey({ description: "The action of this manifest that is called." }),
  with: Schema.optionalKey(Schema.Record(Schema.String, JsonTemplate)).annotateKey({
    description: "Its input, by name. Expressions see `config`."
  })
}).annotate({ identifier: "ActionCall", expected: "a map with an action and its input" })
