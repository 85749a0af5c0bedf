import type { Code } from "@sallyport/language"
import * as Schema from "effect/Schema"

/** What a text of a manifest must look like, and how that is said. */
export interface PatternTextOptions {
  /** The name of the definition in the editor schema. */
  readonly identifier: string
  /** The code of a text that does not match. */
  readonly code: Code
  /** What is expected, as it ends a sentence: `a duration such as 30s`. */
  readonly expected: string
  /** What the text is for. Markdown. */
  readonly description: string
  /** Linear, and anchored at both ends: it is shown to editors as it stands. */
  readonly pattern: RegExp
  /** A further condition that a pattern cannot express. */
  readonly accepts?: (text: string) => boolean
}

/** A text that matches a pattern; another one is reported under the code that is given. */
export const patternText = ({
  accepts,
  code,
  description,
  expected,
  identifier,
  pattern
}: PatternTextOptions) =>
  Schema.String.check(
    Schema.makeFilter((text: string) => pattern.test(text) && (accepts?.(text) ?? true), {
      code,
      expected,
      toJsonSchema: () =>
        accepts === undefined ? { pattern: pattern.source } : [{ pattern: pattern.source }, true]
    })
  ).annotate({ identifier, description })
