import type { ComparisonExpression, ObservationExpression, PropertyTest, StixPattern } from "./StixPattern.ts"

/** Every property test of the pattern, in the order of the text. */
export const propertyTestsOf = (pattern: StixPattern): ReadonlyArray<PropertyTest> => {
  const tests: Array<PropertyTest> = []
  // Last in, first out: operands go in backwards.
  const pending: Array<ObservationExpression | ComparisonExpression> = [pattern]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("operands" in next) pending.push(...next.operands.toReversed())
    else if (next.kind === "observation") pending.push(next.comparison)
    else if (next.kind === "qualified") pending.push(next.expression)
    else tests.push(next)
  }
  return tests
}
