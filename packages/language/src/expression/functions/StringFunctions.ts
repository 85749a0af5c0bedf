import * as Type from "../../types/Type.ts"
import { codePointIndex, nextCodePoint, offsetOfCodePoint } from "../CodePoints.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, overload, type Param } from "../FunctionDefinition.ts"
import { indexesOf, indexOf, lastIndexOf } from "../TextSearch.ts"
import { isList, type Value } from "../Value.ts"
import { kindOf } from "../ValueKind.ts"
import { fn, method } from "./Define.ts"
import { anyList, integer, text } from "./Params.ts"
import { formatText, verifyFormat } from "./StringFormat.ts"
import { chargeText } from "./TextCost.ts"

const fallible = { fallible: true }
const receiver = text("text")

/** The strings that `join` takes; an element of another kind is an error of its own, which names its place. */
const strings: Param<ReadonlyArray<Value>> = { name: "list", type: Type.list(Type.string), accepts: isList }

/**
 * CEL's standard string functions (langdef, "Standard Definitions") and its strings extension. Positions and lengths
 * are in Unicode code points.
 */
export const stringFunctions: ReadonlyArray<FunctionDefinition> = [
  method("strings", "contains", {
    doc: "True when the other text occurs in the text. Case matters; the empty text occurs everywhere.",
    overloads: [overload([receiver, text("part")], Type.bool, contains)],
    examples: [
      ['"powershell.exe".contains("shell")', "true"],
      ['"powershell.exe".contains("Shell")', "false"]
    ]
  }),
  method("strings", "startsWith", {
    doc: "True when the text begins with the other. Case matters.",
    overloads: [overload([receiver, text("prefix")], Type.bool, startsWith)],
    examples: [['"CVE-2024-3094".startsWith("CVE-")', "true"]]
  }),
  method("strings", "endsWith", {
    doc: "True when the text ends with the other. Case matters.",
    overloads: [overload([receiver, text("suffix")], Type.bool, endsWith)],
    examples: [['"invoice.pdf.exe".endsWith(".exe")', "true"]]
  }),
  method("strings", "charAt", {
    doc: "The character at the index, from 0; the empty text at the very end. Fails when the index lies outside of the text.",
    overloads: [overload([receiver, integer("index")], Type.string, charAt, fallible)],
    examples: [
      ['"tacocat".charAt(3)', '"o"'],
      ['"tacocat".charAt(7)', '""']
    ]
  }),
  method("strings", "indexOf", {
    doc: "The index of the first place where the other text occurs, at or after `from`; −1 when it does not. Fails when `from` lies outside of the text.",
    overloads: [
      overload([receiver, text("part")], Type.int, firstIndex),
      overload([receiver, text("part"), integer("from")], Type.int, firstIndexFrom, fallible)
    ],
    examples: [
      ['"hello mellow".indexOf("ello")', "1"],
      ['"hello mellow".indexOf("ello", 2)', "7"],
      ['"hello mellow".indexOf("jello")', "-1"]
    ]
  }),
  method("strings", "lastIndexOf", {
    doc: "The index of the last place where the other text occurs, at or before `from`; −1 when it does not. Fails when `from` lies outside of the text.",
    overloads: [
      overload([receiver, text("part")], Type.int, lastIndex),
      overload([receiver, text("part"), integer("from")], Type.int, lastIndexFrom, fallible)
    ],
    examples: [
      ['"hello mellow".lastIndexOf("ello")', "7"],
      ['"hello mellow".lastIndexOf("ello", 6)', "1"]
    ]
  }),
  method("strings", "substring", {
    doc: "The part from the index `start` to before the index `end`, or to the end of the text. Fails when an index lies outside of the text or `end` before `start`.",
    overloads: [
      overload([receiver, integer("start")], Type.string, tail, fallible),
      overload([receiver, integer("start"), integer("end")], Type.string, substring, fallible)
    ],
    examples: [
      ['"tacocat".substring(4)', '"cat"'],
      ['"tacocat".substring(0, 4)', '"taco"']
    ]
  }),
  method("strings", "replace", {
    doc: "The text with the other text replaced wherever it occurs, or at the first `limit` places. An empty text occurs before each character and at the end.",
    overloads: [
      overload([receiver, text("part"), text("replacement")], Type.string, replaceAll),
      overload(
        [receiver, text("part"), text("replacement"), integer("limit")],
        Type.string,
        replaceSome,
        fallible
      )
    ],
    examples: [
      ['"hello hello".replace("he", "we")', '"wello wello"'],
      ['"hello hello".replace("he", "we", 1)', '"wello hello"']
    ]
  }),
  method("strings", "split", {
    doc: "The parts between the places where the separator occurs; the characters when it is empty. With a limit at most so many parts, the last one holds the rest; none for 0, all for a negative limit.",
    overloads: [
      overload([receiver, text("separator")], Type.list(Type.string), splitAll),
      overload([receiver, text("separator"), integer("limit")], Type.list(Type.string), splitSome, fallible)
    ],
    examples: [
      ['"a,b,c".split(",")', '["a", "b", "c"]'],
      ['"a,b,c".split(",", 2)', '["a", "b,c"]']
    ]
  }),
  method("strings", "join", {
    doc: "The strings of a list one after the other, with the separator between them.",
    overloads: [
      overload([strings], Type.string, (list, evaluation) => join(list, "", evaluation), fallible),
      overload([strings, text("separator")], Type.string, join, fallible)
    ],
    examples: [
      ['["a", "b"].join(", ")', '"a, b"'],
      ['["a", "b"].join()', '"ab"']
    ]
  }),
  method("strings", "lowerAscii", {
    doc: "The text with the letters A to Z in lower case; all other characters stay as they are.",
    overloads: [overload([receiver], Type.string, lowerAscii)],
    examples: [['"PowerShell.EXE".lowerAscii()', '"powershell.exe"']]
  }),
  method("strings", "upperAscii", {
    doc: "The text with the letters a to z in upper case; all other characters stay as they are.",
    overloads: [overload([receiver], Type.string, upperAscii)],
    examples: [['"cve-2024-3094".upperAscii()', '"CVE-2024-3094"']]
  }),
  method("strings", "trim", {
    doc: "The text without white space (Unicode's White_Space) at both ends.",
    overloads: [overload([receiver], Type.string, trim)],
    examples: [['"  trim me\\n".trim()', '"trim me"']]
  }),
  method("strings", "format", {
    doc: "The text with each clause replaced by the next of the values: `%s` any value, `%d` a number, `%f` and `%e` a number with 6 digits of fraction (`%.2f`: with 2), `%x` and `%X` a whole number or a text in hexadecimal, `%o` octal, `%b` a whole number or bool in binary, `%%` a percent sign. Fails on another clause, on a value of the wrong type and when there are too few values.",
    overloads: [overload([receiver, anyList("values")], Type.string, formatText, fallible)],
    verify: verifyFormat,
    examples: [
      ['"%s has %d hits (%.1f %%)".format(["10.0.0.1", 3, 12.5])', '"10.0.0.1 has 3 hits (12.5 %)"'],
      ['"%s".format([{"b": [1, null], "a": true}])', '"{a: true, b: [1, null]}"']
    ]
  }),
  fn("strings", "strings.quote", {
    doc: "The text as a string literal of the language, in double quotes, with quotes, backslashes and control characters such as line ends escaped.",
    overloads: [overload([receiver], Type.string, quote)],
    examples: [["strings.quote('say \"hi\"\\n')", 'r\'"say \\"hi\\"\\n"\'']]
  })
]

function contains(value: string, part: string, evaluation: Evaluation): boolean {
  chargeText(value.length, evaluation)
  return indexOf(value, part) >= 0
}

function startsWith(value: string, prefix: string, evaluation: Evaluation): boolean {
  chargeText(prefix.length, evaluation)
  return value.startsWith(prefix)
}

function endsWith(value: string, suffix: string, evaluation: Evaluation): boolean {
  chargeText(suffix.length, evaluation)
  return value.endsWith(suffix)
}

function charAt(value: string, index: number, evaluation: Evaluation): string {
  const at = offsetOf(value, index, evaluation)
  return value.slice(at, nextCodePoint(value, at))
}

function firstIndex(value: string, part: string, evaluation: Evaluation): number {
  return firstIndexFrom(value, part, 0, evaluation)
}

function firstIndexFrom(value: string, part: string, from: number, evaluation: Evaluation): number {
  return codePointIndex(value, indexOf(value, part, offsetOf(value, from, evaluation)))
}

function lastIndex(value: string, part: string, evaluation: Evaluation): number {
  chargeText(value.length, evaluation)
  return codePointIndex(value, lastIndexOf(value, part))
}

function lastIndexFrom(value: string, part: string, from: number, evaluation: Evaluation): number {
  return codePointIndex(value, lastIndexOf(value, part, offsetOf(value, from, evaluation)))
}

function tail(value: string, start: number, evaluation: Evaluation): string {
  return value.slice(offsetOf(value, start, evaluation))
}

function substring(value: string, start: number, end: number, evaluation: Evaluation): string {
  if (start > end) evaluation.fail("SP1301", `the end of the part, ${end}, lies before its start, ${start}`)
  return value.slice(offsetOf(value, start, evaluation), offsetOf(value, end, evaluation))
}

/** The UTF-16 offset of an index, or a failure. */
function offsetOf(value: string, index: number, evaluation: Evaluation): number {
  chargeText(value.length, evaluation)
  return (
    offsetOfCodePoint(value, index) ??
    evaluation.fail("SP1301", `the index ${index} lies outside of the text`)
  )
}

function replaceAll(value: string, part: string, replacement: string, evaluation: Evaluation): string {
  return replaceSome(value, part, replacement, -1, evaluation)
}

function replaceSome(
  value: string,
  part: string,
  replacement: string,
  limit: number,
  evaluation: Evaluation
): string {
  chargeText(value.length, evaluation)
  const places = placesOf(value, part, limit < 0 ? Infinity : limit, evaluation)
  chargeText(value.length + places.length * (replacement.length - part.length), evaluation)
  const pieces: Array<string> = []
  let done = 0
  for (const at of places) {
    pieces.push(value.slice(done, at), replacement)
    done = at + part.length
  }
  pieces.push(value.slice(done))
  return pieces.join("")
}

function splitAll(value: string, separator: string, evaluation: Evaluation): ReadonlyArray<string> {
  return splitSome(value, separator, -1, evaluation)
}

function splitSome(
  value: string,
  separator: string,
  limit: number,
  evaluation: Evaluation
): ReadonlyArray<string> {
  chargeText(value.length, evaluation)
  if (limit === 0 || (value === "" && separator === "")) return []
  const most = limit < 0 ? Infinity : limit - 1
  const places =
    separator === "" ? innerBoundaries(value, most, evaluation) : placesOf(value, separator, most, evaluation)
  const parts: Array<string> = []
  let done = 0
  for (const at of places) {
    parts.push(value.slice(done, at))
    done = at + separator.length
  }
  parts.push(value.slice(done))
  return parts
}

function placesOf(value: string, part: string, limit: number, evaluation: Evaluation): ReadonlyArray<number> {
  if (part === "") return boundaries(value, limit, evaluation)
  const places = indexesOf(value, part, limit)
  evaluation.spend(places.length)
  return places
}

/** The offsets before each character and at the end. */
function boundaries(value: string, limit: number, evaluation: Evaluation): ReadonlyArray<number> {
  evaluation.spend(Math.min(value.length + 1, limit))
  const out: Array<number> = []
  for (let at = 0; at <= value.length && out.length < limit; at = nextCodePoint(value, at)) out.push(at)
  return out
}

/** The offsets between two characters. */
function innerBoundaries(value: string, limit: number, evaluation: Evaluation): ReadonlyArray<number> {
  const inner = boundaries(value, limit + 2, evaluation).filter((at) => at > 0 && at < value.length)
  return inner.slice(0, limit)
}

function join(list: ReadonlyArray<Value>, separator: string, evaluation: Evaluation): string {
  evaluation.spend(list.length)
  const parts: Array<string> = []
  let length = separator.length * Math.max(0, list.length - 1)
  for (const [index, item] of list.entries()) {
    if (typeof item !== "string") {
      return evaluation.fail("SP1307", `"join" takes strings, the element ${index} is ${kindOf(item)}`)
    }
    parts.push(item)
    length += item.length
  }
  chargeText(length, evaluation)
  return parts.join(separator)
}

function lowerAscii(value: string, evaluation: Evaluation): string {
  chargeText(value.length, evaluation)
  return value.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function upperAscii(value: string, evaluation: Evaluation): string {
  chargeText(value.length, evaluation)
  return value.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
}

function trim(value: string, evaluation: Evaluation): string {
  chargeText(value.length, evaluation)
  let start = 0
  let end = value.length
  while (start < end && isSpace(value.charCodeAt(start))) start++
  while (end > start && isSpace(value.charCodeAt(end - 1))) end--
  return value.slice(start, end)
}

/** Unicode's White_Space, all of it in the basic plane. JavaScript's `trim` knows U+FEFF instead of U+0085. */
function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  return unit === 0x85 || (unit !== 0xfeff && unit >= 0xa0 && String.fromCharCode(unit).trim() === "")
}

function quote(value: string, evaluation: Evaluation): string {
  // Each character becomes at most two.
  chargeText(value.length * 2, evaluation)
  const escaped = value.toWellFormed().replaceAll(/["\\]|\p{Cc}/gu, (char) => escapes.get(char) ?? char)
  return `"${escaped}"`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"]
])
