import { sha3_256 } from "@noble/hashes/sha3.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { canonicalValue, unknownType } from "./CanonicalAttribute.ts"
import { type EntityType, entityType } from "./EntityType.ts"
import { type AttributeValue, refused } from "./rule/AttributeRule.ts"

/** The id, or why there is none. */
export type EntityId =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: string }

/**
 * The id that ThreatWinds gives the entity: its type, `-`, and the SHA3-256 (FIPS 202) of the canonical value of its
 * main attribute in lower-case hexadecimal. The value need not be canonical. The ingest service answers without an id,
 * so this is the only way to know it.
 */
export const entityId = (type: string, value: unknown): EntityId => {
  const known = entityType(type)
  if (known === undefined) return refused(unknownType(type))
  const canonical = canonicalValue(known, value)
  return canonical.ok ? { ok: true, id: canonicalEntityId(known, canonical.value) } : canonical
}

/** As {@link entityId}, of a value that is canonical already. */
export const canonicalEntityId = ({ name, rule }: EntityType, value: AttributeValue): string => {
  const text = typeof value === "number" && rule.kind === "number" ? rule.hashedText(value) : String(value)
  return `${name}-${hash(text)}`
}

/**
 * The id of the relation between two entities, from the first to the second. The ids are taken as the server gave them:
 * some have another form than those that we compute.
 */
export const relationId = (entityId: string, relatedEntityId: string): string =>
  hash(entityId + relatedEntityId)

/**
 * The type and the hash in an id of the form that {@link entityId} gives; undefined for any other. Not for checking the
 * ids that come from a server: those are opaque. The type need not be known.
 */
export const parseEntityId = (id: string): { readonly type: string; readonly hash: string } | undefined => {
  // Types contain hyphens themselves (`sha3-256`).
  const hyphen = id.lastIndexOf("-")
  const hash = id.slice(hyphen + 1)
  return hyphen > 0 && /^[0-9a-f]{64}$/.test(hash) ? { type: id.slice(0, hyphen), hash } : undefined
}

const hash = (text: string): string => bytesToHex(sha3_256(utf8ToBytes(text)))
