import type { Diagnostic } from "../../src/diagnostics/Diagnostic.ts"
import type { Span } from "../../src/source/Span.ts"

/** All of a diagnostic as text, so that two can be compared. */
export const diagnosticText = ({ code, fix, help, message, notes, severity, span }: Diagnostic): string =>
  [
    `${code} ${severity} ${place(span)} ${message}`,
    ...notes.map((note) => `note ${note.span === undefined ? "" : place(note.span)} ${note.message}`),
    ...(help === undefined ? [] : [`help ${help}`]),
    ...(fix === undefined
      ? []
      : [`fix ${fix.title}`, ...fix.edits.map((edit) => `${place(edit.span)} ${edit.text}`)])
  ].join("\n")

const place = ({ end, start }: Span): string => `${start}–${end}`
