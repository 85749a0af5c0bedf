import type { Json } from "@sallyport/language"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

/**
 * A schema in the dialect of `@sallyport/language`. When a manifest is decoded it is any value: `SchemaDocument` reads
 * it and says what is wrong, at its place. Editors are given the keywords below.
 */
export const DialectSchema = Schema.declare((value: unknown): value is Json => value !== undefined, {
  identifier: "JsonSchema",
  expected: "a schema",
  description: "A JSON Schema 2020-12 of the dialect.",
  toCodecJson: () =>
    Schema.link<Json>()(Dialect, {
      // Only the shape of the encoded side is ever used, to describe it to editors.
      decode: SchemaGetter.transform((): Json => null),
      encode: SchemaGetter.transform(() => true)
    })
})

/** A map of names to schemas of the dialect, such as `types`. */
export const schemaMap = <Key extends Schema.Record.Key>(key: Key) => Schema.Record(key, DialectSchema)

const inner: Schema.Codec<unknown> = Schema.suspend((): Schema.Codec<unknown> => Dialect)
const inners = Schema.Array(inner)
const named = Schema.Record(Schema.String, inner)
const anything = Schema.Json
const scalar = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean, Schema.Null])
const typeName = Schema.Literals(["string", "integer", "number", "boolean", "null", "array", "object"])

/** An optional keyword with what it means. */
const keyword = <S extends Schema.Top>(schema: S, description: string) =>
  Schema.optionalKey(schema).annotateKey({ description })

/** The keywords of the dialect, as editors show them. */
export const dialectKeywords = {
  $ref: keyword(
    Schema.String,
    "A type of this manifest: `#/types/NAME`. It stands alone but for a description and a default."
  ),
  $defs: keyword(named, "Local definitions: `#/…/$defs/NAME`."),
  $comment: keyword(Schema.String, "A remark for readers of the manifest."),
  type: keyword(Schema.Union([typeName, Schema.Array(typeName)]), "The kind of value, or a list of kinds."),
  enum: keyword(Schema.Array(scalar), "The values that are allowed."),
  const: keyword(scalar, "The only value that is allowed."),
  properties: keyword(named, "The properties of an object, by name."),
  required: keyword(Schema.Array(Schema.String), "The properties that must be there."),
  additionalProperties: keyword(
    inner,
    "Whether an object may have other properties, and their schema. Without it, it is closed."
  ),
  patternProperties: keyword(
    named,
    "Schemas for keys that match a pattern, for an object whose keys are not known."
  ),
  minProperties: keyword(Schema.Finite, "The least number of properties."),
  maxProperties: keyword(Schema.Finite, "The greatest number of properties."),
  items: keyword(inner, "The schema of the items of a list."),
  prefixItems: keyword(inners, "The schemas of the first items of a list."),
  minItems: keyword(Schema.Finite, "The least number of items."),
  maxItems: keyword(Schema.Finite, "The greatest number of items."),
  uniqueItems: keyword(Schema.Boolean, "Whether no item may be in the list twice."),
  minimum: keyword(Schema.Finite, "The least number."),
  maximum: keyword(Schema.Finite, "The greatest number."),
  exclusiveMinimum: keyword(Schema.Finite, "The number must be greater."),
  exclusiveMaximum: keyword(Schema.Finite, "The number must be less."),
  minLength: keyword(Schema.Finite, "The least number of characters."),
  maxLength: keyword(Schema.Finite, "The greatest number of characters."),
  pattern: keyword(Schema.String, "An RE2 regular expression that the text must match somewhere."),
  format: keyword(
    Schema.Literals(["uuid", "uri", "date-time", "ipv4", "ipv6", "email", "hostname"]),
    "The format of a text. It is enforced."
  ),
  oneOf: keyword(inners, "The alternatives."),
  anyOf: keyword(inners, "The alternatives."),
  allOf: keyword(inners, "Objects whose properties are merged."),
  extends: keyword(
    Schema.Union([Schema.String, Schema.Array(Schema.String)]),
    "Types of this manifest whose properties are merged into this one."
  ),
  discriminator: keyword(
    Schema.String,
    "The property that tells the branches of a oneOf apart. One branch may leave it open: any other value."
  ),
  default: keyword(anything, "The value of a property that is not given."),
  title: keyword(Schema.String, "What it is called in forms."),
  description: keyword(Schema.String, "What it is. Markdown."),
  examples: keyword(Schema.Array(anything), "Examples; they must fit the schema."),
  deprecated: keyword(Schema.Boolean, "Whether it should no longer be used."),
  readOnly: keyword(Schema.Boolean, "Whether only the service sets it."),
  writeOnly: keyword(Schema.Boolean, "Whether the service never gives it back."),
  "x-keep-unknown": keyword(
    Schema.Boolean,
    "Whether properties that the schema does not know are kept when a response is read."
  ),
  "x-secret": keyword(
    Schema.Boolean,
    "Whether the value is a secret: redacted in logs, stored encrypted, never put into a text."
  )
} as const

const Dialect: Schema.Codec<unknown> = Schema.Union([
  Schema.Boolean,
  Schema.StructWithRest(Schema.Struct(dialectKeywords), [
    Schema.Record(Schema.TemplateLiteral(["x-", Schema.String]), Schema.Json)
  ])
]).annotate({ identifier: "JsonSchema", description: "A JSON Schema 2020-12 of the dialect." })
