import { canonicalDigest, hashAlgorithmOf } from "../canonical/HashAlgorithm.ts"
import { type PatternError, patternErrorAt, quotedPiece } from "./PatternError.ts"
import { propertyTestsOf } from "./PropertyTests.ts"
import type { Literal, ObjectPath, PropertyTest, StixPattern } from "./StixPattern.ts"

/**
 * The values of the parsed text that cannot be hashes of their kind, such as `file:hashes.MD5 = 'f00'`. The grammar
 * takes them, OASIS's validator does not. Only equality and `IN` are judged: `LIKE` takes a part of a hash.
 */
export const hashProblems = (text: string, pattern: StixPattern): ReadonlyArray<PatternError> =>
  propertyTestsOf(pattern).flatMap((test) => {
    const key = hashKeyOf(test.path)
    const algorithm = key === undefined ? undefined : hashAlgorithmOf(key)
    if (key === undefined || algorithm === undefined) return []
    return valuesOf(test).flatMap(({ kind, value, start }) =>
      kind === "string" && canonicalDigest(algorithm, value) === undefined
        ? [patternErrorAt(text, start, `${quotedPiece(value)} is not a ${key} hash`)]
        : []
    )
  })

/** The key of a path that ends in a key of a `hashes` dictionary, such as `SHA-256`. */
export const hashKeyOf = ({ steps }: ObjectPath): string | undefined => {
  const [dictionary, key] = steps.slice(-2)
  return dictionary?.kind === "property" && dictionary.name === "hashes" && key?.kind === "property"
    ? key.name
    : undefined
}

const valuesOf = (test: PropertyTest): ReadonlyArray<Literal> => {
  switch (test.kind) {
    case "exists":
      return []
    case "in":
      return test.values
    case "comparison":
      return test.operator === "=" || test.operator === "!=" ? [test.operand] : []
  }
}
