import { isAssignable } from "../types/Assignability.ts"
import { hasDyn } from "../types/Members.ts"
import { dyn, type Type } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import type { FunctionDefinition, Overload, Param } from "./FunctionDefinition.ts"

/** The overloads a call may mean: one when the types decide, several when the values have to. */
export type Resolution =
  | { readonly kind: "static"; readonly overload: Overload; readonly type: Type }
  | { readonly kind: "dynamic"; readonly overloads: ReadonlyArray<Overload>; readonly type: Type }
  /** No overload takes so many arguments. */
  | { readonly kind: "count" }
  /** The argument at `index` fits no overload; `part` is the member of its type that does not. */
  | { readonly kind: "argument"; readonly index: number; readonly part: Type }
  /** Each argument fits some overload, together they fit none. */
  | { readonly kind: "combination" }

/** Chooses the overload of a function for argument types (for a method, the receiver is the first argument). */
export const resolveCall = (definition: FunctionDefinition, args: ReadonlyArray<Type>): Resolution => {
  const candidates = definition.overloads.filter((overload) => takes(overload, args.length))
  if (candidates.length === 0) return { kind: "count" }
  for (const overload of candidates) {
    if (args.every((arg, index) => fits(arg, paramAt(overload, index)))) {
      return { kind: "static", overload, type: resultOf(overload, args) }
    }
  }
  return resolveDynamic(candidates, args)
}

/** The parameter that takes the argument at `index`. */
export const paramAt = (overload: Overload, index: number): Param | undefined =>
  overload.params[overload.variadic ? Math.min(index, overload.params.length - 1) : index]

/** Does a value of the type always fit? `dyn` alone does not: it may fit another overload better. */
const fits = (arg: Type, param: Param | undefined): boolean =>
  param !== undefined && (param.type.kind === "dyn" || (!hasDyn(arg) && isAssignable(arg, param.type)))

const takes = (overload: Overload, count: number): boolean =>
  overload.variadic ? count >= overload.params.length : count === overload.params.length

const resolveDynamic = (candidates: ReadonlyArray<Overload>, args: ReadonlyArray<Type>): Resolution => {
  for (const [index, arg] of args.entries()) {
    const part = membersOf(arg).find(
      (member) => !candidates.some((overload) => mayFit(member, paramAt(overload, index)))
    )
    if (part !== undefined) return { kind: "argument", index, part }
  }
  const overloads = candidates.filter((overload) =>
    args.every((arg, index) => membersOf(arg).some((member) => mayFit(member, paramAt(overload, index))))
  )
  if (overloads.length === 0) return { kind: "combination" }
  return { kind: "dynamic", overloads, type: union(overloads.map((overload) => resultOf(overload, args))) }
}

const mayFit = (member: Type, param: Param | undefined): boolean =>
  param !== undefined && (member.kind === "dyn" || isAssignable(member, param.type))

const resultOf = (overload: Overload, args: ReadonlyArray<Type>): Type =>
  typeof overload.result === "function" ? overload.result(args.length === 0 ? [dyn] : args) : overload.result
