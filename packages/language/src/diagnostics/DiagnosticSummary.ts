import type { Diagnostic } from "./Diagnostic.ts"

/** How many diagnostics of each severity there are, and in how many files. */
export interface DiagnosticSummary {
  readonly errors: number
  readonly warnings: number
  readonly notes: number
  readonly files: number
}

/** Counts diagnostics; files are counted by their paths. */
export const summarize = (diagnostics: ReadonlyArray<Diagnostic>): DiagnosticSummary => ({
  errors: diagnostics.filter((diagnostic) => diagnostic.severity === "error").length,
  warnings: diagnostics.filter((diagnostic) => diagnostic.severity === "warning").length,
  notes: diagnostics.filter((diagnostic) => diagnostic.severity === "note").length,
  files: new Set(diagnostics.map((diagnostic) => diagnostic.span.file.path)).size
})

/** `2 errors, 1 warning in 3 files`; empty when there is nothing to count. */
export const showSummary = ({ errors, warnings, notes, files }: DiagnosticSummary): string => {
  const counts = [count(errors, "error"), count(warnings, "warning"), count(notes, "note")].filter(
    (text) => text !== ""
  )
  return counts.length === 0 ? "" : `${counts.join(", ")} in ${count(files, "file")}`
}

const count = (number: number, noun: string): string =>
  number === 0 ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`
