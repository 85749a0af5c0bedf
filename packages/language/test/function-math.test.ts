import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { resolveCall } from "../src/expression/CallResolution.ts"
import { mathFunctions } from "../src/expression/functions/MathFunctions.ts"
import type { Value } from "../src/expression/Value.ts"
import { showType } from "../src/types/TypePrinter.ts"
import * as Type from "../src/types/Type.ts"
import { FunctionTable, holdsFor, wholeNumber } from "./FunctionTable.ts"

const table = new FunctionTable(mathFunctions)
const call = (name: string, ...args: ReadonlyArray<Value>): Value => table.call(`math.${name}`, ...args)
const code = (name: string, ...args: ReadonlyArray<Value>): string | undefined =>
  table.failure(`math.${name}`, ...args)?.code

const typeOf = (name: string, ...args: ReadonlyArray<Type.Type>): string => {
  const definition = mathFunctions.find((candidate) => candidate.name === `math.${name}`) ?? expect.fail(name)
  const resolution = resolveCall(definition, args)
  return "type" in resolution ? showType(resolution.type) : resolution.kind
}

const last = Number.MAX_SAFE_INTEGER
/** So far from the ends that combining bits of two stays within them. */
const whole = wholeNumber(-(2 ** 52), 2 ** 52 - 1)

describe("math.greatest and math.least", () => {
  it("give what CEL's conformance tests give", () => {
    expect(call("greatest", -5)).toBe(-5)
    expect(call("greatest", 3, -3)).toBe(3)
    expect(call("greatest", 1, 3, 10)).toBe(10)
    expect(call("greatest", 5.4, 10, 3, -5)).toBe(10)
    expect(call("greatest", [5.4, 10.5, 3, -5, 3.5])).toBe(10.5)
    expect(call("greatest", 1, 1.797693e308)).toBe(1.797693e308)
    expect(call("least", 5, -7)).toBe(-7)
    expect(call("least", -1.797693e308, 1.5)).toBe(-1.797693e308)
    expect(call("least", [5.4, 10, 3, -5, 3.5])).toBe(-5)
  })

  it("fail on an empty list and on what is not a number", () => {
    expect(code("greatest", [])).toBe("SP1308")
    expect(code("least", [1, "2"])).toBe("SP1307")
    expect(code("least", "2")).toBe("SP1307")
  })

  it("are whole when all numbers are", () => {
    expect(typeOf("greatest", Type.int, Type.int)).toBe(showType(Type.int))
    expect(typeOf("greatest", Type.int, Type.double)).toBe(showType(Type.double))
    expect(typeOf("least", Type.list(Type.int))).toBe(showType(Type.int))
    expect(typeOf("least", Type.list(Type.double))).toBe(showType(Type.double))
    expect(typeOf("least", Type.string)).toBe("argument")
  })
})

describe("rounding", () => {
  it("gives what CEL's conformance tests give", () => {
    expect([call("ceil", -1.2), call("ceil", 1.2)]).toEqual([-1, 2])
    expect([call("floor", -1.2), call("floor", 1.2)]).toEqual([-2, 1])
    expect([-1.6, -1.4, -1.5, 1.2, 1.5, 2.5].map((value) => call("round", value))).toEqual([
      -2, -1, -2, 1, 2, 3
    ])
    expect(call("round", Number.NaN)).toBeNaN()
    expect([call("trunc", -1.2), call("trunc", 1.2)]).toEqual([-1, 1])
    expect([call("abs", -11), call("abs", -11.5)]).toEqual([11, 11.5])
    expect([100, -11, 0, 100.5, -32].map((value) => call("sign", value))).toEqual([1, -1, 0, 1, -1])
    expect([call("isNaN", Number.NaN), call("isNaN", Infinity)]).toEqual([true, false])
    expect([call("isInf", -Infinity), call("isInf", Number.NaN)]).toEqual([true, false])
    expect([1.5, Number.NaN, -Infinity].map((value) => call("isFinite", value))).toEqual([true, false, false])
    expect(call("sqrt", 81)).toBe(9)
    expect(call("sqrt", -1)).toBeNaN()
  })

  it("does not round up what is just below a half, nor change what has no fraction", () => {
    expect(call("round", 0.499_999_999_999_999_94)).toBe(0)
    expect(call("round", -(2 ** 52) - 1)).toBe(-(2 ** 52) - 1)
    expect(call("round", 1e300)).toBe(1e300)
    expect(call("round", -Infinity)).toBe(-Infinity)
  })

  it("fails on what is not a number", () => {
    expect(code("sign", true)).toBe("SP1307")
    expect(code("isNaN", "NaN")).toBe("SP1307")
  })

  it("keeps whole numbers whole", () => {
    expect(typeOf("abs", Type.int)).toBe(showType(Type.int))
    expect(typeOf("round", Type.double)).toBe(showType(Type.double))
    expect(typeOf("sqrt", Type.int)).toBe(showType(Type.double))
  })
})

describe("bits", () => {
  it("are what CEL's conformance tests have", () => {
    expect([call("bitAnd", 1, 2), call("bitAnd", 1, 3), call("bitAnd", 1, -1)]).toEqual([0, 1, 1])
    expect([call("bitOr", 1, 2), call("bitOr", 4, -2)]).toEqual([3, -2])
    expect([call("bitXor", 1, 3), call("bitXor", 4, -2)]).toEqual([2, -6])
    expect([call("bitNot", 1), call("bitNot", -1), call("bitNot", 0)]).toEqual([-2, 0, -1])
    expect([call("bitShiftLeft", 1, 2), call("bitShiftLeft", 1, 200), call("bitShiftLeft", -1, 200)]).toEqual(
      [4, 0, 0]
    )
    expect([
      call("bitShiftRight", 1_024, 2),
      call("bitShiftRight", 1_024, 64),
      call("bitShiftRight", -1_024, 64)
    ]).toEqual([256, 0, 0])
    expect(code("bitShiftLeft", 1, -1)).toBe("SP1308")
    expect(code("bitShiftRight", 1, -1)).toBe("SP1308")
    expect(code("bitOr", 1.2, 1)).toBe("SP1307")
    expect(code("bitNot", "")).toBe("SP1307")
  })

  it("fail when the result is not exact, as of -1024 >> 3 in 64 bits", () => {
    expect(code("bitShiftRight", -1_024, 3)).toBe("SP1305")
    expect(call("bitShiftRight", -1_024, 12)).toBe(2 ** 52 - 1)
    expect(call("bitShiftLeft", 1, 52)).toBe(2 ** 52)
    expect(code("bitShiftLeft", 1, 53)).toBe("SP1305")
    expect(code("bitShiftLeft", 1, 63)).toBe("SP1305")
    expect(call("bitShiftLeft", 2, 63)).toBe(0)
    expect(code("bitNot", last)).toBe("SP1305")
    expect(call("bitNot", -last)).toBe(last - 1)
  })

  it.effect("obey the laws of bits beyond 32 of them", () =>
    holdsFor(Arbitrary.all([whole, whole]), ([a, b]) => {
      const and = BigInt(Number(call("bitAnd", a, b)))
      const or = call("bitOr", a, b)
      return and === (BigInt(a) & BigInt(b)) && BigInt(Number(or)) === BigInt(a) + BigInt(b) - and
    })
  )
})
