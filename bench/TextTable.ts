/** A column: its heading, and on which side its cells are aligned. */
export interface Column {
  readonly heading: string
  readonly align: "left" | "right"
}

/** Rows as aligned text under their headings. A row without cells is an empty line. */
export const textTable = (
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>
): string => {
  const headings = columns.map(({ heading }) => heading)
  const widths = columns.map((_, index) =>
    Math.max(...[headings, ...rows].map((cells) => (cells[index] ?? "").length))
  )
  const line = (cells: ReadonlyArray<string>): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? ""
        const width = widths[index] ?? 0
        return align === "left" ? cell.padEnd(width) : cell.padStart(width)
      })
      .join("  ")
      .trimEnd()
  const rule = widths.map((width) => "-".repeat(width))
  return [line(headings), line(rule), ...rows.map(line)].join("\n")
}
