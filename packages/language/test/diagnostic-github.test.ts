import { describe, expect, it } from "@effect/vitest"
import { error, warning } from "../src/diagnostics/Diagnostic.ts"
import { renderGithub } from "../src/diagnostics/GithubRenderer.ts"
import { SourceFile } from "../src/source/SourceFile.ts"

describe("diagnostics as GitHub annotations", () => {
  const file = new SourceFile("playbooks/a.yaml", "ab: 1\ncd: 2\n")

  it("name file, line, columns, code and message", () => {
    expect(renderGithub([error("SP1203", "unknown field", file.span(6, 8))])).toBe(
      "::error file=playbooks/a.yaml,line=2,endLine=2,col=1,endColumn=3,title=SP1203::unknown field\n"
    )
  })

  it("have no columns when they cover several lines", () => {
    expect(renderGithub([warning("SP1203", "m", file.span(0, 8))])).toBe(
      "::warning file=playbooks/a.yaml,line=1,endLine=2,title=SP1203::m\n"
    )
  })

  it("a note is a notice, and notes and help follow the message on lines of their own", () => {
    const note = { code: "SP1203", severity: "note", message: "m", span: file.span(0, 1) } as const
    expect(renderGithub([{ ...note, notes: [{ message: "n" }], help: "100%" }])).toBe(
      "::notice file=playbooks/a.yaml,line=1,endLine=1,col=1,endColumn=2,title=SP1203::m%0Anote: n%0Ahelp: 100%25\n"
    )
  })

  it("hostile paths and messages cannot begin another command or property", () => {
    const hostile = new SourceFile("a,line=9:x%\r\n::error::\u001b[2Jb.yaml", "k")
    const rendered = renderGithub([
      error("SP1203", "m\r\n::set-output name=x::y\u001b[2J%0A", hostile.span(0, 1))
    ])
    expect(rendered).toBe(
      "::error file=a%2Cline=9%3Ax%25␍␊%3A%3Aerror%3A%3A␛[2Jb.yaml,line=1,endLine=1,col=1,endColumn=2,title=SP1203" +
        "::m␍␊::set-output name=x::y␛[2J%250A\n"
    )
  })

  it("are one a line in order, and nothing when there are none", () => {
    const rows = renderGithub([
      error("SP1203", "second", file.span(3, 4)),
      error("SP1203", "first", file.span(0, 1))
    ])
    expect(rows.split("\n").map((row) => row.replace(/.*::/, ""))).toEqual(["first", "second", ""])
    expect(renderGithub([])).toBe("")
  })
})
