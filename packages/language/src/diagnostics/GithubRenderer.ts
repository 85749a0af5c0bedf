import { compareDiagnostics, type Diagnostic } from "./Diagnostic.ts"
import { showText } from "./DisplayText.ts"

/**
 * Diagnostics as GitHub Actions workflow commands, one a line, which GitHub shows as annotations of the changed
 * lines: `::error file=a.yaml,line=1,col=2,endLine=1,endColumn=5,title=SP1203::message`. Empty when there are none.
 * GitHub refuses columns when an annotation covers several lines, so only one within a line has them.
 */
export const renderGithub = (diagnostics: ReadonlyArray<Diagnostic>): string =>
  diagnostics
    .toSorted(compareDiagnostics)
    .map((diagnostic) => `${command(diagnostic)}\n`)
    .join("")

const levels = { error: "error", warning: "warning", note: "notice" } as const

const command = (diagnostic: Diagnostic): string => {
  const { file, start, end } = diagnostic.span
  const from = file.position(start)
  const to = file.position(end)
  const columns = from.line === to.line ? [`col=${from.column}`, `endColumn=${to.column}`] : []
  const properties = [
    // A path that is not safe to print names no file any more, and its annotation none of the changed lines.
    `file=${property(showText(file.path))}`,
    `line=${from.line}`,
    `endLine=${to.line}`,
    ...columns,
    `title=${property(diagnostic.code)}`
  ]
  return `::${levels[diagnostic.severity]} ${properties.join(",")}::${data(messageOf(diagnostic))}`
}

/** Each part is made safe by itself: a log viewer shows this line, and only our own line breaks may be in it. */
const messageOf = (diagnostic: Diagnostic): string =>
  [
    showText(diagnostic.message),
    ...diagnostic.notes.map((note) => `note: ${showText(note.message)}`),
    ...(diagnostic.help === undefined ? [] : [`help: ${showText(diagnostic.help)}`])
  ].join("\n")

/** The escapes of `@actions/core` (toolkit, packages/core/src/command.ts). */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
