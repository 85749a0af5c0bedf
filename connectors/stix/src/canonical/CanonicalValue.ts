import type { ObservableKind } from "../observable/ObservableKind.ts"
import { canonicalDomainName } from "./DomainName.ts"
import { foldedText, printableText } from "./FoldedText.ts"
import { canonicalDigest } from "./HashAlgorithm.ts"
import { formatIpNetwork, isIpv4, isSingleAddress, parseIpNetwork } from "./IpNetwork.ts"
import { canonicalMacAddress } from "./MacAddress.ts"
import { canonicalUrl } from "./UrlText.ts"

/** A value in its one way of writing. */
export interface CanonicalValue {
  /** The kind that was asked for, but for addresses: `192.0.2.0/24` is a `cidr`, `::ffff:192.0.2.1` an `ipv4-addr`. */
  readonly kind: ObservableKind
  readonly canonical: string
}

/**
 * The value in the one way to write it, so that equal things are equal texts; undefined when the text is no value of the
 * kind. What only ThreatWinds refuses (private addresses, `_` in a name, a URL without scheme) is a value here.
 * Canonical text stays as it is when it is read again.
 */
export const canonicalValue = (kind: ObservableKind, text: string): CanonicalValue | undefined => {
  if (kind === "ipv4-addr" || kind === "ipv6-addr" || kind === "cidr") return canonicalAddress(text)
  const canonical = canonicalText(kind, text)
  return canonical === undefined || canonical.trim() === "" ? undefined : { kind, canonical }
}

/** By the version of the address and the length of its prefix, not by the name of the property that held it. */
const canonicalAddress = (text: string): CanonicalValue | undefined => {
  const network = parseIpNetwork(text)
  if (network === undefined) return undefined
  const kind = isSingleAddress(network) ? (isIpv4(network) ? "ipv4-addr" : "ipv6-addr") : "cidr"
  return { kind, canonical: formatIpNetwork(network) }
}

const canonicalText = (
  kind: Exclude<ObservableKind, "ipv4-addr" | "ipv6-addr" | "cidr">,
  text: string
): string | undefined => {
  switch (kind) {
    case "domain-name":
      return canonicalDomainName(text)
    case "url":
      return canonicalUrl(text)
    case "email-addr":
      return text.trim().toLowerCase()
    case "mac-addr":
      return canonicalMacAddress(text)
    case "asn":
      return canonicalAsn(text)
    case "certificate-fingerprint":
      return canonicalFingerprint(text)
    case "phone-number":
      return canonicalPhoneNumber(text)
    case "command-line":
      return printableText(text)
    case "as-name":
    case "certificate-issuer":
    case "email-display-name":
    case "email-subject":
    case "file-name":
    case "path":
    case "postal-address":
    case "process-name":
    case "registry-key":
    case "text":
    case "user-name":
      return foldedText(text)
    default:
      return canonicalDigest(kind, text)
  }
}

/** The number alone, with or without `AS` before it; 32 bits (RFC 6793). */
const canonicalAsn = (text: string): string | undefined => {
  const [, digits] = /^(?:AS)?\+?0*(\d{1,10})$/i.exec(text.trim()) ?? []
  const number = Number(digits)
  return number <= 0xffff_ffff ? String(number) : undefined
}

/** Pairs of lower-case hexadecimal digits; the `:` between them that some tools write are left out. */
const canonicalFingerprint = (text: string): string | undefined => {
  const digits = text.trim().replaceAll(":", "").toLowerCase()
  return digits.length % 2 === 0 && /^[0-9a-f]{32,128}$/.test(digits) ? digits : undefined
}

/** As in E.164: `+` and at most 15 digits; blanks, dots, hyphens and parentheses are left out. */
const canonicalPhoneNumber = (text: string): string | undefined => {
  const digits = text.replaceAll(/[\s().-]/g, "")
  return /^\+[1-9]\d{3,14}$/.test(digits) ? digits : undefined
}
