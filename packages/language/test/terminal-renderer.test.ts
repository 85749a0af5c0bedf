import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { error, warning, type Diagnostic } from "../src/diagnostics/Diagnostic.ts"
import { showText, textWidth } from "../src/diagnostics/DisplayText.ts"
import { renderTerminal } from "../src/diagnostics/TerminalRenderer.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import type { Span } from "../src/source/Span.ts"
import { forbidden, hostileText } from "./HostileText.ts"

const playbook = new SourceFile(
  "playbooks/triage.yaml",
  `name: Triage of phishing reports
steps:
  - id: enrich
    action: sekoia.enrich
    with:
      urls: \${{ event.urls }}
  - id: decide
    if: >-
      \${{ event.severity >= 70 &&
          steps.enrich.verdikt == "malicious" &&
          event.urls.exists(u, u.startsWith("http")) }}
    action: sekoia.block
  - id: enrich
\t- x
    title: 通知 "e\u0301" 👩\u200d👧 \${{ event.nmae }}
`
)

/** The place of the nth occurrence of a text, from 0. */
const find = (file: SourceFile, text: string, nth = 0): Span => {
  let at = file.text.indexOf(text)
  for (let count = 0; count < nth; count++) at = file.text.indexOf(text, at + 1)
  if (at < 0) throw new Error(`"${text}" is not in ${file.path}`)
  return file.span(at, at + text.length)
}

const plain = (diagnostic: Diagnostic, width = 80): string => {
  const rendered = renderTerminal([diagnostic], { color: false, width })
  return rendered.slice(0, rendered.lastIndexOf("\n\n"))
}

const fileOf = (text: string): SourceFile => new SourceFile("a.yaml", text)

describe("a diagnostic in the terminal", () => {
  it("shows its line with carets under the exact range, its help and its fix", () => {
    const span = find(playbook, "verdikt")
    const diagnostic = error("SP1203", 'unknown field "verdikt" on the output of sekoia.enrich', span, {
      help: 'did you mean "verdict"',
      fix: { title: 'replace "verdikt" by "verdict"', edits: [{ span, text: "verdict" }] }
    })
    expect(plain(diagnostic)).toBe(`error[SP1203]: unknown field "verdikt" on the output of sekoia.enrich
  --> playbooks/triage.yaml:10:24
   |
10 |           steps.enrich.verdikt == "malicious" &&
   |                        ^^^^^^^
   |
   = help: did you mean "verdict"
   |
fix: replace "verdikt" by "verdict"
   |
10 -           steps.enrich.verdikt == "malicious" &&
10 +           steps.enrich.verdict == "malicious" &&`)
  })

  it("shows a note's place in the same excerpt when it is in the same file", () => {
    const diagnostic = error("SP2001", 'duplicate step id "enrich"', find(playbook, "enrich", 3), {
      notes: [{ message: "first given here", span: find(playbook, "enrich") }]
    })
    expect(plain(diagnostic)).toBe(`error[SP2001]: duplicate step id "enrich"
  --> playbooks/triage.yaml:13:9
   |
 3 |   - id: enrich
   |         ------ first given here
...
13 |   - id: enrich
   |         ^^^^^^`)
  })

  it("shows a note in another file with an excerpt of its own, and wraps help to the width", () => {
    const manifest = new SourceFile(
      "manifests/sekoia.yaml",
      `${"#\n".repeat(119)}verdict: { type: string }\n`
    )
    const diagnostic = error("SP1203", "unknown field", find(playbook, "verdikt"), {
      notes: [
        { message: "the output is declared here", span: find(manifest, "verdict") },
        { message: "no place" }
      ],
      help: "the fields of an output are those that its manifest declares; add it there"
    })
    expect(plain(diagnostic, 60)).toBe(`error[SP1203]: unknown field
   --> playbooks/triage.yaml:10:24
    |
 10 |           steps.enrich.verdikt == "malicious" &&
    |                        ^^^^^^^
    |
    = note: no place
    = help: the fields of an output are those that its
            manifest declares; add it there
    |
note: the output is declared here
   --> manifests/sekoia.yaml:120:1
    |
120 | verdict: { type: string }
    | ^^^^^^^`)
  })

  it("draws several places in one line, the narrower on top, each joined to its text", () => {
    const diagnostic = warning(
      "SP1210",
      "comparison is always false",
      find(playbook, "event.severity >= 70"),
      {
        notes: [
          { message: "this is an int from 0 to 10", span: find(playbook, "event.severity") },
          { message: "greater than every value", span: find(playbook, "70") }
        ]
      }
    )
    expect(plain(diagnostic)).toBe(`warning[SP1210]: comparison is always false
 --> playbooks/triage.yaml:9:11
  |
9 |       \${{ event.severity >= 70 &&
  |           --------------^^^^-- greater than every value
  |           |
  |           this is an int from 0 to 10`)
  })

  it("draws a span of a few lines in full at its side", () => {
    const file = playbook
    const start = find(file, "${{ event.severity").start
    const end = find(file, '("http")) }}').end
    expect(plain(error("SP1101", "not a bool", file.span(start, end)))).toBe(`error[SP1101]: not a bool
  --> playbooks/triage.yaml:9:7
   |
 9 | /       \${{ event.severity >= 70 &&
10 | |           steps.enrich.verdikt == "malicious" &&
11 | |           event.urls.exists(u, u.startsWith("http")) }}
   | |_______________________________________________________^`)
  })

  it("draws the first and last line of a long span, and where it begins within a line", () => {
    const file = fileOf("a: [\n  1,\n  2,\n  3,\n  4,\n] # end")
    expect(plain(error("SP1101", "too long", file.span(3, file.text.indexOf("]") + 1))))
      .toBe(`error[SP1101]: too long
 --> a.yaml:1:4
  |
1 |   a: [
  |  ____^
... |
6 | | ] # end
  | |_^`)
  })

  it("measures carets in columns of the terminal, not in code units", () => {
    expect(plain(error("SP1203", 'unknown field "nmae"', find(playbook, "nmae"))))
      .toBe(`error[SP1203]: unknown field "nmae"
  --> playbooks/triage.yaml:15:36
   |
15 |     title: 通知 "e\u0301" 👩👧 \${{ event.nmae }}
   |                                    ^^^^`)
    expect(plain(error("SP0107", "a tab cannot indent", find(playbook, "\t")))).toContain(`
14 |     - x
   | ^^^^`)
    expect(plain(error("SP0107", "half a character", fileOf("x👍y").span(2, 3)))).toContain(
      "1 | x👍y\n  |  ^^"
    )
  })

  it("points behind the last character at a line's end, and shows the line before an empty one", () => {
    expect(plain(error("SP1102", "value missing", fileOf("a:\nb: 1").span(2, 2)))).toContain(
      "1 | a:\n  |   ^"
    )
    expect(plain(error("SP1102", "value missing", fileOf("a:\r\nb: 1").span(2, 3)))).toContain(
      "1 | a:\n  |   ^"
    )
    expect(plain(error("SP1102", "too early", fileOf("a: [\n").span(5, 5)))).toContain("1 | a: [\n2 |\n  | ^")
    expect(plain(error("SP1102", "empty", fileOf("").span(0, 0)))).toContain("1 |\n  | ^")
  })

  it("a span that ends with the end of its line stays on that line", () => {
    expect(plain(error("SP1102", "m", fileOf("ab\ncd").span(0, 3)))).toContain("1 | ab\n  | ^^")
  })

  it("cuts a line of a megabyte around the span, and keeps old and new line of a fix alike", () => {
    const file = fileOf(`x: ${"a".repeat(500_000)} foo.bar ${"b".repeat(500_000)}`)
    const span = find(file, "foo.bar")
    const diagnostic = error("SP1201", "unknown variable", span, {
      fix: { title: "use baz", edits: [{ span, text: "baz" }] },
      notes: [{ message: "begins here", span: file.span(0, 1) }]
    })
    expect(plain(diagnostic, 40)).toBe(`error[SP1201]: unknown variable
 --> a.yaml:1:500005
  |
1 | …aaaaaaaaaaaa foo.bar bbbbbbbbbbbbb…
  |               ^^^^^^^
  |
note: begins here
 --> a.yaml:1:1
  |
1 | x: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
  | ^
  |
fix: use baz
  |
1 - …aaaaaaaaaaaa foo.bar bbbbbbbbbbbbb…
1 + …aaaaaaaaaaaa baz bbbbbbbbbbbbbbbbb…`)
  })

  it("a line is never cut within a character", () => {
    for (const start of [400, 401]) {
      const rendered = plain(error("SP1201", "m", fileOf("👍".repeat(1000)).span(start, start + 2)), 40)
      expect(rendered).toContain("1 | …👍👍")
      expect(rendered).not.toContain("<U+")
    }
  })

  it("shows a single line between two places, and nothing behind an empty line at the side of a span", () => {
    const file = fileOf("a: 1\nb: 2\na: 3\n\nb: [\n\n]")
    const twice = error("SP0107", "twice", find(file, "a", 1), {
      notes: [{ message: "first", span: find(file, "a") }]
    })
    expect(plain(twice)).toContain("1 | a: 1\n  | - first\n2 | b: 2\n3 | a: 3\n  | ^")
    const span = file.span(find(file, "b", 1).start, file.text.length)
    expect(plain(error("SP1101", "m", span))).toContain("5 | / b: [\n6 | |\n7 | | ]\n  | |_^")
  })

  it("a text that does not fit beside its underline hangs beneath, moved left to fit", () => {
    const file = fileOf("abc: def ghi")
    const note = { message: "this is wanted", span: find(file, "ghi") }
    expect(plain(error("SP1101", "m", find(file, "abc"), { notes: [note] }), 30)).toContain(`
1 | abc: def ghi
  | ^^^      ---
  |          |
  |          this is wanted`)
    expect(plain(error("SP1101", "m", find(file, "abc"), { notes: [note] }), 24)).toContain(`
1 | abc: def ghi
  | ^^^      ---
  |          |
  |       this is wanted`)
    const wide = { message: "all", span: file.span(0, 12) }
    expect(
      plain(
        error("SP1101", "m", find(file, "def"), { notes: [wide, { message: "x", span: find(file, "d") }] })
      )
    ).toContain(`
1 | abc: def ghi
  | ------^^---- all
  |      |
  |      x`)
  })

  it("a span longer than the width is underlined as far as it is shown", () => {
    const rows = plain(error("SP1201", "long", fileOf("a".repeat(1000)).span(10, 990)), 40).split("\n")
    expect(rows[3]).toBe(`1 | …${"a".repeat(34)}…`)
    expect(rows[4]).toBe(`  |  ${"^".repeat(34)}`)
  })

  it("shows an inserted line alone, and every changed place of a fix", () => {
    const file = fileOf("a: 1\nb: 2\nc: 3\nd: 4\n")
    const fix = {
      title: "mend",
      edits: [
        { span: file.span(15, 16), text: "D" },
        { span: file.span(5, 5), text: "new: x\n" },
        { span: file.span(0, 1), text: "A" }
      ]
    }
    expect(plain(error("SP1101", "m", file.span(0, 1), { fix }))).toContain(`fix: mend
  |
1 - a: 1
1 + A: 1
  |
2 + new: x
  |
4 - d: 4
4 + D: 4`)
  })

  it("does not say twice what the fix says", () => {
    const span = find(playbook, "verdikt")
    const fix = { title: 'write "verdict"', edits: [{ span, text: "verdict" }] }
    expect(plain(error("SP1203", "m", span, { help: 'write "verdict"', fix }))).not.toContain("help:")
  })

  it("counts the lines of a fix that are too many to show", () => {
    const file = fileOf("a")
    const fix = { title: "mend", edits: [{ span: file.span(1, 1), text: "\nx".repeat(100) }] }
    expect(plain(error("SP1101", "m", file.span(0, 1), { fix }))).toContain("  | … 92 more lines")
  })

  it("sorts by file and place and ends with a summary", () => {
    const other = new SourceFile("a.yaml", "x: 1")
    const rendered = renderTerminal(
      [
        error("SP1102", "third", find(playbook, "decide")),
        warning("SP1103", "second", find(playbook, "Triage")),
        error("SP1101", "first", other.span(0, 1))
      ],
      { color: false }
    )
    expect(rendered.match(/first|second|third/g)).toEqual(["first", "second", "third"])
    expect(rendered.endsWith("\n\n2 errors, 1 warning in 2 files\n")).toBe(true)
    expect(renderTerminal([], { color: true })).toBe("")
  })

  it("hostile paths, messages and notes cannot fake output", () => {
    const file = new SourceFile("a\u001b[2J\nerror[SP0001]: b\u202e.yaml", "k\u001b]0;x\u0007\u202e: 1")
    const rendered = plain(
      error("SP1101", "m\u001b[31m\nerror[SP9999]: x", file.span(0, 1), {
        notes: [{ message: "n\n= help: y\u0007" }],
        help: "h\u2028\nh",
        fix: { title: "t\u001b", edits: [{ span: file.span(0, 1), text: "\u001b[31m\u202ek" }] }
      })
    )
    expect(rendered).not.toMatch(/^error\[SP9999\]/m)
    expect(rendered.split("\n").filter((row) => forbidden.test(row))).toEqual([])
  })

  const given = Arbitrary.all({
    before: Arbitrary.array(hostileText, { maxLength: 3 }),
    line: hostileText,
    start: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 120 }))),
    length: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 200 }))),
    text: hostileText,
    width: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 30, maximum: 120 })))
  })

  it.effect("nothing in any text, path or message reaches the terminal raw, and colours only add codes", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        given,
        ({ before, line, start, length, text, width }) => {
          const file = new SourceFile(text, [...before, line].join("\n"))
          const span = file.span(start, start + length)
          const diagnostic = error("SP1101", text, span, {
            notes: [{ message: text, span: file.span(length, start) }, { message: text }],
            help: text,
            fix: { title: text, edits: [{ span, text }] }
          })
          const bare = renderTerminal([diagnostic], { color: false, width })
          const colored = renderTerminal([diagnostic], { color: true, width })
          const stripped = colored.replaceAll(/\u001b\[[0-9;]*m/g, "")
          return stripped === bare && !bare.split("\n").some((row) => forbidden.test(row))
        },
        { runs: 1000, seed: 5 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("carets lie under what the span covers and no source line is wider than the terminal", () =>
    Effect.gen(function* () {
      let whole = 0
      const result = yield* Arbitrary.checkEffect(
        given,
        ({ before, line, start, length, width }) => {
          const file = new SourceFile("a.yaml", [...before, line].join("\n"))
          const first = file.text.length - line.length
          const cells = cellStarts(line)
          const from = cells[start % cells.length] ?? 0
          const to = Math.max(from, cells[(start + length) % cells.length] ?? 0)
          const rows = plain(error("SP1101", "m", file.span(first + from, first + to)), width).split("\n")
          const source = rows.at(-2)?.slice(4) ?? ""
          const carets = rows.at(-1)?.slice(4) ?? ""
          if (textWidth(source) > width - 4) return false
          if (source !== showText(line)) return carets.includes("^")
          whole++
          const column = textWidth(showText(line.slice(0, from)))
          const columns = Math.max(1, textWidth(showText(line.slice(0, to))) - column)
          return carets === " ".repeat(column) + "^".repeat(columns)
        },
        { runs: 2000, seed: 6 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(whole).toBeGreaterThan(300)
    })
  )

  it("many diagnostics on a line of a megabyte are rendered within bounds", () => {
    const file = fileOf(`${"x".repeat(1_000_000)}\n`)
    const diagnostics = Array.from({ length: 1000 }, (_, index) =>
      error("SP1101", "m", file.span(index * 1000, index * 1000 + 5))
    )
    const started = performance.now()
    renderTerminal(diagnostics, { color: true })
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

/** Offsets in a line that begin a character which is shown apart from those around it. */
const cellStarts = (line: string): ReadonlyArray<number> => {
  const starts = [line.length]
  for (let at = 0; at < line.length; at++)
    if (textWidth(line.slice(0, at)) + textWidth(line.slice(at)) === textWidth(line)) starts.push(at)
  return starts
}
