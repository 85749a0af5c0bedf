import { accepted, refused, textRule } from "./AttributeRule.ts"
import { regexProblem } from "./RegexSyntax.ts"

/**
 * A regular expression that RE2 compiles, as it is given. The check is one of syntax and knows no limit on the size of
 * the compiled program; what it refuses is not RE2.
 */
export const regexRule = textRule((text) => {
  const problem = regexProblem(text)
  return problem === undefined ? accepted(text) : refused(`is not a regular expression of RE2: ${problem}`)
})
