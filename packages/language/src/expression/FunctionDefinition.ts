import type { Type } from "../types/Type.ts"
import type { Evaluation } from "./Evaluation.ts"
import type { Value } from "./Value.ts"

/**
 * A function of the language: the one table entry from which the checker takes the types, the compiler the
 * implementation, editors the text and `docs/expressions.md` its section. Its examples are tests.
 */
export interface FunctionDefinition {
  /** As written: `join` for a method, `sha256` or `ip.isPrivate` for a function. */
  readonly name: string
  /** `method`: `receiver.name(args)`, the receiver is the first parameter. `function`: `name(args)`. */
  readonly style: "method" | "function"
  readonly group: FunctionGroup
  /** What it gives and when it fails, in one or two sentences. Markdown. */
  readonly doc: string
  /** Tried in order; the first whose parameters accept the arguments is taken. */
  readonly overloads: ReadonlyArray<Overload>
  /** Expressions that need no variables, with what they give; at least one. */
  readonly examples: ReadonlyArray<FunctionExample>
  /** What is wrong with arguments whose types fit, as far as it can be seen before anything runs. */
  readonly verify?: (args: ReadonlyArray<ArgumentShape>) => ArgumentProblem | undefined
}

/** What is known of an argument when an expression is checked; of a method, the receiver is the first. */
export interface ArgumentShape {
  readonly type: Type
  /** The value of a literal. */
  readonly literal: Value | undefined
  /** The types of the items of a list literal, when all of them are there for certain. */
  readonly items: ReadonlyArray<Type> | undefined
}

/** A mistake in an argument, or in one item of an argument that is a list literal. */
export interface ArgumentProblem {
  readonly message: string
  readonly argument: number
  readonly item?: number
}

/** The section of the docs a function stands in. */
export type FunctionGroup =
  | "conversion"
  | "strings"
  | "lists"
  | "maps"
  | "math"
  | "time"
  | "regex"
  | "encoding"
  | "hashing"
  | "network"
  | "indicators"

/** An expression and what it gives; each is a test. */
export interface FunctionExample {
  readonly expression: string
  /** An expression too, so that timestamps can be written: the example says `expression == result`. */
  readonly result: string
}

/** One way to call a function: parameters, result, implementation. */
export interface Overload {
  readonly params: ReadonlyArray<Param>
  /** One parameter, given once or more often; the implementation takes the arguments as one list. */
  readonly variadic: boolean
  /** The result, where it depends on the arguments' types as a function of them. */
  readonly result: ResultType
  /** False when the only way to fail is to run out of budget. */
  readonly fallible: boolean
  /** Takes the arguments and, last, the evaluation. */
  readonly evaluate: Implementation
}

/** A result type, or how it follows from the types of the arguments. */
export type ResultType = Type | ((args: ReadonlyArray<Type>) => Type)

/** What is left of an implementation's type in the table; whoever calls it has checked the arguments. */
export type Implementation = (...args: never) => Value

/** A parameter: its name in docs and messages, its type, and the run-time test that picks an overload for `dyn`. */
export interface Param<out A extends Value = Value> {
  readonly name: string
  readonly type: Type
  readonly accepts: (value: Value) => value is A
  /** `regex`: a literal that RE2 accepts, checked when the expression is. `literal`: a literal for a reason given in the doc. */
  readonly constant?: "regex" | "literal"
}

type Arguments<P extends ReadonlyArray<Param>> = {
  [K in keyof P]: P[K] extends Param<infer A> ? A : never
}

/** What an overload says of itself besides its types. */
export interface OverloadOptions {
  readonly fallible?: boolean
}

/** An overload whose implementation is typed by its parameters. */
export const overload = <const P extends ReadonlyArray<Param>>(
  params: P,
  result: ResultType,
  evaluate: (...args: [...Arguments<P>, Evaluation]) => Value,
  options: OverloadOptions = {}
): Overload => ({ params, variadic: false, result, fallible: options.fallible ?? false, evaluate })

/** An overload that takes its one parameter once or more often. */
export const variadicOverload = <A extends Value>(
  param: Param<A>,
  result: ResultType,
  evaluate: (values: ReadonlyArray<A>, evaluation: Evaluation) => Value,
  options: OverloadOptions = {}
): Overload => ({ params: [param], variadic: true, result, fallible: options.fallible ?? false, evaluate })
