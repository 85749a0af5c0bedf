import { type DataType, dataTypes } from "./DataType.ts"
import type { AttributeRule } from "./rule/AttributeRule.ts"

/** A type of entity. Its name is also that of the attribute that holds such a value. */
export interface EntityType {
  readonly name: string
  readonly dataType: DataType
  /** How its values are checked and written. */
  readonly rule: AttributeRule
}

/** The type of that name; undefined when ThreatWinds has none. */
export const entityType = (name: string): EntityType | undefined => byName.get(name)

/** The type that is probably meant by a name that is none: other case, other or no separators, or a common name. */
export const similarEntityType = (name: string): EntityType | undefined => {
  // No type has so long a name.
  if (name.length > 64) return undefined
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "")
  return byName.get(commonNames.get(plain) ?? byPlainName.get(plain) ?? "")
}

/**
 * The names by data type: those of the definitions in threatwinds/go-sdk, package `entities` (cfb97dc, 2026-08-18), 129
 * in all. `email` is a message id; an address is an `email-address`.
 */
const names: ReadonlyArray<readonly [DataType, names: string]> = [
  [
    "String",
    `airport-name aso bic category cpe cve email-body email-display-name email-subject email-x-mailer filename iban
    issuer malware malware-family malware-type os postal-address process process-state prtn regkey text threat username
    whois-registrant whois-registrar windows-scheduled-task windows-service-displayname windows-service-name`
  ],
  [
    "Case-sensitive string",
    `breach-description btc chrome-extension-id command cookie dash dkim dkim-signature email
    email-header email-mime-boundary ffn flight id-number mobile-app-id passport password pgp-private-key pgp-public-key
    pnr redress-number ssh-banner ssh-fingerprint ssr value visa xmr zip-code`
  ],
  ["Adversary", "adversary group"],
  ["BASE64", "base64 email-thread-index"],
  ["CIDR", "cidr"],
  ["City", "city"],
  ["Country", "country issuing-country"],
  ["Date", "breach-date date date-of-issue expiration-date"],
  ["Datetime", "datetime last-analysis"],
  ["Email", "email-address eppn jabber-id"],
  ["FQDN", "domain hostname"],
  ["Float", "accuracy-radius latitude longitude size-in-bytes"],
  ["Hexadecimal", "authentihash cdhash certificate-fingerprint hex jarm-fingerprint"],
  ["IP", "ip"],
  ["Integer", "aba-rtn asn bank-account-nr bin breach-count cc-number"],
  ["MAC", "mac-address"],
  ["MD5", "ja3-fingerprint md5"],
  ["MIME type", "mime-type"],
  ["Path", "path"],
  ["Phone", "phone"],
  ["Port", "port"],
  ["Regex", "filename-pattern pattern-in-file pattern-in-memory pattern-in-traffic"],
  ["SHA-1", "sha1"],
  ["SHA-224", "sha224"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
  ["SHA3-224", "sha3-224"],
  ["SHA3-256", "payload sha3-256"],
  ["SHA3-384", "sha3-384"],
  ["SHA3-512", "sha3-512"],
  ["SHA512-224", "sha512-224"],
  ["SHA512-256", "sha512-256"],
  [
    "URL",
    `facebook-profile file-data github-organization github-repository github-user link malware-sample profile-photo
    tiktok-profile twitter-profile url`
  ],
  ["UUID", "breach"],
  ["UUID|MD5|SHA3-256", "file"]
]

/** Every type, by data type and then by name. */
export const entityTypes: ReadonlyArray<EntityType> = names.flatMap(([dataType, names]) =>
  names.split(/\s+/).map((name) => ({ name, dataType, rule: dataTypes[dataType] }))
)

const byName: ReadonlyMap<string, EntityType> = new Map(entityTypes.map((type) => [type.name, type]))

const byPlainName: ReadonlyMap<string, string> = new Map(
  entityTypes.map(({ name }) => [name.replaceAll("-", ""), name])
)

/** What others call it. STIX and MISP have the most of these names. */
const commonNames: ReadonlyMap<string, string> = new Map([
  ["ipv4", "ip"],
  ["ipv6", "ip"],
  ["ipv4addr", "ip"],
  ["ipv6addr", "ip"],
  ["ipaddress", "ip"],
  ["ipsrc", "ip"],
  ["ipdst", "ip"],
  ["network", "cidr"],
  ["domainname", "domain"],
  ["fqdn", "domain"],
  ["host", "hostname"],
  ["uri", "url"],
  ["mac", "mac-address"],
  ["macaddr", "mac-address"],
  ["emailaddr", "email-address"],
  ["mail", "email-address"],
  ["vulnerability", "cve"],
  ["threatactor", "adversary"],
  ["object", "file"]
])
