import { type JsonPlace, within } from "../json/JsonPlace.ts"
import { isList, isScalar, type JsonMap, type JsonValue, quoted } from "../json/JsonValue.ts"
import { isTextFormat, textFormats } from "@sallyport/language"
import type { LossList } from "../LossList.ts"
import { type Draft, type DraftMap, isExact } from "../draft/Draft.ts"
import { isOfType, scopeOf, type TypeName } from "./TypeNames.ts"

/** What is converted: a schema with its place, and the schema of the manifest that is made of it. */
export interface Conversion {
  readonly schema: JsonMap
  readonly place: JsonPlace
  readonly out: DraftMap
  readonly types: ReadonlyArray<TypeName>
  readonly losses: LossList
}

/** Is the keyword there, and about one of the types? One without effect is listed. */
export const takes = ({ schema, place, types, losses }: Conversion, keyword: string): boolean => {
  if (!schema.has(keyword)) return false
  const scope = scopeOf(keyword)
  if (scope === undefined || types.length === 0) return true
  if (types.some((type) => type === scope || (scope === "number" && type === "integer"))) return true
  losses.add(
    "problem",
    "keyword",
    within(place, keyword),
    `"${keyword}" says nothing about the type ${types.join(" or ")}; dropped`
  )
  return false
}

/** Bounds of numbers; the booleans of draft 4 beside them become bounds of their own. */
export const convertNumbers = (conversion: Conversion): void => {
  const { schema, out, place, losses } = conversion
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"]
  ] as const) {
    const isStrict = schema.get(exclusive)
    if (typeof isStrict === "boolean" && takes(conversion, exclusive)) {
      const limit = numberAt(conversion, bound)
      if (limit !== undefined) out.set(isStrict ? exclusive : bound, limit)
      else if (isStrict)
        losses.add("problem", "keyword", within(place, exclusive), `"${exclusive}" has no ${bound}; dropped`)
      continue
    }
    for (const keyword of [bound, exclusive]) {
      const limit = numberAt(conversion, keyword)
      if (limit !== undefined) out.set(keyword, limit)
    }
  }
  convertStep(conversion)
}

/** Only steps of one can be said, as the type `integer`. */
const convertStep = (conversion: Conversion): void => {
  const { schema, out, types, place, losses } = conversion
  if (!takes(conversion, "multipleOf")) return
  if (schema.get("multipleOf") === 1) {
    if (types.length > 0)
      out.set(
        "type",
        typeDraft([...new Set(types.map((type): TypeName => (type === "number" ? "integer" : type)))])
      )
    return
  }
  losses.add("loss", "keyword", within(place, "multipleOf"), `"multipleOf" is dropped: all steps fit`)
}

/** Lengths and sizes. */
export const convertCounts = (conversion: Conversion, ...keywords: ReadonlyArray<string>): void => {
  for (const keyword of keywords) {
    if (!takes(conversion, keyword)) continue
    const { schema, out, place, losses } = conversion
    const count = schema.get(keyword)
    if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) out.set(keyword, count)
    else
      losses.add(
        "problem",
        "keyword",
        within(place, keyword),
        `"${keyword}" is no whole number from 0; dropped`
      )
  }
}

const numberAt = (conversion: Conversion, keyword: string): number | undefined => {
  if (!takes(conversion, keyword)) return undefined
  const { schema, place, losses } = conversion
  const value = schema.get(keyword)
  if (typeof value === "number" && isExact(value)) return value
  const reason = typeof value === "number" ? "is larger than numbers are exact" : "is no number"
  losses.add("problem", "keyword", within(place, keyword), `"${keyword}" ${reason}; dropped`)
  return undefined
}

/** A format of the dialect, which enforces it; others are dropped. */
export const convertFormat = (conversion: Conversion): void => {
  const { schema, place, losses, out } = conversion
  const format = schema.get("format")
  const at = within(place, "format")
  if (format === undefined) return
  if (format === "password") return losses.add("assumption", "secret", at, "a password is taken as a secret")
  if (typeof format !== "string") return losses.add("problem", "format", at, `"format" is no text; dropped`)
  if (numberFormats.has(format))
    return losses.add("loss", "format", at, `the format ${quoted(format)} of numbers is dropped`)
  const known = isTextFormat(format) ? format : synonyms.get(format)
  if (known === undefined) {
    losses.add(
      "loss",
      "format",
      at,
      `the format ${quoted(format)} is dropped: the manifest has ${textFormats.join(", ")}`
    )
    return
  }
  if (!takes(conversion, "format")) return
  out.set("format", known)
  const renamed = known === format ? "" : `, written ${quoted(format)},`
  losses.add(
    "assumption",
    "format",
    at,
    `the format ${known}${renamed} is enforced here; upstream it is a remark that values may break`
  )
}

const numberFormats: ReadonlySet<string> = new Set(["int32", "int64", "float", "double"])
const synonyms: ReadonlyMap<string, (typeof textFormats)[number]> = new Map([
  ["datetime", "date-time"],
  ["url", "uri"],
  ["guid", "uuid"]
])

/** A regular expression; whether RE2 takes it is found out when the manifest is read. */
export const convertPattern = (conversion: Conversion): void => {
  if (!takes(conversion, "pattern")) return
  const { schema, out, place, losses } = conversion
  const pattern = schema.get("pattern")
  if (typeof pattern === "string" && pattern.isWellFormed() && pattern.length <= 2_000)
    out.set("pattern", pattern)
  else
    losses.add(
      "problem",
      "pattern",
      within(place, "pattern"),
      `"pattern" is no text of at most 2,000 characters; dropped`
    )
}

/** `enum` and `const` of scalars that are of the type. Those with objects or lists in them are dropped. */
export const convertChoices = (conversion: Conversion): void => {
  const { schema, out, place, losses } = conversion
  const values = schema.get("enum")
  if (values !== undefined) {
    const at = within(place, "enum")
    if (!isList(values) || values.length === 0)
      losses.add("problem", "enum", at, `"enum" is no list of values; dropped`)
    else convertEnum(conversion, values, at)
  }
  const constant = schema.get("const")
  if (constant === undefined) return
  const at = within(place, "const")
  if (isPlain(constant)) out.set("const", constant)
  else losses.add("loss", "enum", at, `"const" is an object, a list or an inexact number; any value fits`)
}

const convertEnum = (
  { out, place, types, losses }: Conversion,
  values: ReadonlyArray<JsonValue>,
  at: JsonPlace
): void => {
  const plain = values.filter(isPlain)
  if (plain.length < values.length)
    return losses.add(
      "loss",
      "enum",
      at,
      `"enum" has objects, lists or inexact numbers; any value of the type fits`
    )
  const own = types.length === 0 ? plain : plain.filter((value) => isOfType(value, types))
  if (own.length === 0) {
    out.delete("type")
    losses.add(
      "problem",
      "enum",
      within(place, "type"),
      `no value of "enum" is of the type ${types.join(" or ")}; the type is dropped`
    )
  } else if (own.length < plain.length)
    losses.add(
      "problem",
      "enum",
      at,
      `values of "enum" that are not of the type ${types.join(" or ")} are dropped`
    )
  out.set("enum", [...new Set(own.length === 0 ? plain : own)])
}

const isPlain = (value: JsonValue): value is null | boolean | number | string =>
  isScalar(value) &&
  (typeof value !== "number" || isExact(value)) &&
  (typeof value !== "string" || value.isWellFormed())

/** One type by its name, several as a list. */
export const typeDraft = (types: ReadonlyArray<TypeName>): Draft =>
  types.length === 1 ? (types[0] ?? null) : types
