import { describe, expect, it } from "@effect/vitest"
import { compileTemplate, parseTemplate } from "../src/expression/Template.ts"
import { Timestamp } from "../src/expression/Value.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import { int, string, type Type } from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { values, world } from "./ExpressionWorld.ts"

const run = (text: string): unknown => {
  const { diagnostics, program } = compileTemplate(new SourceFile("template", text), world)
  if (program === undefined)
    return diagnostics.map(({ code, span }) => `${code} «${text.slice(span.start, span.end)}»`)
  const result = program.evaluate(values)
  return result.ok
    ? result.value
    : `${result.diagnostic.code} «${text.slice(result.diagnostic.span.start, result.diagnostic.span.end)}»`
}

const typeOf = (text: string): string =>
  showType(compileTemplate(new SourceFile("template", text), world).type)

describe("templates", () => {
  it("a text without expressions is itself", () => {
    expect(run("plain {{ text }} $ { $x")).toBe("plain {{ text }} $ { $x")
    expect(compileTemplate(new SourceFile("t", "plain"), world).isLiteral).toBe(true)
    expect(run("")).toBe("")
  })

  it("an expression alone keeps its type and value", () => {
    expect(run("${{ xs }}")).toEqual([1, 2, 3])
    expect(typeOf("${{ xs }}")).toBe("list<int>")
    expect(run("${{ now }}")).toBeInstanceOf(Timestamp)
    expect(run("${{ maybe }}")).toBeNull()
    expect(run("${{n}}")).toBe(7)
  })

  it("mixed with text it is text, also when the text is a blank", () => {
    expect(run("n is ${{ n }}, d ${{ d }}, b ${{ b }}, now ${{ now }}")).toBe(
      "n is 7, d 2.5, b true, now 2026-01-01T00:00:00Z"
    )
    expect(run(" ${{ n }}")).toBe(" 7")
    expect(run("${{ n }}${{ s }}")).toBe("7hello")
    expect(typeOf("${{ n }} ")).toBe("string")
  })

  it("$${{ is a literal ${{", () => {
    expect(run("$${{ n }}")).toBe("${{ n }}")
    expect(run("a $${{ n }} ${{ n }} $${{")).toBe("a ${{ n }} 7 ${{")
    expect(run("$$${{ n }}")).toBe("$${{ n }}")
    expect(run("${{ n }}$${{ n }}")).toBe("7${{ n }}")
  })

  it("}} inside strings and maps does not end the expression", () => {
    expect(run("${{ '}}' }} and ${{ {'}}': {'a': 1}}['}}'].a }}")).toBe("}} and 1")
  })

  it("what an expression gives is never read as a template again", () => {
    const { program } = compileTemplate(new SourceFile("t", "a ${{ s }}"), world)
    expect(program?.evaluate({ ...values, s: "${{ n }} $${{" })).toEqual({
      ok: true,
      value: "a ${{ n }} $${{"
    })
  })

  it("what has no one way to be written is refused in a text, at its place", () => {
    expect(run("tags: ${{ tags }}")).toEqual(["SP1217 «tags»"])
    expect(run("maybe: ${{ maybe }}")).toEqual(["SP1217 «maybe»"])
    expect(run("o: ${{ event.?confidence }}")).toEqual(["SP1217 «event.?confidence»"])
    expect(run("any: ${{ any.a }}")).toBe("SP1307 «any.a»")
    expect(run("any: ${{ any.text }}")).toBe("any: t")
  })

  it("every mistake of every expression is reported", () => {
    expect(run("${{ evnt }} and ${{ n + }} and ${{ s.foo }}")).toEqual([
      "SP1201 «evnt»",
      "SP1101 «}}»",
      "SP1203 «foo»"
    ])
  })

  it("an expression that does not end is reported at its beginning", () => {
    expect(run("a ${{ n b")).toEqual(["SP1109 «${{»"])
  })

  it("a hundred thousand openings end soon", () => {
    const template = parseTemplate(new SourceFile("t", "${{ n }}".repeat(100_000)))
    expect(template.diagnostics.map(({ code }) => code)).toEqual(["SP1108"])
    expect(parseTemplate(new SourceFile("t", "${{".repeat(100_000))).diagnostics.length).toBeLessThan(100)
    expect(parseTemplate(new SourceFile("t", "$${{".repeat(100_000))).parts).toHaveLength(1)
  })
})

describe("the budget of a template", () => {
  it("is one for all of its expressions", () => {
    const text = "${{ xs.all(x, x > 0) }}, ${{ xs.all(y, y > 0) }}"
    const { program } = compileTemplate(new SourceFile("t", text), world)
    expect(program?.evaluate(values, { budget: 6 })).toEqual({ ok: true, value: "true, true" })
    expect(program?.evaluate(values, { budget: 5 })).toMatchObject({
      ok: false,
      diagnostic: { code: "SP1306", span: { start: text.indexOf("xs.all(y") } }
    })
  })
})

describe("what the place of a template takes", () => {
  const codes = (text: string, expected: Type): ReadonlyArray<string> =>
    compileTemplate(new SourceFile("t", text), world, { expected }).diagnostics.map(({ code }) => code)

  it("is the whole text, not what is put into it", () => {
    expect(codes("n is ${{ n }}", string)).toEqual([])
    expect(codes("n is ${{ n }}", int)).toEqual(["SP1216"])
    expect(codes("${{ n }}", int)).toEqual([])
    expect(codes("${{ n }}", string)).toEqual(["SP1216"])
  })

  it("a text with a broken expression in it is not literal", () => {
    expect(compileTemplate(new SourceFile("t", "n is ${{ n + }}"), world).isLiteral).toBe(false)
  })
})
