import type { ScalarValue } from "./YamlNode.ts"

/**
 * What a plain scalar means under the core schema (YAML 1.2.2, 10.3.2). A number may come out infinite, not a
 * number, or rounded; `isExactNumber` tells.
 */
export const resolvePlain = (text: string): ScalarValue => {
  const first = text.charCodeAt(0)
  // Digits, sign and point begin numbers; everything else is one of a few words or text.
  if (first <= nine && numberPattern.test(text)) return toNumber(text)
  const word = words.get(text)
  return word === undefined ? text : word
}

/** False when JSON cannot hold the number that `text` writes: infinite, no number, or an integer above 2^53 - 1. */
export const isExactNumber = (text: string, value: number): boolean =>
  Number.isFinite(value) && (Number.isSafeInteger(value) || !integerPattern.test(text))

const nine = 0x39

// Both are linear: every repetition is followed by a character that it cannot match.
const numberPattern =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const integerPattern = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/

const toNumber = (text: string): number => {
  if (/[nN]$/.test(text)) return Number.NaN
  if (/[fF]$/.test(text) && !text.startsWith("0x")) return text.startsWith("-") ? -Infinity : Infinity
  // `Number` reads 0o and 0x as YAML does. Adding 0 makes 0 of -0, which no playbook means.
  return Number(text) + 0
}

const words: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ["", null],
  ["~", null],
  ["null", null],
  ["Null", null],
  ["NULL", null],
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false]
])
