import { accepted, refused, textRule } from "./AttributeRule.ts"

/**
 * A UUID in lower case with hyphens. Also taken as ThreatWinds takes it: in braces, after `urn:uuid:`, and as 32 digits
 * without hyphens. Any version and variant.
 */
export const uuidRule = textRule((text) => {
  const digits =
    plain.exec(text)?.[0] ?? braced.exec(text)?.[1] ?? urn.exec(text)?.[1] ?? bare.exec(text)?.[0]
  if (digits === undefined) return refused("is not a UUID, such as 123e4567-e89b-12d3-a456-426655440000")
  const hex = digits.replaceAll("-", "").toLowerCase()
  return accepted(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
  )
})

const plain = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const braced = /^\{([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}$/i
const urn = /^urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i
const bare = /^[0-9a-f]{32}$/i
