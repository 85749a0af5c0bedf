import { describe, expect, it } from "@effect/vitest"
import { runExample } from "../docs/ExampleRunner.ts"
import { codes } from "../packages/cli/src/Codes.ts"

const codesOf = (...example: Parameters<typeof runExample>): ReadonlyArray<string> => [
  ...new Set(runExample(...example).map((diagnostic) => diagnostic.code))
]

describe("the page of every code is true", () => {
  it("there are codes", () => {
    expect(codes.entries.size).toBeGreaterThan(0)
  })

  for (const [code, entry] of codes.entries) {
    it(`${code}: the wrong example yields exactly this code, at its severity`, () => {
      expect(codesOf(entry.example, entry.example.wrong)).toEqual([code])
      for (const { severity } of runExample(entry.example, entry.example.wrong))
        expect(severity).toBe(entry.severity)
    })

    it(`${code}: the right example yields nothing`, () => {
      expect(codesOf(entry.example, entry.example.right)).toEqual([])
    })
  }
})
