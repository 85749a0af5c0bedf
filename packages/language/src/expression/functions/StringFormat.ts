import type { Type } from "../../types/Type.ts"
import { membersOf } from "../../types/Members.ts"
import { showType } from "../../types/TypePrinter.ts"
import { maxDepth } from "../Equality.ts"
import type { Evaluation } from "../Evaluation.ts"
import type { ArgumentProblem, ArgumentShape } from "../FunctionDefinition.ts"
import { compareStrings } from "../Ordering.ts"
import { Duration, isList, isObject, Timestamp, TypeName, type Value } from "../Value.ts"
import { kindOf } from "../ValueKind.ts"
import { fixedText, plainText, scientificText } from "./DecimalText.ts"
import { formatDuration } from "./DurationText.ts"
import { chargeText } from "./TextCost.ts"
import { formatTimestamp } from "./TimestampText.ts"

/** The most digits after the point that a clause may ask for. */
const maxPrecision = 100

/**
 * The text with its clauses replaced by the values, as CEL's `format` (strings extension): `%s`, `%d`, `%f`, `%e`,
 * `%x`, `%X`, `%o`, `%b`, `%%`, a precision for `%f` and `%e`. Fails with SP1308 on a clause that is none of these
 * or has too large a precision, SP1307 on a value of the wrong type, SP1301 when the values run out.
 */
export function formatText(format: string, values: ReadonlyArray<Value>, evaluation: Evaluation): string {
  chargeText(format.length, evaluation)
  const writer = new Writer(evaluation)
  let next = 0
  let at = 0
  for (let percent = format.indexOf("%"); percent >= 0; percent = format.indexOf("%", at)) {
    writer.put(format.slice(at, percent))
    const clause = readClause(format, percent, evaluation)
    at = clause.end
    if (clause.letter === "%") writer.put("%")
    else writer.format(clause, valueAt(values, next++, evaluation))
  }
  writer.put(format.slice(at))
  return writer.text
}

interface Clause {
  readonly letter: string
  readonly precision: number
  /** The offset behind it. */
  readonly end: number
}

/** The clause at `start`, or why there is none. */
const parseClause = (format: string, start: number): Clause | string => {
  const pattern = /%(?:\.(\d{1,4}))?([%sdfexXob])/y
  pattern.lastIndex = start
  const match = pattern.exec(format)
  const [, digits, letter] = match ?? []
  const hasPrecision = letter === "f" || letter === "e"
  if (letter === undefined || (digits !== undefined && !hasPrecision)) {
    return `the format has no known clause at offset ${start}`
  }
  const precision = digits === undefined ? 6 : Number(digits)
  if (precision > maxPrecision) return `a clause asks for more than ${maxPrecision} digits`
  return { letter, precision, end: pattern.lastIndex }
}

const readClause = (format: string, start: number, evaluation: Evaluation): Clause => {
  const clause = parseClause(format, start)
  return typeof clause === "string" ? evaluation.fail("SP1308", clause) : clause
}

/** The clauses of a format that take a value, or why it is none. */
const clausesOf = (format: string): ReadonlyArray<Clause> | string => {
  const clauses: Array<Clause> = []
  let at = 0
  for (let percent = format.indexOf("%"); percent >= 0; percent = format.indexOf("%", at)) {
    const clause = parseClause(format, percent)
    if (typeof clause === "string") return clause
    if (clause.letter !== "%") clauses.push(clause)
    at = clause.end
  }
  return clauses
}

/** Compares a literal format with the values of a list literal: what cannot be formatted is seen before it runs. */
export const verifyFormat = ([format, values]: ReadonlyArray<ArgumentShape>): ArgumentProblem | undefined => {
  if (typeof format?.literal !== "string") return undefined
  const clauses = clausesOf(format.literal)
  if (typeof clauses === "string") return { message: clauses, argument: 0 }
  const types = values?.items
  if (types === undefined) return undefined
  if (types.length !== clauses.length) {
    const message = `the format has ${count(clauses.length, "clause")} for ${count(types.length, "value")}`
    return { message, argument: 1 }
  }
  for (const [item, type] of types.entries()) {
    const letter = clauses[item]?.letter ?? "s"
    const wrong = membersOf(type).find((member) => !formattable(letter).has(member.kind))
    if (wrong !== undefined)
      return { message: `"%${letter}" cannot format ${showType(wrong)}`, argument: 1, item }
  }
  return undefined
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`

const formattable = (letter: string): ReadonlySet<Type["kind"]> => kindsByLetter.get(letter) ?? wholeNumbers

const wholeNumbers = new Set<Type["kind"]>(["int", "double", "dyn", "never"])

const kindsByLetter = new Map<string, ReadonlySet<Type["kind"]>>([
  [
    "s",
    new Set<Type["kind"]>([
      ...wholeNumbers,
      ...(["null", "bool", "string", "list", "map", "record", "timestamp", "duration", "type"] as const)
    ])
  ],
  ["b", new Set<Type["kind"]>([...wholeNumbers, "bool"])],
  ["x", new Set<Type["kind"]>([...wholeNumbers, "string"])],
  ["X", new Set<Type["kind"]>([...wholeNumbers, "string"])]
])

const valueAt = (values: ReadonlyArray<Value>, index: number, evaluation: Evaluation): Value =>
  values[index] ??
  (index < values.length
    ? null
    : evaluation.fail("SP1301", `the format wants more values than the ${values.length} given`))

/** Collects the text; everything is paid for before it is kept. */
class Writer {
  text = ""
  readonly #evaluation: Evaluation

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation
  }

  put(text: string): void {
    this.#evaluation.spend(text.length >>> 6)
    this.text += text
  }

  format(clause: Clause, value: Value): void {
    this.#evaluation.spend(1)
    switch (clause.letter) {
      case "s":
        return this.#any(value, 0)
      case "d":
        return this.put(plainText(this.#number(clause, value)))
      case "f":
        return this.put(fixedText(this.#number(clause, value), clause.precision))
      case "e":
        return this.put(scientificText(this.#number(clause, value), clause.precision))
      case "b":
        return this.put(this.#radix(clause, typeof value === "boolean" ? Number(value) : value, 2))
      case "o":
        return this.put(this.#radix(clause, value, 8))
      case "X":
        return this.put(this.#hex(clause, value).toUpperCase())
      default:
        return this.put(this.#hex(clause, value))
    }
  }

  #any(value: Value, depth: number): void {
    if (depth > maxDepth) this.#evaluation.fail("SP1306", "the value nests deeper than 1,000 levels")
    if (isList(value)) this.#list(value, depth)
    else if (isObject(value)) this.#object(value, depth)
    else this.put(this.#scalar(value))
  }

  #list(list: ReadonlyArray<Value>, depth: number): void {
    this.put("[")
    for (const [index, item] of list.entries()) {
      this.#evaluation.spend(1)
      if (index > 0) this.put(", ")
      this.#any(item, depth + 1)
    }
    this.put("]")
  }

  /** The keys are sorted, so that equal objects have the same text. */
  #object(object: { readonly [key: string]: Value }, depth: number): void {
    const keys = Object.keys(object)
    this.#evaluation.spend(keys.length * Math.ceil(Math.log2(keys.length + 2)))
    this.put("{")
    for (const [index, key] of keys.toSorted(compareStrings).entries()) {
      this.put(index > 0 ? ", " : "")
      this.put(key)
      this.put(": ")
      this.#any(object[key] ?? null, depth + 1)
    }
    this.put("}")
  }

  #scalar(value: Value): string {
    if (typeof value === "string") return value
    if (typeof value === "number") return plainText(value)
    if (value === null || typeof value === "boolean") return String(value)
    if (value instanceof Timestamp) return formatTimestamp(value)
    if (value instanceof Duration) return formatDuration(value)
    if (value instanceof TypeName) return value.name
    return this.#fail("%s", value)
  }

  #number(clause: Clause, value: Value): number {
    return typeof value === "number" ? value : this.#fail(`%${clause.letter}`, value)
  }

  #radix(clause: Clause, value: Value, radix: number): string {
    return Number.isSafeInteger(value)
      ? Number(value).toString(radix)
      : this.#fail(`%${clause.letter}`, value)
  }

  /** Of a text, its UTF-8 bytes. */
  #hex(clause: Clause, value: Value): string {
    if (typeof value !== "string") return this.#radix(clause, value, 16)
    // Up to three bytes for a UTF-16 unit, two digits each.
    chargeText(value.length * 6, this.#evaluation)
    return Array.from(encoder.encode(value), (byte) => byte.toString(16).padStart(2, "0")).join("")
  }

  #fail(clause: string, value: Value): never {
    return this.#evaluation.fail("SP1307", `"${clause}" cannot format ${kindOf(value)}`)
  }
}

const encoder = new TextEncoder()
