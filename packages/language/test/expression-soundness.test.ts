import { describe, expect, it } from "@effect/vitest"
import { ExpressionRun } from "./generation/ExpressionRun.ts"
import { brokenPromise } from "./generation/Soundness.ts"
import { ExpressionGenerator } from "./ExpressionGenerator.ts"

/** Raise it to look at more; the seeds stay the same. */
const wanted = 12_000
const expressionsPerWorld = 20
const dataPerExpression = 2

describe("an expression that passed the check, with data of the types it was checked with", () => {
  it(
    `gives values of its type and only fails as data can make it fail: ${wanted} expressions`,
    { timeout: 120_000 },
    () => {
      const { broken, values } = soundnessOf(2_000_001, { dyn: false })
      expect(broken.slice(0, 5).join("\n\n")).toBe("")
      expect(values).toBeGreaterThan(wanted)
    }
  )

  it(
    `fails for a wrong type only where dyn is involved: ${wanted} expressions with dyn`,
    { timeout: 120_000 },
    () => {
      const { broken, values } = soundnessOf(3_000_001, { dyn: true })
      expect(broken.slice(0, 5).join("\n\n")).toBe("")
      expect(values).toBeGreaterThan(wanted)
    }
  )
})

const soundnessOf = (
  firstSeed: number,
  options: { readonly dyn: boolean }
): { readonly broken: ReadonlyArray<string>; readonly values: number } => {
  const broken: Array<string> = []
  let [accepted, values] = [0, 0]
  for (let seed = firstSeed; accepted < wanted; seed++) {
    const generator = new ExpressionGenerator(seed, options)
    for (let index = 0; index < expressionsPerWorld; index++) {
      const run = new ExpressionRun(generator.text(), generator.variables)
      if (!run.isRight) continue
      accepted++
      const program = run.program("interpret")
      for (let round = 0; round < dataPerExpression; round++) {
        const data = generator.data()
        const outcome = program.evaluate(data)
        if (outcome.ok) values++
        const problem = brokenPromise(run.node, outcome, options)
        if (problem !== undefined) broken.push(run.describe(seed, data, problem))
      }
    }
  }
  return { broken, values }
}
