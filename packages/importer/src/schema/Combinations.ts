import { within } from "../json/JsonPlace.ts"
import { isList, isMap, type JsonValue } from "../json/JsonValue.ts"
import { annotationNames, keywordNames, refusedKeywords } from "./KeywordNames.ts"
import { type Conversion, typeDraft } from "./ScalarKeywords.ts"
import type { SchemaConverter } from "./SchemaConverter.ts"
import { isObjectSchema } from "./Structures.ts"
import { typesIn } from "./TypeNames.ts"

/**
 * `oneOf` or `anyOf`, where it can stand: beside annotations and `type` alone. False when there is none, or when it was
 * dropped because other keywords stand beside it.
 */
export const convertChoice = (converter: SchemaConverter, conversion: Conversion, depth: number): boolean => {
  const { schema, place, out, losses } = conversion
  const [choice, other] = ["oneOf", "anyOf"].filter((keyword) => schema.has(keyword))
  if (choice === undefined) return false
  const branches = schema.get(choice)
  const at = within(place, choice)
  if (other !== undefined)
    losses.add("loss", "alternatives", within(place, other), `"${other}" beside "${choice}" is dropped`)
  if (!isList(branches) || branches.length === 0) {
    losses.add("problem", "alternatives", at, `"${choice}" is no list of schemas; dropped`)
    return false
  }
  const rival = [...schema.keys()].find((keyword) => isRival(keyword, choice))
  if (rival !== undefined || branches.length > 200) {
    const reason = rival === undefined ? "more than 200 branches" : `"${rival}" beside it`
    losses.add(
      "loss",
      "alternatives",
      at,
      `"${choice}" is dropped because of ${reason}: all values of the rest fit`
    )
    return false
  }
  if (schema.has("format") && schema.get("format") !== "password")
    losses.add("loss", "format", within(place, "format"), `"format" beside "${choice}" is dropped`)
  const types = typesIn(schema.get("type"), within(place, "type"), losses)
  if (types.length > 0) out.set("type", typeDraft(types))
  const drafts = branches.map((branch, index) => {
    const typed =
      types.length > 0 && isUntyped(branch)
        ? new Map([...branch, ["type", schema.get("type") ?? null]])
        : branch
    return converter.inner(typed, { place: within(at, index), depth: depth + 1 })
  })
  out.set(choice, drafts)
  if (choice === "oneOf")
    losses.add("assumption", "alternatives", at, "that only one branch may fit is not checked here")
  return true
}

const isRival = (keyword: string, choice: string): boolean =>
  keyword !== choice &&
  keyword !== "oneOf" &&
  keyword !== "anyOf" &&
  keyword !== "type" &&
  keyword !== "format" &&
  keywordNames.has(keyword) &&
  !annotationNames.has(keyword) &&
  !refusedKeywords.has(keyword)

/** A branch that leaves its type to the schema around it. */
const isUntyped = (branch: JsonValue): branch is ReadonlyMap<string, JsonValue> =>
  isMap(branch) &&
  !["type", "$ref", "oneOf", "anyOf", "allOf", "enum", "const"].some((keyword) => branch.has(keyword))

/** `allOf` of objects, whose properties are merged; anything else is dropped. */
export const convertAllOf = (converter: SchemaConverter, conversion: Conversion, depth: number): void => {
  const { schema, place, out, losses } = conversion
  const parts = schema.get("allOf")
  if (parts === undefined) return
  const at = within(place, "allOf")
  if (!isList(parts) || parts.length === 0)
    return losses.add("problem", "alternatives", at, '"allOf" is no list of schemas; dropped')
  const drafts = parts
    .slice(0, 200)
    .map((part, index) => converter.inner(part, { place: within(at, index), depth: depth + 1 }))
  const isAlone = [...out.keys()].every((keyword) => notes.has(keyword))
  const isSingle = isAlone && drafts.length === 1
  const isMerged = (isAlone || out.get("type") === "object") && drafts.every(isObjectSchema)
  if ((isSingle || isMerged) && parts.length <= 200) out.set("allOf", drafts)
  else
    losses.add(
      "loss",
      "alternatives",
      at,
      '"allOf" is dropped: only objects can be merged, so more values fit than upstream'
    )
}

const notes: ReadonlySet<string> = new Set(
  "title description default examples deprecated readOnly writeOnly".split(" ")
)
