import { describe, expect, it } from "@effect/vitest"
import * as Type from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
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

describe("what looks like a guard and is none", () => {
  const variables = new Map<string, Type.Type>([
    ["r", Type.record({ "a?": Type.record({ "b?": Type.int }), "s?": Type.string })],
    ["m", Type.map(Type.int)],
    ["flag", Type.bool],
    ["words", Type.list(Type.string)]
  ])

  for (const text of [
    'type(r.?s) == string ? "" : r.s',
    'r.?s in [] ? "" : r.s',
    "has(r.?a.b) ? 0 : r.a.?b.orValue(3)"
  ]) {
    it(`${text} is refused`, () => {
      expect(new ExpressionRun(text, variables).diagnostics.map(({ code }) => code)).toEqual(["SP1204"])
    })
  }

  for (const text of ["(m.k == 1 || flag) && m.k > 0", "(m.k == 1 && !flag) || m.k == 2"]) {
    it(`${text}: where the right side decides, the left one has said nothing of m.k`, () => {
      const run = new ExpressionRun(text, variables)
      const data = { r: {}, m: {}, flag: true, words: [] }
      for (const mode of ["generate", "interpret"] as const) {
        expect(outcomeText(run.program(mode).evaluate(data))).toMatch(/^fails with SP1303/)
      }
    })
  }

  it('"a" in words says nothing of the list', () => {
    const run = new ExpressionRun('"a" in words ? words : ["none"]', variables)
    expect(showType(run.node.type)).toBe("list<string>")
  })
})

describe("alternatives in a row", () => {
  it("do not multiply what is known, so that a long condition is checked at once", () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${index}`)
    const record = Type.record(Object.fromEntries(names.map((name) => [`${name}?`, Type.stringOf("a", "b")])))
    const text = names.map((name) => `(has(r.${name}) && r.${name} == "a" || flag)`).join(" && ")
    const before = performance.now()
    const run = new ExpressionRun(
      `${text} && size(r) > 0`,
      new Map<string, Type.Type>([
        ["r", record],
        ["flag", Type.bool]
      ])
    )
    expect(run.diagnostics).toEqual([])
    // Without a limit, twelve of them took 4 s and each further one three times as long.
    expect(performance.now() - before).toBeLessThan(5_000)
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
