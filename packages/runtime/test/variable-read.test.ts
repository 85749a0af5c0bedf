import { type Ast, macroNames, parseExpression, SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import { readsOf } from "../src/manifest/VariableRead.ts"

const parsed = (text: string): Ast.Expression => {
  const file = new SourceFile("expression", text)
  const span = (start: number, end: number) => ({ file, start, end })
  return parseExpression({ text, span }).expression
}

describe("the reads of an expression", () => {
  it("are not those of what a macro binds, whichever macro it is", () => {
    for (const macro of macroNames) {
      const reads = readsOf(parsed(`event.list.${macro}(secrets, secrets.a + input.b)`))
      expect(
        reads.map(({ name, path }) => [name, ...path].join(".")),
        macro
      ).toEqual(["event.list", "input.b"])
    }
  })
})
