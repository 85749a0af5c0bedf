import { showSpan } from "../source/Span.ts"
import { compareDiagnostics, type Diagnostic, type Fix, type Note } from "./Diagnostic.ts"
import { showSummary, summarize } from "./DiagnosticSummary.ts"
import { showText, wrapText } from "./DisplayText.ts"
import { changeRows, changesOf, lastLineChanged, type Change } from "./FixExcerpt.ts"
import { Gutter } from "./Gutter.ts"
import { lastLineShown, sharesExcerpt, sourceExcerpt, type Label } from "./SourceExcerpt.ts"
import { colorPaint, plainPaint, type Paint } from "./TerminalStyle.ts"

/** How to print. `wantsColor` decides about `color` from the environment. */
export interface TerminalOptions {
  readonly color: boolean
  /** Columns of the terminal, 100 when not given. Source lines are cut to it, notes and help are wrapped. */
  readonly width?: number
  /** Whether the last line counts the diagnostics, true when not given. */
  readonly summary?: boolean
}

/**
 * Diagnostics as text for a person, in order of file and place, each with its source lines, and a summary as the
 * last line. Ends with a line feed; is empty when there is nothing to report. With `color: false` the text is the
 * same without the colour codes. No character of a file, path or message reaches the terminal that could do more
 * than be read: see `displayCells`.
 */
export const renderTerminal = (diagnostics: ReadonlyArray<Diagnostic>, options: TerminalOptions): string => {
  if (diagnostics.length === 0) return ""
  const paint = options.color ? colorPaint : plainPaint
  const blocks = diagnostics
    .toSorted(compareDiagnostics)
    .map((diagnostic) => diagnosticRows(diagnostic, options.width ?? 100, paint).join("\n"))
  if (options.summary !== false) blocks.push(summaryRow(diagnostics, paint))
  return `${blocks.join("\n\n")}\n`
}

const summaryRow = (diagnostics: ReadonlyArray<Diagnostic>, paint: Paint): string => {
  const summary = summarize(diagnostics)
  const style = summary.errors > 0 ? "error" : summary.warnings > 0 ? "warning" : "note"
  return paint(style, showSummary(summary))
}

/** A note that has a place. */
type PlacedNote = Note & Label

const diagnosticRows = (diagnostic: Diagnostic, width: number, paint: Paint): ReadonlyArray<string> => {
  const { span, severity } = diagnostic
  const placed = diagnostic.notes.flatMap(placedNote)
  const changes = diagnostic.fix === undefined ? [] : changesOf(diagnostic.fix)
  const last = placed.reduce(
    (line, note) => Math.max(line, lastLineShown(note.span)),
    Math.max(lastLineShown(span), lastLineChanged(changes))
  )
  const gutter = new Gutter(last, width, paint)
  const labels = placed.filter((note) => sharesExcerpt(span, note.span, gutter))
  const apart = placed.filter((note) => !sharesExcerpt(span, note.span, gutter))
  const blocks = [
    [...sourceExcerpt(span, severity, labels, gutter), ...remarkRows(diagnostic, gutter)],
    ...apart.map((note) => noteRows(note, gutter)),
    ...(diagnostic.fix === undefined ? [] : [fixRows(diagnostic.fix, changes, diagnostic, gutter)])
  ]
  return [
    paint(severity, `${severity}[${diagnostic.code}]`) + paint("strong", `: ${showText(diagnostic.message)}`),
    gutter.arrow(showText(showSpan(span))),
    ...blocks.flatMap((rows, index) => (index === 0 ? rows : [gutter.empty(), ...rows]))
  ]
}

const placedNote = (note: Note): ReadonlyArray<PlacedNote> =>
  note.span === undefined ? [] : [{ ...note, span: note.span, text: showText(note.message) }]

/** Notes without a place, and the help unless the fix says the same. */
const remarkRows = (diagnostic: Diagnostic, gutter: Gutter): ReadonlyArray<string> => {
  const { help, fix } = diagnostic
  const notes = diagnostic.notes.filter((note) => note.span === undefined)
  const remarks = [
    ...notes.map((note) => ["note", note.message] as const),
    ...(help === undefined || help === fix?.title ? [] : [["help", help] as const])
  ]
  if (remarks.length === 0) return []
  const rows = remarks.flatMap(([title, text]) =>
    gutter.remark(title, (width) => wrapText(showText(text), width))
  )
  return [gutter.empty(), ...rows]
}

/** A note in another file, with an excerpt of its own. */
const noteRows = (note: PlacedNote, gutter: Gutter): ReadonlyArray<string> => [
  gutter.paint("note", "note") + gutter.paint("strong", `: ${note.text}`),
  gutter.arrow(showText(showSpan(note.span))),
  ...sourceExcerpt(note.span, "note", [], gutter)
]

const fixRows = (
  fix: Fix,
  changes: ReadonlyArray<Change>,
  diagnostic: Diagnostic,
  gutter: Gutter
): ReadonlyArray<string> => {
  const rows = [gutter.paint("help", "fix") + gutter.paint("strong", `: ${showText(fix.title)}`)]
  let file = diagnostic.span.file
  for (const change of changes) {
    if (change.file !== file) rows.push(gutter.arrow(showText(change.file.path)))
    file = change.file
    rows.push(gutter.empty(), ...changeRows(change, gutter))
  }
  return rows
}
