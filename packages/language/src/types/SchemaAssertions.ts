import { RE2JS, RE2JSException } from "re2js"
import { suggest } from "../diagnostics/Suggestion.ts"
import { regexProblem } from "../expression/regex/RegexProblem.ts"
import type { YamlScalar } from "../source/YamlNode.ts"
import { checkTypeNames, declaredTypes, impliedTypes, isInScope } from "./SchemaKinds.ts"
import type { SchemaMap } from "./SchemaMap.ts"
import { schemaLimits, type SchemaProblems } from "./SchemaProblems.ts"
import { isTextFormat, textFormats } from "./TextFormat.ts"
import { replaceText } from "./TextReplacement.ts"

/** Checks what a schema asserts beside its type: that bounds can be met, patterns compile, formats exist. */
export class SchemaAssertions {
  readonly #problems: SchemaProblems
  #patternCost = 0

  constructor(problems: SchemaProblems) {
    this.#problems = problems
  }

  /** Reports everything about one schema. */
  check(map: SchemaMap): void {
    checkTypeNames(map, this.#problems)
    const pattern = map.scalar("pattern")
    if (pattern !== undefined) this.#pattern(pattern)
    for (const { key } of map.map("patternProperties")?.entries ?? []) this.#pattern(key)
    this.#format(map)
    for (const [low, high] of bounds) this.#bounds(map, low, high)
    this.#effects(map)
  }

  /**
   * RE2 syntax, as everywhere: matching is linear in the text. Compiling is linear in the pattern, so all patterns of
   * a document together are limited.
   */
  #pattern(scalar: YamlScalar): void {
    const pattern = scalar.text.text
    if (pattern.length > schemaLimits.pattern) {
      const message = `the pattern has more than ${schemaLimits.pattern} characters`
      this.#problems.error("SP0207", message, scalar.span)
      return
    }
    const before = this.#patternCost
    this.#patternCost += pattern.length + 20 * (pattern.match(/\\p/gi)?.length ?? 0)
    if (this.#patternCost > schemaLimits.patterns) {
      if (before <= schemaLimits.patterns) {
        const message = `the patterns of this document have more than ${schemaLimits.patterns} characters together`
        this.#problems.error("SP0219", message, scalar.span)
      }
      return
    }
    const reason = reasonAgainst(pattern)
    if (reason !== undefined)
      this.#problems.error("SP0207", reason, scalar.span, {
        help: "RE2 has no look-around and no back-references, so that matching takes linear time"
      })
  }

  #format(map: SchemaMap): void {
    const format = map.scalar("format")
    const name = format?.value
    if (format === undefined || typeof name !== "string" || isTextFormat(name)) return
    const meant = suggest(name, textFormats)
    const help = numberFormats.has(name)
      ? "only texts have formats: say what numbers fit with minimum and maximum"
      : `the formats are ${textFormats.join(", ")}; say others with a pattern`
    this.#problems.error("SP0206", `there is no format "${name.slice(0, 60)}" in this dialect`, format.span, {
      help: meant === undefined ? help : `did you mean "${meant}"?`,
      ...(meant !== undefined && { fix: replaceText(format, meant) })
    })
  }

  #bounds(map: SchemaMap, low: string, high: string): void {
    const least = map.number(low)
    const most = map.number(high)
    if (least === undefined || most === undefined) return
    const isStrict = low.startsWith("exclusive") || high.startsWith("exclusive")
    if (least < most || (least === most && !isStrict)) return
    this.#problems.error(
      "SP0215",
      `no value fits: ${low} is ${least} and ${high} is ${most}`,
      map.keySpan(high),
      {
        notes: [{ message: `${low} is here`, span: map.keySpan(low) }]
      }
    )
  }

  /** A keyword about other types than the schema's never applies (core 7.6.1). */
  #effects(map: SchemaMap): void {
    const declared = declaredTypes(map)
    if (declared.length === 0 || impliedTypes(map).length === 0) return
    for (const name of map.names)
      if (!isInScope(name, declared) && !(name === "format" && isRefusedFormat(map)))
        this.#problems.warning(
          "SP0216",
          `${name} has no effect on the type ${declared.join(" or ")}`,
          map.keySpan(name)
        )
  }
}

/** The formats of numbers in OpenAPI (3.1.0, 4.4). */
const numberFormats: ReadonlySet<string> = new Set(["int32", "int64", "float", "double"])

/** Reported where it stands; that it would have no effect either says nothing more. */
const isRefusedFormat = (map: SchemaMap): boolean => {
  const format = map.text("format")
  return format !== undefined && !isTextFormat(format)
}

const bounds: ReadonlyArray<readonly [low: string, high: string]> = [
  ["minimum", "maximum"],
  ["minimum", "exclusiveMaximum"],
  ["exclusiveMinimum", "maximum"],
  ["exclusiveMinimum", "exclusiveMaximum"],
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"]
]

/** Why RE2 refuses a pattern; undefined when it compiles. */
const reasonAgainst = (pattern: string): string | undefined => {
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (failure) {
    if (failure instanceof RE2JSException) return regexProblem(failure, pattern)
    throw failure
  }
}
