import { CodeRegistry } from "./CodeRegistry.ts"
import { evaluationCodes } from "./EvaluationCodes.ts"
import { schemaCodes } from "./SchemaCodes.ts"
import { sourceCodes } from "./SourceCodes.ts"
import { syntaxCodes } from "./SyntaxCodes.ts"
import { typeCodes } from "./TypeCodes.ts"

/** The codes of this package. Other packages join theirs with `CodeRegistry.of(...languageCodes.areas, theirs)`. */
export const languageCodes = CodeRegistry.of(
  { title: "Source text", codes: sourceCodes },
  { title: "Schemas", codes: schemaCodes },
  { title: "Syntax of expressions", codes: syntaxCodes },
  { title: "Types of expressions", codes: typeCodes },
  { title: "Running expressions", codes: evaluationCodes }
)
