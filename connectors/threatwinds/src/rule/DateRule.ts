import { accepted, refused, textRule } from "./AttributeRule.ts"

/** A day that exists, as `2006-01-02`. */
export const dateRule = textRule((text) =>
  isDay(text) ? accepted(text) : refused("is not a day, such as 2024-02-29")
)

/**
 * A point in time as RFC 3339 section 5.6 writes it, with up to nine digits of fraction. The zone stays as it is given,
 * but an offset of 0 is `Z`; zeros at the end of the fraction go. No leap second.
 */
export const datetimeRule = textRule((text) => {
  const [, day = "", time = "", fraction = "", zone = ""] = datetime.exec(text) ?? []
  if (!isDay(day)) return refused(notATime)
  const digits = fraction.replace(/0+$/, "")
  return accepted(`${day}T${time}${digits === "" ? "" : `.${digits}`}${zone.endsWith("00:00") ? "Z" : zone}`)
})

const notATime = "is not a time, such as 2024-02-29T12:30:00.123456789Z"

const datetime =
  /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

const isDay = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const days = daysIn(Number(year), Number(month))
  return Number(day) >= 1 && Number(day) <= days
}

const daysIn = (year: number, month: number): number => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (month === 2) return isLeap ? 29 : 28
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}
