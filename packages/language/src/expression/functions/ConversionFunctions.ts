import * as Type from "../../types/Type.ts"
import { codePointCount } from "../CodePoints.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, type Overload, overload } from "../FunctionDefinition.ts"
import type { Timestamp, Value } from "../Value.ts"
import { type Definition, fn, method } from "./Define.ts"
import { formatDuration } from "./DurationText.ts"
import {
  anyList,
  boolean,
  integer,
  number,
  type ObjectValue,
  objectParam,
  span,
  text,
  time
} from "./Params.ts"
import { chargeText } from "./TextCost.ts"
import { formatTimestamp } from "./TimestampText.ts"

const fallible = { fallible: true }

const sizes: ReadonlyArray<Overload> = [
  overload([text("text")], Type.int, sizeOfText),
  overload([anyList("list")], Type.int, (list) => list.length),
  overload([objectParam("object")], Type.int, sizeOfObject)
]

const sizeDoc = "How many characters (Unicode code points) a text, elements a list or keys an object has."

/** CEL's conversions between the JSON types, and `size`; `timestamp` and `duration` are with the time functions. */
export const conversionFunctions: ReadonlyArray<FunctionDefinition> = [
  fn("conversion", "size", {
    doc: sizeDoc,
    overloads: sizes,
    examples: [
      ['size("héllo")', "5"],
      ["size([1, 2, 3])", "3"],
      ['size({"a": 1})', "1"]
    ]
  }),
  method("conversion", "size", { doc: sizeDoc, overloads: sizes, examples: [['"héllo".size()', "5"]] }),
  conversion("int", {
    doc: "The whole number that a text in decimal digits names, that a number has before the point, or the seconds since 1970-01-01T00:00:00Z of a timestamp. Fails on other text and beyond ±(2^53 − 1).",
    overloads: [
      overload([integer("number")], Type.int, (value) => value),
      overload([number("number")], Type.int, truncate, fallible),
      overload([text("text")], Type.int, intFromText, fallible),
      overload([time("timestamp")], Type.int, secondsOf)
    ],
    examples: [
      ['int("-42")', "-42"],
      ["int(-7.9)", "-7"],
      ['int(timestamp("1970-01-01T00:01:00Z"))', "60"]
    ]
  }),
  conversion("double", {
    doc: "The number that a text in decimal names, with a fraction and an exponent where needed, or `NaN`, `Infinity`, `-Infinity`; or the number as it is. Fails on other text and on a number too large.",
    overloads: [
      overload([number("number")], Type.double, (value) => value),
      overload([text("text")], Type.double, doubleFromText, fallible)
    ],
    examples: [
      ['double("6.02e23")', "6.02e23"],
      ["double(3)", "3.0"]
    ]
  }),
  conversion("string", {
    doc: "The value as text: a number with the fewest digits that give it back, `true` or `false`, a timestamp as RFC 3339 in UTC, a duration in seconds.",
    overloads: [
      overload([text("text")], Type.string, (value) => value),
      overload([boolean("bool")], Type.string, String),
      overload([number("number")], Type.string, (value) => String(value)),
      overload([time("timestamp")], Type.string, (value) => formatTimestamp(value)),
      overload([span("duration")], Type.string, (value) => formatDuration(value))
    ],
    examples: [
      ["string(123)", '"123"'],
      ["string(-4.5e-3)", '"-0.0045"'],
      ['string(duration("1h30m"))', '"5400s"']
    ]
  }),
  conversion("bool", {
    doc: "True for the texts `true`, `True`, `TRUE`, `t` and `1`, false for `false`, `False`, `FALSE`, `f` and `0`; fails on other text.",
    overloads: [
      overload([boolean("bool")], Type.bool, (value) => value),
      overload([text("text")], Type.bool, boolFromText, fallible)
    ],
    examples: [
      ['bool("true")', "true"],
      ['bool("0")', "false"]
    ]
  })
]

function conversion(name: string, definition: Definition): FunctionDefinition {
  return fn("conversion", name, definition)
}

function sizeOfText(value: string, evaluation: Evaluation): number {
  chargeText(value.length, evaluation)
  return codePointCount(value)
}

function sizeOfObject(value: ObjectValue, evaluation: Evaluation): number {
  const { length } = Object.keys(value)
  evaluation.spend(length)
  return length
}

function truncate(value: number, evaluation: Evaluation): number {
  return wholeNumber(Math.trunc(value), evaluation)
}

function secondsOf(value: Timestamp): Value {
  return value.seconds
}

function intFromText(value: string, evaluation: Evaluation): number {
  chargeText(value.length, evaluation)
  return /^[+-]?\d+$/.test(value)
    ? wholeNumber(Number(value), evaluation)
    : notA("a whole number", value, evaluation)
}

/** Adding zero makes −0 a 0: a whole number has only one. */
function wholeNumber(value: number, evaluation: Evaluation): number {
  if (Number.isSafeInteger(value)) return value + 0
  return evaluation.fail("SP1305", "the number has no whole part within ±(2^53 − 1)")
}

function doubleFromText(value: string, evaluation: Evaluation): number {
  chargeText(value.length, evaluation)
  const special = specials.get(value)
  if (special !== undefined) return special
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(value))
    return notA("a number", value, evaluation)
  const converted = Number(value)
  return Number.isFinite(converted)
    ? converted
    : evaluation.fail("SP1305", "the number in the text is larger than a double can be")
}

const specials: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["+Infinity", Infinity],
  ["-Infinity", -Infinity]
])

function boolFromText(value: string, evaluation: Evaluation): boolean {
  if (truths.has(value)) return true
  return falsehoods.has(value) ? false : notA("a bool", value, evaluation)
}

const truths: ReadonlySet<string> = new Set(["true", "True", "TRUE", "t", "1"])
const falsehoods: ReadonlySet<string> = new Set(["false", "False", "FALSE", "f", "0"])

function notA(what: string, value: string, evaluation: Evaluation): never {
  return evaluation.fail("SP1304", `the text of ${codePointCount(value)} characters is not ${what}`)
}
