import { showText, textWidth, wrapText } from "@sallyport/language"

/** Rows of texts under titles. A cell may hold any text: what could do more than be read is shown as a picture of it. */
export interface Table {
  readonly titles: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

/**
 * The table within `width` columns: the widest cells are wrapped until it fits, down to eight columns each. Without a
 * bound every row is one line. Ends with a line feed; empty without rows.
 */
export const renderTable = ({ rows, titles }: Table, width: number, indent = ""): string => {
  if (rows.length === 0) return ""
  const shown = [titles, ...rows].map((row) => titles.map((_, index) => oneLine(row[index] ?? "")))
  const widths = fit(
    titles.map((_, index) => Math.max(...shown.map((row) => textWidth(row[index] ?? "")))),
    width - indent.length - gap.length * (titles.length - 1)
  )
  const lines = shown.flatMap((row) => rowLines(row, widths))
  return lines.map((line) => `${indent}${line}`.trimEnd() + "\n").join("")
}

const gap = "  "
const narrowest = 8

const oneLine = (text: string): string => showText(text.trim().replaceAll(/\s+/g, " "))

/** Takes columns from the widest again and again; a handful of columns, so the loop is short. */
const fit = (natural: ReadonlyArray<number>, available: number): ReadonlyArray<number> => {
  const widths = [...natural]
  for (;;) {
    const excess = widths.reduce((sum, width) => sum + width, 0) - available
    const widest = Math.max(...widths)
    if (excess <= 0 || widest <= narrowest) return widths
    const next = Math.max(narrowest, ...widths.filter((width) => width < widest))
    const index = widths.indexOf(widest)
    widths[index] = Math.max(next === widest ? narrowest : next, widest - excess, widest - 4)
  }
}

const rowLines = (row: ReadonlyArray<string>, widths: ReadonlyArray<number>): ReadonlyArray<string> => {
  const cells = row.map((text, index) => cellLines(text, widths[index] ?? narrowest))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    cells.map((lines, index) => pad(lines[line] ?? "", widths[index] ?? 0)).join(gap)
  )
}

/** A text in lines of at most `width` columns, broken at spaces where there are any; as harmless as in a table. */
export const fittingLines = (text: string, width: number): ReadonlyArray<string> =>
  cellLines(oneLine(text), Math.max(narrowest, width))

const cellLines = (text: string, width: number): ReadonlyArray<string> =>
  textWidth(text) <= width ? [text] : wrapText(text, width).flatMap((line) => broken(line, width))

/** A word that is longer than its column goes on in the next line. */
const broken = (line: string, width: number): ReadonlyArray<string> => {
  const parts: Array<string> = []
  let part = ""
  for (const char of line) {
    if (part !== "" && textWidth(part + char) > width) {
      parts.push(part)
      part = ""
    }
    part += char
  }
  return [...parts, part]
}

const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - textWidth(text)))
