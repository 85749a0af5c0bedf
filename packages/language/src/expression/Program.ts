import { type Diagnostic, error, hasErrors } from "../diagnostics/Diagnostic.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import { isAssignable } from "../types/Assignability.ts"
import type { Type } from "../types/Type.ts"
import { showType } from "../types/TypePrinter.ts"
import type { Expression } from "./Ast.ts"
import { checkExpression } from "./Checker.ts"
import type { Offsets } from "./Checking.ts"
import { compileToJavaScript } from "./Compiler.ts"
import type { Environment } from "./Environment.ts"
import { defaultBudget, Evaluation, EvaluationFailure } from "./Evaluation.ts"
import { type Evaluator, interpret, type Variables } from "./Interpreter.ts"
import { parseExpression } from "./Parser.ts"
import type { Facts, Scope } from "./Scope.ts"
import type { TypedNode } from "./TypedNode.ts"
import type { Value } from "./Value.ts"

/** A value, or where and why there is none. */
export type Evaluated =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly diagnostic: Diagnostic }

/** A checked expression that can be run any number of times. */
export interface Program {
  readonly type: Type
  /**
   * Evaluates with the variables of the environment; their values have the types they were checked with. Never
   * throws, and ends within the budget: what can still fail is an index, a division, a key of an open map, a
   * conversion, what `dyn` left open, and the budget.
   */
  evaluate(variables: Variables, options?: EvaluateOptions): Evaluated
  /** The JavaScript that is, or would be, generated; undefined when there is and will be none. */
  readonly code: string | undefined
}

/** How one evaluation is run. */
export interface EvaluateOptions {
  /**
   * Steps an evaluation may take: one for each element a macro visits (one more for each 64 characters of a long
   * macro), one for 64 characters read, one for four keys listed.
   */
  readonly budget?: number
  /** The evaluation that this one is a part of: they share one budget, and `budget` is not looked at. */
  readonly within?: Evaluation
}

/**
 * `auto`: closures first, generated code once an expression is run often. `generate`: generated code from the start.
 * `interpret`: closures only. Where code generation is forbidden, all of them are closures.
 */
export type Mode = "auto" | "generate" | "interpret"

/** How an expression is compiled. */
export interface CompileOptions {
  /** The variables as they are known at this point; the environment's when not given. */
  readonly scope?: Scope
  /** What the place takes; another type is an error (SP1216). */
  readonly expected?: Type
  readonly mode?: Mode
}

/** The outcome of compiling: a program unless a diagnostic is an error. */
export interface Compiled {
  readonly program: Program | undefined
  readonly type: Type
  readonly diagnostics: ReadonlyArray<Diagnostic>
  /** What is known of the variables where the expression is true, and where it is false. */
  readonly whenTrue: Facts
  readonly whenFalse: Facts
}

/** Parses, checks and compiles a text that is one expression. Every problem is in `diagnostics`. */
export const compileExpression = (
  source: LocatedText,
  environment: Environment,
  options: CompileOptions = {}
): Compiled => {
  const parsed = parseExpression(source)
  return compileParsed(source, parsed.expression, parsed.diagnostics, environment, options)
}

/** As `compileExpression`, for an expression that was parsed before; `parseDiagnostics` come first in the result. */
export const compileParsed = (
  source: LocatedText,
  expression: Expression,
  parseDiagnostics: ReadonlyArray<Diagnostic>,
  environment: Environment,
  options: CompileOptions = {}
): Compiled => {
  const checked = checkExpression(source, expression, environment, options.scope)
  const diagnostics = [...parseDiagnostics, ...checked.diagnostics]
  const { expected } = options
  if (expected !== undefined && !hasErrors(diagnostics) && !isAssignable(checked.node.type, expected)) {
    diagnostics.push(unexpected(source, checked.node, checked.node.type, expected))
  }
  const { node, whenFalse, whenTrue } = checked
  const program = hasErrors(diagnostics) ? undefined : makeProgram(source, node, options.mode ?? "auto")
  return { program, type: node.type, diagnostics, whenTrue, whenFalse }
}

/** A program of a node that was checked without errors. */
export const makeProgram = (source: LocatedText, node: TypedNode, mode: Mode): Program =>
  new TieredProgram(source, node, mode)

/**
 * Starts with closures, which are there at once, and moves on to generated code when an expression is run often:
 * generating takes as long as a few hundred evaluations by closures save. Nothing is built before it is first run.
 */
class TieredProgram implements Program {
  readonly type: Type
  readonly #source: LocatedText
  readonly #node: TypedNode
  readonly #mode: Mode
  /** Nodes by the numbers that failures name. */
  readonly #sites: Array<TypedNode>
  #evaluator: Evaluator | undefined
  /** Evaluations until code is generated; 0 when that is decided. */
  #left: number

  constructor(source: LocatedText, node: TypedNode, mode: Mode) {
    this.type = node.type
    this.#source = source
    this.#node = node
    this.#mode = mode
    this.#sites = [node]
    this.#left = mode === "auto" ? evaluationsByClosures : 0
    if (mode === "generate") this.#evaluator = this.#generate()?.evaluate
  }

  get code(): string | undefined {
    return this.#generate()?.code
  }

  evaluate(variables: Variables, options?: EvaluateOptions): Evaluated {
    const evaluation = options?.within ?? new Evaluation(options?.budget ?? defaultBudget)
    try {
      return { ok: true, value: this.#ready()(variables, evaluation) }
    } catch (thrown) {
      return { ok: false, diagnostic: diagnosticOf(this.#source, this.#sites, thrown) }
    }
  }

  #ready(): Evaluator {
    if (this.#left > 0 && --this.#left === 0) this.#evaluator = this.#generate()?.evaluate ?? this.#evaluator
    this.#evaluator ??= interpret(this.#node, this.#number)
    return this.#evaluator
  }

  #generate(): ReturnType<typeof compileToJavaScript> {
    return this.#mode === "interpret" ? undefined : compileToJavaScript(this.#node, this.#number)
  }

  readonly #number = (node: TypedNode): number => this.#sites.push(node) - 1
}

/** Evaluations before code is generated. */
const evaluationsByClosures = 64

/** The diagnostic for a place that takes another type than the one it is given. */
export const unexpected = (
  source: LocatedText,
  { end, start }: Offsets,
  type: Type,
  expected: Type
): Diagnostic =>
  error(
    "SP1216",
    `this gives ${showType(type)}, but ${showType(expected)} is wanted here`,
    source.span(start, end)
  )

const diagnosticOf = (source: LocatedText, sites: ReadonlyArray<TypedNode>, thrown: unknown): Diagnostic => {
  if (thrown instanceof EvaluationFailure) {
    const at = sites[thrown.site] ?? sites[0]
    return error(thrown.code, thrown.message, source.span(at?.start ?? 0, at?.end ?? source.text.length))
  }
  // Plain reads rely on the declared types; a value that breaks its type makes JavaScript itself complain.
  return error(
    "SP1307",
    "a variable does not have the type it was checked with",
    source.span(sites[0]?.start ?? 0, sites[0]?.end ?? source.text.length),
    { help: "validate data against its schema before evaluating expressions over it" }
  )
}
