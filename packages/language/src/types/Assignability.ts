import { Comparison } from "./Comparison.ts"
import type { Type } from "./Type.ts"

/**
 * May a value of `from` stand where `to` is wanted? `dyn` fits everywhere in both directions: what it holds is
 * checked when it runs. Recursive types are compared coinductively, so the answer always comes; see `Comparison` for
 * where it is a false "no".
 */
export const isAssignable = (from: Type, to: Type): boolean =>
  from === to || new Comparison("gradual").holds(from, to)

/** Is every value of `from` a value of `to`? `dyn` is only above everything, never below. */
export const isSubtype = (from: Type, to: Type): boolean =>
  from === to || new Comparison("strict").holds(from, to)

/** The same set of values. */
export const isSameType = (a: Type, b: Type): boolean => isSubtype(a, b) && isSubtype(b, a)
