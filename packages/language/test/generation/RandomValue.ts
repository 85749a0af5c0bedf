import { Duration, Optional, Timestamp, type Value } from "../../src/expression/Value.ts"
import * as Type from "../../src/types/Type.ts"
import type { Random } from "./Random.ts"
import { randomText } from "./RandomText.ts"

const ints: ReadonlyArray<number> = [
  0, 1, 2, 3, 5, -1, -7, 10, 255, 9_007_199_254_740_991, -9_007_199_254_740_990
]
const doubles: ReadonlyArray<number> = [0, 1, 1.5, -2.5, 0.1, 2, 1e300, -0, 5e-324, 123_456_789.25]
const seconds: ReadonlyArray<number> = [0, 1_234_567_890, -1, -62_135_596_800, 253_402_300_799, 951_782_400]
const nanos: ReadonlyArray<number> = [0, 0, 250_000_000, 999_999_999, 1]

/** A random value of a type. `undefined` only for `never`. */
export const randomValue = (random: Random, type: Type.Type, depth = 4): Value => {
  const target = Type.resolve(type)
  switch (target.kind) {
    case "null":
      return null
    case "bool":
      return target.value ?? random.chance(0.5)
    case "int":
      return random.pick(target.values ?? ints)
    case "double":
      return random.pick(doubles)
    case "string":
      return textOf(random, target)
    case "timestamp":
      return new Timestamp(random.pick(seconds), random.pick(nanos))
    case "duration":
      return random.chance(0.5)
        ? new Duration(random.below(100_000), random.pick(nanos))
        : new Duration(-random.below(100_000), -random.pick(nanos))
    case "optional":
      return random.chance(0.3) ? Optional.none : new Optional(randomValue(random, target.value, depth - 1))
    case "union":
      return randomValue(random, random.pick(target.members), depth)
    case "list":
      return random.several(0, depth > 0 ? 4 : 0, () => randomValue(random, target.element, depth - 1))
    case "map":
      return mapOf(random, target.value, depth)
    case "record":
      return recordOf(random, target, depth)
    case "dyn":
      return anyJson(random, depth)
    default:
      throw new Error(`there are no values of ${target.kind}`)
  }
}

const textOf = (random: Random, { except, values }: Type.StringType): string => {
  if (values !== undefined) return random.pick(values)
  for (;;) {
    const text = randomText(random)
    if (except?.includes(text) !== true) return text
  }
}

/** Keys that open maps have and expressions ask for. */
export const openKeys: ReadonlyArray<string> = ["k", "a", "__proto__", "toString", "x-y"]

const mapOf = (random: Random, type: Type.Type, depth: number): Value => {
  const keys = random.shuffle(openKeys).slice(0, depth > 0 ? random.below(4) : 0)
  // `fromEntries` makes own keys, "__proto__" too.
  return Object.fromEntries(keys.map((key) => [key, randomValue(random, type, depth - 1)]))
}

const recordOf = (random: Random, type: Type.RecordType, depth: number): Value => {
  const entries: Array<[string, Value]> = []
  for (const [key, property] of type.properties) {
    if (!property.required && random.chance(0.45)) continue
    entries.push([key, randomValue(random, property.type, depth - 1)])
  }
  if (type.rest !== undefined && random.chance(0.5)) {
    entries.push(["k", randomValue(random, type.rest, depth - 1)])
  }
  return Object.fromEntries(entries)
}

const anyJson = (random: Random, depth: number): Value => {
  const types: ReadonlyArray<Type.Type> = [
    Type.nullType,
    Type.bool,
    Type.int,
    Type.double,
    Type.string,
    Type.string,
    ...(depth > 0
      ? [Type.list(Type.dyn), Type.map(Type.dyn), Type.list(Type.int), Type.map(Type.string)]
      : [])
  ]
  return randomValue(random, random.pick(types), depth - 1)
}
