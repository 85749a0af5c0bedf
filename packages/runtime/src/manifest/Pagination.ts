import * as Schema from "effect/Schema"
import { ExpressionText } from "./TemplateText.ts"

/** How an action goes on to the next page. Paging always ends on an empty page and on a cursor that was seen before. */
export const Pagination = Schema.Struct({
  items: ExpressionText.annotateKey({
    description: "The list of items of a page. Expressions see `output`, `response`, `input` and `config`."
  }),
  cursor: Schema.optionalKey(ExpressionText).annotateKey({
    description: "What names the next page; null or missing ends."
  }),
  into: Schema.optionalKey(Schema.String).annotateKey({
    description: "The input that takes the cursor for the next page."
  }),
  next: Schema.optionalKey(ExpressionText).annotateKey({
    description:
      "The URL of the next page, instead of cursor and into; null or missing ends. It must have the origin of the base."
  }),
  stop: Schema.optionalKey(ExpressionText).annotateKey({
    description: "A condition that ends paging after this page."
  })
}).annotate({
  identifier: "Pagination",
  expected: "a map with items and cursor and into, or items and next",
  description: "How to go on to the next page."
})
