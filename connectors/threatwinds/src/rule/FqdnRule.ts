import { accepted, refused, textRule } from "./AttributeRule.ts"

/**
 * A host name with its domain, in lower case. The published expression for it backtracks exponentially in JavaScript;
 * this one separates its parts by characters that are in none of them, so it is linear.
 */
export const fqdnRule = textRule((text) => {
  const reason = refusal(text)
  return reason === undefined ? accepted(text.toLowerCase()) : refused(reason)
})

/** Letters and digits, separated by one dot or by one or two hyphens. */
const parts = /^[a-z0-9]+(?:(?:--?|\.)[a-z0-9]+)*$/i

/** The top-level domain: it has no digit and no hyphen, so none in punycode (`xn--p1ai`) passes. */
const topLevel = /\.[a-z]{2,20}$/i

const refusal = (text: string): string | undefined => {
  if (/[^\u0000-\u007f]/.test(text))
    return "has characters outside of ASCII; write the name in punycode (xn--…)"
  if (text.includes("://")) return 'is a URL; report it as type "url", or only its host'
  if (text.endsWith(".")) return "ends in a dot; leave that out"
  if (text.includes("_")) return "has an underscore, which a host name cannot have"
  if (!text.includes(".")) return "has no dot; a name within its domain is needed, such as www.example.com"
  if (!parts.test(text))
    return "is not a domain name: letters, digits, single dots and up to two hyphens in a row"
  if (!topLevel.test(text)) return "does not end in a top-level domain of 2 to 20 letters"
  return undefined
}
