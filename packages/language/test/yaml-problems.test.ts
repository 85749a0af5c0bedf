import { describe, expect, it } from "@effect/vitest"
import { sourceCodes } from "../src/diagnostics/SourceCodes.ts"
import type { CodeEntry } from "../src/diagnostics/CodeEntry.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { toJson } from "../src/source/YamlNode.ts"
import { problemsOf, textOf } from "./YamlSamples.ts"

describe("the examples of the codes", () => {
  const entries: ReadonlyArray<readonly [string, CodeEntry]> = Object.entries(sourceCodes)
  for (const [code, { example }] of entries)
    it(`of ${code} have exactly this problem, and none`, () => {
      const load = (text: string) => loadYaml(new SourceFile("a.yaml", text), example.limits).diagnostics
      expect(new Set(load(example.wrong).map((diagnostic) => diagnostic.code))).toEqual(new Set([code]))
      expect(load(example.right)).toEqual([])
    })
})

describe("a problem", () => {
  const cases: ReadonlyArray<readonly [name: string, source: string, ...problems: ReadonlyArray<string>]> = [
    [
      "a key that is given twice is reported at its second place",
      "a: 1\nb: 2\n'a': 3\n",
      `SP0107 3:1 "'a'" the key "a" is given twice`
    ],
    [
      "a number and a text can be the same key",
      "1: a\n'1': b\n",
      `SP0107 2:1 "'1'" the key "1" is given twice`
    ],
    [
      "a control character, wherever it stands",
      "a: x\u0000y # \u001b\n",
      `SP0117 1:5 "\\u0000" the control character \\x00 is not allowed`,
      `SP0117 1:10 "\\u001b" the control character \\x1b is not allowed`
    ],
    ["a key without a colon", "a: 1\nbee\nc: 2\n", `SP0101 2:1 "bee" ":" is missing after the key "bee"`],
    ["a key of several lines", "a: 1\nb\n  c: 2\n", `SP0101 2:1 "b" ":" is missing after the key "b"`],
    [
      "a colon in a text without quotes",
      "title: a: b\n",
      `SP0101 1:8 "a" a second ": " on the line of a key`
    ],
    [
      "a key indented more than those above",
      "a:\n  b: 1\n   c: 2\n",
      `SP0104 3:4 "c" "c" does not line up with what stands above it`
    ],
    [
      "a key between two columns",
      "a:\n    b: 1\n  c: 2\n",
      `SP0104 3:3 "c" "c" does not line up with what stands above it`
    ],
    [
      "an item on the line of its key",
      "a: - b\nc: 1\n",
      `SP0101 1:4 "-" a list item cannot start on the line of its key`
    ],
    ["an item among keys", "a: 1\n- b\n", `SP0104 2:1 "-" a list item stands among the keys of a map`],
    ["a key among items", "- a\nb: 1\n", `SP0101 2:1 "b" unexpected "b" after the value`],
    ["a tab as indentation", "a:\n\tb: 1\n", `SP0105 2:1 "\\t" indented with a tab`],
    [
      "a template in brackets",
      "a: [${{ x }}, b]\n",
      `SP0101 1:5 "\${{" "\${{" inside of [ ] or { } needs quotes`
    ],
    [
      "a template in braces",
      "a: {b: ${{ x }}}\n",
      `SP0101 1:8 "\${{" "\${{" inside of [ ] or { } needs quotes`
    ],
    ["a value that begins with braces", "a: {{ x }}\n", `SP0108 1:5 "{" a map or list cannot be a key`],
    ["a missing comma", '["a" "b"]\n', `SP0101 1:6 "\\"" "," is missing between two items of the list`],
    ["two commas", "[a,,b]\n", `SP0101 1:4 "," nothing stands between two commas`],
    ["a bracket that is not closed", "a: [1, [2\nb: 3\n", `SP0102 1:8 "[" "[" is not closed`],
    ["the wrong bracket", "a: [1}\n", `SP0102 1:6 "}" "[" is closed with "}"`],
    ["a quote that is not closed", 'a: "x\nb: 1\n', `SP0102 1:4 "\\"" the quote " is not closed`],
    ["a quote that is closed by an escaped one", 'a: "x\\"', `SP0102 1:4 "\\"" the quote " is not closed`],
    ["a quote that is closed by a doubled one", "a: 'x''", `SP0102 1:4 "'" the quote ' is not closed`],
    ["text after a quoted value", "a: 'x' y z\n", `SP0101 1:8 "y z" unexpected "y z" after the value`],
    ["a comment without a space", 'a: "x"#y\n', `SP0101 1:7 "#" a space is missing before "#"`],
    [
      "escapes",
      'a: "\\q \\x4g \\u12"\n',
      `SP0103 1:5 "\\\\q" unknown escape "\\q"`,
      `SP0103 1:8 "\\\\x" unknown escape "\\x"`,
      `SP0103 1:13 "\\\\u" unknown escape "\\u"`
    ],
    ["an escape beyond Unicode", '"\\U00110000"', `SP0103 1:2 "\\\\U" unknown escape "\\U"`],
    [
      "a line of a block indented too little",
      "a: |3\n    b\n   c\n  d\n",
      `SP0104 4:3 "d" "d" does not line up with what stands above it`
    ],
    ["text behind a block indicator", "a: |text\n  b\n", `SP0101 1:5 "text" unexpected "text" after "|"`],
    ["a reserved character", "a: `b`\n", 'SP0106 1:4 "`" text cannot start with "`"'],
    ["a key that is a list", "? [a]\n: 1\n", `SP0108 1:3 "[" a map or list cannot be a key`],
    ["a key that is an alias", "a: &x 1\n*x : 2\n", `SP0108 2:1 "*" an alias cannot be a key`],
    ["a key that is missing", ": 1\n", `SP0108 1:1 ":" a key is missing here`],
    ["a merge key", "a: &x {b: 1}\nc: {<<: *x}\n", `SP0109 2:5 "<<" the merge key "<<" is not supported`],
    [
      "a tag on a value, a key and a list",
      "a: !!binary x\n!t b: 1\nc: !set\n  - d\n",
      `SP0110 1:4 "!!binary" the tag "!!binary" is not supported`,
      `SP0110 2:1 "!t" the tag "!t" is not supported`,
      `SP0110 3:4 "!set" the tag "!set" is not supported`
    ],
    [
      "declared tags",
      "%TAG ! tag:x,2000:\n---\na: 1\n",
      `SP0110 1:1 "%TAG ! tag:x,2000:" tags are not supported`
    ],
    [
      "an alias before its anchor",
      "a: *x\nb: &x 1\n",
      `SP0111 1:4 "*x" there is no anchor before this for the alias "*x"`
    ],
    [
      "an alias inside of its anchor",
      "a: &x [*x]\n",
      `SP0111 1:8 "*x" the alias "*x" stands inside of the value that it names`
    ],
    [
      "numbers",
      "[.inf, -.INF, .NaN, 9007199254740992, -9007199254740992, 0xfffffffffffffffff, 1e999]",
      `SP0112 1:2 ".inf" .inf is not a number that JSON can hold`,
      `SP0112 1:8 "-.INF" -.INF is not a number that JSON can hold`,
      `SP0112 1:15 ".NaN" .NaN is not a number that JSON can hold`,
      `SP0112 1:21 "9007199254740992" the integer 9007199254740992 is beyond 9007199254740991 and would be rounded`,
      `SP0112 1:39 "-9007199254740992" the integer -9007199254740992 is beyond 9007199254740991 and would be rounded`,
      `SP0112 1:58 "0xfffffffffffffffff" the integer 0xfffffffffffffffff is beyond 9007199254740991 and would be rounded`,
      `SP0112 1:79 "1e999" 1e999 is not a number that JSON can hold`
    ],
    ["a second document", "a: 1\n---\nb: 2\n---\nc: 3\n", `SP0113 2:1 "---" a second document starts here`],
    [
      "a second document without a marker",
      "a: 1\n...\nb: 2\n",
      `SP0113 3:1 "b" a second document starts here`
    ],
    [
      "another YAML version",
      "%YAML 1.1\n---\na: 1\n",
      `SP0101 1:1 "%YAML 1.1" unknown directive "%YAML 1.1"`
    ],
    [
      "a directive without a document",
      "%YAML 1.2\n",
      `SP0101 1:1 "%YAML 1.2" a directive must be followed by a line "---"`
    ],
    ["a comment without a space in a list", "[a,#c\n]", `SP0101 1:4 "#" a space is missing before "#"`],
    [
      "a pair of a list on two lines",
      '["a"\n : 1, "b\n c": 2]',
      `SP0101 1:2 "\\"a\\"" a key must stand on one line with its colon`,
      `SP0101 2:7 "\\"b\\n c\\"" a key must stand on one line with its colon`
    ],
    [
      "an anchor on the line of a dash",
      "&x - b\n",
      `SP0101 1:1 "&x" the list must start on the line after "&x"`
    ],
    ["an anchor above its key", "a: 1\n&x\nb: 2\n", `SP0101 2:1 "&x" the key must stand on the line of "&x"`],
    [
      "an anchor before the question mark",
      "a: 1\n&x ? b\n: 2\n",
      `SP0101 2:1 "&x" "&x" must stand after "?"`
    ],
    [
      "a map on the line of the marker",
      "--- a: 1\n",
      `SP0101 1:1 "---" a map or list cannot start on the line of "---"`
    ],
    ["two anchors", "&x &y a\n", `SP0101 1:4 "&y" a node can have only one anchor`],
    [
      "two tags",
      "!a !b c\n",
      `SP0101 1:4 "!b" a node can have only one tag`,
      `SP0110 1:4 "!b" the tag "!b" is not supported`
    ],
    ["an anchor on an alias", "[&x 1, &y *x]\n", `SP0101 1:8 "&y" an alias cannot have an anchor of its own`],
    ["an anchor without a name", "a: & b\n", `SP0101 1:4 "&" an anchor needs a name after "&"`],
    ["an anchor that looks like a key", "&a: b\n", `SP0101 1:1 "&a:" the anchor "&a:" ends with ":"`],
    [
      "an anchor beside its value",
      'a: !x"y"\n',
      `SP0101 1:4 "!x" a space is missing after "!x"`,
      `SP0110 1:4 "!x" the tag "!x" is not supported`
    ],
    ["text after the end marker", "a: 1\n... x\n", `SP0101 2:5 "x" unexpected "x" after the value`],
    [
      "a list with dashes in brackets",
      "[- a]",
      `SP0101 1:2 "-" a list with dashes cannot stand in [ ] or { }`
    ],
    [
      "a list with dashes in braces",
      "{a: - b}",
      `SP0101 1:5 "-" a list with dashes cannot stand in [ ] or { }`
    ],
    [
      "a comma that is missing in braces",
      "{a: 1 b: 2}",
      `SP0101 1:5 "1" a second ": " in an entry of [ ] or { }`
    ],
    ["a comma before everything", "[,a]", `SP0101 1:2 "," a value is missing before ","`],
    ["a tab before the text of a block", "a: |\n\tb\n", `SP0105 2:1 "\\t" indented with a tab`],
    ["a text that is not indented", "a:\n- |\nb\n", `SP0101 3:1 "b" ":" is missing after the key "b"`],
    [
      "spaces before the first line of a block",
      "a: |\n   \n  b\n",
      `SP0104 3:3 "b" an empty line above is indented more than the first line of the text`
    ],
    [
      "an item between two columns",
      "- - a\n - b\n",
      `SP0104 2:2 "-" "-" does not line up with what stands above it`
    ],
    ["a value without a dash", "- a\n&x b\n", `SP0101 2:1 "&x" unexpected "&x" after the value`],
    [
      "a key too long for its colon",
      `${"k".repeat(1030)}: 1`,
      `SP0101 1:1 "k" a key may have at most 1024 characters`
    ],
    ["a value behind a question mark", "? a\n- b\n", `SP0101 1:3 "a" ":" is missing after the key "a"`],
    ["a closing bracket too many", "a: []]]]\n", `SP0101 1:6 "]" unexpected "]"`]
  ]
  for (const [name, source, ...problems] of cases)
    it(`is reported where it is: ${name}`, () => {
      expect(problemsOf(source)).toEqual(problems)
    })
})

describe("problems", () => {
  it("of a file are all reported, in the order of the file", () => {
    const source = "a: @x\nb: !t 1\nc: *no\na: 2\nd: [1\ne: 1e999\n"
    expect(problemsOf(source).map((problem) => problem.slice(0, 10))).toEqual(
      // oxfmt-ignore
      ["SP0106 1:4", "SP0110 2:4", "SP0111 3:4", "SP0107 4:1", "SP0102 5:4", "SP0112 6:4"]
    )
  })

  it("leave as much of the value as can be read", () => {
    const { root } = loadYaml(
      new SourceFile("a.yaml", "a: @x\nb: !t 1\nc: *no\na: 2\nd: [1\ne: 1e999\nf\ng: {h: 1\n")
    )
    expect(root && toJson(root)).toEqual({ a: "@x", b: 1, c: null, d: [1], e: 0, f: null, g: { h: 1 } })
  })

  it("beyond the limit are counted as more", () => {
    const { diagnostics } = loadYaml(new SourceFile("a.yaml", "- *a\n".repeat(200)))
    expect(diagnostics.length).toBe(100)
    expect(diagnostics.at(-1)?.notes).toEqual([
      { message: "only the first 100 problems are shown, there are more" }
    ])
    expect(diagnostics.at(-2)?.notes).toEqual([])
  })

  it("name the first place of a key, and what an alias may have meant", () => {
    const { diagnostics } = loadYaml(new SourceFile("a.yaml", "base: &base 1\nbase: *bsae\n"))
    const [twice, alias] = diagnostics
    const note = twice?.notes[0]
    expect([note?.message, note?.span && textOf(note.span), note?.span?.start]).toEqual([
      "it is given here first",
      "base",
      0
    ])
    expect(alias?.help).toContain('did you mean "*base"?')
  })

  it("have messages of one line that do not grow with the file", () => {
    const long = "x".repeat(5000)
    for (const source of [
      `${long}: 1\n`,
      `*${long}`,
      `!${long} a`,
      `a: "b" ${long}`,
      `%${long}\n`,
      `1${"0".repeat(5000)}`
    ])
      for (const { message, help = "" } of loadYaml(new SourceFile("a.yaml", source)).diagnostics) {
        expect(message.length + help.length).toBeLessThan(300)
        expect(message + help).not.toMatch(/[\n\r]/)
      }
  })
})
