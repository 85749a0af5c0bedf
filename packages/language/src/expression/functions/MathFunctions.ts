import { elementOf } from "../../types/Access.ts"
import { isAssignable } from "../../types/Assignability.ts"
import * as Type from "../../types/Type.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, overload, variadicOverload } from "../FunctionDefinition.ts"
import { isList, type Value } from "../Value.ts"
import { kindOf } from "../ValueKind.ts"
import { type Definition, fn } from "./Define.ts"
import { integer, number } from "./Params.ts"

const fallible = { fallible: true }

/** The numbers that `greatest` and `least` take; an element of another kind is an error of its own. */
const numbers = {
  name: "list",
  type: Type.list(Type.double),
  accepts: isList
}

/** CEL's math extension. Whole numbers stay within ±(2^53 − 1); the bits are those of 64-bit two's complement. */
export const mathFunctions: ReadonlyArray<FunctionDefinition> = [
  extreme("greatest", "largest", (a, b) => a > b, [
    ["math.greatest(1, 3.5, -2)", "3.5"],
    ["math.greatest([4, 9])", "9"]
  ]),
  extreme("least", "smallest", (a, b) => a < b, [
    ["math.least(1, 3.5, -2)", "-2"],
    ["math.least([4, 9])", "4"]
  ]),
  rounding("ceil", "The smallest whole number that is not below the number.", Math.ceil, [
    ["math.ceil(1.2)", "2.0"],
    ["math.ceil(-1.2)", "-1.0"]
  ]),
  rounding("floor", "The largest whole number that is not above the number.", Math.floor, [
    ["math.floor(1.2)", "1.0"],
    ["math.floor(-1.2)", "-2.0"]
  ]),
  rounding(
    "round",
    "The nearest whole number; of two equally near the one further from zero.",
    roundAwayFromZero,
    [
      ["math.round(1.5)", "2.0"],
      ["math.round(-1.5)", "-2.0"]
    ]
  ),
  rounding("trunc", "The number without its fraction.", Math.trunc, [["math.trunc(-1.9)", "-1.0"]]),
  rounding("abs", "The number without its sign.", Math.abs, [["math.abs(-11)", "11"]]),
  rounding("sign", "−1, 0 or 1, as the number is negative, zero or positive.", Math.sign, [
    ["math.sign(-32.5)", "-1.0"]
  ]),
  math("sqrt", {
    doc: "The square root; NaN of a negative number.",
    overloads: [overload([number("number")], Type.double, (value) => Math.sqrt(value))],
    examples: [["math.sqrt(81)", "9.0"]]
  }),
  test("isNaN", "True when the number is NaN, the result of `0.0 / 0.0`.", Number.isNaN, [
    ["math.isNaN(0.0 / 0.0)", "true"]
  ]),
  test("isInf", "True when the number is infinite.", (value) => Math.abs(value) === Infinity, [
    ["math.isInf(-1.0 / 0.0)", "true"]
  ]),
  test("isFinite", "True when the number is neither NaN nor infinite.", Number.isFinite, [
    ["math.isFinite(1.5)", "true"]
  ]),
  bits("bitAnd", "The bits that both numbers have.", (a, b) => a & b, [["math.bitAnd(12, 10)", "8"]]),
  bits("bitOr", "The bits that either number has.", (a, b) => a | b, [["math.bitOr(12, 10)", "14"]]),
  bits("bitXor", "The bits that one of the numbers has and the other has not.", (a, b) => a ^ b, [
    ["math.bitXor(12, 10)", "6"]
  ]),
  math("bitNot", {
    doc: "The number with all bits inverted. Fails beyond ±(2^53 − 1).",
    overloads: [
      overload(
        [integer("number")],
        Type.int,
        (value, evaluation) => wholeNumber(~BigInt(value), evaluation),
        fallible
      )
    ],
    examples: [["math.bitNot(5)", "-6"]]
  }),
  shift(
    "bitShiftLeft",
    "The number with its bits moved up by the offset",
    (value, offset) => value << offset,
    [["math.bitShiftLeft(1, 4)", "16"]]
  ),
  shift(
    "bitShiftRight",
    "The number with its bits moved down by the offset, zeros coming in from above (the sign does not stay)",
    (value, offset) => BigInt.asUintN(64, value) >> offset,
    [["math.bitShiftRight(1024, 2)", "256"]]
  )
]

type Examples = Definition["examples"]

function math(name: string, definition: Definition): FunctionDefinition {
  return fn("math", `math.${name}`, definition)
}

function extreme(
  name: string,
  which: string,
  isBetter: (a: number, b: number) => boolean,
  examples: Examples
): FunctionDefinition {
  const choose = (values: ReadonlyArray<Value>, evaluation: Evaluation): number => {
    evaluation.spend(values.length)
    const all = values.map((value) => numberIn(value, name, evaluation))
    const [start] = all
    if (start === undefined) return evaluation.fail("SP1308", `the list given to "math.${name}" is empty`)
    return all.reduce((best, value) => (isBetter(value, best) ? value : best), start)
  }
  return math(name, {
    doc: `The ${which} of the numbers, or of the numbers in a list. Fails on an empty list.`,
    overloads: [
      overload([numbers], ([list = Type.dyn]) => numberType([elementOf(list).type]), choose, fallible),
      variadicOverload(number("number"), numberType, choose, fallible)
    ],
    examples
  })
}

/** A number that keeps being whole when it is. */
function rounding(
  name: string,
  doc: string,
  round: (value: number) => number,
  examples: Examples
): FunctionDefinition {
  return math(name, {
    doc,
    overloads: [overload([number("number")], numberType, (value) => round(value))],
    examples
  })
}

function test(
  name: string,
  doc: string,
  holds: (value: number) => boolean,
  examples: Examples
): FunctionDefinition {
  return math(name, {
    doc,
    overloads: [overload([number("number")], Type.bool, (value) => holds(value))],
    examples
  })
}

function bits(
  name: string,
  doc: string,
  combine: (a: bigint, b: bigint) => bigint,
  examples: Examples
): FunctionDefinition {
  return math(name, {
    doc,
    overloads: [
      overload(
        [integer("number"), integer("other")],
        Type.int,
        (a, b, evaluation) => wholeNumber(combine(BigInt(a), BigInt(b)), evaluation),
        fallible
      )
    ],
    examples
  })
}

function shift(
  name: string,
  doc: string,
  move: (value: bigint, offset: bigint) => bigint,
  examples: Examples
): FunctionDefinition {
  return math(name, {
    doc: `${doc}; 0 from an offset of 64 on. Fails on a negative offset and beyond ±(2^53 − 1).`,
    overloads: [
      overload(
        [integer("number"), integer("offset")],
        Type.int,
        (value, offset, evaluation) => {
          if (offset < 0) evaluation.fail("SP1308", "the offset of a shift is negative")
          return offset >= 64
            ? 0
            : wholeNumber(BigInt.asIntN(64, move(BigInt(value), BigInt(offset))), evaluation)
        },
        fallible
      )
    ],
    examples
  })
}

function wholeNumber(value: bigint, evaluation: Evaluation): number {
  const converted = Number(value)
  return Number.isSafeInteger(converted)
    ? converted
    : evaluation.fail("SP1305", "the result is not within ±(2^53 − 1)")
}

function roundAwayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value))
}

function numberIn(value: Value, name: string, evaluation: Evaluation): number {
  return typeof value === "number"
    ? value
    : evaluation.fail("SP1307", `"math.${name}" takes numbers, the list has ${kindOf(value)}`)
}

/** `int` when all arguments are, else `double`. */
function numberType(args: ReadonlyArray<Type.Type>): Type.Type {
  return args.every((arg) => arg.kind !== "dyn" && isAssignable(arg, Type.int)) ? Type.int : Type.double
}
