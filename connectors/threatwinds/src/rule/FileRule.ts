import { refused, textRule } from "./AttributeRule.ts"
import { hashRule } from "./HexRule.ts"
import { uuidRule } from "./UuidRule.ts"

const md5 = hashRule("MD5", 32, 16)
const sha3 = hashRule("SHA3-256", 64)

/** What names a file: an MD5, a SHA3-256 or a UUID. 32 digits are an MD5. A SHA-256 looks like a SHA3-256: it passes. */
export const fileRule = textRule((text) => {
  const found = [md5, sha3, uuidRule].map((rule) => rule.canonical(text)).find((canonical) => canonical.ok)
  return found ?? refused("is not an MD5 (32 digits), a SHA3-256 (64 digits) or a UUID")
})
