import * as Type from "../../src/types/Type.ts"
import type { GeneratedScope } from "./GeneratedScope.ts"
import type { Generating } from "./Generating.ts"
import { level, type Piece, piece } from "./Piece.ts"
import type { Random } from "./Random.ts"
import { openKeys } from "./RandomValue.ts"
import { escaped, quoted, randomText, texts } from "./RandomText.ts"

const intTexts: ReadonlyArray<string> = ["0", "1", "2", "3", "4", "7", "10", "0x1F", "64", "-1", "-3"]
const bigInts: ReadonlyArray<string> = [
  "9007199254740991",
  "-9007199254740991",
  "9007199254740990",
  "4503599627370496"
]
const doubleTexts: ReadonlyArray<string> = ["0.0", "1.0", "1.5", ".25", "2e3", "1e300", "-0.0", "-1.5"]
const oddDoubles: ReadonlyArray<string> = ["(0.0 / 0.0)", "(1.0 / 0.0)", "(-1.0 / 0.0)"]

/** A literal of a type; the parts of lists and objects are any expressions. */
export const literal = (
  generating: Generating,
  type: Type.Type,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  const target = Type.resolve(type)
  switch (target.kind) {
    case "null":
      return piece("null")
    case "bool":
      return piece(String(target.value ?? random.chance(0.5)))
    case "int":
      return target.values === undefined ? intLiteral(random) : numeral(String(random.pick(target.values)))
    case "double":
      return random.chance(0.1) ? piece(random.pick(oddDoubles)) : numeral(random.pick(doubleTexts))
    case "string":
      return piece(quoted(random, textIn(random, target)))
    case "timestamp":
      return piece(`timestamp(${random.chance(0.2) ? "1234567890" : escaped(random.pick(texts.timestamp))})`)
    case "duration":
      return piece(`duration(${escaped(random.pick(texts.duration))})`)
    case "type":
      return piece(random.pick(["int", "string", "list", "map", "null_type", "google.protobuf.Timestamp"]))
    case "union":
      return literal(generating, random.pick(target.members), depth, scope)
    case "list":
      return listLiteral(generating, target.element, depth, scope)
    case "map":
      return mapLiteral(generating, target.value, depth, scope)
    case "record":
      return recordLiteral(generating, target, depth, scope)
    case "optional":
      return random.chance(0.2)
        ? piece("optional.none()")
        : piece(`optional.of(${generating.expression(target.value, depth - 1, scope).text})`)
    case "dyn":
      return piece(`dyn(${generating.expression(generating.types.any(1), depth - 1, scope).text})`)
    default:
      throw new Error(`there are no values of ${target.kind}`)
  }
}

const numeral = (text: string): Piece => piece(text, text.startsWith("-") ? level.unary : level.member)

const intLiteral = (random: Random): Piece => numeral(random.pick(random.chance(0.07) ? bigInts : intTexts))

const textIn = (random: Random, { except, values }: Type.StringType): string => {
  if (values !== undefined) return random.pick(values)
  for (;;) {
    const text = randomText(random).toWellFormed()
    if (except?.includes(text) !== true) return text
  }
}

const listLiteral = (
  generating: Generating,
  element: Type.Type,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  const items = random.several(depth > 0 ? 0 : 1, depth > 1 ? 3 : 2, () =>
    random.chance(0.08)
      ? `?${generating.expression(Type.optional(element), depth - 1, scope).text}`
      : generating.expression(element, depth - 1, scope).text
  )
  return piece(`[${items.join(", ")}]`)
}

const mapLiteral = (
  generating: Generating,
  value: Type.Type,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  const keys = random.shuffle(openKeys).slice(0, random.below(3))
  const entries = keys.map((key) => entry(generating, escaped(key), value, random.chance(0.15), depth, scope))
  if (depth > 0 && random.chance(0.4)) {
    entries.push(
      entry(generating, generating.open(Type.string, depth - 1, scope).text, value, false, depth, scope)
    )
  }
  return piece(`{${entries.join(", ")}}`)
}

const recordLiteral = (
  generating: Generating,
  type: Type.RecordType,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  const entries: Array<string> = []
  for (const [key, property] of type.properties) {
    if (!property.required && random.chance(0.5)) continue
    const optional = !property.required && random.chance(0.5)
    entries.push(entry(generating, escaped(key), property.type, optional, depth, scope))
  }
  return piece(`{${entries.join(", ")}}`)
}

const entry = (
  generating: Generating,
  key: string,
  value: Type.Type,
  optional: boolean,
  depth: number,
  scope: GeneratedScope
): string =>
  optional
    ? `?${key}: ${generating.expression(Type.optional(value), depth - 1, scope).text}`
    : `${key}: ${generating.expression(value, depth - 1, scope).text}`
