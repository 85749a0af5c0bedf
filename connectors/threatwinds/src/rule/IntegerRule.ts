import { accepted, type NumberRule, refused } from "./AttributeRule.ts"

/**
 * A whole number, also given as decimal text. ThreatWinds takes what it cannot read for 0 and would file the report
 * under it, so this check is the only one. Stricter than its 64 bits: JSON has no more than 53 that are safe.
 */
export const integerRule: NumberRule = {
  kind: "number",
  canonical: (value) => {
    if (typeof value === "string" && !/^[+-]?\d+$/.test(value)) return refused(notWhole)
    const number = Number(value)
    if (!Number.isFinite(number) || Math.trunc(number) !== number) return refused(notWhole)
    if (!Number.isSafeInteger(number)) return refused("is beyond 9007199254740991 and cannot be sent exactly")
    // There is no negative zero among whole numbers.
    return accepted(number === 0 ? 0 : number)
  },
  hashedText: (value) => String(value)
}

const notWhole = "is not a whole number, such as 15169"
