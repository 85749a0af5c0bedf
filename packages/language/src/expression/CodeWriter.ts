import type { Type } from "../types/Type.ts"
import { membersOf } from "../types/Union.ts"
import * as operations from "./Operations.ts"
import { dispatch } from "./OverloadCall.ts"
import type { TypedNode } from "./TypedNode.ts"
import { Optional } from "./Value.ts"

/** What the parts of the compiler share: writing code for nodes, calls of helpers, functions and their variables. */
export interface CodeWriter {
  /** An expression in JavaScript for a node, safe to stand as an operand. */
  code(node: TypedNode): string
  /** A call of a helper that may fail or spend: the node is named just before the call. */
  call(helper: Helper, args: ReadonlyArray<string>, node: TypedNode): string
  /** The name of a helper that cannot fail. */
  helper(name: Helper): string
  site(node: TypedNode): number
  /** A function outside of the expression; sees variables, evaluation and the macros' variables of this place. */
  lift(extra: ReadonlyArray<string>, body: () => string): (args: ReadonlyArray<string>) => string
  /** Makes macro variables visible to functions lifted while `write` runs. */
  within(locals: ReadonlyArray<number>, write: () => string): string
}

/** Everything that generated code may call. */
export const helpers = {
  ...operations,
  dispatch,
  hasOwn: Object.hasOwn,
  None: Optional.none
}

/** The name of something that generated code may call. */
export type Helper = keyof typeof helpers

/** The name of a macro's variable in generated code. */
export const localName = (id: number): string => `l${id}`

/** Is a key never found on `Object.prototype`? Then reading it is as good as asking for an own key first. */
export const isPlainKey = (key: string): boolean => !(key in Object.prototype)

/** Are the values of a type objects or null, so that a plain key can be read from them? */
export const isObjects = (type: Type): boolean =>
  membersOf(type).every(
    (member) => member.kind === "record" || member.kind === "map" || member.kind === "null"
  )
