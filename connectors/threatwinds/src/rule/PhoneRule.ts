import { accepted, refused, textRule } from "./AttributeRule.ts"

/** A telephone number as it is written, with its country code: `+44 (20) 7946-0958`. */
export const phoneRule = textRule((text) =>
  isPhone(text)
    ? accepted(text)
    : refused(
        "is not a telephone number with its country code and up to three groups of digits, such as +44 (20) 7946-0958"
      )
)

/** Is it a number as ThreatWinds reads it? */
export const isPhone = (text: string): boolean => text.length <= maxLength && phone.test(text)

/** `+`, 3 digits, a space, 4 digits in brackets, 3 times a space, a hyphen and 4 digits. */
const maxLength = 29

/** Groups are ambiguous, but there are at most three of four digits. */
const phone = /^\+[1-9]\d{0,2}(?:[\t\n\f\r ]?\([1-9]\d{0,3}\))?(?:[\t\n\f\r ]?-?\d{1,4}){1,3}$/
