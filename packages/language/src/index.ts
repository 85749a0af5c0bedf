/**
 * `@sallyport/language`: from YAML text to checked, located meaning. Pure and synchronous. How the parts work together
 * is in `docs/language.md` of the repository.
 */

// Text, places and YAML
export type { LocatedText } from "./source/LocatedText.ts"
export { type Position, SourceFile } from "./source/SourceFile.ts"
export { isJsonList, isJsonObject, isJsonScalar } from "./source/JsonShape.ts"
export { showSpan, type Span } from "./source/Span.ts"
export { defaultYamlLimits, type YamlLimits } from "./source/YamlLimits.ts"
export { type LoadedYaml, loadYaml } from "./source/YamlLoader.ts"
export {
  type Json,
  nodeAt,
  type ScalarStyle,
  type ScalarValue,
  toJson,
  type YamlEntry,
  type YamlKey,
  type YamlList,
  YamlMap,
  type YamlNode,
  type YamlScalar
} from "./source/YamlNode.ts"

// Diagnostics
export type { CodeEntry, CodeExample, CodeTable } from "./diagnostics/CodeEntry.ts"
export { type CodeArea, CodeRegistry, isCode } from "./diagnostics/CodeRegistry.ts"
export {
  type Code,
  compareDiagnostics,
  type Diagnostic,
  type DiagnosticDetails,
  type Edit,
  error,
  type Fix,
  hasErrors,
  type Note,
  type Severity,
  warning
} from "./diagnostics/Diagnostic.ts"
export { type DiagnosticSummary, showSummary, summarize } from "./diagnostics/DiagnosticSummary.ts"
export { errorIndex, errorPage, type RenderExample } from "./diagnostics/ErrorPage.ts"
export { applyEdits, applyFixes, type FixOutcome } from "./diagnostics/FixApplication.ts"
export { renderGithub } from "./diagnostics/GithubRenderer.ts"
export { type JsonReport, jsonReport, renderJson } from "./diagnostics/JsonRenderer.ts"
export { languageCodes } from "./diagnostics/LanguageCodes.ts"
export { renderSarif, type SarifOptions } from "./diagnostics/SarifRenderer.ts"
export { suggest, suggestions } from "./diagnostics/Suggestion.ts"
export { showText, textWidth, wrapText } from "./diagnostics/DisplayText.ts"
export { renderTerminal, type TerminalOptions } from "./diagnostics/TerminalRenderer.ts"
export { type ColorEnvironment, wantsColor } from "./diagnostics/TerminalStyle.ts"

// Types: `Type.string`, `Type.record({…})`, the type of types is `Type.Type`
export * as Type from "./types/Type.ts"
export { elementOf, iterationOf, keysOf, type PropertyAccess, propertyOf, valueOf } from "./types/Access.ts"
export { isAssignable, isSameType, isSubtype } from "./types/Assignability.ts"
export { checkValue } from "./types/Conformance.ts"
export {
  readProperties,
  readSchema,
  SchemaDocument,
  type SchemaOptions,
  type SchemaReading
} from "./types/JsonSchema.ts"
export { type Member, membersOf } from "./types/Members.ts"
export { hasFormat, isTextFormat, type TextFormat, textFormats } from "./types/TextFormat.ts"
export { typeOf } from "./types/TypeOfValue.ts"
export { showType, type ShowTypeOptions } from "./types/TypePrinter.ts"
export { nullable, union, type UnionOptions } from "./types/Union.ts"

// Expressions and templates
export type * as Ast from "./expression/Ast.ts"
export { type CheckResult, checkExpression } from "./expression/Checker.ts"
export { type Environment, environment, FunctionIndex, standardIndex } from "./expression/Environment.ts"
export { defaultBudget, Evaluation } from "./expression/Evaluation.ts"
export {
  type FunctionDefinition,
  type FunctionExample,
  type FunctionGroup,
  overload,
  type Overload,
  type Param,
  variadicOverload
} from "./expression/FunctionDefinition.ts"
export { standardFunctions } from "./expression/FunctionTable.ts"
export type { Variables } from "./expression/Interpreter.ts"
export { macroNames } from "./expression/MacroChecker.ts"
export { parseEmbedded, parseExpression, type ParseResult } from "./expression/Parser.ts"
export {
  type Compiled,
  compileExpression,
  compileParsed,
  type CompileOptions,
  type Evaluated,
  type EvaluateOptions,
  type Program
} from "./expression/Program.ts"
export { checkRegex } from "./expression/Regex.ts"
export { type Binding, type Fact, type Facts, Scope } from "./expression/Scope.ts"
export { signatureOf } from "./expression/Signature.ts"
export {
  macroReference,
  operatorReference,
  optionalReference,
  type SyntaxEntry,
  typeReference
} from "./expression/SyntaxReference.ts"
export {
  type CompiledTemplate,
  compileTemplate,
  parseTemplate,
  type Template,
  type TemplatePart
} from "./expression/Template.ts"
export { Duration, isList, isObject, Optional, Timestamp, TypeName, type Value } from "./expression/Value.ts"
export { parseTimestamp } from "./expression/functions/TimestampText.ts"
export { jsonOf } from "./expression/ValueJson.ts"
export { textOf } from "./expression/ValueText.ts"
