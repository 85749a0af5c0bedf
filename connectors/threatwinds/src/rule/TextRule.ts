import { accepted, type Canonical, refused, textRule } from "./AttributeRule.ts"
import { lowerCase } from "./LowerCase.ts"

/** Free text in which case matters. What is neither letter, number, mark of punctuation, symbol nor space is a space. */
export const caseSensitiveTextRule = textRule((text) => printable(text))

/** Free text in lower case. What is neither letter, number, mark of punctuation, symbol nor space is a space. */
export const textInLowerCaseRule = textRule((text) => {
  const printed = printable(text)
  return printed.ok ? accepted(lowerCase(printed.value)) : printed
})

/** Combining marks are among what becomes a space: `e` and U+0301 are not `é` to ThreatWinds. */
const unprintable = /[^\p{L}\p{N}\p{P}\p{S}\p{White_Space}]/gu

const printable = (text: string): Canonical<string> => {
  const printed = text.replace(unprintable, " ")
  return /\P{White_Space}/u.test(printed) ? accepted(printed) : refused("has no printable character")
}
