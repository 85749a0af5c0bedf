import { accepted, refused, textRule } from "./AttributeRule.ts"

/**
 * A media type in lower case, without parameters. ThreatWinds refuses some that are registered: a type with other than
 * letters, a subtype of fewer than three characters, and one with a single character between two separators.
 */
export const mimeRule = textRule((text) => {
  if (text.includes(";")) return refused("has parameters; give the type alone, such as text/html")
  const written = text.toLowerCase()
  const [type = "", subtype = "", ...rest] = written.split("/", 3)
  if (rest.length > 0 || !/^[a-z]+$/.test(type) || !isSubtype(subtype)) return refused(notAType)
  return accepted(written)
})

const notAType =
  "is not a media type that ThreatWinds takes, such as application/json or application/vnd.ms-excel"

const isSubtype = (text: string): boolean => {
  if (!/^[a-z0-9]+(?:[+,.-][a-z0-9]+)*$/.test(text) || text.length < 3) return false
  return text
    .split(/[+,.-]/)
    .slice(1, -1)
    .every((part) => part.length >= 2)
}
