import type { Timestamp } from "../Value.ts"
import { civilDateFromDays, daysFromCivilDate, daysInMonth } from "./CivilDate.ts"
import { makeTimestamp } from "./TimeArithmetic.ts"

/** RFC 3339 section 5.6, `date-time`: `T` and `Z` in either case, the offset is required. */
const dateTime =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/

/**
 * The point in time that RFC 3339 text names; undefined when the text is not RFC 3339, names a day or time that does
 * not exist, or lies outside the years 1 to 9999 in UTC. Digits after the ninth of the fraction are dropped, as in Go.
 * A leap second (`:60`) is refused, as in Go and protobuf: Unix time has no place for it.
 */
export const parseTimestamp = (text: string): Timestamp | undefined => {
  const match = dateTime.exec(text)
  if (match === null) return undefined
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = "",
    sign,
    offsetHour = "0",
    offsetMinute = "0"
  ] = match
  const date = daysAt(Number(year), Number(month), Number(day))
  const time = secondsAt(Number(hour), Number(minute), Number(second))
  const offset = secondsAt(Number(offsetHour), Number(offsetMinute), 0)
  if (date === undefined || time === undefined || offset === undefined) return undefined
  const local = date * 86_400 + time
  return makeTimestamp(sign === "-" ? local + offset : local - offset, nanosOf(fraction))
}

/**
 * RFC 3339 text in UTC with `Z` and 0, 3, 6 or 9 digits of fraction, as few as keep the value: the form of protobuf
 * JSON. Any text of that form is given back unchanged after `parseTimestamp`.
 */
export const formatTimestamp = (timestamp: Timestamp): string => {
  const days = Math.floor(timestamp.seconds / 86_400)
  const time = timestamp.seconds - days * 86_400
  const { year, month, day } = civilDateFromDays(days)
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`
  const clock = `${two(Math.floor(time / 3_600))}:${two(Math.floor(time / 60) % 60)}:${two(time % 60)}`
  return `${date}T${clock}${fractionOf(timestamp.nanos)}Z`
}

const daysAt = (year: number, month: number, day: number): number | undefined =>
  day >= 1 && day <= daysInMonth(year, month) ? daysFromCivilDate(year, month, day) : undefined

const secondsAt = (hour: number, minute: number, second: number): number | undefined =>
  hour <= 23 && minute <= 59 && second <= 59 ? hour * 3_600 + minute * 60 + second : undefined

const nanosOf = (fraction: string): number => Number(fraction.slice(0, 9).padEnd(9, "0"))

const fractionOf = (nanos: number): string => {
  if (nanos === 0) return ""
  const digits = String(nanos).padStart(9, "0")
  if (nanos % 1_000_000 === 0) return `.${digits.slice(0, 3)}`
  return `.${nanos % 1_000 === 0 ? digits.slice(0, 6) : digits}`
}

const two = (value: number): string => String(value).padStart(2, "0")
