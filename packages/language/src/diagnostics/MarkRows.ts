import { textWidth, wrapText } from "./DisplayText.ts"
import type { Columns } from "./LineWindow.ts"
import type { Paint, Style } from "./TerminalStyle.ts"

/** An underlined range of a shown line. `label` is safe text. */
export interface Underline extends Columns {
  readonly sign: "^" | "-"
  readonly style: Style
  readonly label?: string
}

/**
 * The rows beneath a source line: the underlines, the rightmost label beside them where it fits, the other labels
 * beneath, each joined to its underline by a line.
 */
export const markRows = (
  underlines: ReadonlyArray<Underline>,
  width: number,
  paint: Paint
): ReadonlyArray<string> => {
  const signs = new Row()
  for (const { from, to, sign, style } of underlines.toSorted(widestFirst)) signs.fill(from, to, sign, style)
  const labelled = underlines.filter(hasLabel).toSorted((a, b) => b.from - a.from)
  const beside = labelled.find((mark) => fitsBeside(mark, underlines, width))
  const first = signs.paint(paint)
  const below = labelled.filter((mark) => mark !== beside)
  return [
    beside === undefined ? first : `${first} ${paint(beside.style, beside.label)}`,
    ...labelRows(below, width, paint)
  ]
}

/** What is narrower is drawn on top, and of two alike the one with carets, so that every range can be seen. */
const widestFirst = (a: Underline, b: Underline): number =>
  b.to - b.from - (a.to - a.from) || (a.sign < b.sign ? -1 : a.sign > b.sign ? 1 : 0)

type Labelled = Underline & { readonly label: string }

const hasLabel = (mark: Underline): mark is Labelled => mark.label !== undefined

const fitsBeside = (mark: Labelled, all: ReadonlyArray<Underline>, width: number): boolean =>
  all.every((other) => other.to <= mark.to) && mark.to + 1 + textWidth(mark.label) <= width

/** `labels` from right to left: each hangs from its underline, past the lines of those to its left. */
const labelRows = (labels: ReadonlyArray<Labelled>, width: number, paint: Paint): ReadonlyArray<string> => {
  if (labels.length === 0) return []
  const rows = [connectors(labels).paint(paint)]
  for (const label of labels) {
    const columns = Math.min(width, textWidth(label.label))
    const from = Math.max(0, Math.min(label.from, width - columns))
    const left = labels.filter((other) => other.from < from)
    for (const text of wrapText(label.label, width))
      rows.push(connectors(left).paint(paint, from) + paint(label.style, text))
  }
  return rows
}

const connectors = (labels: ReadonlyArray<Labelled>): Row => {
  const row = new Row()
  for (const { from, style } of labels) row.fill(from, from + 1, "|", style)
  return row
}

/** A row of single-column characters, each with its style. */
class Row {
  readonly #chars: Array<{ readonly char: string; readonly style: Style } | undefined> = []

  fill(from: number, to: number, char: string, style: Style): void {
    for (let column = from; column < to; column++) this.#chars[column] = { char, style }
  }

  /** The row in colour, filled with spaces to `length` columns. */
  paint(paint: Paint, length = 0): string {
    let painted = ""
    for (let at = 0; at < this.#chars.length;) {
      const style = this.#chars[at]?.style ?? "plain"
      let run = ""
      for (; at < this.#chars.length && (this.#chars[at]?.style ?? "plain") === style; at++)
        run += this.#chars[at]?.char ?? " "
      painted += paint(style, run)
    }
    return painted + " ".repeat(Math.max(0, length - this.#chars.length))
  }
}
