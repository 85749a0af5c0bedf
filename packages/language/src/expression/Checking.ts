import type { Code, DiagnosticDetails } from "../diagnostics/Diagnostic.ts"
import type { Span } from "../source/Span.ts"
import type { Expression } from "./Ast.ts"
import type { FunctionIndex } from "./Environment.ts"
import type { Facts, Scope } from "./Scope.ts"
import type { TypedNode } from "./TypedNode.ts"

/** A checked condition and what is known behind it. */
export interface CheckedCondition {
  readonly node: TypedNode
  readonly whenTrue: Facts
  readonly whenFalse: Facts
}

/** What the parts of the checker need of the whole. */
export interface Checking {
  readonly functions: FunctionIndex
  /** Checks an expression; problems are reported, the node is there anyhow. */
  check(expression: Expression, scope: Scope): TypedNode
  /** Checks an expression that must be a bool. */
  condition(expression: Expression, scope: Scope): CheckedCondition
  report(code: Code, message: string, at: Offsets, details?: DiagnosticDetails): void
  /** As `report`, for what is probably a mistake. */
  warn(code: Code, message: string, at: Offsets, details?: DiagnosticDetails): void
  /** Reports and gives the node for it. */
  invalid(code: Code, message: string, at: Offsets, details?: DiagnosticDetails, whole?: Offsets): TypedNode
  /** The id of a new macro variable. */
  newLocal(): number
  span(at: Offsets): Span
  /** The text as written. */
  text(at: Offsets): string
}

/** A range of the expression's text. */
export interface Offsets {
  readonly start: number
  readonly end: number
}
