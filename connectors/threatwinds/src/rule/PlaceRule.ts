import { accepted, textRule } from "./AttributeRule.ts"
import { lowerCase } from "./LowerCase.ts"
import { titleCase } from "./TitleCase.ts"

/** The name of a city or a country in title case: `new york` is `New York`. Any name passes. */
export const placeRule = textRule((text) => accepted(titleCase(lowerCase(text))))
