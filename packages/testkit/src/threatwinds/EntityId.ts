import { createHash } from "node:crypto"

/** The id of an entity: its type, `-`, and the SHA3-256 of its canonical main value. */
export const entityId = (type: string, value: string): string =>
  `${type}-${sha3(canonicalValue(type, value))}`

/** The id of a relation, which is the same for the same two entities. */
export const relationId = (source: string, target: string): string => sha3(source + target)

/**
 * The form of a main value that is hashed. Simpler than the service's: letters are made small unless the type tells them
 * apart, of URLs only those of scheme and host; addresses are taken as they come.
 */
export function canonicalValue(type: string, value: string): string {
  if (caseSensitive.has(type)) return value
  if (type === "mac-address") return value.toUpperCase().replaceAll(":", "-")
  if (type === "url") return value.replace(/^[^/]*\/\/[^/?#]*/, (start) => start.toLowerCase())
  return value.toLowerCase()
}

const sha3 = (text: string): string => createHash("sha3-256").update(text).digest("hex")

const caseSensitive: ReadonlySet<string> = new Set([
  "btc",
  "command",
  "cookie",
  "dash",
  "email",
  "email-header",
  "password",
  "passport",
  "ssh-banner",
  "ssh-fingerprint",
  "value",
  "xmr",
  "zip-code"
])
