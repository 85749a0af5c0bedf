import type { SourceFile } from "../source/SourceFile.ts"
import type { Span } from "../source/Span.ts"
import type { Gutter } from "./Gutter.ts"
import { lineWindow, type LineWindow } from "./LineWindow.ts"
import { markRows, type Underline } from "./MarkRows.ts"
import type { Style } from "./TerminalStyle.ts"

/** A place that is marked in an excerpt, with its text (made safe) beside or beneath it. */
export interface Label {
  readonly span: Span
  readonly text: string
}

/**
 * The source lines of `span` with carets under it, and those of the labels, which lie in the same file. Lines in
 * between are left out as `...`. A span over several lines is drawn at its side; of a label's, the first line counts.
 */
export const sourceExcerpt = (
  span: Span,
  style: Style,
  labels: ReadonlyArray<Label>,
  gutter: Gutter
): ReadonlyArray<string> => {
  const main = extentOf(span)
  const marks = [...labels.map(labelMark), ...(main.last === main.first ? [mainMark(main, style)] : [])]
  const side = main.last === main.first ? undefined : { ...main, style }
  const rows = [gutter.empty()]
  let shown = 0
  for (const line of linesShown(span.file, main, marks)) {
    if (shown > 0 && line > shown + 1)
      rows.push(gutter.gap(side !== undefined && line > main.first && shown < main.last, style))
    const here = marks.filter((mark) => mark.line === line)
    rows.push(...lineRows(span.file, line, here, side, gutter))
    shown = line
  }
  return rows
}

/** The greatest line number that an excerpt of the span shows. */
export const lastLineShown = (span: Span): number => extentOf(span).last

/**
 * Whether a label can be drawn in the excerpt of `span`: it lies in the same file, and not on a line that has to be
 * cut because of its length, where only one place is certain to be seen.
 */
export const sharesExcerpt = (span: Span, label: Span, gutter: Gutter): boolean => {
  if (label.file !== span.file) return false
  const text = label.file.line(extentOf(label).first)
  return text.length <= gutter.textWidth && lineWindow(text, 0, 0, gutter.textWidth).whole
}

/** Lines from 1, columns from 0 in UTF-16 code units; `end` is exclusive and lies on line `last`. */
interface Extent {
  readonly first: number
  readonly start: number
  readonly last: number
  readonly end: number
}

/** A span that ends with a line's end does not reach into the next line. */
const extentOf = (span: Span): Extent => {
  const start = span.file.position(span.start)
  const last = span.file.position(Math.max(span.start, span.end - 1))
  const end = span.end > span.start ? last.column : last.column - 1
  return { first: start.line, start: start.column - 1, last: last.line, end }
}

interface Mark {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly sign: "^" | "-"
  readonly style: Style
  readonly label?: string
}

const mainMark = (extent: Extent, style: Style): Mark => ({
  line: extent.first,
  start: extent.start,
  end: extent.end,
  sign: "^",
  style
})

const labelMark = ({ span, text }: Label): Mark => {
  const extent = extentOf(span)
  const end = extent.first === extent.last ? extent.end : span.file.line(extent.first).length
  return { line: extent.first, start: extent.start, end, sign: "-", style: "label", label: text }
}

/** A span over more lines than this shows its first and its last line only. */
const linesInFull = 4

const linesShown = (file: SourceFile, main: Extent, marks: ReadonlyArray<Mark>): ReadonlyArray<number> => {
  const lines = new Set([main.first, main.last, ...marks.map((mark) => mark.line)])
  if (main.last - main.first < linesInFull)
    for (let line = main.first; line < main.last; line++) lines.add(line)
  // A caret on an empty line (often the end of the file) says little without the line before.
  if (main.first > 1 && file.line(main.first).trim() === "") lines.add(main.first - 1)
  // A gap of one line takes as much room as the line.
  for (const line of lines) if (lines.has(line + 2)) lines.add(line + 1)
  return [...lines].toSorted((a, b) => a - b)
}

interface Side extends Extent {
  readonly style: Style
}

const lineRows = (
  file: SourceFile,
  line: number,
  marks: ReadonlyArray<Mark>,
  side: Side | undefined,
  gutter: Gutter
): ReadonlyArray<string> => {
  const text = file.line(line)
  const room = gutter.textWidth - (side === undefined ? 0 : 2)
  const focus = focusOf(line, marks, side)
  const window = lineWindow(text, focus.start, focus.end, room)
  const opensAtStart = side?.first === line && text.slice(0, side.start).trim() === ""
  const opened = side !== undefined && line >= side.first && line <= side.last
  const beside = (sign: "/" | "|" | "", row: string): string =>
    side === undefined ? row : besideRow(gutter.paint(side.style, sign), row)
  const rows = [
    gutter.line(line, beside(opensAtStart ? "/" : opened && line > side.first ? "|" : "", window.text))
  ]
  if (side?.first === line && !opensAtStart) rows.push(gutter.empty(opening(window, side, gutter)))
  if (marks.length > 0)
    for (const row of markRows(underlines(marks, window), room, gutter.paint))
      rows.push(gutter.empty(beside(opened ? "|" : "", row)))
  if (side?.last === line) rows.push(gutter.empty(closing(window, side, gutter)))
  return rows
}

/** A row behind the one column of the side line; nothing follows an empty row, not even spaces. */
const besideRow = (sign: string, row: string): string =>
  row === "" ? sign : `${sign === "" ? " " : sign} ${row}`

const focusOf = (
  line: number,
  marks: ReadonlyArray<Mark>,
  side: Side | undefined
): Pick<Mark, "start" | "end"> => {
  if (side?.first === line) return { start: side.start, end: side.start + 1 }
  if (side?.last === line) return { start: Math.max(0, side.end - 1), end: side.end }
  return marks.findLast((mark) => mark.sign === "^") ?? marks[0] ?? { start: 0, end: 0 }
}

const opening = (window: LineWindow, side: Side, gutter: Gutter): string => {
  const from = window.columns(side.start, side.start + 1)?.from ?? 0
  return ` ${gutter.paint(side.style, `${"_".repeat(from + 1)}^`)}`
}

const closing = (window: LineWindow, side: Side, gutter: Gutter): string => {
  const to = window.columns(Math.max(0, side.end - 1), side.end)?.to ?? 1
  return gutter.paint(side.style, `|${"_".repeat(to)}^`)
}

const underlines = (marks: ReadonlyArray<Mark>, window: LineWindow): ReadonlyArray<Underline> =>
  marks.flatMap(({ start, end, sign, style, label }) => {
    const columns = window.columns(start, end)
    return columns === undefined
      ? []
      : [{ ...columns, sign, style, ...(label === undefined ? {} : { label }) }]
  })
