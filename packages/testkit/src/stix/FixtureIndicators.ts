import type { Json } from "@sallyport/language"
import type { JsonObject } from "../json/JsonText.ts"
import type { FixtureDraft } from "./FixtureDraft.ts"

/** What makes one kind of indicator; it is added to what all indicators have. */
export type IndicatorKind = (draft: FixtureDraft) => IndicatorParts

/** A pattern, what it is about, and fields that replace the usual ones; null as a value stays null. */
export interface IndicatorParts {
  readonly pattern: string
  readonly name?: string
  readonly types: ReadonlyArray<string>
  readonly fields?: JsonObject
  /** Fields of usual indicators that this one does not have. */
  readonly without?: ReadonlyArray<string>
}

/** The kinds of indicators in a round of fixtures, by name. */
export const indicatorKinds: { readonly [kind: string]: IndicatorKind } = {
  ipv4: ({ ipv4 }) => valued("ipv4-addr", ipv4),
  domain: ({ domain }) => valued("domain-name", domain),
  url: ({ domain, index }) => valued("url", `https://${domain}/gate/${index}.php?id=${index}&step=2`),
  sha256: ({ random }) => {
    const hash = random.hex(64)
    return { pattern: `[file:hashes.'SHA-256' = '${hash}']`, name: hash, types: ["file"] }
  },
  fourHashes: ({ random }) => {
    const [md5, sha1, sha256, sha512] = [random.hex(32), random.hex(40), random.hex(64), random.hex(128)]
    return {
      pattern: `[file:hashes.MD5 = '${md5}' OR file:hashes.'SHA-1' = '${sha1}' OR file:hashes.'SHA-256' = '${sha256}' OR file:hashes.'SHA-512' = '${sha512}']`,
      name: sha256,
      types: ["file"]
    }
  },
  cidr: ({ random }) => valued("ipv4-addr", `203.0.113.${random.below(16) * 16}/28`),
  ipv6: ({ ipv6 }) => valued("ipv6-addr", ipv6),
  ipv6Host: ({ ipv6 }) => valued("ipv6-addr", `${ipv6}/128`),
  quoted: ({ domain }) => {
    const value = `kevin.o'brien@${domain}`
    return { pattern: `[email-addr:value = '${escaped(value)}']`, name: value, types: ["email-addr"] }
  },
  registryKey: ({ index }) => {
    const key = String.raw`HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run${"\\"}upd${index}`
    return {
      pattern: `[windows-registry-key:key = '${escaped(key)}']`,
      name: key,
      types: ["windows-registry-key"]
    }
  },
  yara: ({ index }) => ({
    pattern: `rule sample_${index} {\n  strings:\n    $a = "umbral-${index}" ascii\n  condition:\n    $a\n}`,
    name: `YARA rule for sample ${index}`,
    types: [],
    fields: { pattern_type: "yara" },
    without: ["valid_until", "x_ic_observable_types"]
  }),
  compound: ({ domain, ipv4 }) => ({
    pattern: `[ipv4-addr:value = '${ipv4}'] AND [domain-name:value = '${domain}']`,
    name: `${domain} on ${ipv4}`,
    types: ["ipv4-addr", "domain-name"]
  }),
  followedBy: ({ domain, ipv4 }) => ({
    pattern: `([domain-name:value = '${domain}'] FOLLOWEDBY [ipv4-addr:value = '${ipv4}']) WITHIN 300 SECONDS`,
    name: `Beacon to ${domain}`,
    types: ["domain-name", "ipv4-addr"]
  }),
  networkTraffic: ({ ipv4 }) => ({
    pattern: `[network-traffic:dst_ref.value = '${ipv4}' AND network-traffic:dst_port = 8443]`,
    name: `${ipv4}:8443`,
    types: ["network-traffic"]
  }),
  severalValues: ({ domain, ipv4 }) => ({
    pattern: `[ipv4-addr:value = '${ipv4}' OR domain-name:value = '${domain}']`,
    name: domain,
    types: ["ipv4-addr", "domain-name"]
  }),
  partial: ({ domain }) => ({
    pattern: `[domain-name:value LIKE '%.${domain}' OR domain-name:value = '${domain}']`,
    name: domain,
    types: ["domain-name"]
  }),
  underscore: ({ domain }) => valued("domain-name", `log_in.${domain}`),
  unicode: ({ index }) => ({
    ...valued("domain-name", `bücher-${index}.example`),
    name: `Bücher „Köder“ — 偽装サイト ${index} 🪤`
  }),
  longUrl: ({ domain, random }) => valued("url", `http://${domain}/a?token=${random.hex(320)}`),
  privateAddress: ({ random }) => valued("ipv4-addr", `192.168.0.${1 + random.below(254)}`),
  unparsable: ({ domain }) => ({
    pattern: `[domain-name:value = '${domain}`,
    name: domain,
    types: ["domain-name"]
  }),
  revoked: ({ domain }) => ({ ...valued("domain-name", domain), fields: { revoked: true } }),
  expired: ({ ipv4 }) => ({
    ...valued("ipv4-addr", ipv4),
    fields: { valid_from: "2021-03-01T00:00:00Z", valid_until: "2021-09-01T00:00:00.000Z" }
  }),
  notYetValid: ({ domain }) => ({
    ...valued("domain-name", domain),
    fields: { valid_from: "2037-01-01T00:00:00Z", valid_until: "2037-07-01T00:00:00Z" }
  }),
  deprecated: ({ domain }) => ({ ...valued("domain-name", domain), fields: { x_ic_deprecated: true } }),
  nullConfidence: ({ ipv4 }) => ({ ...valued("ipv4-addr", ipv4), fields: { confidence: null } }),
  noConfidence: ({ domain }) => ({ ...valued("domain-name", domain), without: ["confidence"] }),
  noSources: ({ ipv6 }) => ({ ...valued("ipv6-addr", ipv6), without: ["x_inthreat_sources_refs"] }),
  noMarkings: ({ ipv4 }) => ({ ...valued("ipv4-addr", ipv4), without: ["object_marking_refs"] }),
  benign: ({ domain }) => ({ ...valued("domain-name", domain), fields: { indicator_types: ["benign"] } }),
  conflicting: ({ domain }) => ({
    ...valued("domain-name", domain),
    fields: { indicator_types: ["benign", "malicious-activity"] }
  }),
  unknownFields: ({ ipv4 }) => ({
    ...valued("ipv4-addr", ipv4),
    fields: {
      x_vendor_score: { value: 0.25, scale: ["low", "high"] },
      x_mitre_platforms: ["Linux", "Windows"],
      "x-with-hyphen": null
    }
  })
}

/** An indicator: what all of them have, changed by what its kind says. */
export function indicatorFields(draft: FixtureDraft, parts: IndicatorParts): JsonObject {
  const { random } = draft
  const usual: { [name: string]: Json } = {
    name: parts.name ?? parts.pattern,
    description: draft.prose(60 + random.below(720)),
    pattern_type: "stix",
    pattern: parts.pattern,
    indicator_types: random.pick<ReadonlyArray<string>>([
      ["malicious-activity"],
      ["malicious-activity"],
      ["compromised"],
      ["attribution"],
      ["anomalous-activity"],
      ["anonymization"]
    ]),
    valid_from: draft.created,
    valid_until: random.pick(["2036-06-30T00:00:00Z", "2036-12-31T23:59:59.999Z", "2036-01-01T00:00:00.25Z"]),
    confidence: random.pick([100, 100, 100, 90, 80, 75, 50, 19]),
    kill_chain_phases: [
      { kill_chain_name: "lockheed-martin-cyber-kill-chain", phase_name: random.pick(phases) },
      { kill_chain_name: "mitre-attack", phase_name: random.pick(phases) }
    ],
    x_ic_observable_types: parts.types,
    x_ic_is_in_flint: random.once(5),
    x_ic_deprecated: false,
    ...parts.fields
  }
  return Object.fromEntries(Object.entries(usual).filter(([name]) => parts.without?.includes(name) !== true))
}

const phases = ["delivery", "exploitation", "installation", "command-and-control"] as const

const valued = (type: string, value: string): IndicatorParts => ({
  pattern: `[${type}:value = '${escaped(value)}']`,
  name: value,
  types: [type]
})

const escaped = (value: string): string => value.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)
