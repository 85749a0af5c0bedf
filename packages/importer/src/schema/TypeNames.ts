import type { JsonPlace } from "../json/JsonPlace.ts"
import { isList, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import type { LossList } from "../LossList.ts"

/** The names of types in JSON Schema. */
export const typeNames = ["string", "integer", "number", "boolean", "null", "array", "object"] as const

/** The name of a type in JSON Schema. */
export type TypeName = (typeof typeNames)[number]

/** The type that a word names, also in the words of other languages. */
export const typeNamed = (word: string): TypeName | undefined =>
  typeNames.find((name) => name === word) ?? synonyms.get(word.trim().toLowerCase())

/** The types under `type`, in their order; empty when any will do, so that a type that does not exist widens. */
export const typesIn = (
  value: JsonValue | undefined,
  place: JsonPlace,
  losses: LossList
): ReadonlyArray<TypeName> => {
  if (value === undefined) return []
  const words = isList(value) ? value : [value]
  const found = new Set<TypeName>()
  if (words.length === 0)
    losses.add("problem", "type", place, "the list of types is empty; taken as any type")
  for (const word of words) {
    const type = word === null ? "null" : typeof word === "string" ? typeNamed(word) : undefined
    if (type === undefined) {
      const shown = typeof word === "string" ? quoted(word) : "what stands here"
      losses.add("problem", "type", place, `${shown} is no type of JSON Schema; taken as any type`)
      return []
    }
    if (type !== word) {
      const shown = typeof word === "string" ? quoted(word) : "null without quotes"
      losses.add("assumption", "type", place, `${shown} is taken as the type ${type}`)
    }
    found.add(type)
  }
  return [...found]
}

/** The types that the keywords of a schema without `type` are about. */
export const impliedTypes = (schema: JsonMap): ReadonlyArray<TypeName> => {
  const found = new Set<TypeName>()
  for (const [keyword, value] of schema) {
    // Neither says anything of the value by itself: what stands in no list, and a mark of a property.
    const isMute = keyword === "additionalItems" || (keyword === "required" && !isList(value))
    const scope = scopes.get(keyword)
    if (scope !== undefined && !isMute) found.add(scope)
  }
  return [...found]
}

/** The type that a keyword is about; undefined for those about all. */
export const scopeOf = (keyword: string): TypeName | undefined => scopes.get(keyword)

/** Is the scalar of one of the types? */
export const isOfType = (value: JsonValue, types: ReadonlyArray<TypeName>): boolean =>
  types.some((type) => {
    if (type === "null") return value === null
    if (type === "integer") return typeof value === "number" && Number.isInteger(value)
    return typeof value === type
  })

const synonyms: ReadonlyMap<string, TypeName> = new Map([
  ["str", "string"],
  ["text", "string"],
  ["string", "string"],
  ["int", "integer"],
  ["long", "integer"],
  ["integer", "integer"],
  ["float", "number"],
  ["double", "number"],
  ["decimal", "number"],
  ["number", "number"],
  ["bool", "boolean"],
  ["boolean", "boolean"],
  ["none", "null"],
  ["null", "null"],
  ["list", "array"],
  ["array", "array"],
  ["dict", "object"],
  ["map", "object"],
  ["object", "object"]
])

const scopes: ReadonlyMap<string, TypeName> = new Map([
  ["properties", "object"],
  ["patternProperties", "object"],
  ["additionalProperties", "object"],
  ["required", "object"],
  ["minProperties", "object"],
  ["maxProperties", "object"],
  ["items", "array"],
  ["prefixItems", "array"],
  ["additionalItems", "array"],
  ["minItems", "array"],
  ["maxItems", "array"],
  ["uniqueItems", "array"],
  ["minimum", "number"],
  ["maximum", "number"],
  ["exclusiveMinimum", "number"],
  ["exclusiveMaximum", "number"],
  ["multipleOf", "number"],
  ["minLength", "string"],
  ["maxLength", "string"],
  ["pattern", "string"],
  ["format", "string"]
])
