import { quotedPiece } from "./PatternError.ts"
import type { PatternTokens } from "./PatternTokens.ts"
import type { Qualifier } from "./StixPattern.ts"

/**
 * Reads the qualifiers that stand here. `isSimple` says that they stand directly behind brackets, where each kind may
 * stand once; behind parentheses OASIS's validator allows more.
 */
export const readQualifiers = (
  tokens: PatternTokens,
  isSimple: boolean
): ReadonlyArray<Qualifier> | undefined => {
  const qualifiers: Array<Qualifier> = []
  while (starts.some((word) => tokens.isAt(word))) {
    const { start, value } = tokens.current
    const qualifier = readQualifier(tokens)
    if (qualifier === undefined) return undefined
    if (isSimple && qualifiers.some(({ kind }) => kind === qualifier.kind)) {
      return tokens.fail(start, `a second ${value} qualifies the same observation`, {
        help: "put the observation and its first qualifiers in parentheses"
      })
    }
    qualifiers.push(qualifier)
  }
  return qualifiers
}

/** The keywords that a qualifier starts with. */
export const starts = ["WITHIN", "REPEATS", "START"] as const

const readQualifier = (tokens: PatternTokens): Qualifier | undefined => {
  const { start, value } = tokens.take()
  switch (value) {
    case "WITHIN": {
      const seconds = readCount(tokens, ["integer", "float"], "a number of seconds, not negative")
      if (seconds === undefined || !tokens.expect("SECONDS")) return undefined
      return { kind: "within", seconds, start, end: tokens.lastEnd }
    }
    case "REPEATS": {
      const times = readCount(tokens, ["integer"], "a whole number, not negative")
      if (times === undefined || !tokens.expect("TIMES")) return undefined
      return { kind: "repeats", times, start, end: tokens.lastEnd }
    }
    default: {
      const from = tokens.expectKind(["timestamp"], "a timestamp", timestampHelp)
      if (from === undefined || !tokens.expect("STOP")) return undefined
      const to = tokens.expectKind(["timestamp"], "a timestamp", timestampHelp)
      return to === undefined ? undefined : { kind: "start-stop", from, to, start, end: tokens.lastEnd }
    }
  }
}

const timestampHelp = `write ${quotedPiece("t'2020-01-31T00:00:00Z'")}`

const readCount = (
  tokens: PatternTokens,
  kinds: ReadonlyArray<"integer" | "float">,
  noun: string
): string | undefined =>
  tokens.current.value.startsWith("-") ? tokens.failExpecting([noun]) : tokens.expectKind(kinds, noun)
