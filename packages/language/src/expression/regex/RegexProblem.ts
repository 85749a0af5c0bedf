import { type RE2JSException, RE2JSSyntaxException } from "re2js"

/**
 * Why re2js refused a pattern, with the place (characters from 1) but without the pattern, which may be data. re2js
 * gives the offending part, not where it is: the place is that of the part's first occurrence.
 */
export const regexProblem = (error: RE2JSException, pattern: string): string => {
  if (!(error instanceof RE2JSSyntaxException)) return "the regular expression is not valid"
  const reason = error.getDescription()
  return `the regular expression is not valid at character ${placeOf(error.getPattern(), reason, pattern) + 1}: ${reason}`
}

const placeOf = (part: string | null, reason: string, pattern: string): number => {
  if (reason.startsWith("trailing backslash")) return pattern.length - 1
  if (part === null) return 0
  if (reason === "missing closing ]") return pattern.length - part.length
  return part === pattern ? Math.max(0, unpairedParenthesis(pattern)) : Math.max(0, pattern.indexOf(part))
}

/** The place of a `)` that closes nothing, or else of the last `(` that is not closed; -1 when all are paired. */
const unpairedParenthesis = (pattern: string): number => {
  const open: Array<number> = []
  // An escape, a whole class, or one parenthesis; a `]` that comes first in a class stands for itself.
  for (const token of pattern.matchAll(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|[()]/g)) {
    if (token[0] === "(") open.push(token.index)
    else if (token[0] === ")" && open.pop() === undefined) return token.index
  }
  return open.at(-1) ?? -1
}
