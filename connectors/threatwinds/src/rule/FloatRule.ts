import { accepted, type NumberRule, refused } from "./AttributeRule.ts"

/** A number, also given as decimal text. ThreatWinds takes what it cannot read for 0, so this check is the only one. */
export const floatRule: NumberRule = {
  kind: "number",
  canonical: (value) => {
    if (typeof value === "string" && !decimal.test(value)) return refused(notANumber)
    const number = Number(value)
    if (!Number.isFinite(number)) return refused(notANumber)
    // JSON as JavaScript writes it has no negative zero.
    return accepted(number === 0 ? 0 : number)
  },
  hashedText: (value) => goText(value)
}

const notANumber = "is not a number, such as 40.7128"

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,4})?$/i

/**
 * The number as Go's `fmt.Sprint` writes a float64, which is what ThreatWinds hashes: the shortest digits, with an
 * exponent of at least two digits from 1e+06 up and below 0.0001.
 */
const goText = (value: number): string => {
  const [digits = "", power = ""] = value.toExponential().split("e")
  const exponent = Number(power)
  // From 1e-6 up JavaScript writes no exponent either.
  if (exponent >= -4 && exponent < 6) return String(value)
  const sign = exponent < 0 ? "-" : "+"
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`
}
