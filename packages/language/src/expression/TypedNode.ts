import type { Type } from "../types/Type.ts"
import type { Overload } from "./FunctionDefinition.ts"
import type { Value } from "./Value.ts"

/**
 * A checked expression: every name resolved, every overload chosen where types allow, macros unfolded. The compiler
 * and the interpreter both work from it, and nothing in it refers to text except by offsets.
 */
export type TypedNode =
  | ConstantNode
  | VariableNode
  | LocalNode
  | FieldNode
  | HasNode
  | OptionalFieldNode
  | IndexNode
  | OptionalIndexNode
  | CallNode
  | DispatchNode
  | NotNode
  | NegateNode
  | LogicNode
  | ConditionalNode
  | ArithmeticNode
  | OrderNode
  | EqualNode
  | InNode
  | ListNode
  | ObjectNode
  | ComprehensionNode
  | AssertBoolNode
  | TypeOfNode
  | OptionalNode
  | OptionalMapNode
  | BindNode
  | InvalidNode

interface Typed {
  readonly type: Type
  readonly start: number
  readonly end: number
  /** Can evaluation fail other than by running out of budget? */
  readonly fallible: boolean
}

/** A literal, or a call that was folded when it was checked. */
export interface ConstantNode extends Typed {
  readonly op: "constant"
  readonly value: Value
}

/** A variable of the environment. */
export interface VariableNode extends Typed {
  readonly op: "variable"
  readonly name: string
}

/** A macro's variable; `id` is unique in the expression. */
export interface LocalNode extends Typed {
  readonly op: "local"
  readonly id: number
}

/**
 * `target.key`. `present`: the types guarantee it. `null`: a missing key gives null (the operand of `== null`).
 * `lookup`: looked up when it runs, a missing key fails.
 */
export interface FieldNode extends Typed {
  readonly op: "field"
  readonly target: TypedNode
  readonly key: string
  readonly access: "present" | "null" | "lookup"
}

/** `has(target.key)`; `dynamic` when the target may be something else than an object. */
export interface HasNode extends Typed {
  readonly op: "has"
  readonly target: TypedNode
  readonly key: string
  readonly dynamic: boolean
}

/** `target.?key`, and `target.key` on an optional target. Gives an optional. */
export interface OptionalFieldNode extends Typed {
  readonly op: "optionalField"
  readonly target: TypedNode
  readonly key: string
}

/** `target[index]` on a list, an object, or what is found when it runs. */
export interface IndexNode extends Typed {
  readonly op: "index"
  readonly target: TypedNode
  readonly index: TypedNode
  readonly on: "list" | "object" | "dyn"
}

/** `target[?index]`, and `target[index]` on an optional target. Gives an optional. */
export interface OptionalIndexNode extends Typed {
  readonly op: "optionalIndex"
  readonly target: TypedNode
  readonly index: TypedNode
}

/** A call whose overload is known. */
export interface CallNode extends Typed {
  readonly op: "call"
  readonly name: string
  readonly overload: Overload
  readonly args: ReadonlyArray<TypedNode>
}

/** A call whose overload is chosen by the arguments when it runs. */
export interface DispatchNode extends Typed {
  readonly op: "dispatch"
  readonly name: string
  readonly overloads: ReadonlyArray<Overload>
  readonly args: ReadonlyArray<TypedNode>
}

/** `!operand`, a bool. */
export interface NotNode extends Typed {
  readonly op: "not"
  readonly operand: TypedNode
}

/** `-operand`. */
export interface NegateNode extends Typed {
  readonly op: "negate"
  readonly on: "int" | "double" | "dyn"
  readonly operand: TypedNode
}

/**
 * `&&` and `||`. With `absorb`, the right side may decide although the left failed (CEL, "Logical Operators"). It is
 * false when the left cannot fail, and when the right was only correct because of what the left said.
 */
export interface LogicNode extends Typed {
  readonly op: "and" | "or"
  readonly absorb: boolean
  readonly left: TypedNode
  readonly right: TypedNode
}

/** `condition ? consequent : alternate`; the condition is a bool. */
export interface ConditionalNode extends Typed {
  readonly op: "conditional"
  readonly condition: TypedNode
  readonly consequent: TypedNode
  readonly alternate: TypedNode
}

/** The operators of arithmetic. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%"

/** Arithmetic, and what it works on: `dyn` when only the values tell. */
export interface ArithmeticNode extends Typed {
  readonly op: "arithmetic"
  readonly operator: ArithmeticOperator
  readonly on: "int" | "double" | "string" | "list" | "dyn"
  readonly left: TypedNode
  readonly right: TypedNode
}

/** A comparison by order; `number` is JavaScript's own. */
export interface OrderNode extends Typed {
  readonly op: "order"
  readonly operator: "<" | "<=" | ">" | ">="
  readonly on: "number" | "value"
  readonly left: TypedNode
  readonly right: TypedNode
}

/** `==` and, negated, `!=`. */
export interface EqualNode extends Typed {
  readonly op: "equal"
  readonly negated: boolean
  /** `scalar`: JavaScript's `===` is the answer. */
  readonly on: "scalar" | "value"
  readonly left: TypedNode
  readonly right: TypedNode
}

/** `left in right`; `scalars` is a list in which `===` finds the element. */
export interface InNode extends Typed {
  readonly op: "in"
  readonly on: "scalars" | "list" | "object" | "dyn"
  readonly left: TypedNode
  readonly right: TypedNode
}

/** A list literal; an optional element is left out when it is empty. */
export interface ListNode extends Typed {
  readonly op: "list"
  readonly items: ReadonlyArray<{ readonly value: TypedNode; readonly optional: boolean }>
}

/** An object literal; an optional entry is left out when it is empty. */
export interface ObjectNode extends Typed {
  readonly op: "object"
  readonly entries: ReadonlyArray<{
    readonly key: TypedNode
    readonly value: TypedNode
    readonly optional: boolean
  }>
}

/** The macros over lists and objects. `transformList` is a `map` with two variables. */
export type ComprehensionMacro =
  | "all"
  | "exists"
  | "exists_one"
  | "filter"
  | "map"
  | "transformMap"
  | "transformMapEntry"
  | "sortBy"

/** A macro over a list or an object, unfolded into its parts. */
export interface ComprehensionNode extends Typed {
  readonly op: "comprehension"
  readonly macro: ComprehensionMacro
  readonly range: TypedNode
  readonly on: "list" | "object" | "dyn"
  /** The variable of the elements of a list, or of the keys of an object when `second` is not there. */
  readonly first: number
  /** In the forms with two variables, `first` is the index or key, `second` the element or value. */
  readonly second: number | undefined
  /** Which elements count; all of them without it. */
  readonly predicate: TypedNode | undefined
  /** What an element becomes (`map`, `transform…`) or is ordered by (`sortBy`). */
  readonly body: TypedNode | undefined
  /** The steps that each element takes, at least one. */
  readonly cost: number
}

/** A condition whose type is `dyn`: it must turn out to be a bool. */
export interface AssertBoolNode extends Typed {
  readonly op: "assertBool"
  readonly operand: TypedNode
}

/** `type(operand)` where the type leaves a choice. */
export interface TypeOfNode extends Typed {
  readonly op: "typeOf"
  readonly operand: TypedNode
}

/** The operations on optionals that are not functions, because their types depend on what is inside. */
export interface OptionalNode extends Typed {
  readonly op: "optional"
  readonly operation: "of" | "ofNonZeroValue" | "hasValue" | "value" | "orValue" | "or" | "none"
  readonly args: ReadonlyArray<TypedNode>
}

/** `target.optMap(x, body)`; `flat` when the body gives an optional itself. */
export interface OptionalMapNode extends Typed {
  readonly op: "optionalMap"
  readonly target: TypedNode
  readonly local: number
  readonly body: TypedNode
  readonly flat: boolean
}

/** `cel.bind(x, value, body)`: `value` is evaluated once. */
export interface BindNode extends Typed {
  readonly op: "bind"
  readonly local: number
  readonly value: TypedNode
  readonly body: TypedNode
}

/** Where the check failed; an expression that contains one is never run. */
export interface InvalidNode extends Typed {
  readonly op: "invalid"
}
