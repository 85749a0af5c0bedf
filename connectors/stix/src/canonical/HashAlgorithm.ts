/** The hash functions whose values can be looked up; the names are those of ThreatWinds' entity types. */
export type HashAlgorithm =
  | "md5"
  | "sha1"
  | "sha224"
  | "sha256"
  | "sha384"
  | "sha512"
  | "sha3-224"
  | "sha3-256"
  | "sha3-384"
  | "sha3-512"

/**
 * The algorithm of a key of a `hashes` dictionary, whatever its hyphens and case: STIX writes `SHA-256`, feeds write
 * `SHA256` and `sha-256` too. Undefined for others, such as `SSDEEP`, `TLSH` and misspelled ones.
 */
export const hashAlgorithmOf = (key: string): HashAlgorithm | undefined =>
  byBareKey.get(key.replaceAll("-", "").toLowerCase())

/**
 * The digest as lower-case hexadecimal; undefined when it has another form or length. The key decides what it is:
 * SHA-256 and SHA3-256 have the same length.
 */
export const canonicalDigest = (algorithm: HashAlgorithm, text: string): string | undefined => {
  const digits = text.trim().toLowerCase()
  return digits.length === digitCounts[algorithm] && hexadecimal.test(digits) ? digits : undefined
}

const hexadecimal = /^[0-9a-f]+$/

/** Hexadecimal digits of each digest (RFC 1321, FIPS 180-4, FIPS 202). */
const digitCounts: Readonly<Record<HashAlgorithm, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  "sha3-224": 56,
  "sha3-256": 64,
  "sha3-384": 96,
  "sha3-512": 128
}

/** All of them, from the weakest to the strongest. */
export const hashAlgorithms: ReadonlyArray<HashAlgorithm> = [
  "md5",
  "sha1",
  "sha224",
  "sha3-224",
  "sha256",
  "sha3-256",
  "sha384",
  "sha3-384",
  "sha512",
  "sha3-512"
]

const byBareKey: ReadonlyMap<string, HashAlgorithm> = new Map(
  hashAlgorithms.map((algorithm) => [algorithm.replaceAll("-", ""), algorithm])
)
