import type { LocatedText } from "./LocatedText.ts"
import type { Span } from "./Span.ts"

/** A place a person can go to: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * A file's text with its path as the user wrote it. Offsets are UTF-16 code units from the start of `text`.
 * Lines end at `\n` or `\r\n`; the line table is built on first use.
 */
export class SourceFile implements LocatedText {
  readonly path: string
  readonly text: string
  #lineStarts: ReadonlyArray<number> | undefined

  constructor(path: string, text: string) {
    this.path = path
    this.text = text
  }

  /** The span from `start` (inclusive) to `end` (exclusive), clamped to the file. */
  span(start: number, end: number): Span {
    const last = this.text.length
    const from = Math.min(Math.max(start, 0), last)
    return { file: this, start: from, end: Math.min(Math.max(end, from), last) }
  }

  /** Line and column of an offset, clamped to the file: past the end is the position after the last character. */
  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.text.length)
    const starts = this.lineStarts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 }
  }

  /** The text of a line (from 1) without its line end; empty for a line that does not exist. */
  line(line: number): string {
    const start = this.lineStarts[line - 1]
    if (start === undefined) return ""
    const next = this.lineStarts[line]
    const text = this.text.slice(start, next === undefined ? this.text.length : next - 1)
    return text.endsWith("\r") ? text.slice(0, -1) : text
  }

  /** How many lines the file has, at least 1. */
  get lineCount(): number {
    return this.lineStarts.length
  }

  private get lineStarts(): ReadonlyArray<number> {
    if (this.#lineStarts === undefined) {
      const starts = [0]
      for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1))
        starts.push(at + 1)
      this.#lineStarts = starts
    }
    return this.#lineStarts
  }
}
