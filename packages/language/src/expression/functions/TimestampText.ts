import type { Timestamp } from "../Value.ts"
import { daysFromCivilDate, daysInMonth } from "./CivilDate.ts"
import { makeTimestamp } from "./TimeArithmetic.ts"

/**
 * The point in time that RFC 3339 text names (section 5.6, `date-time`: `T` and `Z` in either case, the offset is
 * required); undefined when the text is not RFC 3339, names a day or time that does not exist, or lies outside the years
 * 1 to 9999 in UTC. Digits after the ninth of the fraction are dropped, as in Go. A leap second (`:60`) is refused, as in Go
 * and protobuf: Unix time has no place for it.
 *
 * Read by hand: feeds have several times in every object, and a match makes a dozen texts of each.
 */
export const parseTimestamp = (text: string): Timestamp | undefined => {
  if (
    text[4] !== "-" ||
    text[7] !== "-" ||
    !isOneOf(text, 10, "T", "t") ||
    text[13] !== ":" ||
    text[16] !== ":"
  )
    return undefined
  const date = daysAt(numberAt(text, 0, 4), numberAt(text, 5, 2), numberAt(text, 8, 2))
  const time = secondsAt(numberAt(text, 11, 2), numberAt(text, 14, 2), numberAt(text, 17, 2))
  const zone = endOfFraction(text)
  const offset = offsetAt(text, zone)
  if (date === undefined || time === undefined || offset === undefined) return undefined
  return makeTimestamp(date * 86_400 + time - offset, nanosAt(text, zone))
}

/**
 * RFC 3339 text in UTC with `Z` and 0, 3, 6 or 9 digits of fraction, as few as keep the value: the form of protobuf
 * JSON. Any text of that form is given back unchanged after `parseTimestamp`.
 */
export const formatTimestamp = ({ nanos, seconds }: Timestamp): string => {
  // Made in one piece by the machine; `…:00.000Z`, whose fraction is cut off or replaced.
  const text = new Date(seconds * 1_000 + Math.floor(nanos / 1_000_000)).toISOString()
  if (nanos === 0) return `${text.slice(0, 19)}Z`
  if (nanos % 1_000_000 === 0) return text
  const digits = String(nanos).padStart(9, "0")
  return `${text.slice(0, 20)}${nanos % 1_000 === 0 ? digits.slice(0, 6) : digits}Z`
}

/** The number of so many digits; NaN where one of them is none. */
const numberAt = (text: string, start: number, length: number): number => {
  let value = 0
  for (let index = start; index < start + length; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const isOneOf = (text: string, index: number, upper: string, lower: string): boolean =>
  text[index] === upper || text[index] === lower

/** Where the offset begins; -1 for a point without a digit behind it. */
const endOfFraction = (text: string): number => {
  if (text[19] !== ".") return 19
  let end = 20
  while (!Number.isNaN(numberAt(text, end, 1))) end++
  return end === 20 ? -1 : end
}

/** The seconds of `Z` or `+hh:mm` that the text ends with. */
const offsetAt = (text: string, start: number): number | undefined => {
  if (isOneOf(text, start, "Z", "z")) return text.length === start + 1 ? 0 : undefined
  const sign = text[start]
  if ((sign !== "+" && sign !== "-") || text.length !== start + 6 || text[start + 3] !== ":") return undefined
  const seconds = secondsAt(numberAt(text, start + 1, 2), numberAt(text, start + 4, 2), 0)
  return seconds === undefined ? undefined : sign === "-" ? -seconds : seconds
}

const nanosAt = (text: string, end: number): number => {
  const digits = Math.min(end - 20, 9)
  return digits <= 0 ? 0 : numberAt(text, 20, digits) * 10 ** (9 - digits)
}

const daysAt = (year: number, month: number, day: number): number | undefined =>
  day >= 1 && day <= daysInMonth(year, month) ? daysFromCivilDate(year, month, day) : undefined

const secondsAt = (hour: number, minute: number, second: number): number | undefined =>
  hour <= 23 && minute <= 59 && second <= 59 ? hour * 3_600 + minute * 60 + second : undefined
