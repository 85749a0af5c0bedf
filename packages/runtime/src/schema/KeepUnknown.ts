import { type Json, isJsonList } from "@sallyport/language"

/**
 * A schema whose records are open where they say `x-keep-unknown: true`, with everything inside of it. It says so on
 * the record itself, not beside a `$ref`, `oneOf` or `anyOf`.
 */
export const withUnknownKept = (schema: Json): Json => {
  if (!isMap(schema)) return schema
  const entries = Object.entries(schema).map(([keyword, value]): readonly [string, Json] => [
    keyword,
    innerOf(keyword, value)
  ])
  if (keepsUnknown(schema)) entries.push(["additionalProperties", true])
  return Object.fromEntries(entries)
}

/** A document whose `types` and `$defs` keep unknown properties where they say so. */
export const withUnknownKeptIn = (document: Json): Json =>
  isMap(document)
    ? Object.fromEntries(
        Object.entries(document).map(([name, value]) => [
          name,
          name === "types" || name === "$defs" ? mapped(value) : value
        ])
      )
    : document

const innerOf = (keyword: string, value: Json): Json => {
  switch (keyword) {
    case "items":
    case "additionalProperties":
      return withUnknownKept(value)
    case "oneOf":
    case "anyOf":
    case "allOf":
    case "prefixItems":
      return isJsonList(value) ? value.map(withUnknownKept) : value
    case "properties":
    case "patternProperties":
    case "$defs":
      return mapped(value)
    default:
      return value
  }
}

const mapped = (schemas: Json): Json =>
  isMap(schemas)
    ? Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withUnknownKept(schema)]))
    : schemas

const keepsUnknown = (schema: JsonMap): boolean =>
  Object.hasOwn(schema, "x-keep-unknown") &&
  schema["x-keep-unknown"] === true &&
  !["$ref", "oneOf", "anyOf", "patternProperties"].some((keyword) => Object.hasOwn(schema, keyword)) &&
  (!Object.hasOwn(schema, "additionalProperties") || schema["additionalProperties"] === false)

type JsonMap = { readonly [name: string]: Json }

const isMap = (value: Json): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value)
