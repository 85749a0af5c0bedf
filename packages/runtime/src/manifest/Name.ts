import { patternText } from "./PatternText.ts"

/** The name of a connector, an action, a trigger or an authentication scheme. */
export const Name = patternText({
  identifier: "Name",
  code: "SP0305",
  expected: "a name of small letters, digits and _, such as list_objects",
  description: "A name: a small letter, then small letters, digits and `_`.",
  pattern: /^[a-z][a-z0-9_]*$/
})

/** The key of a setting or a secret; a `?` at the end makes it optional. It is also a part of a variable's name. */
export const SettingName = patternText({
  identifier: "SettingName",
  code: "SP0305",
  expected: "a name of small letters, digits and _, with a ? at its end when it is optional",
  description: "A name; `?` at its end makes the property optional.",
  pattern: /^[a-z][a-z0-9_]*\??$/
})

/** The key of an input; a `?` at the end makes it optional. What can be written behind `input.`. */
export const InputName = patternText({
  identifier: "InputName",
  code: "SP0305",
  expected: "a name of letters, digits and _, with a ? at its end when it is optional",
  description: "A name of letters, digits and `_`; `?` at its end makes the input optional.",
  pattern: /^[A-Za-z][A-Za-z0-9_]*\??$/
})

/** The name of a type: generated TypeScript calls its interface the same. */
export const TypeName = patternText({
  identifier: "TypeName",
  code: "SP0305",
  expected: "a type's name: a capital letter, then letters and digits, such as ObjectPage",
  description: "A capital letter, then letters and digits.",
  pattern: /^[A-Z][A-Za-z0-9]*$/
})

/** The name of an HTTP header (RFC 9110 section 5.6.2, token). */
export const HeaderName = patternText({
  identifier: "HeaderName",
  code: "SP0311",
  expected: "the name of an HTTP header",
  description: "The name of an HTTP header.",
  pattern: /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
})
