import { type Json, membersOf, type Type } from "@sallyport/language"
import * as Result from "effect/Result"
import { isJson } from "../schema/JsonValue.ts"

/**
 * The value of a setting that is given as a text, by the type of the setting: text as it is, numbers and `true` and
 * `false` as JSON writes them, lists and objects as JSON. Where the type takes any text, the text is the value. Fails
 * with what is expected, never with the text.
 */
export const valueOfText = (text: string, type: Type.Type): Result.Result<Json, string> => {
  const kinds = new Set(membersOf(type).map(({ kind }) => kind))
  if (kinds.has("string")) return Result.succeed(text)
  const expected = [...kinds].map((kind) => forms.get(kind)).filter((form) => form !== undefined)
  const value = parse(text)
  if (value === undefined || typeof value === "string")
    return kinds.has("dyn") ? Result.succeed(text) : Result.fail([...new Set(expected)].join(" or "))
  return kinds.has("dyn") || [...kinds].some((kind) => takes(kind, value))
    ? Result.succeed(value)
    : Result.fail([...new Set(expected)].join(" or "))
}

type Kind = ReturnType<typeof membersOf>[number]["kind"]

/** How a value of each kind is written, as it ends "it must be". */
const forms: ReadonlyMap<Kind, string> = new Map<Kind, string>([
  ["int", "a whole number"],
  ["double", "a number"],
  ["bool", "true or false"],
  ["null", "null"],
  ["list", "a list in JSON"],
  ["map", "an object in JSON"],
  ["record", "an object in JSON"]
])

const parse = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

const takes = (kind: Kind, value: Json): boolean => {
  switch (kind) {
    case "int":
      return Number.isSafeInteger(value)
    case "double":
      return typeof value === "number"
    case "bool":
      return typeof value === "boolean"
    case "null":
      return value === null
    case "list":
      return Array.isArray(value)
    case "map":
    case "record":
      return typeof value === "object" && value !== null && !Array.isArray(value)
    default:
      return false
  }
}
