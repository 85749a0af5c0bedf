import { describe, expect, it } from "@effect/vitest"
import { knownMisses } from "./conformance/KnownMisses.ts"
import { runConformanceTest } from "./conformance/ConformanceRun.ts"
import { jsonRelevantTests } from "./conformance/ConformanceTest.ts"

const tests = jsonRelevantTests()
const failures = new Map<string, string>()
for (const test of tests) {
  const failure = runConformanceTest(test)
  if (failure !== undefined) failures.set(test.id, `${test.expression}: ${failure}`)
}
const listed = new Map(
  knownMisses.flatMap(({ reason, tests: ids }) => ids.map((id) => [id, reason] as const))
)

describe("cel-spec conformance", () => {
  it("the suite is the one that was counted: cel-spec v0.25.1", () => {
    expect(tests.length).toBeGreaterThan(1_000)
    expect(new Set(tests.map(({ id }) => id)).size).toBe(tests.length)
  })

  it("at least 95 % of the JSON-relevant tests pass", () => {
    expect(1 - failures.size / tests.length).toBeGreaterThanOrEqual(0.95)
  })

  it("every test that fails is listed with its reason", () => {
    expect(
      [...failures].filter(([id]) => !listed.has(id)).map(([id, failure]) => `${id}: ${failure}`)
    ).toEqual([])
  })

  it("every test that is listed still fails", () => {
    expect([...listed.keys()].filter((id) => !failures.has(id))).toEqual([])
  })

  it("no test is listed twice and every reason says something", () => {
    expect(listed.size).toBe(knownMisses.flatMap((miss) => miss.tests).length)
    for (const { reason } of knownMisses) expect(reason.length).toBeGreaterThan(20)
  })
})
