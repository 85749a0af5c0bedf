import { describe, expect, it } from "@effect/vitest"
import { ExpressionRun, outcomeText } from "./generation/ExpressionRun.ts"
import { NarrowingGenerator } from "./generation/NarrowingGenerator.ts"
import { brokenPromise } from "./generation/Soundness.ts"

/** Raise it to look at more; the seeds from 1 on stay the same. */
const worlds = 700
const conditionsPerWorld = 20
const dataPerCondition = 6

describe("a read that is only accepted behind a guard", () => {
  it("never finds a value missing or null, whatever the data", { timeout: 120_000 }, () => {
    const broken: Array<string> = []
    const counts = { made: 0, accepted: 0, guarded: 0 }
    for (let seed = 1; seed <= worlds; seed++) {
      const generator = new NarrowingGenerator(seed)
      for (let index = 0; index < conditionsPerWorld; index++) {
        const { read, text } = generator.make()
        const run = new ExpressionRun(text, generator.variables)
        counts.made++
        if (!run.isRight) continue
        counts.accepted++
        if (!new ExpressionRun(read, generator.variables).isRight) counts.guarded++
        broken.push(...brokenIn(run, seed, generator))
      }
    }
    expect(broken.slice(0, 5).join("\n\n")).toBe("")
    // Some guards are meant to be too weak; those that are not have to be understood.
    expect(counts.accepted / counts.made).toBeGreaterThan(0.4)
    expect(counts.accepted / counts.made).toBeLessThan(0.95)
    expect(counts.guarded).toBeGreaterThan(2_000)
  })
})

const brokenIn = (run: ExpressionRun, seed: number, generator: NarrowingGenerator): ReadonlyArray<string> => {
  const generated = run.program("generate")
  const interpreted = run.program("interpret")
  return Array.from({ length: dataPerCondition }, () => generator.data()).flatMap((data) => {
    const outcome = interpreted.evaluate(data)
    const problem = brokenPromise(run.node, outcome, { dyn: false })
    if (problem !== undefined) return [run.describe(seed, data, problem)]
    const outcomes = [outcomeText(generated.evaluate(data)), outcomeText(outcome)] as const
    return outcomes[0] === outcomes[1] ? [] : [run.describe(seed, data, ...outcomes)]
  })
}
