import type { HashAlgorithm } from "../canonical/HashAlgorithm.ts"

/** What a value is. One word for each way of looking it up, whatever object of STIX carries it. */
export type ObservableKind = AddressKind | HashAlgorithm | TextKind | "asn" | "certificate-fingerprint"

/** A value that is an address of some network; its form tells which. */
export type AddressKind =
  | "ipv4-addr"
  | "ipv6-addr"
  | "cidr"
  | "domain-name"
  | "url"
  | "email-addr"
  | "mac-addr"

/** A value that is text. */
export type TextKind =
  | "as-name"
  | "certificate-issuer"
  | "command-line"
  | "email-display-name"
  | "email-subject"
  | "file-name"
  | "path"
  | "phone-number"
  | "postal-address"
  | "process-name"
  | "registry-key"
  | "text"
  | "user-name"
