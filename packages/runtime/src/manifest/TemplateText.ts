import * as Schema from "effect/Schema"

/**
 * A text with expressions in it, or a number or bool as it is. What expressions may be in it and what they may give is
 * said where it is used; the loader compiles them.
 */
export const TextTemplate = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]).annotate({
  identifier: "TextTemplate",
  expected: "a text, a number, true or false",
  description:
    "A text with expressions in it: `Bearer ${{ secrets.api_key }}`. A number or bool stands for its text."
})

/** A text that is an expression, with or without `${{ }}` around it. */
export const ExpressionText = Schema.String.annotate({
  identifier: "Expression",
  expected: "an expression",
  description: "One expression, bare or in `${{ }}`: `${{ output.items }}`."
})

/** What a query parameter may be written as. A list is sent as a comma list, null and what is missing not at all. */
export const QueryTemplate = Schema.Union([
  Schema.String,
  Schema.Finite,
  Schema.Boolean,
  Schema.Null,
  Schema.Array(Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]))
]).annotate({
  identifier: "QueryTemplate",
  expected: "a text, a number, true, false, null or a list of those",
  description:
    "The value of a parameter, with expressions in it. A list is sent as a comma list; null, or an optional value that is missing, leaves the parameter out."
})

/** Any value, with expressions in its texts. An expression alone keeps its type. */
export const JsonTemplate = Schema.Json.annotate({
  identifier: "JsonTemplate",
  expected: "a value",
  description: "Any value; texts in it may hold expressions. `${{ e }}` alone keeps the type of `e`."
})

/** Any value as it is. */
export const JsonValue = Schema.Json.annotate({
  identifier: "Value",
  expected: "a value",
  description: "Any value, as it is: there are no expressions in it."
})
