import * as Result from "effect/Result"
import { readChain, readComparison } from "./ComparisonReader.ts"
import { type PatternError, patternErrorAt, quotedPiece } from "./PatternError.ts"
import { PatternTokens } from "./PatternTokens.ts"
import { readQualifiers, starts } from "./QualifierReader.ts"
import { type ObservationExpression, patternLimits, type StixPattern } from "./StixPattern.ts"

/**
 * The tree of a STIX 2.1 pattern, or the first thing that is wrong with it and where. Takes what OASIS's grammar and
 * validator take, but for the form of hashes (see `hashProblems`). Never throws, takes time linear in the text, and
 * refuses what is beyond `patternLimits`.
 */
export const parsePattern = (text: string): Result.Result<StixPattern, PatternError> => {
  const { length } = patternLimits
  if (text.length > length) {
    return Result.fail(patternErrorAt(text, length, `the pattern is longer than ${length} characters`))
  }
  const tokens = new PatternTokens(text)
  const pattern = readObservations(tokens)
  if (pattern !== undefined && tokens.current.kind !== "end") tokens.failExpecting(afterPattern)
  const { problem } = tokens
  if (problem !== undefined) return Result.fail(problem)
  return pattern === undefined
    ? Result.fail(patternErrorAt(text, 0, "the pattern has no observation"))
    : Result.succeed(pattern)
}

const afterPattern = [
  ...["AND", "OR", "FOLLOWEDBY", ...starts].map(quotedPiece),
  "the end of the pattern"
] as const

const readObservations = (tokens: PatternTokens): ObservationExpression | undefined =>
  readChain(tokens, "FOLLOWEDBY", "followedby", () =>
    readChain(tokens, "OR", "or", () => readChain(tokens, "AND", "and", () => readQualified(tokens)))
  )

const readQualified = (tokens: PatternTokens): ObservationExpression | undefined => {
  const { start } = tokens.current
  const isSimple = !tokens.isAt("(")
  const expression = isSimple ? readObservation(tokens) : tokens.inParentheses(() => readObservations(tokens))
  const qualifiers = expression && readQualifiers(tokens, isSimple)
  if (qualifiers === undefined || expression === undefined) return undefined
  if (qualifiers.length === 0) return expression
  return { kind: "qualified", expression, qualifiers, start, end: tokens.lastEnd }
}

const readObservation = (tokens: PatternTokens): ObservationExpression | undefined => {
  const { start } = tokens.current
  if (!tokens.expect("[", quotedPiece("("))) return undefined
  const comparison = readComparison(tokens)
  if (comparison === undefined || !tokens.expect("]", quotedPiece("AND"), quotedPiece("OR"))) return undefined
  return { kind: "observation", comparison, start, end: tokens.lastEnd }
}
