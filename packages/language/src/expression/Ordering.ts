import type { Evaluation } from "./Evaluation.ts"
import { Duration, Timestamp, type Value } from "./Value.ts"

/**
 * Where `a` stands relative to `b`: negative before, 0 at the same place, positive after, NaN when either is NaN, so
 * that each of `<`, `<=`, `>`, `>=` against 0 gives what CEL wants. Orders numbers, strings by code point, booleans
 * (false first), timestamps and durations; undefined for anything else and for two different kinds. Long strings take
 * from the budget of `evaluation`.
 */
export const compare = (a: Value, b: Value, evaluation?: Evaluation): number | undefined => {
  if (typeof a === "number" && typeof b === "number") return compareNumbers(a, b)
  if (typeof a === "string" && typeof b === "string") {
    evaluation?.spend(Math.min(a.length, b.length) >>> 6)
    return compareStrings(a, b)
  }
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b)
  if (a instanceof Timestamp && b instanceof Timestamp) return compareTimes(a, b)
  if (a instanceof Duration && b instanceof Duration) return compareTimes(a, b)
  return undefined
}

/** As `compare`; a difference would not do, as Infinity − Infinity is NaN. */
const compareNumbers = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN)

/**
 * Orders by code point, which is also the order of the UTF-8 bytes. JavaScript's `<` orders by UTF-16 unit and puts
 * U+10000 and above, which begin with a surrogate, before U+E000 to U+FFFF.
 */
export const compareStrings = (a: string, b: string): number => {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Timestamps, or durations: the nanos have the sign that makes the order lexical. */
const compareTimes = (a: Timestamp | Duration, b: Timestamp | Duration): number =>
  a.seconds - b.seconds || a.nanos - b.nanos

/** Moves surrogates behind all other units. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
