/**
 * A time of RFC 3339 as a text that sorts as time does: UTC, nine digits of fractions. Undefined for anything else.
 * Fractions in one feed have 0 to 6 digits, and `Date` would lose all but three.
 */
export function timeKey(text: string): string | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, whole = "", fraction = "", zone = ""] = match
  const millis = Date.parse(`${whole.toUpperCase().replace(" ", "T")}${zone.toUpperCase()}`)
  if (Number.isNaN(millis)) return undefined
  return `${new Date(millis).toISOString().slice(0, 19)}.${fraction.padEnd(9, "0").slice(0, 9)}`
}

const form = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/
