import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { resolveCall } from "../src/expression/CallResolution.ts"
import { listFunctions } from "../src/expression/functions/ListFunctions.ts"
import { Duration, Optional, Timestamp, type Value } from "../src/expression/Value.ts"
import { showType } from "../src/types/TypePrinter.ts"
import * as Type from "../src/types/Type.ts"
import { union } from "../src/types/Union.ts"
import { anyText, FunctionTable, holdsFor, oneOf, wholeNumber } from "./FunctionTable.ts"

const table = new FunctionTable(listFunctions)
const call = (name: string, ...args: ReadonlyArray<Value>): Value => table.call(name, ...args)
const code = (name: string, ...args: ReadonlyArray<Value>): string | undefined =>
  table.failure(name, ...args)?.code
const isList = (value: Value): value is ReadonlyArray<Value> => Array.isArray(value)
const listOf = (value: Value): ReadonlyArray<Value> => (isList(value) ? value : expect.fail("not a list"))

/** The type that a call of these types has. */
const typeOf = (name: string, ...args: ReadonlyArray<Type.Type>): string => {
  const definition = listFunctions.find((candidate) => candidate.name === name) ?? expect.fail(name)
  const resolution = resolveCall(definition, args)
  return "type" in resolution ? showType(resolution.type) : resolution.kind
}

const scalars: Arbitrary.Arbitrary<Value> = oneOf<Value>(
  0,
  1,
  2,
  1.5,
  "0",
  "1",
  "",
  true,
  false,
  null,
  Number.NaN
)
const values: Arbitrary.Arbitrary<Value> = Arbitrary.all([
  scalars,
  oneOf<(value: Value) => Value>(
    (value) => value,
    (value) => value,
    (value) => [value],
    (value) => ({ a: value }),
    (value) => new Timestamp(Number(value === 1), 0)
  )
]).pipe(Arbitrary.map(([value, wrap]) => wrap(value)))
const lists = Arbitrary.array(values, { maxLength: 12 })

describe("distinct", () => {
  it("keeps the first of equal elements", () => {
    expect(call("distinct", [1, 2, 2, 3, 3, 3])).toEqual([1, 2, 3])
    expect(call("distinct", ["b", "b", "c", "a", "c"])).toEqual(["b", "c", "a"])
    expect(call("distinct", [1, "b", 2, "b", "1", true, null, null])).toEqual([1, "b", 2, "1", true, null])
    expect(call("distinct", [{ a: [1] }, { a: [1] }, [1], { a: [2] }])).toEqual([{ a: [1] }, [1], { a: [2] }])
    expect(call("distinct", [new Timestamp(1, 0), new Timestamp(1, 0), new Duration(1, 0)])).toHaveLength(2)
    expect(call("distinct", [0, -0])).toEqual([0])
  })

  it("keeps every NaN, which equals nothing", () => {
    expect(call("distinct", [Number.NaN, Number.NaN])).toHaveLength(2)
    expect(call("distinct", [[Number.NaN], [Number.NaN]])).toHaveLength(2)
  })

  it.effect("gives elements of the list, none twice, and again the same", () =>
    holdsFor(lists, (list) => {
      const once = listOf(call("distinct", list))
      return (
        once.every((item) => list.includes(item)) && listOf(call("distinct", once)).length === once.length
      )
    })
  )

  it("runs out of budget on many objects, which are compared pair by pair", () => {
    expect(
      code(
        "distinct",
        Array.from({ length: 100_000 }, (_, id) => ({ id }))
      )
    ).toBe("SP1306")
    expect(
      code(
        "distinct",
        Array.from({ length: 100_000 }, (_, id) => id)
      )
    ).toBeUndefined()
  })
})

describe("first and last", () => {
  it("are optional", () => {
    expect(call("first", [7, 8])).toEqual(new Optional(7))
    expect(call("last", [7, 8])).toEqual(new Optional(8))
    expect(call("first", [null])).toEqual(new Optional(null))
    expect(call("first", [])).toBe(Optional.none)
    expect(call("last", [])).toBe(Optional.none)
  })
})

describe("flatten", () => {
  it("opens lists down to the depth", () => {
    expect(call("flatten", [1, [2, 3], [4]])).toEqual([1, 2, 3, 4])
    expect(call("flatten", [1, [2, [3, 4]]])).toEqual([1, 2, [3, 4]])
    expect(call("flatten", [1, 2, [], [], [3, 4]])).toEqual([1, 2, 3, 4])
    expect(call("flatten", [1, [2, [3, [4]]]], 2)).toEqual([1, 2, 3, [4]])
    expect(call("flatten", [1, [2]], 0)).toEqual([1, [2]])
    expect(code("flatten", [1, [2, [3, [4]]]], -1)).toBe("SP1308")
  })

  it("does not need a stack as deep as the lists", () => {
    let deep: Value = 1
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(call("flatten", [deep], 1_000_000)).toEqual([1])
  })
})

describe("slice and lists.range", () => {
  it("give a part, and numbers", () => {
    expect(call("slice", [1, 2, 3, 4], 1, 3)).toEqual([2, 3])
    expect(call("slice", [1, 2, 3, 4], 2, 4)).toEqual([3, 4])
    expect(call("slice", [1, 2], 2, 2)).toEqual([])
    expect(call("lists.range", 4)).toEqual([0, 1, 2, 3])
    expect(call("lists.range", 0)).toEqual([])
  })

  it("fail outside of the list, below zero and beyond the budget", () => {
    for (const [start, end] of [
      [-1, 2],
      [0, 5],
      [3, 2],
      [5, 5]
    ] as const) {
      expect([start, end, code("slice", [1, 2, 3, 4], start, end)]).toEqual([start, end, "SP1301"])
    }
    expect(code("lists.range", -1)).toBe("SP1308")
    expect(code("lists.range", 1_000_000_000_000)).toBe("SP1306")
  })
})

describe("reverse", () => {
  it("turns lists and texts around", () => {
    expect(call("reverse", [5, 3, 1, 2])).toEqual([2, 1, 3, 5])
    expect(call("reverse", "gums")).toBe("smug")
    expect(call("reverse", "a😀b")).toBe("b😀a")
    expect(call("reverse", "")).toBe("")
  })

  it.effect("is undone by itself", () =>
    holdsFor(Arbitrary.all([lists, anyText]), ([list, text]) => {
      const reversed = Array.from(text).toReversed().join("")
      return (
        listOf(call("reverse", call("reverse", list))).every((item, index) => Object.is(item, list[index])) &&
        call("reverse", text) === reversed
      )
    })
  )
})

describe("sort", () => {
  it("orders numbers, strings, bools, timestamps and durations", () => {
    expect(call("sort", [3, 1.5, 2])).toEqual([1.5, 2, 3])
    expect(call("sort", [10, 9, 1])).toEqual([1, 9, 10])
    expect(call("sort", ["b", "c", "a"])).toEqual(["a", "b", "c"])
    expect(call("sort", ["😀", "\uffff", "z"])).toEqual(["z", "\uffff", "😀"])
    expect(call("sort", [true, false, true])).toEqual([false, true, true])
    expect(call("sort", [new Timestamp(2, 0), new Timestamp(1, 5), new Timestamp(1, 4)])).toEqual([
      new Timestamp(1, 4),
      new Timestamp(1, 5),
      new Timestamp(2, 0)
    ])
    expect(call("sort", [new Duration(0, 5), new Duration(0, -5), new Duration(-1, 0)])).toEqual([
      new Duration(-1, 0),
      new Duration(0, -5),
      new Duration(0, 5)
    ])
    expect(call("sort", [])).toEqual([])
  })

  it("fails on what has no order", () => {
    expect(code("sort", [1, "b"])).toBe("SP1307")
    expect(code("sort", [[1, 2, 3]])).toBe("SP1307")
    expect(code("sort", [Number.NaN, 1])).toBe("SP1308")
  })

  it.effect("gives the same numbers, each not above the next, and leaves its argument as it was", () =>
    holdsFor(Arbitrary.array(wholeNumber(-50, 50), { maxLength: 30 }), (list) => {
      const before = [...list]
      const sorted = listOf(call("sort", list)).map(Number)
      const counts = (numbers: ReadonlyArray<number>): string =>
        JSON.stringify(numbers.toSorted((a, b) => a - b))
      return (
        sorted.every((item, index) => index === 0 || (sorted[index - 1] ?? 0) <= item) &&
        counts(sorted) === counts(list) &&
        JSON.stringify(before) === JSON.stringify(list)
      )
    })
  )
})

describe("the types of list functions", () => {
  it("keep the elements' type", () => {
    const names = Type.list(Type.stringOf("a", "b"))
    expect(typeOf("distinct", names)).toBe(showType(names))
    expect(typeOf("slice", names, Type.int, Type.int)).toBe(showType(names))
    expect(typeOf("reverse", names)).toBe(showType(names))
    expect(typeOf("sort", Type.list(Type.int))).toBe(showType(Type.list(Type.int)))
    expect(typeOf("first", names)).toBe(showType(Type.optional(Type.stringOf("a", "b"))))
    expect(typeOf("reverse", Type.string)).toBe(showType(Type.string))
    expect(typeOf("flatten", Type.list(union([Type.int, Type.list(Type.string)])))).toBe(
      showType(Type.list(union([Type.int, Type.string])))
    )
    expect(typeOf("lists.range", Type.int)).toBe(showType(Type.list(Type.int)))
  })

  it("refuse to sort what is not of one kind", () => {
    expect(typeOf("sort", Type.list(union([Type.int, Type.string])))).toBe("argument")
    expect(typeOf("sort", Type.list(Type.list(Type.int)))).toBe("argument")
  })
})
