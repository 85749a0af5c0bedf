import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isList, isMap, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import { type Draft, type DraftMap, isDraftMap } from "../draft/Draft.ts"
import { type Conversion, convertCounts, takes } from "./ScalarKeywords.ts"
import type { SchemaConverter } from "./SchemaConverter.ts"

/** Properties of one object; further ones are dropped. */
const maximumProperties = 1_000

/** Items; those of earlier drafts that stand in a list become `prefixItems`. */
export const convertArray = (converter: SchemaConverter, conversion: Conversion, depth: number): void => {
  const { schema, out, place, losses } = conversion
  const items = schema.get("items")
  const inner = (value: JsonValue, ...steps: ReadonlyArray<string | number>): Draft =>
    converter.inner(value, { place: within(place, ...steps), depth: depth + 1 })
  if (takes(conversion, "items")) {
    if (isList(items)) {
      const rest = schema.has("additionalItems") ? (schema.get("additionalItems") ?? null) : true
      if (items.length > 0) {
        out.set(
          "prefixItems",
          items.map((item, index) => inner(item, "items", index))
        )
        if (rest !== false) out.set("items", inner(rest, "additionalItems"))
      } else if (rest !== true) out.set("items", inner(rest, "additionalItems"))
    } else if (items !== undefined) out.set("items", inner(items, "items"))
  }
  if (takes(conversion, "additionalItems") && !isList(items))
    losses.add(
      "problem",
      "keyword",
      within(place, "additionalItems"),
      '"additionalItems" has no effect; dropped'
    )
  if (takes(conversion, "prefixItems")) {
    const first = schema.get("prefixItems")
    if (isList(first) && first.length > 0 && !isList(items)) {
      out.set(
        "prefixItems",
        first.map((item, index) => inner(item, "prefixItems", index))
      )
      // Without items the manifest's list ends here, that of JSON Schema does not.
      if (items === undefined) out.set("items", new Map())
    } else
      losses.add(
        "problem",
        "keyword",
        within(place, "prefixItems"),
        '"prefixItems" is no list of schemas of its own; dropped'
      )
  }
  convertCounts(conversion, "minItems", "maxItems")
  if (!takes(conversion, "uniqueItems")) return
  const unique = schema.get("uniqueItems")
  if (typeof unique === "boolean") out.set("uniqueItems", unique)
  else
    losses.add(
      "problem",
      "keyword",
      within(place, "uniqueItems"),
      '"uniqueItems" is neither true nor false; dropped'
    )
}

/** Properties. Objects stay open as in JSON Schema: inputs let others through, results keep them. */
export const convertObject = (
  converter: SchemaConverter,
  conversion: Conversion,
  { depth, places }: { readonly depth: number; readonly places: ReadonlyMap<string, JsonPlace> }
): void => {
  const { types, out, schema } = conversion
  const required = new Map<string, JsonPlace>()
  if (takes(conversion, "required")) noteRequired(conversion, required)
  const properties: DraftMap = new Map()
  if (takes(conversion, "properties"))
    convertProperties(converter, conversion, { depth, places, required, properties })
  convertCounts(conversion, "minProperties", "maxProperties")
  const patterns = takes(conversion, "patternProperties") && !onlyPatterns(converter, conversion, depth)
  const isRestSaid = takes(conversion, "additionalProperties")
  const isObject = types.includes("object") || (types.length === 0 && properties.size > 0)
  if (!isObject || out.has("patternProperties")) return
  // What is required and not described may be anything.
  for (const name of required.keys()) if (!properties.has(name)) properties.set(name, new Map())
  if (properties.size > 0) out.set("properties", properties)
  if (required.size > 0) out.set("required", [...required.keys()])
  const rest = isRestSaid ? schema.get("additionalProperties") : undefined
  const restPlace = within(conversion.place, "additionalProperties")
  if (patterns) openFor(conversion, out)
  else if (rest === undefined) open(out, converter.options.side)
  else if (typeof rest === "boolean") {
    out.set("additionalProperties", rest)
    if (!rest && properties.size === 0) out.set("properties", new Map())
  } else out.set("additionalProperties", converter.inner(rest, { place: restPlace, depth: depth + 1 }))
}

/** Other properties are let through; unknown ones of a result are kept without making its type an open one. */
const open = (out: DraftMap, side: "input" | "output"): void => {
  if (side === "output" && out.has("properties")) out.set("x-keep-unknown", true)
  else out.set("additionalProperties", true)
}

const openFor = ({ place, losses }: Conversion, out: DraftMap): void => {
  losses.add(
    "loss",
    "pattern",
    within(place, "patternProperties"),
    '"patternProperties" is dropped: it stands beside other properties or lets them through, so all names fit'
  )
  out.set("additionalProperties", true)
}

/** Patterns of names can be said where nothing else may be in the object. True when they were. */
const onlyPatterns = (
  converter: SchemaConverter,
  { schema, out, place }: Conversion,
  depth: number
): boolean => {
  const patterns = schema.get("patternProperties")
  const isAlone =
    schema.get("additionalProperties") === false && !schema.has("properties") && !schema.has("required")
  if (!isAlone || !isMap(patterns) || patterns.size === 0 || patterns.size > 50) return false
  const converted: DraftMap = new Map()
  for (const [pattern, value] of patterns) {
    if (!pattern.isWellFormed() || pattern.length > 200) return false
    const inner = within(place, "patternProperties", pattern)
    converted.set(pattern, converter.inner(value, { place: inner, depth: depth + 1 }))
  }
  out.set("patternProperties", converted)
  return true
}

const noteRequired = ({ schema, place, losses }: Conversion, required: Map<string, JsonPlace>): void => {
  const names = schema.get("required")
  const at = within(place, "required")
  if (!isList(names)) {
    losses.add("problem", "required", at, '"required" is no list of names; dropped')
    return
  }
  for (const [index, name] of names.slice(0, maximumProperties).entries()) {
    if (typeof name === "string" && isPropertyName(name)) required.set(name, within(at, index))
    else losses.add("problem", "required", within(at, index), "this is no name of a property; dropped")
  }
  if (names.length > maximumProperties)
    losses.add("loss", "size", at, `more than ${maximumProperties} names; cut`)
}

const convertProperties = (
  converter: SchemaConverter,
  { schema, place, losses }: Conversion,
  to: {
    readonly depth: number
    readonly places: ReadonlyMap<string, JsonPlace>
    readonly required: Map<string, JsonPlace>
    readonly properties: DraftMap
  }
): void => {
  const at = within(place, "properties")
  const properties = schema.get("properties")
  if (!isMap(properties)) {
    losses.add("problem", "schema", at, '"properties" is no object of schemas; any properties fit')
    return
  }
  for (const [name, value] of [...properties].slice(0, maximumProperties)) {
    const inner = to.places.get(name) ?? within(at, name)
    if (isPropertyName(name)) {
      const child = unmarked(converter, name, value, inner)
      if (child.isRequired) to.required.set(name, inner)
      to.properties.set(name, converter.inner(child.value, { place: inner, depth: to.depth + 1 }))
    } else
      losses.add(
        "loss",
        "name",
        inner,
        `the property ${quoted(name)} is dropped: its name is too long or no text`
      )
  }
  if (properties.size > maximumProperties)
    losses.add("loss", "size", at, `only the first ${maximumProperties} properties are kept`)
}

/** A property without the marks that are about it and not about its values: `required: true`, and secrets by name. */
export const unmarked = (
  converter: SchemaConverter,
  name: string,
  value: JsonValue,
  place: JsonPlace
): { readonly value: JsonValue; readonly isRequired: boolean } => {
  const { secrets, losses } = converter.options
  if (!isMap(value)) return { value, isRequired: false }
  const schema = new Map(value)
  const isRequired = value.get("required") === true
  if (typeof value.get("required") === "boolean") {
    schema.delete("required")
    losses.add(
      "assumption",
      "required",
      within(place, "required"),
      `"required: ${String(isRequired)}" within a property is taken as meant for the object around it`
    )
  }
  if (secrets.has(name)) {
    converter.foundSecrets.add(name)
    schema.set("secret", true)
  }
  return { value: schema satisfies JsonMap, isRequired }
}

/** Can the manifest hold a property of that name? */
const isPropertyName = (name: string): boolean => name.length <= 200 && name.isWellFormed()

/** Is it the schema of an object? */
export const isObjectSchema = (draft: Draft): boolean =>
  isDraftMap(draft) && (draft.get("type") === "object" || draft.has("$ref") || draft.has("allOf"))
