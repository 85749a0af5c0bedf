import type { ScalarSink } from "./ScalarSink.ts"

/** What a block scalar's header and place say about how to read its lines (YAML 1.2.2, 8.1). */
export interface BlockScalarForm {
  readonly folded: boolean
  /** What becomes of the line breaks at the end: one is kept, all, or none. */
  readonly chomping: "clip" | "keep" | "strip"
  /** The indentation of the collection around it. */
  readonly parentIndent: number
  /** The header's indentation indicator; 0 when the first line of content decides. */
  readonly indicator: number
  /** At the root, content need not be indented. */
  readonly atRoot: boolean
}

/** Writes the lines of a block scalar (its source after the header's line) into a sink. */
export const decodeBlock = (source: string, form: BlockScalarForm, sink: ScalarSink): void => {
  const lines = splitLines(source)
  const lastText = lines.findLastIndex((line) => line.text < line.end)
  if (lastText < 0) {
    if (form.chomping === "keep") keepBreaks(lines, 0, source, sink)
    return
  }
  const firstText = lines.findIndex((line) => line.text < line.end)
  const indent = contentIndent(lines, firstText, form, sink)
  const last = lastContentLine(lines, lastText, indent)
  for (let index = 0; index < firstText; index += 1) {
    const line = lineAt(lines, index)
    sink.copy(Math.min(line.start + indent, line.text), line.text)
    sink.make("\n", line.end, line.next)
  }
  if (form.folded) foldLines(lines, firstText, last, indent, sink)
  else copyLines(lines, firstText, last, indent, sink)
  if (form.chomping === "keep") keepBreaks(lines, last, source, sink)
  else if (form.chomping === "clip") {
    const line = lineAt(lines, last)
    sink.make("\n", line.end, line.next)
  }
}

/** Offsets of one line: its start, its first character that is no space, its end, and the next line. */
interface Line {
  readonly start: number
  readonly text: number
  readonly end: number
  readonly next: number
  /** True when the text begins with a tab, which in a folded scalar counts as being indented more. */
  readonly tab: boolean
}

const splitLines = (source: string): ReadonlyArray<Line> => {
  const lines: Array<Line> = []
  let start = 0
  for (;;) {
    const newline = source.indexOf("\n", start)
    const limit = newline < 0 ? source.length : newline
    let text = start
    while (text < limit && source[text] === " ") text += 1
    const end = limit > text && source[limit - 1] === "\r" ? limit - 1 : limit
    lines.push({ start, text, end, next: newline < 0 ? limit : newline + 1, tab: source[text] === "\t" })
    if (newline < 0) return lines
    start = newline + 1
  }
}

/** The number of leading spaces that are indentation and not content. */
const contentIndent = (
  lines: ReadonlyArray<Line>,
  firstText: number,
  form: BlockScalarForm,
  sink: ScalarSink
): number => {
  const first = lineAt(lines, firstText)
  const own = first.text - first.start
  let least = form.parentIndent + form.indicator
  if (form.indicator === 0)
    for (const line of lines.slice(0, firstText)) least = Math.max(least, line.text - line.start)
  if (form.indicator === 0 && own < least) sink.refuse("moreIndentedBefore", first.text, first.end)
  const indent = form.indicator === 0 ? own : least
  if (indent === 0 && !form.atRoot) {
    if (first.tab) sink.refuse("tab", first.start, first.start + 1)
    else sink.refuse("notIndented", first.start, first.end)
  }
  return indent
}

/** Lines of spaces behind the text are content when they are longer than the indentation. */
const lastContentLine = (lines: ReadonlyArray<Line>, lastText: number, indent: number): number => {
  for (let index = lines.length - 1; index > lastText; index -= 1) {
    const line = lineAt(lines, index)
    if (line.text - line.start > indent) return index
  }
  return lastText
}

const copyLines = (
  lines: ReadonlyArray<Line>,
  first: number,
  last: number,
  indent: number,
  sink: ScalarSink
): void => {
  for (let index = first; index <= last; index += 1) {
    const line = lineAt(lines, index)
    copyLine(line, indent, sink)
    if (index < last) sink.make("\n", line.end, line.next)
  }
}

/**
 * YAML 1.2.2, 8.1.3: between two lines of text a single break is a space, and of several the first is dropped.
 * Beside a line that is indented more (or starts with a tab) every break stays.
 */
const foldLines = (
  lines: ReadonlyArray<Line>,
  first: number,
  last: number,
  indent: number,
  sink: ScalarSink
): void => {
  let previous = first
  copyLine(lineAt(lines, first), indent, sink)
  let previousKeeps = keepsBreaks(lineAt(lines, first), indent)
  for (let index = first + 1; index <= last; index += 1) {
    const line = lineAt(lines, index)
    const keeps = keepsBreaks(line, indent)
    if (line.text === line.end && !keeps) continue
    const before = lineAt(lines, previous)
    if (keeps || previousKeeps) sink.make("\n", before.end, before.next)
    else if (index === previous + 1) sink.make(" ", before.end, before.next)
    for (let empty = previous + 1; empty < index; empty += 1) {
      const line = lineAt(lines, empty)
      sink.make("\n", line.end, line.next)
    }
    copyLine(line, indent, sink)
    previous = index
    previousKeeps = keeps
  }
}

const keepsBreaks = (line: Line, indent: number): boolean => line.text - line.start > indent || line.tab

const copyLine = (line: Line, indent: number, sink: ScalarSink): void => {
  const from = Math.min(line.start + indent, line.text)
  if (line.text < line.end && line.text - line.start < indent)
    sink.refuse("lessIndented", line.text, line.end)
  sink.copy(from, line.end)
}

/** All breaks from line `from` on; at least one, even where the file ends without. */
const keepBreaks = (lines: ReadonlyArray<Line>, from: number, source: string, sink: ScalarSink): void => {
  for (let index = from; index < lines.length - 1; index += 1) {
    const line = lineAt(lines, index)
    sink.make("\n", line.end, line.next)
  }
  if (from >= lines.length - 1 && source !== "") sink.make("\n", source.length, source.length)
}

// Indices are always in range here; the fallback is for the type checker.
const lineAt = (lines: ReadonlyArray<Line>, index: number): Line => lines[index] ?? noLine

const noLine: Line = { start: 0, text: 0, end: 0, next: 0, tab: false }
