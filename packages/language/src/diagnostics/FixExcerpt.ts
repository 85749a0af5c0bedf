import type { SourceFile } from "../source/SourceFile.ts"
import type { Edit, Fix } from "./Diagnostic.ts"
import { applyEdits, compareEdits } from "./FixApplication.ts"
import type { Gutter } from "./Gutter.ts"
import { lineWindow } from "./LineWindow.ts"

/** Lines of one file that a fix changes: `before` from line `line` of the old text, `after` in their place. */
export interface Change {
  readonly file: SourceFile
  readonly line: number
  readonly before: ReadonlyArray<string>
  readonly after: ReadonlyArray<string>
}

/** The changed lines of a fix, by file and place, without those that stay as they are. */
export const changesOf = (fix: Fix): ReadonlyArray<Change> =>
  groupByLines(fix.edits.toSorted(compareEdits))
    .map(changeOf)
    .filter(({ before, after }) => before.length + after.length > 0)

/** The greatest line number that `changeRows` prints. */
export const lastLineChanged = (changes: ReadonlyArray<Change>): number =>
  changes.reduce(
    (last, { line, before, after }) => Math.max(last, line + Math.max(before.length, after.length) - 1),
    1
  )

/** More lines than this of one change, on either side, are counted instead of shown. */
const linesInFull = 8

/** A change as `-` and `+` lines, a long line cut around what is different. */
export const changeRows = (change: Change, gutter: Gutter): ReadonlyArray<string> => {
  const side = (
    sign: "-" | "+",
    lines: ReadonlyArray<string>,
    others: ReadonlyArray<string>
  ): Array<string> => {
    const rows = lines.slice(0, linesInFull).map((text, index) => {
      const { start, length } = difference(text, others[index] ?? "")
      const window = lineWindow(text, start, start + length, gutter.textWidth)
      return gutter.change(change.line + index, sign, window.text)
    })
    const hidden = lines.length - rows.length
    return hidden > 0 ? [...rows, gutter.empty(`… ${hidden} more lines`)] : rows
  }
  return [...side("-", change.before, change.after), ...side("+", change.after, change.before)]
}

/** Edits in one file whose lines meet belong together; `edits` are in order. */
const groupByLines = (edits: ReadonlyArray<Edit>): ReadonlyArray<ReadonlyArray<Edit>> => {
  const groups: Array<Array<Edit>> = []
  for (const edit of edits) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const meets =
      last !== undefined &&
      last.span.file === edit.span.file &&
      edit.span.file.position(last.span.end).line >= edit.span.file.position(edit.span.start).line
    if (meets && group !== undefined) group.push(edit)
    else groups.push([edit])
  }
  return groups
}

const changeOf = (edits: ReadonlyArray<Edit>): Change => {
  const [first] = edits
  const last = edits.at(-1)
  if (first === undefined || last === undefined) throw new Error("a group of edits is never empty")
  const file = first.span.file
  const line = file.position(first.span.start).line
  const lastLine = file.position(last.span.end).line
  const start = first.span.start - (file.position(first.span.start).column - 1)
  const end =
    last.span.end + Math.max(0, file.line(lastLine).length - (file.position(last.span.end).column - 1))
  const moved = edits.map(({ span, text }) => ({
    span: { file, start: span.start - start, end: span.end - start },
    text
  }))
  const old = file.text.slice(start, end)
  return withoutEqualEnds({ file, line, before: lines(old), after: lines(applyEdits(old, moved)) })
}

const lines = (text: string): ReadonlyArray<string> => text.split(/\r?\n/)

/** A line that is inserted or removed is shown alone, without the neighbour at whose edge it was. */
const withoutEqualEnds = ({ file, line, before, after }: Change): Change => {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const most = Math.min(before.length, after.length) - head
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return {
    file,
    line: line + head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail)
  }
}

/** Where two versions of a line differ, the same for both, so that both are cut alike. */
const difference = (a: string, b: string): { readonly start: number; readonly length: number } => {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start++
  let tail = 0
  while (tail < most - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  return { start, length: Math.max(a.length, b.length) - start - tail }
}
