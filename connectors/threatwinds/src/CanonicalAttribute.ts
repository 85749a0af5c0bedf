import { type EntityType, entityType, similarEntityType } from "./EntityType.ts"
import { quoted } from "./JsonPath.ts"
import { type AttributeValue, type Canonical, refused } from "./rule/AttributeRule.ts"

/** The largest value that ThreatWinds takes, in bytes of UTF-8. */
export const maxAttributeBytes = 65_536

/**
 * The value of an attribute as ThreatWinds keeps it: the value that is sent and hashed into the entity's id. The reason
 * of a refusal is one clause that says what to do and never contains the value. Both the value and its canonical form
 * are at most {@link maxAttributeBytes}. Never throws.
 */
export const canonicalAttribute = (type: string, value: unknown): Canonical => {
  const known = entityType(type)
  return known === undefined ? refused(unknownType(type)) : canonicalValue(known, value)
}

/** As {@link canonicalAttribute}, of a type that is known. */
export const canonicalValue = ({ rule }: EntityType, value: unknown): Canonical => {
  if (typeof value !== "string" && !(typeof value === "number" && rule.kind === "number")) {
    return refused(rule.kind === "number" ? `must be a number, not ${kindOf(value)}` : notText(value))
  }
  if (typeof value === "number")
    return rule.kind === "number" ? rule.canonical(value) : refused(notText(value))
  const problem = textProblem(value)
  if (problem !== undefined) return refused(problem)
  // Half a surrogate pair cannot be sent: in JSON it arrives as U+FFFD.
  const canonical = rule.canonical(value.toWellFormed())
  return canonical.ok && isTooLong(canonical.value) ? refused(tooLong) : canonical
}

/** What to say of a type that does not exist. */
export const unknownType = (name: string): string => {
  const similar = similarEntityType(name)
  return `unknown entity type ${quoted(name)}${similar === undefined ? "" : `; did you mean "${similar.name}"?`}`
}

const textProblem = (value: string): string | undefined => {
  if (isTooLong(value)) return tooLong
  return /\P{White_Space}/u.test(value) ? undefined : "must not be empty"
}

const tooLong = `must not be longer than ${maxAttributeBytes} bytes`

/** A text has at least as many bytes as UTF-16 units, so most that are too long need not be counted. */
const isTooLong = (value: AttributeValue): boolean =>
  typeof value === "string" &&
  (value.length > maxAttributeBytes || Buffer.byteLength(value) > maxAttributeBytes)

/** ThreatWinds would write 1234567 as 1.234567e+06. */
const notText = (value: unknown): string =>
  typeof value === "number" ? "must be text: put the number in quotes" : `must be text, not ${kindOf(value)}`

const kindOf = (value: unknown): string => {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  if (typeof value === "boolean") return "a boolean"
  return typeof value === "object" ? "an object" : `of type ${typeof value}`
}
