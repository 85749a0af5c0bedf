import type { FunctionDefinition } from "./FunctionDefinition.ts"
import { conversionFunctions } from "./functions/ConversionFunctions.ts"
import { encodingFunctions } from "./functions/EncodingFunctions.ts"
import { hashFunctions } from "./functions/HashFunctions.ts"
import { indicatorFunctions } from "./functions/IndicatorFunctions.ts"
import { listFunctions } from "./functions/ListFunctions.ts"
import { mapFunctions } from "./functions/MapFunctions.ts"
import { mathFunctions } from "./functions/MathFunctions.ts"
import { networkFunctions } from "./functions/NetworkFunctions.ts"
import { regexFunctions } from "./functions/RegexFunctions.ts"
import { stringFunctions } from "./functions/StringFunctions.ts"
import { timeFunctions } from "./functions/TimeFunctions.ts"

/** Every function of the language. The checker, the compiler, the docs and the tests read this one table. */
export const standardFunctions: ReadonlyArray<FunctionDefinition> = [
  ...conversionFunctions,
  ...stringFunctions,
  ...regexFunctions,
  ...listFunctions,
  ...mapFunctions,
  ...mathFunctions,
  ...timeFunctions,
  ...encodingFunctions,
  ...hashFunctions,
  ...networkFunctions,
  ...indicatorFunctions
]
