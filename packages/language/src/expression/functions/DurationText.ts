import type { Duration } from "../Value.ts"
import { makeDuration } from "./TimeArithmetic.ts"

/** More than any duration needs; it keeps the exact arithmetic below small. */
const maxLength = 100

/** Nanoseconds of each unit of Go's `time.ParseDuration`. Micro is U+00B5 or U+03BC. */
const units: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["\u00b5s", 1_000n],
  ["\u03bcs", 1_000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n]
])

const nanosPerSecond = 1_000_000_000n

/**
 * The duration that text in Go's form names: an optional sign, then numbers with an optional fraction, each with a
 * unit of `h`, `m`, `s`, `ms`, `us`, `ns`, in any order (`1h30m`, `-1.5s`); `0` alone needs no unit. What is below a
 * nanosecond is dropped from each number. Undefined when the text has another form, is longer than 100 characters,
 * or names ±315,537,897,599 s (close to 10,000 years) and more.
 */
export const parseDuration = (text: string): Duration | undefined => {
  if (text.length > maxLength) return undefined
  const negative = text.startsWith("-")
  const unsigned = negative || text.startsWith("+") ? text.slice(1) : text
  const nanos = unsigned === "0" ? 0n : sumOf(unsigned)
  if (nanos === undefined) return undefined
  const signed = negative ? -nanos : nanos
  return makeDuration(Number(signed / nanosPerSecond), Number(signed % nanosPerSecond))
}

/** Seconds with as many digits of fraction as the value has, as `string(duration)` of CEL: `5400s`, `-1.5s`, `0s`. */
export const formatDuration = (duration: Duration): string => {
  const sign = duration.seconds < 0 || duration.nanos < 0 ? "-" : ""
  const fraction = String(Math.abs(duration.nanos)).padStart(9, "0").replace(/0+$/, "")
  return `${sign}${Math.abs(duration.seconds)}${fraction === "" ? "" : `.${fraction}`}s`
}

const sumOf = (text: string): bigint | undefined => {
  const number = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y
  let sum = 0n
  do {
    const match = number.exec(text)
    if (match === null) return undefined
    const [, whole = "", fraction = "", unit = ""] = match
    if (whole === "" && fraction === "") return undefined
    sum += nanosOf(whole + fraction, fraction.length, units.get(unit) ?? 0n)
  } while (number.lastIndex < text.length)
  return sum
}

const nanosOf = (digits: string, fractionDigits: number, unit: bigint): bigint =>
  (BigInt(digits) * unit) / 10n ** BigInt(fractionDigits)
