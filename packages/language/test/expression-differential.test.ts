import { describe, expect, it } from "@effect/vitest"
import { diagnosticText } from "./generation/DiagnosticText.ts"
import { ExpressionRun, outcomeText } from "./generation/ExpressionRun.ts"
import { functionNames, NodeCensus, nodeNames } from "./generation/NodeCensus.ts"
import { Random } from "./generation/Random.ts"
import { mutated } from "./generation/TextMutation.ts"
import { ExpressionGenerator } from "./ExpressionGenerator.ts"

/** Raise it to look at more; the seeds from 1 on stay the same. */
const wanted = 20_000
const wantedMutations = 6_000
const expressionsPerWorld = 20
const dataPerExpression = 2

describe("generated code and closures", () => {
  const census = new NodeCensus()

  it(`give the same value or fail alike on ${wanted} random expressions`, { timeout: 120_000 }, () => {
    // Where generation is forbidden there is nothing to compare.
    expect(new ExpressionRun("1 + 1", new Map()).program("generate").code).toBeDefined()
    const differences: Array<string> = []
    let [made, accepted] = [0, 0]
    for (let seed = 1; accepted < wanted; seed++) {
      // Every fourth world has only values of known types.
      const generator = new ExpressionGenerator(seed, { dyn: seed % 4 !== 0 })
      for (let index = 0; index < expressionsPerWorld; index++) {
        made++
        const run = new ExpressionRun(generator.text(), generator.variables)
        if (!run.isRight) continue
        accepted++
        census.add(run.node)
        differences.push(...differencesOf(run, seed, generator))
      }
    }
    expect(differences.slice(0, 5).join("\n\n")).toBe("")
    // What the generator makes is meant to be right: if it no longer is, it tests less than it seems.
    expect(accepted / made).toBeGreaterThan(0.85)
  })

  it("are compared on every operation of the tree and every function of the table", () => {
    expect(census.rarerThan(20, nodeNames)).toEqual([])
    expect(census.rarerThan(10, functionNames)).toEqual([])
  })
})

describe("an expression that is run often", () => {
  it("gives the same outcomes before and after code is generated for it", () => {
    const differences: Array<string> = []
    for (let seed = 5_000_001; seed <= 5_000_100; seed++) {
      const generator = new ExpressionGenerator(seed, { dyn: true })
      const run = new ExpressionRun(generator.text(), generator.variables)
      if (!run.isRight) continue
      const [tiered, interpreted] = [run.program("auto"), run.program("interpret")]
      for (let round = 0; round < 150; round++) {
        const data = generator.data()
        const outcomes = [
          outcomeText(tiered.evaluate(data)),
          outcomeText(interpreted.evaluate(data))
        ] as const
        if (outcomes[0] !== outcomes[1])
          differences.push(run.describe(seed, data, `round ${round}`, ...outcomes))
      }
    }
    expect(differences.slice(0, 5).join("\n\n")).toBe("")
  })
})

describe("broken texts", () => {
  it(
    `${wantedMutations} of them are checked without a throw, alike each time, with all spans in the text`,
    { timeout: 120_000 },
    () => {
      const problems: Array<string> = []
      const random = new Random(1)
      let [broken, made] = [0, 0]
      for (let seed = 1; made < wantedMutations; seed++) {
        const generator = new ExpressionGenerator(seed, { dyn: seed % 2 === 0 })
        // Right elsewhere, but here its variables have other types.
        const stranger = new ExpressionGenerator(seed + 1_000_000, { dyn: true })
        for (let index = 0; index < expressionsPerWorld; index++) {
          made++
          const text = index % 4 === 0 ? stranger.text() : mutated(random, generator.text(), generator.text())
          const run = new ExpressionRun(text, generator.variables)
          if (!run.isRight) broken++
          problems.push(...problemsOf(run, seed, generator))
        }
      }
      expect(problems.slice(0, 5).join("\n\n")).toBe("")
      expect(broken).toBeGreaterThan(wantedMutations * 0.75)
    }
  )
})

const differencesOf = (
  run: ExpressionRun,
  seed: number,
  generator: ExpressionGenerator
): ReadonlyArray<string> => {
  const generated = run.program("generate")
  const interpreted = run.program("interpret")
  return Array.from({ length: dataPerExpression }, () => generator.data()).flatMap((data) => {
    const outcomes = [outcomeText(generated.evaluate(data)), outcomeText(interpreted.evaluate(data))] as const
    return outcomes[0] === outcomes[1] ? [] : [run.describe(seed, data, ...outcomes)]
  })
}

const problemsOf = (
  run: ExpressionRun,
  seed: number,
  generator: ExpressionGenerator
): ReadonlyArray<string> => {
  const first = run.diagnostics.map(diagnosticText)
  const again = new ExpressionRun(run.text, generator.variables).diagnostics.map(diagnosticText)
  const problems =
    first.join("\n") === again.join("\n") ? [] : [run.describe(seed, {}, ...first, "again:", ...again)]
  if (run.strayed.length > 0)
    problems.push(run.describe(seed, {}, "spans outside of the text:", ...run.strayed))
  return run.isRight ? [...problems, ...differencesOf(run, seed, generator)] : problems
}
