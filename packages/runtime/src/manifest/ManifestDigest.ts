import { type Json, isJsonList } from "@sallyport/language"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import type { CheckedManifest } from "./CheckedManifest.ts"

/**
 * What a manifest says, as `sha256:` and 64 hexadecimal digits. Comments, formatting and the order of keys do not change
 * it; everything else does, also texts for people.
 */
export const manifestDigest = ({ source }: Pick<CheckedManifest, "source">): string =>
  `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(source))))}`

/**
 * One text for equal data (RFC 8785): no space, keys by their UTF-16 code units, numbers and texts as ECMAScript writes
 * them. Recursive: data of a manifest are at most 64 levels deep (`YamlLimits.depth`).
 */
export const canonicalJson = (value: Json): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  if (isJsonList(value)) return `[${value.map(canonicalJson).join(",")}]`
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`
}
