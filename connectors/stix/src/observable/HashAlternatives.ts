import { type HashAlgorithm, hashAlgorithmOf } from "../canonical/HashAlgorithm.ts"
import { hashKeyOf } from "../pattern/HashProblems.ts"
import type { PropertyTest } from "../pattern/StixPattern.ts"
import { meaningOf } from "./PathMeaning.ts"

/**
 * Of tests joined by `OR` in one pair of brackets, those that give different hashes of one thing: two or more hashes of
 * the same object type, no two of one algorithm, because one file has one MD5.
 */
export const hashAlternatives = (
  tests: ReadonlyArray<PropertyTest>
): ReadonlyArray<ReadonlyArray<PropertyTest>> => {
  const byType = new Map<string, Array<readonly [test: PropertyTest, algorithm: HashAlgorithm]>>()
  for (const test of tests) {
    const algorithm = algorithmOf(test)
    if (algorithm === undefined) continue
    const others = byType.get(test.path.objectType)
    if (others === undefined) byType.set(test.path.objectType, [[test, algorithm]])
    else others.push([test, algorithm])
  }
  return [...byType.values()]
    .filter(
      (group) => group.length > 1 && new Set(group.map(([, algorithm]) => algorithm)).size === group.length
    )
    .map((group) => group.map(([test]) => test))
}

const algorithmOf = (test: PropertyTest): HashAlgorithm | undefined => {
  const meaning = meaningOf(test.path)
  return meaning.means === "value" && meaning.isHash ? hashAlgorithmOf(hashKeyOf(test.path) ?? "") : undefined
}
