import { describe, expect, it } from "@effect/vitest"
import { environment } from "../src/expression/Environment.ts"
import { compileExpression } from "../src/expression/Program.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import { int, string } from "../src/types/Type.ts"

/** The helps that an expression gets over the text `s` and the number `n`. */
const helpsOf = (text: string): ReadonlyArray<string> =>
  compileExpression(new SourceFile("e", text), environment({ n: int, s: string })).diagnostics.flatMap(
    ({ help }) => help ?? []
  )

describe("who writes as in another language is told how it is written here", () => {
  const cases: ReadonlyArray<readonly [text: string, help: string]> = [
    ["n === 1", '"===" is written "==", and "!==" is written "!="'],
    ["n !== 1", '"===" is written "==", and "!==" is written "!="'],
    ["n <> 1", '">" needs a value on both sides, and "<>" is written "!="'],
    ["n ?? 1", "a default for what may be missing is written x.?y.orValue(…)"],
    ["not (n == 1)", '"not" is written "!"'],
    ["s.length() > 3", '"length" is written "size"'],
    ["len(s) > 3", '"len" is written "size"'],
    ['s.beginsWith("x")', '"beginsWith" is written "startsWith"'],
    ["n == 1 && not", '"not" is written "!"'],
    ["True", '"True" is written "true"'],
    ["s == None", '"None" is written "null"'],
    ["n 5", 'write an operator before it, such as "+" or "&&"']
  ]
  for (const [text, help] of cases) {
    it(text, () => {
      expect(helpsOf(text)).toContain(help)
    })
  }
})

it("a variable that is unknown is not taken for a function of another language", () => {
  expect(helpsOf("length > 3")).toEqual(['the variables here are n, s; text is written in quotes: "length"'])
})

describe("a number that is ordered against a text", () => {
  it("is to be written without quotes when the text is a number", () => {
    expect(helpsOf('n >= "70"')).toEqual(["write the number without quotes: 70"])
    expect(helpsOf('"-1.5" < n')).toEqual(["write the number without quotes: -1.5"])
  })

  it("is compared with what the text says, since numbers as text have another order", () => {
    expect(helpsOf("s < 5")).toEqual(["convert the text: int(s)"])
    expect(helpsOf("1.5 > s")).toEqual(["convert the text: double(s)"])
  })

  it("is joined to the text as text", () => {
    expect(helpsOf("s + 5")).toEqual(["convert it: string(5)"])
  })
})
