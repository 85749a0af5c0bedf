import { accepted, refused, textRule } from "./AttributeRule.ts"

/** A hardware address of six bytes in upper case with hyphens. Colons become hyphens; ThreatWinds refuses them. */
export const macRule = textRule((text) => {
  const written = text.toUpperCase()
  if (/^(?:[0-9A-F]{2}-){5}[0-9A-F]{2}$/.test(written)) return accepted(written)
  if (/^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$/.test(written)) return accepted(written.replaceAll(":", "-"))
  return refused("is not a MAC address of six bytes, such as 00-1A-2B-3C-4D-5E")
})
