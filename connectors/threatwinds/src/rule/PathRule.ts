import { accepted, refused, textRule } from "./AttributeRule.ts"
import { lowerCase } from "./LowerCase.ts"

/** A path of a file, a process or a request, in lower case. */
export const pathRule = textRule((text) =>
  text.includes("://") ? refused('is a URL; report it as type "url"') : accepted(lowerCase(text))
)
