import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import { toJson } from "../src/source/YamlNode.ts"
import { isSubtype } from "../src/types/Assignability.ts"
import { checkValue } from "../src/types/Conformance.ts"
import {
  double,
  dyn,
  int,
  list,
  map,
  never,
  nullType,
  record,
  string,
  stringExcept,
  stringOf,
  type Type
} from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { typeOf } from "../src/types/TypeOfValue.ts"
import { nullable, union } from "../src/types/Union.ts"
import { summary, yaml } from "./SchemaText.ts"
import { Chooser, choices, definitions, isValueOf, recipe, TypeBuilder, valueOfType } from "./TypeRecipe.ts"

const indicator = record(
  { type: stringOf("indicator"), pattern: string, "confidence?": int },
  { name: "Indicator" }
)
const malware = record({ type: stringOf("malware"), name: string }, { name: "Malware" })
const event = union([indicator, malware], { name: "Event", discriminator: "type" })

const messages = (text: string, type: Type): ReadonlyArray<string> =>
  checkValue(yaml(text), type).map(
    ({ code, message, help }) => `${code} ${message}${help === undefined ? "" : `; ${help}`}`
  )

describe("a value that does not fit a type", () => {
  it.each<readonly [string, Type, ReadonlyArray<string>]>([
    ["ten", int, ['SP0231 expected int, found the text "ten"']],
    ["1.5", int, ["SP0231 expected int, found 1.5"]],
    ["1.0", int, []],
    ["1", double, []],
    ["", string, ["SP0231 expected string, found null"]],
    ["[1, x, 2.5]", list(int), ['SP0231 expected int, found the text "x"', "SP0231 expected int, found 2.5"]],
    ["{ a: 1, b: x }", map(int), ['SP0231 expected int, found the text "x"']],
    ["[1]", map(int), ["SP0231 expected map<string, int>, found a list"]],
    ["a: 1", list(int), ["SP0231 expected list<int>, found an object"]],
    ["hihg", stringOf("low", "high"), ['SP0234 "hihg" is not one of "low", "high"; did you mean "high"?']],
    ["b", stringOf("a"), ['SP0234 expected "a", found "b"']],
    ["a", stringExcept("a"), ['SP0234 "a" is not allowed here: expected string other than "a"']],
    ["x", never, ['SP0231 no value is allowed here, found the text "x"']],
    ["{ a: [1, { b: x }] }", dyn, []],
    ["1", nullable(string), ["SP0231 expected string | null, found 1"]],
    ["{ type: indicator }", event, ['SP0232 missing property "pattern" of Indicator; its type is string']],
    [
      "{ type: malware, nmae: x }",
      event,
      [
        'SP0233 unknown property "nmae" on Malware; did you mean "name"?',
        'SP0232 missing property "name" of Malware; its type is string'
      ]
    ],
    [
      "{ type: malwera, name: x }",
      event,
      ['SP0234 "malwera" is not one of "indicator", "malware"; did you mean "malware"?']
    ],
    [
      "{ name: x }",
      event,
      [
        'SP0232 missing property "type", which says what kind of object it is; it is one of "indicator", "malware"'
      ]
    ],
    ["{ type: [a] }", event, ['SP0231 expected a text for "type", found a list']],
    [
      "{ x: 1 }",
      union([record({ x: string }), record({ y: int })]),
      ["SP0235 the value fits none of { x: string } | { y: int }"]
    ],
    [
      "{ __proto__: 1, constructor: 2 }",
      record({ a: int }),
      [
        'SP0233 unknown property "__proto__"; the properties are "a"',
        'SP0233 unknown property "constructor"; the properties are "a"',
        'SP0232 missing property "a"; its type is int'
      ]
    ]
  ])("%s", (text, type, expected) => {
    expect(messages(text, type)).toEqual(expected)
  })

  it("each problem has its place; a missing property is reported at the key of its object", () => {
    const type = record({ event, list: list(event), "n?": int })
    expect(
      summary(
        checkValue(
          yaml(`
event:
  type: indicator
list:
  - type: malware
    name: 1
  - { type: malware }
n: x
o: 1`),
          type
        )
      )
    ).toEqual(["SP0232 2:1 event", "SP0231 6:11 1", "SP0232 7:5 {", "SP0231 8:4 x", "SP0233 9:1 o"])
  })

  it("a union that nothing tells apart is explained branch by branch", () => {
    const [problem] = checkValue(yaml("[a, 1]"), union([list(string), list(int)]))
    expect(problem?.notes.map(({ message }) => message)).toEqual([
      "not list<string>: expected string, found 1",
      'not list<int>: expected int, found the text "a"'
    ])
  })

  it("a problem behind an alias says where the alias is", () => {
    const [problem] = checkValue(yaml("a: &x ten\nb: *x"), record({ a: string, b: int }))
    expect(problem?.span.start).toBe(6)
    expect(problem?.notes.map(({ span }) => span?.start)).toEqual([13])
  })

  it("a thousand problems are a hundred", () => {
    expect(checkValue(yaml(`[${"x, ".repeat(1000)}]`), list(int)).length).toBe(100)
  })

  const input = Arbitrary.all({ definitions, a: recipe(3, 3), b: recipe(3, 3), choices })

  it.effect("is found exactly when the value is not of the type", () =>
    Effect.gen(function* () {
      const seen = { fits: 0, fails: 0 }
      const result = yield* Arbitrary.checkEffect(
        input,
        (given) => {
          const builder = new TypeBuilder(given.definitions)
          const [a, b] = [builder.build(given.a), builder.build(given.b)]
          const value = valueOfType(a, new Chooser(given.choices))
          if (value === undefined) return true
          const node = yaml(JSON.stringify(value))
          if (isValueOf(value, b)) seen.fits++
          else seen.fails++
          return (
            checkValue(node, a).length === 0 && (checkValue(node, b).length === 0) === isValueOf(value, b)
          )
        },
        { runs: 2000, seed: 41 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(Math.min(seen.fits, seen.fails)).toBeGreaterThan(100)
    })
  )

  it.effect(
    "is never found in a value checked against its own type, which is below every type of the value",
    () =>
      Effect.gen(function* () {
        const result = yield* Arbitrary.checkEffect(
          input,
          (given) => {
            const type = new TypeBuilder(given.definitions).build(given.a)
            const value = valueOfType(type, new Chooser(given.choices))
            if (value === undefined) return true
            const node = yaml(JSON.stringify(value))
            const own = typeOf(toJson(node))
            return isValueOf(value, own) && checkValue(node, own).length === 0
          },
          { runs: 1000, seed: 42 }
        )
        expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      })
  )
})

describe("the type of a value", () => {
  it.each([
    ["null", "null"],
    ["true", "true"],
    ["-0", "0"],
    ["1.0", "1"],
    ["1.5", "double"],
    ["text", '"text"'],
    ["[]", "list<never>"],
    ["[1, 2, a]", 'list<1 | 2 | "a">'],
    ["{}", "{}"],
    ["{ a: 1, __proto__: [x] }", '{ a: 1, __proto__: list<"x"> }']
  ])("%s is %s", (text, type) => {
    expect(showType(typeOf(toJson(yaml(text))))).toBe(type)
  })

  it("is below the type it fits", () => {
    expect(isSubtype(typeOf({ type: "malware", name: "x" }), event)).toBe(true)
    expect(isSubtype(typeOf({ type: "malware" }), event)).toBe(false)
    expect(isSubtype(typeOf([null, 1]), list(union([nullType, int])))).toBe(true)
  })

  it("what is shared many times over or very deep is described at once", () => {
    let shared: ReadonlyArray<unknown> = []
    for (let depth = 0; depth < 60; depth++) shared = [shared, shared]
    let deep: ReadonlyArray<unknown> = []
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    // Lists of lists are JSON; their type would have to be recursive to say so here.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const values = [shared, deep] as ReadonlyArray<Parameters<typeof typeOf>[0]>
    for (const value of values) expect(showType(typeOf(value)).length).toBeLessThan(1000)
  })
})
