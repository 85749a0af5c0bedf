import { canonicalValue } from "../canonical/CanonicalValue.ts"
import { parseIpNetwork } from "../canonical/IpNetwork.ts"
import { partsOfUrl } from "../canonical/UrlText.ts"
import type { EntityType } from "../manifest.gen.ts"
import type { ObservableKind } from "../observable/ObservableKind.ts"
import { domainEntityType, refusedDomain } from "./DomainEntity.ts"
import { refusedAddress } from "./PublicAddress.ts"

/** An entity's type and its main attribute in the form that ThreatWinds keeps. */
export interface EntityValue {
  readonly type: EntityType
  readonly value: string | number
}

/** What ThreatWinds does not take, such as `a private address`. */
export interface RefusedValue {
  readonly refused: string
}

/**
 * The entity that a value is in ThreatWinds, by its rules of each type; or why it refuses the value, so that no request
 * is spent on it.
 */
export const entityValueOf = (kind: ObservableKind, text: string): EntityValue | RefusedValue => {
  const value = canonicalValue(kind, text)
  if (value === undefined) return { refused: `a value that is none of kind ${kind}` }
  const { canonical } = value
  if (new TextEncoder().encode(canonical).length > maxBytes)
    return { refused: "a value of more than 65536 bytes" }
  const refused = refusalOf(value.kind, canonical)
  return refused === undefined
    ? { type: typeOf(value.kind, canonical), value: attributeOf(value.kind, canonical) }
    : { refused }
}

const maxBytes = 65_536

const typeOf = (kind: ObservableKind, canonical: string): EntityType =>
  kind === "domain-name" ? domainEntityType(canonical) : entityTypes[kind]

/** The entity type of a kind where the kind alone tells it. */
const entityTypes: { readonly [K in Exclude<ObservableKind, "domain-name">]: EntityType } = {
  "ipv4-addr": "ip",
  "ipv6-addr": "ip",
  cidr: "cidr",
  url: "url",
  // The type `email` is the id of a message.
  "email-addr": "email-address",
  "mac-addr": "mac-address",
  md5: "md5",
  sha1: "sha1",
  sha224: "sha224",
  sha256: "sha256",
  sha384: "sha384",
  sha512: "sha512",
  "sha3-224": "sha3-224",
  "sha3-256": "sha3-256",
  "sha3-384": "sha3-384",
  "sha3-512": "sha3-512",
  "as-name": "aso",
  "certificate-issuer": "issuer",
  "command-line": "command",
  "email-display-name": "email-display-name",
  "email-subject": "email-subject",
  "file-name": "filename",
  path: "path",
  "phone-number": "phone",
  "postal-address": "postal-address",
  "process-name": "process",
  "registry-key": "regkey",
  text: "text",
  "user-name": "username",
  asn: "asn",
  "certificate-fingerprint": "certificate-fingerprint"
}

const attributeOf = (kind: ObservableKind, canonical: string): string | number => {
  if (kind === "asn") return Number(canonical)
  return kind === "mac-addr" ? canonical.toUpperCase().replaceAll(":", "-") : canonical
}

const refusalOf = (kind: ObservableKind, canonical: string): string | undefined => {
  switch (kind) {
    case "ipv4-addr":
    case "ipv6-addr":
    case "cidr": {
      const network = parseIpNetwork(canonical)
      return network && refusedAddress(network)
    }
    case "domain-name":
      return refusedDomain(canonical)
    case "url":
      return refusedUrl(canonical)
    case "email-addr":
      return isEmailAddress(canonical) ? undefined : "a malformed e-mail address"
    case "path":
      return canonical.includes("://") ? "a path that is a URL" : undefined
    default:
      return undefined
  }
}

const refusedUrl = (url: string): string | undefined => {
  const parts = partsOfUrl(url)
  if (parts === undefined) return "a URL without a scheme"
  if (parts.host === "") return "a URL without a host"
  if (/[\s\p{Cc}]/u.test(url)) return "a URL with a blank or a control character"
  const [path = ""] = parts.rest.split(/[?#]/, 1)
  return /%(?![0-9A-Fa-f]{2})/.test(path) ? "a URL with a malformed percent escape" : undefined
}

/** The local part is a dot-atom (RFC 5322 section 3.2.3). */
const isEmailAddress = (address: string): boolean => {
  const at = address.lastIndexOf("@")
  const local = address.slice(0, Math.max(at, 0))
  const isAtom =
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/.test(local) && local.split(".").every((word) => word !== "")
  return isAtom && refusedDomain(address.slice(at + 1)) === undefined
}
