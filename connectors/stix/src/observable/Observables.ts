import * as Result from "effect/Result"
import type { FieldProblem } from "../object/FieldReader.ts"
import { type Indicator, readIndicator } from "../object/Indicator.ts"
import type { PatternError } from "../pattern/PatternError.ts"
import { parsePattern } from "../pattern/PatternParser.ts"
import type { Observable, Skipped, SkipReason } from "./Observable.ts"
import { type FoundObservable, PatternReading } from "./PatternReading.ts"

/** What an indicator holds to look up, and what it holds besides. */
export interface Extraction {
  /** Undefined when the object has no usable `id`. */
  readonly indicatorId: string | undefined
  /** Each (kind, canonical value) once, in the order of the pattern. */
  readonly observables: ReadonlyArray<Observable>
  readonly skipped: ReadonlyArray<Skipped>
  /** The pattern holds tests that gave no value. */
  readonly partial: boolean
  /** An observable is compound. */
  readonly compound: boolean
  /** Of a pattern that cannot be read. */
  readonly error?: PatternError
  /** Fields of the indicator that are malformed. */
  readonly problems: ReadonlyArray<FieldProblem>
}

/**
 * The observables of an indicator's pattern: the values of `=` and `IN` on paths that can be looked up. Never throws:
 * an object that is no indicator, another pattern language and an unreadable pattern are `skipped`, each with a reason.
 * The indicator's `name` is never taken for a value.
 */
export const extractObservables = (input: unknown): Extraction => {
  const indicator = readIndicator(input)
  const { pattern } = indicator
  const refusal = refusalOf(indicator)
  if (refusal !== undefined) return empty(indicator, refusal.reason, refusal.detail)
  const parsed = parsePattern(pattern ?? "")
  if (Result.isFailure(parsed)) {
    const { line, column, message } = parsed.failure
    const detail = `${message} (line ${line}, column ${column})`
    return { ...empty(indicator, "invalid-pattern", detail), error: parsed.failure }
  }
  const { found, skipped } = new PatternReading(parsed.success)
  const partial = skipped.length > 0
  const observables = distinct(found).map((observable) => ({ ...observable, partial }))
  const compound = observables.some((observable) => observable.compound)
  const { id: indicatorId, problems } = indicator
  return { indicatorId, observables, skipped, partial, compound, problems }
}

const refusalOf = ({ type, pattern, patternType, problems }: Indicator): Skipped | undefined => {
  if (type !== "indicator") return { reason: "not-an-indicator", detail: "the object is no indicator" }
  if (pattern === undefined) return { reason: "no-pattern", detail: "the indicator has no pattern" }
  const isStix = patternType === undefined && !problems.some(({ field }) => field === "pattern_type")
  return isStix || patternType === "stix"
    ? undefined
    : { reason: "other-pattern-language", detail: "the pattern is not in the STIX patterning language" }
}

const empty = ({ id: indicatorId, problems }: Indicator, reason: SkipReason, detail: string): Extraction => ({
  indicatorId,
  observables: [],
  skipped: [{ reason, detail }],
  partial: false,
  compound: false,
  problems
})

/** The key that makes two observables the same. */
export const observableKey = ({ kind, canonical }: Pick<Observable, "kind" | "canonical">): string =>
  `${kind}:${canonical}`

/** A value that stands alone somewhere is enough there, even if another place asks for more beside it. */
const distinct = (found: ReadonlyArray<FoundObservable>): ReadonlyArray<FoundObservable> => {
  const byKey = new Map<string, FoundObservable>()
  for (const observable of found) {
    const key = observableKey(observable)
    const first = byKey.get(key)
    if (first === undefined || (first.compound && !observable.compound)) byKey.set(key, observable)
  }
  return [...byKey.values()]
}
