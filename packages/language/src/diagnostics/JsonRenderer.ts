import type { Position } from "../source/SourceFile.ts"
import type { Span } from "../source/Span.ts"
import { compareDiagnostics, type Code, type Diagnostic, type Severity } from "./Diagnostic.ts"
import { summarize, type DiagnosticSummary } from "./DiagnosticSummary.ts"

/**
 * What `renderJson` writes. Every field is always there; what a diagnostic does not have is null. Fields may be added
 * under the same `version`; a change of meaning raises it.
 */
export interface JsonReport {
  readonly version: 1
  /** In the order of `compareDiagnostics`. */
  readonly diagnostics: ReadonlyArray<JsonDiagnostic>
  readonly summary: DiagnosticSummary
}

/** A diagnostic as data; null where there is nothing. */
export interface JsonDiagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  /** The path as the user wrote it. */
  readonly file: string
  readonly range: JsonRange
  readonly notes: ReadonlyArray<JsonNote>
  readonly help: string | null
  readonly fix: JsonFix | null
}

/** `end` is exclusive. */
export interface JsonRange {
  readonly start: JsonPosition
  readonly end: JsonPosition
}

/** Line and column from 1, offset from 0; columns and offsets count UTF-16 code units, as in JavaScript and LSP. */
export interface JsonPosition extends Position {
  readonly offset: number
}

/** `file` and `range` are both null or both given. */
export interface JsonNote {
  readonly message: string
  readonly file: string | null
  readonly range: JsonRange | null
}

/** A fix as data. */
export interface JsonFix {
  readonly title: string
  readonly edits: ReadonlyArray<JsonEdit>
}

/** A replacement of a range by a text, as data. */
export interface JsonEdit {
  readonly file: string
  readonly range: JsonRange
  /** What to put in place of the range. */
  readonly text: string
}

/** Diagnostics as an indented JSON text of the shape `JsonReport`, ending with a line feed. */
export const renderJson = (diagnostics: ReadonlyArray<Diagnostic>): string =>
  `${JSON.stringify(jsonReport(diagnostics), undefined, 2)}\n`

/** The value that `renderJson` writes. */
export const jsonReport = (diagnostics: ReadonlyArray<Diagnostic>): JsonReport => ({
  version: 1,
  diagnostics: diagnostics.toSorted(compareDiagnostics).map(jsonDiagnostic),
  summary: summarize(diagnostics)
})

const jsonDiagnostic = (diagnostic: Diagnostic): JsonDiagnostic => ({
  code: diagnostic.code,
  severity: diagnostic.severity,
  message: diagnostic.message,
  file: diagnostic.span.file.path,
  range: rangeOf(diagnostic.span),
  notes: diagnostic.notes.map(({ message, span }) => ({
    message,
    file: span?.file.path ?? null,
    range: span === undefined ? null : rangeOf(span)
  })),
  help: diagnostic.help ?? null,
  fix:
    diagnostic.fix === undefined
      ? null
      : {
          title: diagnostic.fix.title,
          edits: diagnostic.fix.edits.map(({ span, text }) => ({
            file: span.file.path,
            range: rangeOf(span),
            text
          }))
        }
})

const rangeOf = (span: Span): JsonRange => ({
  start: { ...span.file.position(span.start), offset: span.start },
  end: { ...span.file.position(span.end), offset: span.end }
})
