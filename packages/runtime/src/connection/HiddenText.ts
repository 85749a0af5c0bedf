import { type Diagnostic, SourceFile, type Span } from "@sallyport/language"

/**
 * Diagnostics of a file in which secrets may be written down, made safe to print: an excerpt of the file shows `shown`
 * and what gives a file its structure, and of every other character only that there is one. Places stay the same. Fixes
 * are left out, because their edits are made to the text of the file.
 */
export const withHiddenText = (
  diagnostics: ReadonlyArray<Diagnostic>,
  file: SourceFile,
  shown: Iterable<Span>
): ReadonlyArray<Diagnostic> => {
  const hidden = new SourceFile(file.path, hide(file.text, shown))
  const moved = (span: Span): Span => (span.file === file ? hidden.span(span.start, span.end) : span)
  return diagnostics.map(({ fix: _fix, ...diagnostic }) => ({
    ...diagnostic,
    span: moved(diagnostic.span),
    notes: diagnostic.notes.map(({ message, span }) =>
      span === undefined ? { message } : { message, span: moved(span) }
    )
  }))
}

/** What can be shown of a file whose YAML is wrong, so that it is not known what is what: the keys that begin a line. */
export const leadingKeys = (file: SourceFile): ReadonlyArray<Span> =>
  [...file.text.matchAll(/^[ \t]*["']?([A-Za-z_][A-Za-z0-9_?-]{0,63})["']?[ \t]*:(?=\s|$)/gm)].map(
    ({ 0: text, 1: name = "", index }) => {
      const start = index + text.indexOf(name)
      return file.span(start, start + name.length)
    }
  )

const hide = (text: string, shown: Iterable<Span>): string => {
  const parts: Array<string> = []
  let at = 0
  for (const { end, start } of [...shown].toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue
    const from = Math.max(start, at)
    parts.push(masked(text.slice(at, from)), text.slice(from, end))
    at = end
  }
  parts.push(masked(text.slice(at)))
  return parts.join("")
}

/** As long as the text, in UTF-16 units, and of as many lines. */
const masked = (text: string): string => text.replaceAll(/[^\s{}[\],:"'#|>-]|-(?!\s)/g, "*")
