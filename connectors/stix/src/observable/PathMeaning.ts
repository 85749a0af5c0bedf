import { hashAlgorithmOf } from "../canonical/HashAlgorithm.ts"
import { hashKeyOf } from "../pattern/HashProblems.ts"
import { quotedPiece } from "../pattern/PatternError.ts"
import type { ObjectPath, PathStep } from "../pattern/StixPattern.ts"
import type { ObservableKind } from "./ObservableKind.ts"

/** Which end of a connection a path of `network-traffic` speaks of. */
export type TrafficEnd = "src" | "dst"

/** What a test of a path says. */
export type PathMeaning =
  /** The value of an observable; `isHash` when other hashes beside it may be of the same thing. */
  | { readonly means: "value"; readonly kind: ObservableKind; readonly isHash: boolean }
  /** An address of an end of a connection, of whichever kind. */
  | { readonly means: "address"; readonly end: TrafficEnd }
  /** The type of that address. */
  | { readonly means: "address-type"; readonly end: TrafficEnd }
  | { readonly means: "port"; readonly end: TrafficEnd }
  | { readonly means: "protocol" }
  /** Nothing that can be looked up, and why. */
  | {
      readonly means: "nothing"
      readonly reason: "index" | "untyped-hash" | "unmapped-path"
      readonly detail: string
    }

/** The meaning of a path, by the table of observable types. */
export const meaningOf = (path: ObjectPath): PathMeaning => {
  const { objectType, steps } = path
  const [first] = steps
  if (objectType === "network-traffic" && first?.kind === "property" && first.name === "protocols") {
    return { means: "protocol" }
  }
  return (
    hashMeaning(path) ??
    indexMeaning(steps) ??
    byPath.get(keyOf(path)) ??
    unmapped(`this property of ${quotedPiece(objectType)}`)
  )
}

const carriers: ReadonlySet<string> = new Set(["file", "x509-certificate"])

const hashMeaning = (path: ObjectPath): PathMeaning | undefined => {
  const { objectType, steps } = path
  const [dictionary, key] = steps
  if (!carriers.has(objectType) || dictionary?.kind !== "property" || dictionary.name !== "hashes")
    return undefined
  if (key === undefined || key.kind !== "property" || steps.length > 2) {
    return { means: "nothing", reason: "untyped-hash", detail: "the path does not say which hash it is" }
  }
  const algorithm = hashAlgorithmOf(hashKeyOf(path) ?? "")
  if (algorithm === undefined) return unmapped(`the hash ${quotedPiece(key.name)}`)
  const kind = objectType === "file" ? algorithm : "certificate-fingerprint"
  return { means: "value", kind, isHash: true }
}

const indexMeaning = (steps: ReadonlyArray<PathStep>): PathMeaning | undefined =>
  steps.every(({ kind }) => kind === "property")
    ? undefined
    : { means: "nothing", reason: "index", detail: "the path goes into a list" }

const unmapped = (what: string): PathMeaning => ({
  means: "nothing",
  reason: "unmapped-path",
  detail: `nothing looks up ${what}`
})

/** A name with a dot in it, which only quotes allow, is in no row of the table. */
const keyOf = ({ objectType, steps }: ObjectPath): string =>
  `${objectType}:${steps.map((step) => (step.kind === "property" ? step.name.replaceAll(".", "\\.") : "")).join(".")}`

const kinds: ReadonlyArray<readonly [path: string, kind: ObservableKind]> = [
  ["ipv4-addr:value", "ipv4-addr"],
  ["ipv6-addr:value", "ipv6-addr"],
  ["domain-name:value", "domain-name"],
  ["url:value", "url"],
  ["email-addr:value", "email-addr"],
  ["email-addr:display_name", "email-display-name"],
  ["email-message:subject", "email-subject"],
  ["file:name", "file-name"],
  ["file:parent_directory_ref.path", "path"],
  ["directory:path", "path"],
  ["mac-addr:value", "mac-addr"],
  ["windows-registry-key:key", "registry-key"],
  ["autonomous-system:number", "asn"],
  ["autonomous-system:name", "as-name"],
  ["x509-certificate:issuer", "certificate-issuer"],
  ["process:command_line", "command-line"],
  ["process:name", "process-name"],
  ["user-account:account_login", "user-name"],
  ["user-account:user_id", "user-name"],
  // Types of Sekoia, not of STIX.
  ["text:value", "text"],
  ["phone-number:value", "phone-number"],
  ["address:value", "postal-address"]
]

const ends: ReadonlyArray<TrafficEnd> = ["src", "dst"]

const byPath: ReadonlyMap<string, PathMeaning> = new Map<string, PathMeaning>([
  ...kinds.map(([path, kind]) => [path, { means: "value", kind, isHash: false }] as const),
  ...ends.map((end) => [`network-traffic:${end}_ref.value`, { means: "address", end }] as const),
  ...ends.map((end) => [`network-traffic:${end}_ref.type`, { means: "address-type", end }] as const),
  ...ends.map((end) => [`network-traffic:${end}_port`, { means: "port", end }] as const)
])
