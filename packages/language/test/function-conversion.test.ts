import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { codePointCount, codePointIndex, offsetOfCodePoint } from "../src/expression/CodePoints.ts"
import { conversionFunctions } from "../src/expression/functions/ConversionFunctions.ts"
import { Duration, Timestamp, type Value } from "../src/expression/Value.ts"
import { anyText, FunctionTable, holdsFor, wholeNumber } from "./FunctionTable.ts"

const table = new FunctionTable(conversionFunctions)
const call = (name: string, ...args: ReadonlyArray<Value>): Value => table.call(name, ...args)
const code = (name: string, ...args: ReadonlyArray<Value>): string | undefined =>
  table.failure(name, ...args)?.code

describe("size", () => {
  it("counts code points, elements and own keys", () => {
    expect(
      ["", "A", "ÿ", "πέντε", "😀", "\ud83d", "\ud83d\ud83d\ude00"].map((text) => call("size", text))
    ).toEqual([0, 1, 1, 5, 1, 1, 2])
    expect([call("size", []), call("size", [1, 2, 3])]).toEqual([0, 3])
    expect([call("size", {}), call("size", { a: 1, b: 2 })]).toEqual([0, 2])
    expect(code("size", 1)).toBe("SP1307")
    expect(code("size", new Timestamp(0, 0))).toBe("SP1307")
  })

  it("is both a function and a method", () => {
    expect(conversionFunctions.filter(({ name }) => name === "size").map(({ style }) => style)).toEqual([
      "function",
      "method"
    ])
  })

  it.effect("agrees with the iteration of a text, as do offsets and indexes", () =>
    holdsFor(Arbitrary.all([anyText, wholeNumber(0, 40)]), ([text, index]) => {
      const characters = Array.from(text)
      const before = characters.slice(0, index).join("").length
      return (
        codePointCount(text) === characters.length &&
        offsetOfCodePoint(text, index) === (index <= characters.length ? before : undefined) &&
        (index > characters.length || codePointIndex(text, before) === index)
      )
    })
  )
})

describe("int", () => {
  it("gives what CEL's conformance tests give", () => {
    expect([-123.456, 1.9, -7.9, 11.5, -3.5].map((value) => call("int", value))).toEqual([
      -123, 1, -7, 11, -3
    ])
    expect(call("int", "987")).toBe(987)
    expect(call("int", new Timestamp(1_095_379_199, 999))).toBe(1_095_379_199)
    expect(call("int", 1)).toBe(1)
    for (const value of [1e99, -1e99, Infinity, Number.NaN, 2 ** 53]) {
      expect([value, code("int", value)]).toEqual([value, "SP1305"])
    }
  })

  it("takes decimal digits with a sign and nothing else", () => {
    expect(["-42", "+42", "007", "-0"].map((text) => call("int", text))).toEqual([-42, 42, 7, 0])
    expect(Object.is(call("int", "-0"), 0)).toBe(true)
    expect(Object.is(call("int", -0.5), 0)).toBe(true)
    for (const text of ["", " 1", "1 ", "1.0", "1e3", "0x10", "１", "--1", "1_000"]) {
      expect([text, code("int", text)]).toEqual([text, "SP1304"])
    }
    expect(call("int", "9007199254740991")).toBe(Number.MAX_SAFE_INTEGER)
    expect(code("int", "9007199254740992")).toBe("SP1305")
    expect(code("int", "9007199254740993")).toBe("SP1305")
  })

  it("says nothing of the text but its length", () => {
    expect(table.failure("int", "hunter2")?.message).toBe("the text of 7 characters is not a whole number")
  })

  it("answers at once on a long text that is almost a number", () => {
    const start = performance.now()
    expect(code("int", `${"1".repeat(1_000_000)}x`)).toBe("SP1304")
    expect(code("double", `${"1".repeat(1_000_000)}x`)).toBe("SP1304")
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe("double", () => {
  it("gives what CEL's conformance tests give", () => {
    expect(
      ["0", "-0.0", "123", "123.456", "6.02214e23", "1.38e-23", "-84.32e7", ".5", "5.", "+1"].map((text) =>
        call("double", text)
      )
    ).toEqual([0, -0, 123, 123.456, 6.02214e23, 1.38e-23, -84.32e7, 0.5, 5, 1])
    expect(call("double", 7)).toBe(7)
    expect([call("double", "NaN"), call("double", "Infinity"), call("double", "-Infinity")]).toEqual([
      Number.NaN,
      Infinity,
      -Infinity
    ])
  })

  it("fails on other text, and on a number too large", () => {
    for (const text of ["", ".", "1e", "e5", "0x1p4", "1,5", "nan", " 1", "1 "]) {
      expect([text, code("double", text)]).toEqual([text, "SP1304"])
    }
    expect(code("double", "1e999")).toBe("SP1305")
    expect(call("double", "1e-999")).toBe(0)
  })
})

describe("string and bool", () => {
  it("give what CEL's conformance tests give", () => {
    expect([123, -456, 123.456, -4.5e-3].map((value) => call("string", value))).toEqual([
      "123",
      "-456",
      "123.456",
      "-0.0045"
    ])
    expect([call("string", true), call("string", "hello")]).toEqual(["true", "hello"])
    expect(call("string", new Timestamp(1_234_567_890, 0))).toBe("2009-02-13T23:31:30Z")
    expect(call("string", new Duration(1, 500_000_000))).toBe("1.5s")
    expect(["1", "t", "true", "TRUE", "True"].map((text) => call("bool", text))).toEqual(Array(5).fill(true))
    expect(["0", "f", "false", "FALSE", "False"].map((text) => call("bool", text))).toEqual(
      Array(5).fill(false)
    )
    for (const text of ["TrUe", "FaLsE", "", "yes", " true"]) {
      expect([text, code("bool", text)]).toEqual([text, "SP1304"])
    }
    expect(code("string", null)).toBe("SP1307")
    expect(code("string", [])).toBe("SP1307")
  })

  it.effect("undo int and double", () =>
    holdsFor(wholeNumber(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), (value) => {
      const fraction = value / 1_024
      return (
        call("int", call("string", value)) === value + 0 &&
        call("double", call("string", fraction)) === fraction + 0
      )
    })
  )
})
