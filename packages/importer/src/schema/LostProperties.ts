import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isMap, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import type { LossList } from "../LossList.ts"
import { keywordNames } from "./KeywordNames.ts"
import { typeNamed } from "./TypeNames.ts"

/** A schema whose properties stand where they belong, and where each of them stood in the file. */
export interface FoundProperties {
  readonly schema: JsonMap
  /** The places of the properties that were found outside of `properties`. */
  readonly places: ReadonlyMap<string, JsonPlace>
}

/**
 * Puts properties that stand beside the keywords of a schema under `properties`: `{ uuid: { type: string } }` is meant
 * as an object with a `uuid`. Only where the schema can be an object.
 */
export const withFoundProperties = (schema: JsonMap, place: JsonPlace, losses: LossList): FoundProperties => {
  const found = new Map([...schema].filter(([name, value]) => isLostProperty(name, value)))
  const type = schema.get("type")
  const canBeObject = type === undefined || type === "object" || found.has("type")
  if (found.size === 0 || !canBeObject) return { schema, places: new Map() }
  const properties = schema.get("properties")
  const places = new Map<string, JsonPlace>()
  const all = new Map(isMap(properties) ? properties : [])
  for (const [name, value] of found) {
    losses.add(
      all.has(name) ? "loss" : "assumption",
      "keyword",
      within(place, name),
      all.has(name)
        ? `the property ${quoted(name)} stands outside of "properties" and in it; the one outside is dropped`
        : `${quoted(name)} stands outside of "properties"; taken as a property`
    )
    if (all.has(name)) continue
    all.set(name, value)
    places.set(name, within(place, name))
  }
  const rest = [...schema].filter(([name]) => !found.has(name) && name !== "properties")
  return { schema: new Map([...rest, ["properties", all]]), places }
}

/** A schema under a name that is no keyword, or that is a keyword which never holds a schema. */
const isLostProperty = (name: string, value: JsonValue): boolean => {
  if (!isMap(value) || name.startsWith("x-") || name.startsWith("$")) return false
  if (!keywordNames.has(name)) return looksLikeSchema(value)
  return neverSchemas.has(name) && looksLikeSchema(value)
}

const looksLikeSchema = (value: JsonMap): boolean => {
  const type = value.get("type")
  if (typeof type === "string") return typeNamed(type) !== undefined
  return ["properties", "items", "anyOf", "oneOf", "allOf", "enum", "$ref"].some((name) => value.has(name))
}

const neverSchemas: ReadonlySet<string> = new Set([
  "type",
  "title",
  "description",
  "format",
  "pattern",
  "id",
  "deprecated",
  "secret",
  "secrets",
  "internal",
  "in"
])
