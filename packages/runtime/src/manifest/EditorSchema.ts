import type * as JsonSchema from "effect/JsonSchema"
import * as Schema from "effect/Schema"
import { Manifest } from "./Manifest.ts"

/**
 * The JSON Schema 2020-12 of manifests, for yaml-language-server and other editors. It describes shapes; what is wrong
 * beyond them, and in expressions, only `loadManifest` finds. The same text every time.
 */
export const manifestJsonSchema = (): JsonSchema.JsonSchema => editorSchema(Manifest)

/** The JSON Schema 2020-12 of a vocabulary, for editors. The same text every time. */
export const editorSchema = (vocabulary: Schema.Top): JsonSchema.JsonSchema => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(vocabulary, { onExcessProperty: "error" })
  const { $ref } = schema
  const name = typeof $ref === "string" ? $ref.slice("#/$defs/".length) : undefined
  const root = name === undefined ? schema : definitions[name]
  const others = Object.entries(definitions).filter(([other]) => other !== name)
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...flatten(root ?? schema),
    $defs: Object.fromEntries(others.map(([other, definition]) => [other, flatten(definition)]))
  }
}

/**
 * The parts of an `allOf` are moved beside it where no keyword of theirs is there already, and a `$ref` that is then
 * alone in it too, so that an editor shows the nearer description. Nothing changes for what is valid.
 */
const flatten = (schema: JsonSchema.JsonSchema): JsonSchema.JsonSchema => {
  const flat: JsonSchema.JsonSchema = {}
  for (const [keyword, value] of Object.entries(schema)) flat[keyword] = flattenValue(value)
  const { allOf, ...rest } = flat
  if (!Array.isArray(allOf)) return flat
  const parts = allOf.filter(isSchema)
  if (Object.keys(rest).length === 0) return movable(parts[0], parts.slice(1)) ? merged(parts) : flat
  return movable(rest, parts) ? merged([rest, ...parts]) : flat
}

/** Only descriptions may be replaced; keywords that look at others beside them stay where they are. */
const movable = (
  into: JsonSchema.JsonSchema | undefined,
  parts: ReadonlyArray<JsonSchema.JsonSchema>
): boolean => {
  const taken = new Set(Object.keys(into ?? {}))
  return parts.every((part) =>
    Object.keys(part).every((keyword) => {
      if (keyword === "description" || keyword === "title") return true
      const isFree = !taken.has(keyword) && !bound.has(keyword)
      taken.add(keyword)
      return isFree
    })
  )
}

/** Keywords whose meaning depends on what stands beside them (JSON Schema core 10.3). */
const bound: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "additionalProperties",
  "items",
  "prefixItems"
])

/** All keywords of several schemas; the later ones win. */
const merged = (schemas: ReadonlyArray<JsonSchema.JsonSchema>): JsonSchema.JsonSchema => {
  const all: JsonSchema.JsonSchema = {}
  for (const schema of schemas) for (const [keyword, value] of Object.entries(schema)) all[keyword] = value
  return all
}

const flattenValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(flattenValue)
  return isSchema(value) ? flatten(value) : value
}

/** A schema that is an object, not one of the booleans `true` and `false`. */
export const isSchema = (value: unknown): value is JsonSchema.JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value)
