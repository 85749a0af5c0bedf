import { isObject, type Json, isJsonList } from "@sallyport/language"

/** How many values of an enumeration are shown, and how many characters of one and of a pattern. */
const shownValues = 12
const shownValue = 40
const shownPattern = 60
/** References and wrappers that are looked through; more is a schema that goes in circles. */
const maxSteps = 16

/**
 * What a schema asks of a value besides its type, in short phrases for people: `one of "a", "b", … 10 more`, `date-time`,
 * `1 to 2000`, `at most 5 items`, `each: not empty`. References are looked through, and so is a choice between something
 * and null; of any other choice nothing is said.
 */
export const valueLimits = (schema: Json, source: Json): ReadonlyArray<string> => {
  let prefix = ""
  let at: Json | undefined = schema
  const limits: Array<string> = []
  for (let steps = 0; steps < maxSteps && at !== undefined && isObject(at); steps++) {
    limits.push(...ownLimits(at).map((limit) => `${prefix}${limit}`))
    const { $ref: reference, items } = at
    if (typeof reference === "string") at = targetOf(reference, source)
    else if (items !== undefined) {
      prefix = "each: "
      at = items
    } else at = besidesNull(at)
  }
  return [...new Set(limits)]
}

/** The values of an enumeration as they are written in JSON; how many are left out is said. */
export const oneOf = (values: ReadonlyArray<Json>): string => {
  const shown = values.slice(0, shownValues).map((value) => shortened(JSON.stringify(value), shownValue))
  const left = values.length - shown.length
  return `one of ${[...shown, ...(left > 0 ? [`… ${left} more`] : [])].join(", ")}`
}

const ownLimits = (schema: { readonly [keyword: string]: Json }): ReadonlyArray<string> => {
  const { enum: values, format, pattern } = schema
  return [
    values !== undefined && isJsonList(values) ? oneOf(values) : "",
    typeof format === "string" ? format : "",
    typeof pattern === "string" ? `matches ${shortened(pattern, shownPattern)}` : "",
    rangeOf(schema, "minimum", "maximum", ""),
    aboveOf(schema, "exclusiveMinimum", "more than"),
    aboveOf(schema, "exclusiveMaximum", "less than"),
    rangeOf(schema, "minLength", "maxLength", "character"),
    rangeOf(schema, "minItems", "maxItems", "item")
  ].filter((limit) => limit !== "")
}

type Keywords = { readonly [keyword: string]: Json }

const rangeOf = (schema: Keywords, least: string, most: string, noun: string): string => {
  const [minimum, maximum] = [numberAt(schema, least), numberAt(schema, most)]
  const counted = (count: number): string =>
    noun === "" ? String(count) : `${count} ${noun}${count === 1 ? "" : "s"}`
  if (minimum !== undefined && maximum !== undefined)
    return minimum === maximum ? `exactly ${counted(minimum)}` : `${minimum} to ${counted(maximum)}`
  if (minimum !== undefined) return `at least ${counted(minimum)}`
  return maximum === undefined ? "" : `at most ${counted(maximum)}`
}

const aboveOf = (schema: Keywords, keyword: string, words: string): string => {
  const bound = numberAt(schema, keyword)
  return bound === undefined ? "" : `${words} ${bound}`
}

const numberAt = (schema: Keywords, keyword: string): number | undefined => {
  const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined
  return typeof value === "number" ? value : undefined
}

/** What a reference within the manifest leads to. */
const targetOf = (reference: string, source: Json): Json | undefined => {
  if (!reference.startsWith("#/")) return undefined
  let at: Json | undefined = source
  for (const step of reference.slice(2).split("/")) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~")
    at = at !== undefined && isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}

/** The only branch of a choice that is not null. */
const besidesNull = ({ anyOf, oneOf: either }: Keywords): Json | undefined => {
  const branches = either ?? anyOf
  if (branches === undefined || !isJsonList(branches)) return undefined
  const [only, ...others] = branches.filter((branch) => !isObject(branch) || branch["type"] !== "null")
  return others.length === 0 ? only : undefined
}

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text
