import * as Schema from "effect/Schema"
import { DialectSchema } from "./DialectSchema.ts"
import { requiredDurationKey } from "./DurationText.ts"
import { InputMap } from "./PropertyMap.ts"
import { ExpressionText, JsonTemplate } from "./TemplateText.ts"

/** The action that a trigger calls over and over; its items are the events. */
const Poll = Schema.Struct({
  action: Schema.String.annotateKey({ description: "The action whose items are the events." }),
  every: requiredDurationKey("How long to wait when there is nothing more."),
  with: Schema.optionalKey(Schema.Record(Schema.String, JsonTemplate)).annotateKey({
    description:
      "The input of the action, by name. Expressions see `input` (the trigger's), `config` and `state`."
  })
}).annotate({
  identifier: "Poll",
  expected: "a map with action and every",
  description: "The action that is called over and over, and its input."
})

/** A source of events. */
export const Trigger = Schema.Struct({
  summary: Schema.String.annotateKey({ description: "What its events are, in one line." }),
  description: Schema.optionalKey(Schema.String).annotateKey({
    description: "What there is to know. Markdown."
  }),
  input: Schema.optionalKey(InputMap).annotateKey({ description: "What it takes." }),
  event: DialectSchema.annotateKey({ description: "The schema of an event." }),
  poll: Schema.optionalKey(Poll).annotateKey({ description: "The action that is called over and over." }),
  keep: Schema.optionalKey(Schema.String).annotateKey({
    description:
      "The cursor that is kept between polls: the input that the action's `paginate` names under `into`."
  }),
  key: Schema.optionalKey(ExpressionText).annotateKey({
    description:
      "A text that names what an event is about. Together with `order` it tells events apart: the same again is dropped. Without it, all of the event does. Expressions see `event`."
  }),
  order: Schema.optionalKey(ExpressionText).annotateKey({
    description:
      "What makes one of two versions of the same thing the newer: a text, number or timestamp. Of several versions in a page the newest is an event. Expressions see `event`."
  }),
  implementation: Schema.optionalKey(Schema.Literal("code")).annotateKey({
    description: "`code`: the connector polls in TypeScript."
  }),
  deprecated: Schema.optionalKey(
    Schema.Union([Schema.Boolean, Schema.String]).annotate({ expected: "true, or what to use instead" })
  ).annotateKey({
    description: "Whether it should no longer be used, or what to use instead."
  })
}).annotate({
  identifier: "Trigger",
  expected: "a map with a summary, an event and a poll or implementation: code",
  description: "A source of events."
})
