import { describe, expect, it } from "@effect/vitest"
import { error, warning } from "../src/diagnostics/Diagnostic.ts"
import { renderJson } from "../src/diagnostics/JsonRenderer.ts"
import { SourceFile } from "../src/source/SourceFile.ts"

describe("diagnostics as JSON", () => {
  const file = new SourceFile("b.yaml", "a: 1\r\n👍: 2\n")
  const other = new SourceFile("a.yaml", "x")

  it("has every field, with null for what there is not", () => {
    const diagnostics = [
      error("SP1203", "unknown field", file.span(8, 9), {
        help: "h",
        notes: [{ message: "n" }, { message: "there", span: other.span(0, 1) }],
        fix: { title: "t", edits: [{ span: file.span(6, 8), text: "b" }] }
      }),
      warning("SP1204", "first by its path", other.span(1, 1))
    ]
    expect(JSON.parse(renderJson(diagnostics))).toEqual({
      version: 1,
      diagnostics: [
        {
          code: "SP1204",
          severity: "warning",
          message: "first by its path",
          file: "a.yaml",
          range: { start: { line: 1, column: 2, offset: 1 }, end: { line: 1, column: 2, offset: 1 } },
          notes: [],
          help: null,
          fix: null
        },
        {
          code: "SP1203",
          severity: "error",
          message: "unknown field",
          file: "b.yaml",
          range: { start: { line: 2, column: 3, offset: 8 }, end: { line: 2, column: 4, offset: 9 } },
          notes: [
            { message: "n", file: null, range: null },
            {
              message: "there",
              file: "a.yaml",
              range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } }
            }
          ],
          help: "h",
          fix: {
            title: "t",
            edits: [
              {
                file: "b.yaml",
                range: { start: { line: 2, column: 1, offset: 6 }, end: { line: 2, column: 3, offset: 8 } },
                text: "b"
              }
            ]
          }
        }
      ],
      summary: { errors: 1, warnings: 1, notes: 0, files: 2 }
    })
  })

  it("is a report without diagnostics when there are none", () => {
    expect(JSON.parse(renderJson([]))).toEqual({
      version: 1,
      diagnostics: [],
      summary: { errors: 0, warnings: 0, notes: 0, files: 0 }
    })
  })
})
