import type { DiagnosticDetails } from "../diagnostics/Diagnostic.ts"
import { suggest } from "../diagnostics/Suggestion.ts"
import type { Span } from "../source/Span.ts"
import type { Checking, Offsets } from "./Checking.ts"

/** The details of a diagnostic that may have a help; none without one. */
export const helpful = (help: string | undefined): DiagnosticDetails => (help === undefined ? {} : { help })

/** The help and the fix for a misspelt word, when one of the right ones is close; none otherwise. */
export const didYouMean = (word: string, candidates: Iterable<string>, span: Span): DiagnosticDetails => {
  const right = suggest(word, candidates)
  return right === undefined ? {} : suggested(right, span, right)
}

/** As `didYouMean`, for the name of a field: behind a dot or as a text in brackets. */
export const didYouMeanField = (
  checking: Checking,
  key: string,
  candidates: Iterable<string>,
  at: Offsets
): DiagnosticDetails => {
  if (isQuoted(checking.text(at))) return didYouMeanText(checking, key, candidates, at)
  const right = suggest(key, candidates)
  if (right === undefined) return {}
  if (/^[A-Za-z_]\w*$/.test(right)) return suggested(right, checking.span(at), right)
  return suggested(right, checking.span(at), isPlain(right) ? `\`${right}\`` : undefined)
}

/**
 * As `didYouMean`, for a literal text. The fix leaves the quotes as they are: they are right for where the expression
 * stands, which may itself be between quotes. There is no fix for what is not written as a literal.
 */
export const didYouMeanText = (
  checking: Checking,
  value: string,
  candidates: Iterable<string>,
  at: Offsets
): DiagnosticDetails => {
  const right = suggest(value, candidates)
  if (right === undefined) return {}
  const written = checking.text(at)
  const isLiteral = isQuoted(written) && written.slice(1, -1) === value
  const inside = checking.span({ start: at.start + 1, end: at.end - 1 })
  return suggested(right, inside, isLiteral && isPlain(right) ? right : undefined)
}

const suggested = (right: string, span: Span, text: string | undefined): DiagnosticDetails => ({
  help: `did you mean ${JSON.stringify(right)}?`,
  ...(text === undefined ? {} : { fix: { title: `write ${text}`, edits: [{ span, text }] } })
})

const isQuoted = (written: string): boolean => /^["']/.test(written)

/** Does a text mean itself in every kind of quotes, and in YAML without any? */
const isPlain = (text: string): boolean => /^[\w.@/+ -]+$|^[\w.:@/+-]+$/.test(text)
