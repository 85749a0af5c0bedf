import { type HashAlgorithm, hashAlgorithms } from "../canonical/HashAlgorithm.ts"
import type { EntityType } from "../manifest.gen.ts"
import type { Observable } from "../observable/Observable.ts"
import type { Association } from "./Submission.ts"

/** A file that is known by several hashes, as one entity. */
export interface FileEntity {
  readonly type: EntityType
  readonly attributes: Readonly<Record<string, string>>
  /** Hashes that the entity's type has no attribute for, as parts of it. */
  readonly associations: ReadonlyArray<Association>
  /** Attributes that ThreatWinds makes entities of, too. */
  readonly correlate: ReadonlyArray<string>
}

/**
 * The entity of a file known by several hashes. ThreatWinds identifies the type `file` by SHA3-256 or MD5 and gives it
 * attributes for four hashes; without one of those two the strongest hash is the entity and the others are parts of it.
 * Undefined when a value is no hash of a file, or there is none.
 */
export const fileEntityOf = (alternatives: ReadonlyArray<Observable>): FileEntity | undefined => {
  const hashes = alternatives.flatMap(({ kind, canonical, stixType }) => {
    const algorithm = stixType === "file" ? hashAlgorithms.find((name) => name === kind) : undefined
    return algorithm === undefined ? [] : [{ algorithm, canonical }]
  })
  const strongestFirst = hashes.toSorted(
    (left, right) => strength(right.algorithm) - strength(left.algorithm)
  )
  const [strongest] = strongestFirst
  if (strongest === undefined || hashes.length < alternatives.length) return undefined
  const key = identifying.flatMap((name) => hashes.filter(({ algorithm }) => algorithm === name)).at(0)
  const isOwn = (hash: FileHash): boolean =>
    key === undefined ? hash === strongest : own.has(hash.algorithm)
  const attributes = Object.fromEntries(
    strongestFirst.filter(isOwn).map(({ algorithm, canonical }) => [algorithm, canonical])
  )
  return {
    type: key === undefined ? strongest.algorithm : "file",
    attributes: key === undefined ? attributes : { file: key.canonical, ...attributes },
    associations: strongestFirst.filter((hash) => !isOwn(hash)).map(partOf),
    correlate: key === undefined ? [] : Object.keys(attributes)
  }
}

interface FileHash {
  readonly algorithm: HashAlgorithm
  readonly canonical: string
}

/** In the order of preference: two files with one MD5 can be made. */
const identifying: ReadonlyArray<HashAlgorithm> = ["sha3-256", "md5"]

/** The hashes that are attributes of `file`. */
const own: ReadonlySet<HashAlgorithm> = new Set(["md5", "sha1", "sha256", "sha3-256"])

const strength = (algorithm: HashAlgorithm): number => hashAlgorithms.indexOf(algorithm)

const partOf = ({ algorithm, canonical }: FileHash): Association => ({
  mode: "aggregation",
  type: algorithm,
  attributes: { [algorithm]: canonical }
})
