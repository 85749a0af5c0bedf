import { accepted, refused, textRule } from "./AttributeRule.ts"

/** Base64 with padding (RFC 4648 section 4), as it is given. Line ends within it are taken, and stay. */
export const base64Rule = textRule((text) => {
  const characters = text.replace(/[\r\n]+/g, "")
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(characters) && characters.length % 4 === 0) return accepted(text)
  if (/^[A-Za-z0-9_-]+$/.test(characters)) {
    return refused('is not standard Base64: it uses + and /, and "=" up to a multiple of four characters')
  }
  return refused("is not Base64, such as SGVsbG8=")
})
