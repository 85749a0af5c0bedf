import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Fix } from "../src/diagnostics/Diagnostic.ts"
import { applyFixes } from "../src/diagnostics/FixApplication.ts"
import { SourceFile } from "../src/source/SourceFile.ts"

const file = new SourceFile("a.yaml", "0123456789")

const fix = (title: string, ...edits: ReadonlyArray<readonly [number, number, string]>): Fix => ({
  title,
  edits: edits.map(([start, end, text]) => ({ span: file.span(start, end), text }))
})

const applied = (...fixes: ReadonlyArray<Fix>) => {
  const outcome = applyFixes(fixes)
  return [outcome.changed.get(file) ?? file.text, outcome.rejected.map(({ title }) => title)]
}

describe("applying fixes", () => {
  it("replaces, inserts and deletes in one go", () => {
    expect(applied(fix("a", [8, 9, "x"]), fix("b", [0, 0, ">"]), fix("c", [2, 5, ""]))).toEqual([
      ">01567x9",
      []
    ])
  })

  it("of two fixes that replace a common character the first wins and the other is reported", () => {
    expect(applied(fix("a", [2, 5, "x"]), fix("b", [4, 6, "y"]))).toEqual(["01x56789", ["b"]])
    expect(applied(fix("a", [4, 6, "y"]), fix("b", [2, 5, "x"]))).toEqual(["0123y6789", ["b"]])
  })

  it("inserting inside what another replaces is a conflict, inserting at its edge is not", () => {
    expect(applied(fix("a", [2, 5, "x"]), fix("b", [3, 3, "y"]))).toEqual(["01x56789", ["b"]])
    expect(applied(fix("a", [2, 5, "x"]), fix("b", [2, 2, "<"]), fix("c", [5, 5, ">"]))).toEqual([
      "01<x>56789",
      []
    ])
  })

  it("two insertions at one point are a conflict: their order would be chance", () => {
    expect(applied(fix("a", [3, 3, "x"]), fix("b", [3, 3, "x"]))).toEqual(["012x3456789", ["b"]])
  })

  it("a fix is applied as a whole or not at all", () => {
    expect(applied(fix("a", [4, 5, "x"]), fix("b", [0, 1, "y"], [4, 5, "y"]), fix("c", [0, 1, "z"]))).toEqual(
      ["z123x56789", ["b"]]
    )
    expect(applied(fix("a", [4, 6, "x"], [5, 7, "y"]))).toEqual(["0123456789", ["a"]])
  })

  it("mends several files, and leaves out those that nothing touches", () => {
    const other = new SourceFile("b.yaml", "abc")
    const both: Fix = {
      title: "both",
      edits: [
        { span: other.span(1, 2), text: "B" },
        { span: file.span(0, 1), text: "" }
      ]
    }
    const { changed } = applyFixes([both])
    expect([...changed]).toEqual([
      [other, "aBc"],
      [file, "123456789"]
    ])
    expect(applyFixes([]).changed.size).toBe(0)
  })

  const place = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10 })))
  const edit = Arbitrary.all({
    start: place,
    end: place,
    text: Arbitrary.schema(Schema.Literals(["", "a", "bc", "\n"]))
  })
  it.effect("any fixes give the text of a naive reference, and only those that conflict are rejected", () =>
    Effect.gen(function* () {
      let conflicts = 0
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.array(edit, { maxLength: 8 }),
        (edits) => {
          const fixes = edits.map(({ start, end, text }, index) =>
            fix(String(index), [Math.min(start, end), Math.max(start, end), text])
          )
          const expected = naive(fixes)
          conflicts += expected.rejected.length
          const [text, rejected] = applied(...fixes)
          return text === expected.text && String(rejected) === String(expected.rejected)
        },
        { runs: 3000, seed: 11 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(conflicts).toBeGreaterThan(1000)
    })
  )
})

/**
 * The text as a list of gaps and characters: a character is replaced once, a gap takes one insertion, and a gap
 * inside a replaced range is gone.
 */
const naive = (
  fixes: ReadonlyArray<Fix>
): { readonly text: string; readonly rejected: ReadonlyArray<string> } => {
  const characters: Array<string> = file.text.split("")
  const gaps: Array<string | undefined> = Array.from({ length: characters.length + 1 }, () => undefined)
  const taken = new Set<string>()
  const rejected: Array<string> = []
  for (const { title, edits } of fixes) {
    for (const { span, text } of edits) {
      const needs = [
        ...(span.start === span.end ? [`gap ${span.start}`] : []),
        ...range(span.start, span.end).map((at) => `char ${at}`),
        ...range(span.start + 1, span.end).map((at) => `gap ${at}`)
      ]
      if (needs.some((need) => taken.has(need))) {
        rejected.push(title)
        continue
      }
      for (const need of needs) taken.add(need)
      if (span.start === span.end) gaps[span.start] = text
      else for (const at of range(span.start, span.end)) characters[at] = at === span.start ? text : ""
    }
  }
  return { text: gaps.map((gap, at) => (gap ?? "") + (characters[at] ?? "")).join(""), rejected }
}

const range = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
