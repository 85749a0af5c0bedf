import * as Result from "effect/Result"
import * as SemVer from "effect/SemVer"
import { patternText } from "./PatternText.ts"

/** A version as semver.org defines it: `1.4.0`, `2.0.0-beta.1`. */
export const Version = patternText({
  identifier: "Version",
  code: "SP0306",
  expected: "a semantic version such as 1.4.0",
  description: "A semantic version: `MAJOR.MINOR.PATCH`, as semver.org defines it.",
  pattern: /^\d+\.\d+\.\d+[0-9A-Za-z.+-]*$/,
  accepts: (text) => Result.isSuccess(SemVer.parse(text))
})
