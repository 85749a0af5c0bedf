import { type Diagnostic, error, hasErrors } from "../diagnostics/Diagnostic.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import type { Span } from "../source/Span.ts"
import { isAssignable } from "../types/Assignability.ts"
import { string, type Type } from "../types/Type.ts"
import { membersOf } from "../types/Union.ts"
import type { Expression } from "./Ast.ts"
import type { Environment } from "./Environment.ts"
import { defaultBudget, Evaluation } from "./Evaluation.ts"
import { describe } from "./FieldChecker.ts"
import type { Variables } from "./Interpreter.ts"
import { parseEmbedded } from "./Parser.ts"
import {
  compileParsed,
  type CompileOptions,
  type Evaluated,
  type EvaluateOptions,
  type Program,
  unexpected
} from "./Program.ts"
import { kindOf } from "./ValueKind.ts"
import { textOf } from "./ValueText.ts"

/** A piece of a template: text as it is, or an expression between `${{` and `}}`. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "expression"
      readonly expression: Expression
      readonly diagnostics: ReadonlyArray<Diagnostic>
      /** From the `$` of `${{` to behind `}}`. */
      readonly start: number
      readonly end: number
    }

/** A text with expressions in it. `$${{` is a literal `${{`. */
export interface Template {
  readonly parts: ReadonlyArray<TemplatePart>
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/** A checked template. `program` gives the expression's own value when the text is nothing but one expression. */
export interface CompiledTemplate {
  readonly program: Program | undefined
  readonly type: Type
  readonly diagnostics: ReadonlyArray<Diagnostic>
  /** True when there is no expression in it: the text is what it says. */
  readonly isLiteral: boolean
}

/** How many expressions a template may hold. */
const maxTemplateParts = 1_000

/** Splits a text into literal text and expressions. The parser finds each expression's end. */
export const parseTemplate = (source: LocatedText): Template => {
  const { text } = source
  const parts: Array<TemplatePart> = []
  const diagnostics: Array<Diagnostic> = []
  let literal = ""
  let from = 0
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
    if (text.charCodeAt(at - 1) === dollar && at > from) {
      literal += text.slice(from, at - 1) + open
      from = at + open.length
      continue
    }
    literal += text.slice(from, at)
    if (literal !== "") parts.push({ kind: "text", text: literal })
    literal = ""
    if (parts.length >= maxTemplateParts) {
      diagnostics.push(
        error("SP1108", `the text has more than ${maxTemplateParts} parts`, source.span(at, at + open.length))
      )
      return { parts, diagnostics }
    }
    const parsed = parseEmbedded(source, at)
    parts.push({
      kind: "expression",
      expression: parsed.expression,
      diagnostics: parsed.diagnostics,
      start: at,
      end: parsed.end
    })
    diagnostics.push(...parsed.diagnostics)
    from = parsed.end
  }
  literal += text.slice(from)
  if (literal !== "" || parts.length === 0) parts.push({ kind: "text", text: literal })
  return { parts, diagnostics }
}

/**
 * Parses, checks and compiles a template. A whole-value expression (`${{ e }}` and nothing else) keeps the type and
 * value of `e`; mixed with text the result is a string, and each expression must be a string, number, bool,
 * timestamp or duration. What an expression gives is never read as a template again.
 */
export const compileTemplate = (
  source: LocatedText,
  environment: Environment,
  options: CompileOptions = {}
): CompiledTemplate => {
  const template = parseTemplate(source)
  const [only, ...others] = template.parts
  if (only !== undefined && only.kind === "expression" && others.length === 0) {
    const compiled = compileParsed(source, only.expression, template.diagnostics, environment, options)
    return { ...compiled, isLiteral: false }
  }
  return compileMixed(source, template, environment, options)
}

const compileMixed = (
  source: LocatedText,
  template: Template,
  environment: Environment,
  options: CompileOptions
): CompiledTemplate => {
  const diagnostics: Array<Diagnostic> = []
  const pieces: Array<string | Inserted> = []
  // What the place takes is the whole text, not what is put into it.
  const { expected, ...partOptions } = options
  for (const part of template.parts) {
    if (part.kind === "text") {
      pieces.push(part.text)
      continue
    }
    const compiled = compileParsed(source, part.expression, part.diagnostics, environment, partOptions)
    diagnostics.push(...compiled.diagnostics)
    if (compiled.program === undefined) continue
    const problem = notText(source, part, compiled.type)
    if (problem !== undefined) diagnostics.push(problem)
    const { end, start } = part.expression
    pieces.push({ program: compiled.program, span: source.span(start, end) })
  }
  diagnostics.push(...template.diagnostics.filter((diagnostic) => !diagnostics.includes(diagnostic)))
  const isLiteral = template.parts.every((part) => part.kind === "text")
  if (expected !== undefined && !isLiteral && !hasErrors(diagnostics) && !isAssignable(string, expected)) {
    diagnostics.push(unexpected(source, { start: 0, end: source.text.length }, string, expected))
  }
  const program = hasErrors(diagnostics) ? undefined : textProgram(pieces)
  return { program, type: string, diagnostics, isLiteral }
}

/** An expression whose value is put into a text. */
interface Inserted {
  readonly program: Program
  readonly span: Span
}

const textProgram = (pieces: ReadonlyArray<string | Inserted>): Program => ({
  type: string,
  code: undefined,
  evaluate: (variables: Variables, options?: EvaluateOptions): Evaluated => {
    // One budget for the whole text: it may hold a thousand expressions.
    const within = options?.within ?? new Evaluation(options?.budget ?? defaultBudget)
    let value = ""
    for (const piece of pieces) {
      if (typeof piece === "string") {
        value += piece
        continue
      }
      const text = insertedText(piece, variables, { within })
      if (typeof text !== "string") return text
      if (value.length + text.length > maxTextLength) return tooLong(piece)
      value += text
    }
    return { ok: true, value }
  }
})

/** The longest text a template may give, in UTF-16 code units. */
const maxTextLength = 16 * 1024 * 1024

const tooLong = ({ span }: Inserted): Evaluated => ({
  ok: false,
  diagnostic: error("SP1306", "the text is longer than 16 Mi characters", span)
})

const insertedText = (
  { program, span }: Inserted,
  variables: Variables,
  options: EvaluateOptions
): string | Evaluated => {
  const result = program.evaluate(variables, options)
  if (!result.ok) return result
  const text = textOf(result.value)
  if (text !== undefined) return text
  return { ok: false, diagnostic: error("SP1307", `${kindOf(result.value)} cannot stand in a text`, span) }
}

const notText = (
  source: LocatedText,
  part: TemplatePart & { readonly kind: "expression" },
  type: Type
): Diagnostic | undefined => {
  const wrong = membersOf(type).find((member) => !printable.has(member.kind))
  if (wrong === undefined) return undefined
  const { end, start } = part.expression
  const written = asOperand(part.expression, source.text.slice(start, end))
  return error("SP1217", `${describe(wrong)} cannot stand in a text`, source.span(start, end), {
    help: textHelp(wrong, written)
  })
}

/** In brackets where something put behind it would otherwise belong to its last part. */
const asOperand = ({ kind }: Expression, written: string): string =>
  kind === "binary" || kind === "conditional" || kind === "unary" ? `(${written})` : written

const textHelp = (type: Type, written: string): string => {
  switch (type.kind) {
    case "null":
      return `give a text for null: ${written} == null ? "" : …`
    case "optional":
      return `give a default: ${written}.orValue("")`
    case "list":
      return `join its elements: ${written}.join(", ")`
    default:
      return `say how it is written, for example json.encode(${written})`
  }
}

const open = "${{"
const dollar = 36

const printable = new Set<Type["kind"]>([
  "string",
  "int",
  "double",
  "bool",
  "timestamp",
  "duration",
  "dyn",
  "never"
])
