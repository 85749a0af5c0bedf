import { accepted, refused, textRule } from "./AttributeRule.ts"
import { lowerCase } from "./LowerCase.ts"

/**
 * An e-mail address (RFC 5322 section 3.4.1, with RFC 6532) in lower case, without spaces around it. Stricter than
 * ThreatWinds: no display name, comment, quoted local part or address literal.
 */
export const emailRule = textRule((text) => {
  const address = text.trim()
  if (address.includes("<"))
    return refused("has a display name; give the address alone, such as user@example.com")
  if (!isAddress(address)) return refused("is not an e-mail address, such as user@example.com")
  return accepted(lowerCase(address))
})

/** Does ThreatWinds read an e-mail address in it, with or without a display name? */
export const isMailbox = (text: string): boolean => {
  const trimmed = text.trim()
  const open = trimmed.lastIndexOf("<")
  return isAddress(trimmed.endsWith(">") && open >= 0 ? trimmed.slice(open + 1, -1).trim() : trimmed)
}

/** One or more atoms separated by dots. */
const dotAtom = /^[^\u0000-\u0020\u007f()<>[\]:;@\\,."]+(?:\.[^\u0000-\u0020\u007f()<>[\]:;@\\,."]+)*$/

const isAddress = (text: string): boolean => {
  const [local, domain, ...rest] = text.split("@", 3)
  if (local === undefined || domain === undefined || rest.length > 0) return false
  return dotAtom.test(local) && dotAtom.test(domain)
}
