import type { Span } from "../source/Span.ts"

/** A stable code, `SP` and four digits. Codes are never renumbered and never reused. */
export type Code = `SP${number}`

/** `error` stops what was asked for; `warning` is probably a mistake; `note` informs. */
export type Severity = "error" | "warning" | "note"

/** A further fact about a diagnostic, with its own place when there is one. */
export interface Note {
  readonly message: string
  readonly span?: Span
}

/** A replacement of `span` by `text`; an insertion when the span is a point. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A change that mends the problem. `edits` do not overlap and are applied together. */
export interface Fix {
  readonly title: string
  readonly edits: ReadonlyArray<Edit>
}

/** One problem, at one place, with what a person needs to act on it. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** One sentence, no full stop: what is wrong. */
  readonly message: string
  readonly span: Span
  readonly notes: ReadonlyArray<Note>
  /** What to do, when it can be said in general. */
  readonly help?: string
  /** Only where applying it is safe without a person's judgement. */
  readonly fix?: Fix
}

/** What a diagnostic may carry besides its place and message. */
export type DiagnosticDetails = Partial<Pick<Diagnostic, "notes" | "help" | "fix">>

/** A diagnostic that stops what was asked for. */
export const error = (
  code: Code,
  message: string,
  span: Span,
  details: DiagnosticDetails = {}
): Diagnostic => ({ code, severity: "error", message, span, notes: [], ...details })

/** A diagnostic about what is probably a mistake. */
export const warning = (
  code: Code,
  message: string,
  span: Span,
  details: DiagnosticDetails = {}
): Diagnostic => ({ code, severity: "warning", message, span, notes: [], ...details })

/** True when any of the diagnostics is an error. */
export const hasErrors = (diagnostics: ReadonlyArray<Diagnostic>): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === "error")

/** Orders by file, then place, then code: the order in which every renderer prints. */
export const compareDiagnostics = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.span.file.path, b.span.file.path) ||
  a.span.start - b.span.start ||
  a.span.end - b.span.end ||
  compareText(a.code, b.code)

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
