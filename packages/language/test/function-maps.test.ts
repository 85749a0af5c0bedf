import { describe, expect, it } from "@effect/vitest"
import { resolveCall } from "../src/expression/CallResolution.ts"
import { mapFunctions } from "../src/expression/functions/MapFunctions.ts"
import { isObject, type Value } from "../src/expression/Value.ts"
import { showType } from "../src/types/TypePrinter.ts"
import * as Type from "../src/types/Type.ts"
import { union } from "../src/types/Union.ts"
import { anyText, FunctionTable, holdsFor } from "./FunctionTable.ts"
import * as Arbitrary from "effect/Arbitrary"

const table = new FunctionTable(mapFunctions)
const call = (name: string, ...args: ReadonlyArray<Value>): Value => table.call(name, ...args)

const merge = (a: Value, b: Value): { readonly [key: string]: Value } => {
  const merged = call("maps.merge", a, b)
  return isObject(merged) ? merged : expect.fail("not an object")
}

const typeOf = (name: string, ...args: ReadonlyArray<Type.Type>): string => {
  const definition = mapFunctions.find((candidate) => candidate.name === name) ?? expect.fail(name)
  const resolution = resolveCall(definition, args)
  return "type" in resolution ? showType(resolution.type) : resolution.kind
}

/** The value that JSON text has. */
const json = (text: string): Value => {
  // JSON.parse gives JSON values only.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as Value
}

describe("maps.keys, maps.values and maps.merge", () => {
  it("keep the order of the keys", () => {
    expect(call("maps.keys", { b: 1, a: 2 })).toEqual(["b", "a"])
    expect(call("maps.values", { b: 1, a: 2 })).toEqual([1, 2])
    expect(Object.entries(merge({ b: 1, a: 2 }, { c: 3, b: 4 }))).toEqual([
      ["b", 4],
      ["a", 2],
      ["c", 3]
    ])
  })

  it("see own keys only, and take __proto__ for one", () => {
    const inherited: { [key: string]: Value } = { __proto__: { inherited: 2 }, own: 1 }
    expect(call("maps.keys", inherited)).toEqual(["own"])
    const merged = call("maps.merge", json('{"__proto__": {"polluted": true}}'), json('{"constructor": 1}'))
    expect(Object.getPrototypeOf(merged)).toBeNull()
    expect(call("maps.keys", merged)).toEqual(["__proto__", "constructor"])
    expect(call("maps.values", merged)).toEqual([{ polluted: true }, 1])
    expect(Reflect.get({}, "polluted")).toBeUndefined()
  })

  it("leave their arguments as they were", () => {
    const first = Object.freeze({ a: 1 })
    const second = Object.freeze({ a: 2 })
    expect(call("maps.merge", first, second)).toEqual({ a: 2 })
    expect([first, second]).toEqual([{ a: 1 }, { a: 2 }])
  })

  it.effect("read in a merged object what was put in last", () =>
    holdsFor(Arbitrary.all([anyText, anyText, anyText]), ([a, b, c]) => {
      const merged = merge(
        Object.fromEntries([
          [a, 1],
          [b, 2]
        ]),
        Object.fromEntries([
          [b, 3],
          [c, 4]
        ])
      )
      const found = new Map(Object.entries(merged))
      return found.get(c) === 4 && (b === c || found.get(b) === 3) && found.size === new Set([a, b, c]).size
    })
  )

  it("take budget for every key", () => {
    const large = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index]))
    expect(table.steps("maps.keys", large)).toBeGreaterThanOrEqual(1_000)
    expect(table.steps("maps.values", large)).toBeGreaterThanOrEqual(1_000)
    expect(table.steps("maps.merge", large, large)).toBeGreaterThanOrEqual(2_000)
  })
})

describe("the types of map functions", () => {
  const host = Type.record({ name: Type.string, "port?": Type.int })

  it("know the keys and the values of a record", () => {
    expect(typeOf("maps.keys", host)).toBe(showType(Type.list(Type.stringOf("name", "port"))))
    expect(typeOf("maps.values", host)).toBe(showType(Type.list(union([Type.string, Type.int]))))
    expect(typeOf("maps.keys", Type.map(Type.int))).toBe(showType(Type.list(Type.string)))
    expect(typeOf("maps.values", Type.map(Type.int))).toBe(showType(Type.list(Type.int)))
    expect(typeOf("maps.keys", Type.dyn)).toBe(showType(Type.list(Type.string)))
  })

  it("merge records key by key", () => {
    expect(typeOf("maps.merge", host, Type.record({ port: Type.string, "tag?": Type.bool }))).toBe(
      showType(Type.record({ name: Type.string, port: Type.string, "tag?": Type.bool }))
    )
    // What is optional in the second may leave the first's.
    expect(typeOf("maps.merge", Type.record({ a: Type.int }), Type.record({ "a?": Type.string }))).toBe(
      showType(Type.record({ a: union([Type.int, Type.string]) }))
    )
    // An open second may overwrite any key.
    expect(typeOf("maps.merge", Type.record({ a: Type.int }), Type.map(Type.string))).toBe(
      showType(Type.record({ a: union([Type.int, Type.string]) }, { rest: Type.string }))
    )
    expect(typeOf("maps.merge", Type.map(Type.int), Type.map(Type.string))).toBe(
      showType(Type.map(union([Type.int, Type.string])))
    )
    expect(typeOf("maps.merge", Type.dyn, host)).toBe(showType(Type.map(Type.dyn)))
  })
})
