import { describe, expect, it } from "@effect/vitest"
import { textWidth } from "@sallyport/language"
import { renderTable } from "../src/Table.ts"

const table = {
  titles: ["NAME", "MEANING"],
  rows: [
    ["short", "a sentence that is longer than what there is room for"],
    ["an-extremely-long-name-without-any-space-in-it", "x"],
    ["漢字漢字漢字漢字漢字", "wide"]
  ]
}

describe("a table", () => {
  it("is one line a row where nobody looks", () => {
    expect(renderTable(table, Number.POSITIVE_INFINITY).split("\n")).toHaveLength(5)
  })

  it("never goes beyond the width, and loses no character", () => {
    for (const width of [20, 24, 31, 40, 80]) {
      const text = renderTable(table, width, "  ")
      for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(width)
      for (const row of table.rows)
        for (const cell of row) for (const char of cell.replaceAll(" ", "")) expect(text).toContain(char)
    }
  })

  it("shows what a terminal would obey instead of printing it", () => {
    const text = renderTable({ titles: ["A"], rows: [["red \u001b[31m \u202e text\nnext"]] }, 80)
    expect(text).not.toMatch(/[\u001b\u202e]/)
    expect(text.split("\n")).toHaveLength(3)
  })

  it("without rows is nothing", () => {
    expect(renderTable({ titles: ["A"], rows: [] }, 80)).toBe("")
  })
})
