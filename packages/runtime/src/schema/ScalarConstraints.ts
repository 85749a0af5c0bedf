import { isTextFormat, type YamlMap } from "@sallyport/language"
import { type RegexMatch, regexMatch } from "./RegexMatch.ts"
import { formatCheck } from "./TextFormatCheck.ts"

/** What a value of one kind breaks: a message for each, without the value. */
export type ScalarCheck<in A> = (value: A) => string | undefined

/** Bounds of numbers; and constants with a fraction, for which the language has no types. */
export const numberChecks = (schema: YamlMap): ReadonlyArray<ScalarCheck<number>> => [
  ...bound(schema, "minimum", (value, limit) => value >= limit, "less than"),
  ...bound(schema, "maximum", (value, limit) => value <= limit, "more than"),
  ...bound(schema, "exclusiveMinimum", (value, limit) => value > limit, "not more than"),
  ...bound(schema, "exclusiveMaximum", (value, limit) => value < limit, "not less than"),
  ...constants(schema)
]

/** Lengths, formats and patterns of texts. */
export const textChecks = (schema: YamlMap): ReadonlyArray<ScalarCheck<string>> => {
  const format = textAt(schema, "format")
  const pattern = textAt(schema, "pattern")
  const checks: Array<ScalarCheck<string>> = []
  // Validation 6.3: lengths are counted in characters of RFC 8259, which are code points.
  for (const check of sizeChecks(schema, "Length", "characters")) checks.push((text) => check(lengthOf(text)))
  if (format !== undefined && isTextFormat(format)) {
    const fits = formatCheck(format)
    checks.push((text) => (fits(text) ? undefined : `the text is not of the format ${format}`))
  }
  if (pattern !== undefined) {
    const match = regexMatch(pattern)
    checks.push((text) => patternProblem(match(text), pattern))
  }
  return checks
}

/** `min…` and `max…` of a size. */
export const sizeChecks = (
  schema: YamlMap,
  of: "Length" | "Items" | "Properties",
  unit: string
): ReadonlyArray<ScalarCheck<number>> => {
  const least = numberAt(schema, `min${of}`)
  const most = numberAt(schema, `max${of}`)
  return [
    ...(least === undefined
      ? []
      : [(size: number) => (size < least ? `fewer than ${least} ${unit}` : undefined)]),
    ...(most === undefined ? [] : [(size: number) => (size > most ? `more than ${most} ${unit}` : undefined)])
  ]
}

const bound = (
  schema: YamlMap,
  keyword: string,
  fits: (value: number, limit: number) => boolean,
  otherwise: string
): ReadonlyArray<ScalarCheck<number>> => {
  const limit = numberAt(schema, keyword)
  if (limit === undefined) return []
  return [(value) => (fits(value, limit) ? undefined : `the number is ${otherwise} ${limit}`)]
}

const constants = (schema: YamlMap): ReadonlyArray<ScalarCheck<number>> => {
  const constant = schema.get("const")
  const given = constant ?? schema.get("enum")
  const items = given?.kind === "list" ? given.items : given === undefined ? [] : [given]
  const numbers = items.flatMap((item) =>
    item.kind === "scalar" && typeof item.value === "number" ? [item.value] : []
  )
  if (numbers.every((number) => Number.isSafeInteger(number))) return []
  return [
    (value) => (numbers.includes(value) ? undefined : `expected one of ${numbers.slice(0, 8).join(", ")}`)
  ]
}

const patternProblem = (matches: ReturnType<RegexMatch>, pattern: string): string | undefined => {
  if (matches === true) return undefined
  const shown = pattern.length > 80 ? `${pattern.slice(0, 79)}…` : pattern
  return matches === false
    ? `the text does not match the pattern ${shown}`
    : `the text is too long for the pattern ${shown}`
}

/** Code points, without a list of them. */
const lengthOf = (text: string): number => {
  let length = text.length
  for (let at = 0; at < text.length - 1; at++) {
    const point = text.codePointAt(at) ?? 0
    if (point <= 0xff_ff) continue
    length--
    at++
  }
  return length
}

const numberAt = (schema: YamlMap, keyword: string): number | undefined => {
  const node = schema.get(keyword)
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined
}

/** As the file says it: a pattern such as `1` is a text, too. */
const textAt = (schema: YamlMap, keyword: string): string | undefined => {
  const node = schema.get(keyword)
  return node?.kind === "scalar" ? node.text.text : undefined
}
