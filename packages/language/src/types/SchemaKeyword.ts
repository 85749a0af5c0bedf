/** What the value of a keyword must be. A `schema` is checked where it is read. */
export type KeywordShape =
  | "schema"
  | "schemas"
  | "schema map"
  | "text"
  | "texts"
  | "text or texts"
  | "type"
  | "number"
  | "count"
  | "flag"
  | "scalar"
  | "scalars"
  | "list"
  | "anything"

/** The kinds of values that a keyword says something about; it has no effect on others. */
export type KeywordScope = "object" | "array" | "string" | "number"

/** What is known of a keyword. */
export interface Keyword {
  readonly shape: KeywordShape
  readonly scope?: KeywordScope
  /** Says nothing about which values fit. */
  readonly annotation?: true
}

/**
 * The keywords of the dialect: a subset of JSON Schema 2020-12 (core and validation), and `discriminator` and `extends`
 * of manifests. Everything else but `x-…` is refused, so that nothing is silently not enforced.
 */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  // Core 8.2: references and definitions.
  ["$ref", { shape: "text" }],
  ["$defs", { shape: "schema map", annotation: true }],
  ["$schema", { shape: "text", annotation: true }],
  ["$comment", { shape: "text", annotation: true }],
  // Core 10: applicators.
  ["allOf", { shape: "schemas" }],
  ["anyOf", { shape: "schemas" }],
  ["oneOf", { shape: "schemas" }],
  ["extends", { shape: "text or texts" }],
  ["discriminator", { shape: "text" }],
  ["prefixItems", { shape: "schemas", scope: "array" }],
  ["items", { shape: "schema", scope: "array" }],
  ["properties", { shape: "schema map", scope: "object" }],
  ["patternProperties", { shape: "schema map", scope: "object" }],
  ["additionalProperties", { shape: "schema", scope: "object" }],
  // Validation 6: assertions.
  ["type", { shape: "type" }],
  ["enum", { shape: "scalars" }],
  ["const", { shape: "scalar" }],
  ["maximum", { shape: "number", scope: "number" }],
  ["exclusiveMaximum", { shape: "number", scope: "number" }],
  ["minimum", { shape: "number", scope: "number" }],
  ["exclusiveMinimum", { shape: "number", scope: "number" }],
  ["maxLength", { shape: "count", scope: "string" }],
  ["minLength", { shape: "count", scope: "string" }],
  ["pattern", { shape: "text", scope: "string" }],
  ["maxItems", { shape: "count", scope: "array" }],
  ["minItems", { shape: "count", scope: "array" }],
  ["uniqueItems", { shape: "flag", scope: "array" }],
  ["maxProperties", { shape: "count", scope: "object" }],
  ["minProperties", { shape: "count", scope: "object" }],
  ["required", { shape: "texts", scope: "object" }],
  // Validation 7: format, here always enforced.
  ["format", { shape: "text", scope: "string" }],
  // Validation 9: annotations.
  ["title", { shape: "text", annotation: true }],
  ["description", { shape: "text", annotation: true }],
  ["default", { shape: "anything", annotation: true }],
  ["deprecated", { shape: "flag", annotation: true }],
  ["readOnly", { shape: "flag", annotation: true }],
  ["writeOnly", { shape: "flag", annotation: true }],
  ["examples", { shape: "list", annotation: true }],
  // Of manifests. A flag that is none, such as `x-secret: yes`, would be no flag.
  ["x-keep-unknown", { shape: "flag", annotation: true }],
  ["x-secret", { shape: "flag", annotation: true }]
])

/** Keywords of JSON Schema, its older drafts and OpenAPI that the dialect refuses, with what to write instead. */
export const refusedKeywords: ReadonlyMap<string, string> = new Map([
  ["not", "list what is allowed, with enum or the branches of a oneOf"],
  ["if", "write the cases as branches of a oneOf, told apart by a property with a const"],
  ["then", "write the cases as branches of a oneOf, told apart by a property with a const"],
  ["else", "write the cases as branches of a oneOf, told apart by a property with a const"],
  ["dependentRequired", "write the cases as branches of a oneOf with their own required lists"],
  ["dependentSchemas", "write the cases as branches of a oneOf"],
  ["dependencies", "write the cases as branches of a oneOf"],
  ["contains", "describe every item with items"],
  ["minContains", "describe every item with items"],
  ["maxContains", "describe every item with items"],
  ["unevaluatedProperties", "records are closed unless additionalProperties opens them"],
  ["unevaluatedItems", "lists are closed: items describes the items after prefixItems"],
  ["additionalItems", "since 2020-12 items describes the items after prefixItems"],
  ["propertyNames", "use patternProperties alone"],
  ["multipleOf", "use type: integer, minimum and maximum"],
  ["$id", "references are local: write $ref with #/types/NAME or #/$defs/NAME"],
  ["id", "a property of that name belongs under properties"],
  ["$anchor", "write $ref with #/types/NAME or #/$defs/NAME"],
  ["$dynamicRef", "write $ref with #/types/NAME or #/$defs/NAME"],
  ["$dynamicAnchor", "write $ref with #/types/NAME or #/$defs/NAME"],
  ["$recursiveRef", "write $ref: types may refer to themselves"],
  ["$recursiveAnchor", "write $ref: types may refer to themselves"],
  ["$vocabulary", "the dialect is fixed"],
  ["definitions", "write $defs"],
  ["nullable", 'write type: [string, "null"]'],
  ["example", "write examples, a list"],
  ["contentEncoding", "say it in the description"],
  ["contentMediaType", "say it in the description"],
  ["contentSchema", "say it in the description"]
])

/** The names that `type` takes (validation 6.1.1). */
export const typeNames = ["string", "integer", "number", "boolean", "null", "array", "object"] as const

/** One of the names that `type` takes. */
export type TypeName = (typeof typeNames)[number]

/** Is the text one of them? */
export const isTypeName = (text: string): text is TypeName => typeNames.some((name) => name === text)

/** The kind of values that a scope is about, as a type name; `number` stands for `integer` too. */
export const scopeIncludes = (scope: KeywordScope, name: TypeName): boolean =>
  scope === name || (scope === "number" && name === "integer")
