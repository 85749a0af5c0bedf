import { describe, expect, it } from "@effect/vitest"
import type { Expression } from "../src/expression/Ast.ts"
import { parseEmbedded, parseExpression } from "../src/expression/Parser.ts"
import { maxDepth, maxNodes } from "../src/expression/TokenReader.ts"
import { SourceFile } from "../src/source/SourceFile.ts"

const parse = (text: string) => parseExpression(new SourceFile("expression", text))

/** The tree as text, fully bracketed. */
const show = (expression: Expression): string => {
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value)
    case "identifier":
      return expression.name
    case "select":
      return `${show(expression.target)}${expression.optional ? ".?" : "."}${expression.field.text}`
    case "index":
      return `${show(expression.target)}[${expression.optional ? "?" : ""}${show(expression.index)}]`
    case "call": {
      const on = expression.target === undefined ? "" : `${show(expression.target)}.`
      return `${on}${expression.name.text}(${expression.args.map(show).join(", ")})`
    }
    case "unary":
      return `(${expression.operator}${show(expression.operand)})`
    case "binary":
      return `(${show(expression.left)} ${expression.operator} ${show(expression.right)})`
    case "conditional":
      return `(${show(expression.condition)} ? ${show(expression.consequent)} : ${show(expression.alternate)})`
    case "list":
      return `[${expression.items.map((item) => `${item.optional ? "?" : ""}${show(item.value)}`).join(", ")}]`
    case "map":
      return `{${expression.entries.map((entry) => `${entry.optional ? "?" : ""}${show(entry.key)}: ${show(entry.value)}`).join(", ")}}`
    case "missing":
      return "<missing>"
  }
}

const tree = (text: string): string => show(parse(text).expression)

const problems = (text: string): ReadonlyArray<string> =>
  parse(text).diagnostics.map(({ code, message, span }) => `${code} ${span.start}-${span.end} ${message}`)

describe("precedence and grouping", () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ["1 + 2 * 3", "(1 + (2 * 3))"],
    ["(1 + 2) * 3", "((1 + 2) * 3)"],
    ["1 - 2 - 3", "((1 - 2) - 3)"],
    ["a || b && c", "(a || (b && c))"],
    ["a && b == c + 1", "(a && (b == (c + 1)))"],
    ["!a.b && c", "((!a.b) && c)"],
    ["-x * 2", "((-x) * 2)"],
    ["-3.abs", "-3.abs"],
    ["1 - -2", "(1 - -2)"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["a ? b ? c : d : e", "(a ? (b ? c : d) : e)"],
    ["a in b == c", "((a in b) == c)"],
    ["a.?b[?0].c", "a.?b[?0].c"],
    ["f(a, g(b)).h(c)[0]", "f(a, g(b)).h(c)[0]"],
    ["{'a': [1, ?b], ?c: {}}", '{"a": [1, ?b], ?c: {}}'],
    ["[1, 2,]", "[1, 2]"],
    [".a.b", "a.b"],
    ["x.in.if.`a-b`", "x.in.if.a-b"],
    ["a // the rest\n + b", "(a + b)"],
    ["0x1F + 1e3 + .5", "((31 + 1000) + 0.5)"]
  ]
  for (const [text, expected] of cases) {
    it(`${text} is ${expected}`, () => {
      expect(problems(text)).toEqual([])
      expect(tree(text)).toBe(expected)
    })
  }
})

describe("strings", () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    [String.raw`"a\n\t\"\\\x41\u00e9\U0001F600\101"`, 'a\n\t"\\Aé\u{1f600}A'],
    [String.raw`r"\d+\n"`, String.raw`\d+\n`],
    [
      `'''it's
two lines'''`,
      "it's\ntwo lines"
    ],
    [`"""a "b" c"""`, 'a "b" c'],
    [`"}}"`, "}}"],
    [`''`, ""]
  ]
  for (const [text, expected] of cases) {
    it(`${JSON.stringify(text)} is read exactly`, () => {
      expect(problems(text)).toEqual([])
      const { expression } = parse(text)
      expect(expression.kind === "literal" ? expression.value : undefined).toBe(expected)
    })
  }
})

describe("every node knows its place", () => {
  it("the text at a node's offsets parses to that node again", () => {
    const text = "a.b(1, [x.?y]) && (c ? {'k': -d} : e[2]) || !f"
    const visit = (node: Expression): void => {
      const again = parse(text.slice(node.start, node.end)).expression
      expect(show(again)).toBe(show(node))
      for (const child of childrenOf(node)) {
        expect(child.start).toBeGreaterThanOrEqual(node.start)
        expect(child.end).toBeLessThanOrEqual(node.end)
        visit(child)
      }
    }
    visit(parse(text).expression)
  })

  it("a field's own place is known, in back-quotes too", () => {
    const { expression } = parse("ab.`c-d`")
    expect(expression.kind === "select" ? expression.field : undefined).toEqual({
      text: "c-d",
      start: 3,
      end: 8
    })
  })
})

const childrenOf = (node: Expression): ReadonlyArray<Expression> => {
  switch (node.kind) {
    case "select":
      return [node.target]
    case "index":
      return [node.target, node.index]
    case "call":
      return [...(node.target === undefined ? [] : [node.target]), ...node.args]
    case "unary":
      return [node.operand]
    case "binary":
      return [node.left, node.right]
    case "conditional":
      return [node.condition, node.consequent, node.alternate]
    case "list":
      return node.items.map((item) => item.value)
    case "map":
      return node.entries.flatMap((entry) => [entry.key, entry.value])
    default:
      return []
  }
}

describe("a mistake is reported where it is, and the rest is still read", () => {
  const cases: ReadonlyArray<readonly [string, string, ReadonlyArray<string>]> = [
    ["event.", "event.", ['SP1101 6-6 expected a field name after ".", found the end']],
    ["event. && x", "(event. && x)", ['SP1101 7-9 expected a field name after ".", found "&&"']],
    ["a = b", "(a == b)", ['SP1105 2-3 "=" is not an operator']],
    [
      "a and b or c",
      "((a && b) || c)",
      ['SP1105 2-5 "and" is not an operator', 'SP1105 8-10 "or" is not an operator']
    ],
    ["f(1 2, 3)", "f(1, 2, 3)", ['SP1101 4-5 expected "," or ")", found "2"']],
    ["f(1, ", "f(1)", ['SP1101 5-5 expected ")", found the end']],
    ["[1,,2]", "[1, <missing>, 2]", ['SP1101 3-4 expected an expression, found ","']],
    ["a ? b", "(a ? b : <missing>)", ['SP1101 5-5 expected ":", found the end']],
    ["a +", "(a + <missing>)", ["SP1101 3-3 expected an expression, found the end"]],
    ["", "<missing>", ["SP1101 0-0 expected an expression, found the end"]],
    ["'abc", '"abc"', ["SP1102 0-4 the string does not end"]],
    ['"a\\qb"', '"ab"', ['SP1103 2-4 "\\\\q" is not an escape']],
    [
      "1u + b'x'",
      '(1 + "x")',
      [
        "SP1106 0-2 unsigned integers are not part of this language",
        "SP1106 5-9 bytes are not part of this language"
      ]
    ],
    [
      "pkg.Type{a: 1} == x",
      "(<missing> == x)",
      ["SP1106 0-8 message literals are not part of this language"]
    ],
    ["x.y(1)) + 2", "x.y(1)", ['SP1110 6-7 unexpected ")" after the end of the expression']],
    ["list.0", "list", ['SP1110 4-6 unexpected ".0" after the end of the expression']],
    ["a § b", "a", ['SP1105 2-3 the character "§" has no meaning here']]
  ]
  for (const [text, expected, reported] of cases) {
    it(`${JSON.stringify(text)} is read as ${expected}`, () => {
      expect(tree(text)).toBe(expected)
      expect(problems(text)).toEqual(reported)
    })
  }

  it("the operator of another language comes with a fix", () => {
    const [problem] = parse("a and b").diagnostics
    expect(problem?.fix?.edits.map(({ span, text }) => [span.start, span.end, text])).toEqual([[2, 5, "&&"]])
  })

  it("an unclosed bracket is reported with the place where it was opened", () => {
    const [problem] = parse("f(a, (b + c").diagnostics
    expect(problem?.notes.map(({ message, span }) => [message, span?.start])).toEqual([['for "(" here', 5]])
  })
})

describe("limits", () => {
  it(`${maxDepth} levels are read, more are refused with one located diagnostic`, () => {
    expect(problems(`${"(".repeat(maxDepth - 1)}1${")".repeat(maxDepth - 1)}`)).toEqual([])
    for (const open of ["(", "[", "{'a':", "-", "!", "f(", "a[", "a?", "x.y("]) {
      const found = problems(open.repeat(10_000))
      expect(found).toHaveLength(1)
      expect(found[0]).toMatch(/^SP1108 /)
    }
  })

  it("long chains are chains of nodes and count too", () => {
    expect(problems(`a${".b".repeat(10_000)}`)[0]).toMatch(/^SP1108 /)
    expect(problems(`1${" + 1".repeat(10_000)}`)[0]).toMatch(/^SP1108 /)
    expect(problems(`1${" + 1".repeat(200)}`)).toEqual([])
  })

  it(`a list of more than ${maxNodes} parts is refused`, () => {
    expect(problems(`[${"1,".repeat(maxNodes)}]`)[0]).toMatch(/^SP1108 /)
  })

  it("a text of nothing but mistakes reports a few of them", () => {
    expect(problems("§ ".repeat(100_000)).length).toBeLessThanOrEqual(20)
  })
})

describe("the end of an embedded expression is found by parsing", () => {
  const rest = (text: string) => {
    const source = new SourceFile("template", text)
    const { diagnostics, end } = parseEmbedded(source, text.indexOf("${{"))
    return [text.slice(end), diagnostics.map(({ code }) => code)]
  }
  const cases: ReadonlyArray<readonly [string, string, ReadonlyArray<string>]> = [
    ["${{ a }} b", " b", []],
    ["${{a}}}}", "}}", []],
    ["${{ {'a': {'b': 1}}}} c", " c", []],
    ["${{ '}}' }} c", " c", []],
    ["${{ \"}}\" + r'}}' }} c }}", " c }}", []],
    ["${{ [x, {'}}': y}] // }}\n }} c", " c", []],
    ["${{ a b }} c }}", " c }}", ["SP1110"]],
    ["${{ a + }} c", " c", ["SP1101"]],
    ["${{ }} c", " c", ["SP1101"]],
    ["${{ f(a }} c", " c", ["SP1101"]],
    ["${{ a", "", ["SP1109"]],
    ["${{ 'a }} c", "", ["SP1102", "SP1109"]]
  ]
  for (const [text, expected, codes] of cases) {
    it(`${JSON.stringify(text)} leaves ${JSON.stringify(expected)}`, () => {
      expect(rest(text)).toEqual([expected, codes])
    })
  }
})
