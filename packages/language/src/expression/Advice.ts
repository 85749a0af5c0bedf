import type { DiagnosticDetails } from "../diagnostics/Diagnostic.ts"
import { suggest } from "../diagnostics/Suggestion.ts"
import type { Span } from "../source/Span.ts"

/** The details of a diagnostic that may have a help; none without one. */
export const helpful = (help: string | undefined): DiagnosticDetails => (help === undefined ? {} : { help })

/** The help and the fix for a misspelt word, when one of the right ones is close; none otherwise. */
export const didYouMean = (
  word: string,
  candidates: Iterable<string>,
  span: Span,
  write: (word: string) => string = (right) => right
): DiagnosticDetails => {
  const right = suggest(word, candidates)
  if (right === undefined) return {}
  const text = write(right)
  return {
    help: `did you mean ${JSON.stringify(right)}?`,
    fix: { title: `write ${text}`, edits: [{ span, text }] }
  }
}
