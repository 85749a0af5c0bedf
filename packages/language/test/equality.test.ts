import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { equals } from "../src/expression/Equality.ts"
import { Evaluation } from "../src/expression/Evaluation.ts"
import { compare, compareStrings } from "../src/expression/Ordering.ts"
import { Duration, Optional, Timestamp, TypeName, type Value } from "../src/expression/Value.ts"
import { anyText, failureOf, holdsFor, oneOf } from "./FunctionTable.ts"

const same = (a: Value, b: Value): boolean => equals(a, b, new Evaluation())

/** A number of lists around a value. */
const nested = (levels: number, value: Value): Value => {
  let out = value
  for (let level = 0; level < levels; level++) out = [out]
  return out
}

/** One value of each kind, some kinds twice; no two are equal. */
const different: ReadonlyArray<Value> = [
  null,
  true,
  false,
  0,
  1,
  1.5,
  Infinity,
  "",
  "0",
  "null",
  [],
  [0],
  [null],
  [[]],
  {},
  { a: 0 },
  { a: null },
  { b: 0 },
  { a: 0, b: 0 },
  new Timestamp(0, 0),
  new Timestamp(0, 1),
  new Duration(0, 0),
  new Duration(0, 1),
  Optional.none,
  new Optional(0),
  new Optional(null),
  new TypeName("int"),
  new TypeName("string")
]

/** The same value, made anew. */
const copy = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(copy)
  if (value instanceof Timestamp) return new Timestamp(value.seconds, value.nanos)
  if (value instanceof Duration) return new Duration(value.seconds, value.nanos)
  if (value instanceof Optional) return new Optional(value.value)
  if (value instanceof TypeName) return new TypeName(value.name)
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, item]) => [key, copy(item)])
      )
    : value
}

describe("equality", () => {
  it("holds between a value and its like, and between no two kinds", () => {
    for (const [index, value] of different.entries()) {
      for (const [other, right] of different.entries()) {
        expect([index, other, same(value, copy(right))]).toEqual([index, other, index === other])
      }
    }
  })

  it("compares numbers by value, and NaN with nothing", () => {
    expect(same(0, -0)).toBe(true)
    expect(same(1, 1.0)).toBe(true)
    expect(same(Number.NaN, Number.NaN)).toBe(false)
    const withNaN = [Number.NaN]
    expect(same(withNaN, withNaN)).toBe(false)
  })

  it("compares own keys only", () => {
    const inherited: { [key: string]: Value } = { __proto__: { a: 1 } }
    expect(same(inherited, {})).toBe(true)
    expect(same(inherited, { a: 1 })).toBe(false)
    expect(same({ toString: 1 }, { a: 1 })).toBe(false)
    expect(same({ constructor: 1 }, { constructor: 1 })).toBe(true)
    const empty: { [key: string]: Value } = { __proto__: null, a: 1 }
    expect(same(empty, { a: 1 })).toBe(true)
  })

  it("does not normalise strings", () => {
    expect(same("Am\u00E9lie", "Ame\u0301lie")).toBe(false)
  })

  it("fails with SP1306 on values that nest too deeply, without a stack overflow", () => {
    expect(same(nested(1_000, 1), nested(1_000, 1))).toBe(true)
    const code = failureOf(() => same(nested(200_000, 1), nested(200_000, 1)))?.code
    expect(code).toBe("SP1306")
  })

  it("ends on a value that contains itself", () => {
    const cyclic: Array<Value> = []
    cyclic.push(cyclic)
    expect(failureOf(() => same(cyclic, cyclic))?.code).toBe("SP1306")
  })

  it("takes a step for each element and each 64 characters", () => {
    const steps = (a: Value, b: Value): number => {
      const evaluation = new Evaluation(1_000_000)
      equals(a, b, evaluation)
      return 1_000_000 - evaluation.left
    }
    const list = Array.from({ length: 500 }, (_, index) => index)
    expect(steps(list, copy(list))).toBeGreaterThanOrEqual(500)
    expect(steps("a".repeat(6_400), "a".repeat(6_400))).toBeGreaterThanOrEqual(100)
    expect(steps("a", "b")).toBe(0)
  })
})

describe("order", () => {
  it("exists between values of one kind", () => {
    expect(compare(1, 1.5)).toBeLessThan(0)
    expect(compare(Infinity, -Infinity)).toBeGreaterThan(0)
    expect(compare(Infinity, Infinity)).toBe(0)
    expect(compare(-0, 0)).toBe(0)
    expect(compare("a", "b")).toBeLessThan(0)
    expect(compare("abc", "abcd")).toBeLessThan(0)
    expect(compare("a", "AB")).toBeGreaterThan(0)
    expect(compare(false, true)).toBeLessThan(0)
    expect(compare(new Timestamp(1, 5), new Timestamp(1, 4))).toBeGreaterThan(0)
    expect(compare(new Duration(-1, -5), new Duration(-1, -4))).toBeLessThan(0)
  })

  it("exists for nothing else", () => {
    for (const [a, b] of [
      [null, null],
      [[1], [1]],
      [{}, {}],
      [1, "1"],
      [true, 1],
      [new Timestamp(0, 0), new Duration(0, 0)],
      [new TypeName("int"), new TypeName("int")]
    ] as const) {
      expect(compare(a, b)).toBeUndefined()
    }
  })

  it("makes every comparison with NaN false", () => {
    expect(compare(Number.NaN, 1)).toBeNaN()
    expect(compare(1, Number.NaN)).toBeNaN()
  })

  it("puts what is beyond the basic plane behind U+FFFF", () => {
    expect(compareStrings("\uffff", "😀")).toBeLessThan(0)
    expect(compareStrings("a\ue000", "a😀")).toBeLessThan(0)
    expect(compareStrings("\u{10000}", "\u{10ffff}")).toBeLessThan(0)
  })

  it.effect("is that of the UTF-8 bytes", () => {
    const texts = Arbitrary.all([
      anyText,
      oneOf("", "a", "\uffff", "\ue000", "😀", "\u{10ffff}"),
      anyText
    ]).pipe(Arbitrary.map((parts) => parts.join("").toWellFormed()))
    return holdsFor(
      Arbitrary.all([texts, texts]),
      ([a, b]) =>
        Math.sign(compareStrings(a, b)) === Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    )
  })

  it.effect("is the opposite the other way round", () =>
    holdsFor(
      Arbitrary.all([anyText, anyText]),
      ([a, b]) => Math.sign(compareStrings(a, b)) === 0 - Math.sign(compareStrings(b, a))
    )
  )
})
