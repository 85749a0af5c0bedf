import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { hashProblems } from "../pattern/HashProblems.ts"
import type { PatternError } from "../pattern/PatternError.ts"
import { parsePattern } from "../pattern/PatternParser.ts"
import { showPattern } from "../pattern/PatternPrinter.ts"

/** The input of `check_pattern`. */
export interface CheckPatternInput {
  readonly pattern: string
}

/** The output of `check_pattern`. */
export interface CheckPatternOutput {
  /** It can be read, and every value that is compared with a hash can be one. */
  readonly valid: boolean
  /** The pattern in one way of writing; missing when it cannot be read. */
  readonly normalized?: string
  readonly errors: ReadonlyArray<PatternError>
}

/** `check_pattern`: whether a text is a STIX pattern, and where it is not; see `parsePattern`. Never fails. */
export const checkPattern = ({ pattern }: CheckPatternInput): Effect.Effect<CheckPatternOutput> =>
  Effect.sync(() => {
    const parsed = parsePattern(pattern)
    if (Result.isFailure(parsed)) return { valid: false, errors: [parsed.failure] }
    const errors = hashProblems(pattern, parsed.success)
    return { valid: errors.length === 0, normalized: showPattern(parsed.success), errors }
  })
