import { describe, expect, it } from "@effect/vitest"
import { SourceFile } from "../src/source/SourceFile.ts"
import { deepestAllowed } from "../src/source/YamlLimits.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { toJson } from "../src/source/YamlNode.ts"
import { membersOf, problemsOf, rootOf } from "./YamlSamples.ts"

const megabyte = 1024 * 1024

/** Fills a megabyte. */
const fill = (unit: string): string => unit.repeat(Math.ceil(megabyte / unit.length))

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n")

/** Codes that hostile texts end with. The test is that they end: the time is for hangs, and far above the limit. */
const hostile: ReadonlyArray<readonly [name: string, source: string, ...codes: ReadonlyArray<string>]> = [
  ["10,000 lists in each other", "[".repeat(10_000) + "]".repeat(10_000), "SP0115"],
  ["10,000 maps in each other", "{a: ".repeat(10_000) + "}".repeat(10_000), "SP0115"],
  ["1,400 levels of indentation", lines(1400, (level) => `${" ".repeat(level)}a:`), "SP0115"],
  ["a megabyte of [", fill("["), "SP0115"],
  ["a megabyte of {", fill("{"), "SP0115"],
  ["a megabyte of (", fill("(")],
  ["a megabyte of -", fill("- "), "SP0115"],
  ["a megabyte of ?", fill("? "), "SP0115"],
  ["a megabyte of :", fill(": "), "SP0115"],
  ["a megabyte of keys on a line", fill("a: "), "SP0115"],
  ["a megabyte of ]", fill("]"), "SP0114"],
  ["a megabyte of commas in a list", `[${fill(",")}`, "SP0114"],
  ["a megabyte of anchors", fill("&a "), "SP0114"],
  ["a megabyte of aliases", fill("*a "), "SP0114"],
  ["a megabyte of !", fill("!"), "SP0110"],
  ["a megabyte of tags", fill("!a "), "SP0114"],
  ["a megabyte of backslashes", `"${fill("\\")}`, "SP0102"],
  ["a megabyte of wrong escapes", `"${fill("\\q")}"`, "SP0103"],
  ["a megabyte of quotes", `'${fill("''")}'`],
  ["a megabyte of quoted texts", fill('" '), "SP0114"],
  ["a megabyte of lines in a plain text", `a: ${fill("word\n  ")}`],
  ["a megabyte of lines in a quoted text", `'${fill("a\n ")}'`],
  ["a megabyte of lines in a literal", `a: |\n${fill(" x\n")}`],
  ["a megabyte of lines in a folded text", `a: >\n${fill(" x\n\n")}`],
  ["a megabyte of line breaks", fill("\n"), "SP0114"],
  ["a megabyte of documents", fill("---\n"), "SP0113"],
  ["a megabyte of directives", fill("%\n"), "SP0114"],
  ["a megabyte of comments", fill("#\n"), "SP0114"],
  ["a megabyte on one line", `a: ${fill("x")}`],
  ["a key of a megabyte", `${fill("x")}: 1`, "SP0101"],
  ["an integer of a megabyte", `a: ${fill("9")}`, "SP0112"],
  ["a megabyte of tabs", fill("\t")],
  ["14,000 keys", lines(14_000, (index) => `k${index}: 1`)],
  ["100,000 keys", lines(100_000, (index) => `k${index}: 1`), "SP0114"],
  ["one key 14,000 times", "a: 1\n".repeat(14_000), "SP0107"],
  [
    "an anchor in an anchor in an anchor",
    lines(5000, (index) => `- &a${index} [${index > 0 ? `*a${index - 1}` : ""}]`),
    "SP0115"
  ],
  [
    "unknown aliases beside many anchors",
    `${lines(8000, (index) => `- &anchor${index} x`)}\n${"- *anchr\n".repeat(6000)}`,
    "SP0111"
  ]
]

describe("a hostile text", () => {
  for (const [name, source, ...codes] of hostile)
    it(`is answered: ${name}`, { timeout: 2000 }, () => {
      const { root, diagnostics } = loadYaml(new SourceFile("a.yaml", source))
      expect([...new Set(diagnostics.map(({ code }) => code))]).toEqual(codes)
      expect(diagnostics.length).toBeLessThanOrEqual(100)
      for (const { span } of diagnostics) expect(span.start).toBeLessThanOrEqual(source.length)
      if (root !== undefined) toJson(root)
    })

  it("of aliases to aliases is counted and not written out", { timeout: 2000 }, () => {
    const laughs = lines(
      30,
      (level) =>
        `l${level}: &l${level} [${
          level === 0
            ? "x"
            : Array(10)
                .fill(`*l${level - 1}`)
                .join(", ")
        }]`
    )
    expect(problemsOf(laughs)).toEqual([
      `SP0116 6:25 "*l4" with this alias, aliases stand for more than 100000 values`
    ])
    const { root } = loadYaml(new SourceFile("a.yaml", laughs))
    expect(Object.keys(membersOf(root && toJson(root))).length).toBe(30)
  })
})

describe("a limit", () => {
  it("of depth allows exactly so many collections", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}x${"]".repeat(levels)}`
    expect(problemsOf(nested(64))).toEqual([])
    expect(problemsOf(nested(65))).toEqual([
      `SP0115 1:65 "[" maps and lists are nested more than 64 levels deep`
    ])
    expect(problemsOf("a:\n  - b: 1\n", { depth: 3 })).toEqual([])
    expect(problemsOf("a:\n  - b: 1\n", { depth: 2 })).toEqual([
      `SP0115 2:5 "b" maps and lists are nested more than 2 levels deep`
    ])
  })

  it("of depth counts aliases as what they stand for", () => {
    const source = "a: &a [[[x]]]\nb: [*a]\nc: [[*a]]\n"
    expect(problemsOf(source, { depth: 6 })).toEqual([])
    expect(problemsOf(source, { depth: 5 })).toEqual([
      `SP0115 3:6 "*a" maps and lists are nested more than 5 levels deep`
    ])
  })

  it("of depth never exceeds what the stack can hold", { timeout: 2000 }, () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`
    expect(problemsOf(nested(deepestAllowed), { depth: 1e9 })).toEqual([])
    expect(problemsOf(nested(deepestAllowed + 1), { depth: 1e9 }).length).toBe(1)
  })

  it("of size and of tokens is exact, and nothing else is reported then", () => {
    expect(problemsOf("a: b\n", { size: 5 })).toEqual([])
    expect(problemsOf("a: @\n", { size: 4 })).toEqual([
      `SP0114 1:5 "\\n" the file has more than 4 characters`
    ])
    // Start of the document, a mark before each scalar, key, colon, space, value, break.
    expect(problemsOf("a: b\n", { tokens: 8 })).toEqual([])
    expect(problemsOf("a: b\n", { tokens: 7 })).toEqual([`SP0114 1:5 "\\n" the file has more than 7 tokens`])
  })

  it("of aliased values counts all nodes behind all aliases", () => {
    const source = "a: &a [x, y]\nb: *a\nc: *a\n"
    expect(problemsOf(source, { aliasedNodes: 6 })).toEqual([])
    expect(problemsOf(source, { aliasedNodes: 5 })).toEqual([
      `SP0116 3:4 "*a" with this alias, aliases stand for more than 5 values`
    ])
  })

  it("is not reached by a manifest of some thousand lines", () => {
    const action = (index: number) =>
      `  action_${index}:\n    path: "/v1/items/\${{ input.id }}"\n    method: GET\n    responses: { 200: { type: object } }`
    const json = membersOf(toJson(rootOf(`actions:\n${lines(1500, action)}\n`)))
    expect(Object.keys(membersOf(json.actions)).length).toBe(1500)
  })
})
