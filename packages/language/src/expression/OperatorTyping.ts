import {
  double,
  duration,
  dyn,
  int,
  isObjectType,
  list,
  string,
  timestamp,
  type Type
} from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import type { ArithmeticNode, ArithmeticOperator, OrderNode } from "./TypedNode.ts"

/** What an arithmetic operator gives for two types, or the first pair of members for which it has no meaning. */
export type ArithmeticTyping =
  | { readonly result: Type; readonly on: ArithmeticNode["on"] }
  | { readonly result: undefined; readonly left: Type; readonly right: Type }

/**
 * Types an arithmetic operator. Where a side is a union, every pair of members must have a meaning: the value that
 * has none would fail when it runs. `dyn` is decided when it runs.
 */
export const typeArithmetic = (operator: ArithmeticOperator, left: Type, right: Type): ArithmeticTyping => {
  const results: Array<Type> = []
  const kinds = new Set<ArithmeticNode["on"]>()
  for (const a of membersOf(left)) {
    for (const b of membersOf(right)) {
      if (a.kind === "never" || b.kind === "never") continue
      const result = typePair(operator, a, b)
      if (result === undefined) return { result: undefined, left: a, right: b }
      results.push(result)
      kinds.add(groundOf(a, b, result))
    }
  }
  const [only] = kinds
  return { result: union(results), on: kinds.size === 1 && only !== undefined ? only : "dyn" }
}

/** What `<` and its kin compare, or the first pair of members that has no order. */
export const typeOrder = (
  left: Type,
  right: Type
):
  | { readonly on: OrderNode["on"] }
  | { readonly on: undefined; readonly left: Type; readonly right: Type } => {
  let on: OrderNode["on"] = "number"
  for (const a of membersOf(left)) {
    for (const b of membersOf(right)) {
      if (isNumeric(a) && isNumeric(b)) continue
      on = "value"
      if (a.kind === "never" || b.kind === "never" || a.kind === "dyn" || b.kind === "dyn") continue
      if (a.kind !== b.kind || !ordered.has(a.kind)) return { on: undefined, left: a, right: b }
    }
  }
  return { on }
}

/** Can a value of one type equal a value of the other? Numbers compare across int and double. */
export const mayEqual = (left: Type, right: Type): boolean => {
  const a = membersOf(left)
  const b = membersOf(right)
  // An impossible value is a mistake that was reported where it came to be.
  if (a.length === 0 || b.length === 0) return true
  return a.some((one) => b.some((other) => pairMayEqual(one, other)))
}

/** Is equality of the two types what JavaScript's `===` says? */
export const isScalarEquality = (left: Type, right: Type): boolean =>
  membersOf(left).every(isScalar) && membersOf(right).every(isScalar)

/** Values without parts: `===` compares them. */
export const isScalar = (type: Type): boolean => scalars.has(type.kind)

const scalars = new Set<Type["kind"]>(["null", "bool", "int", "double", "string", "never"])

const ordered = new Set<Type["kind"]>(["bool", "string", "timestamp", "duration"])

const isNumeric = (type: Type): boolean => type.kind === "int" || type.kind === "double"

const groundOf = (left: Type, right: Type, result: Type): ArithmeticNode["on"] => {
  if (left.kind === "dyn" || right.kind === "dyn") return "dyn"
  switch (result.kind) {
    case "int":
    case "double":
    case "string":
    case "list":
      return result.kind
    default:
      return "dyn"
  }
}

const typePair = (operator: ArithmeticOperator, left: Type, right: Type): Type | undefined => {
  if (left.kind === "dyn") return right.kind === "dyn" || canBeOperand(operator, right) ? dyn : undefined
  if (right.kind === "dyn") return canBeOperand(operator, left) ? dyn : undefined
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind === "int" && right.kind === "int") return int
    // CEL has no remainder of doubles.
    return operator === "%" ? undefined : double
  }
  if (operator === "+") return typeSum(left, right)
  if (operator !== "-") return undefined
  if (left.kind === "timestamp" && right.kind === "timestamp") return duration
  if (left.kind === "timestamp" && right.kind === "duration") return timestamp
  return left.kind === "duration" && right.kind === "duration" ? duration : undefined
}

const typeSum = (left: Type, right: Type): Type | undefined => {
  if (left.kind === "string" && right.kind === "string") return string
  if (left.kind === "list" && right.kind === "list") return list(union([left.element, right.element]))
  if (left.kind === "timestamp" && right.kind === "duration") return timestamp
  if (left.kind === "duration" && right.kind === "timestamp") return timestamp
  return left.kind === "duration" && right.kind === "duration" ? duration : undefined
}

const canBeOperand = (operator: ArithmeticOperator, type: Type): boolean => {
  if (isNumeric(type)) return operator !== "%" || type.kind === "int"
  if (operator === "+") return additive.has(type.kind)
  return operator === "-" && (type.kind === "timestamp" || type.kind === "duration")
}

const additive = new Set<Type["kind"]>(["string", "list", "timestamp", "duration"])

const pairMayEqual = (left: Type, right: Type): boolean => {
  if (left.kind === "dyn" || right.kind === "dyn") return true
  if (left.kind === "never" || right.kind === "never") return true
  if (isFresh(left) && isFresh(right) && left.kind === right.kind) return true
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind !== "int" || right.kind !== "int") return true
    const { values } = right
    return (
      left.values === undefined || values === undefined || left.values.some((value) => values.includes(value))
    )
  }
  if (left.kind === "bool" && right.kind === "bool") {
    return left.value === undefined || right.value === undefined || left.value === right.value
  }
  if (left.kind === "string" && right.kind === "string") return stringsMayEqual(left, right)
  return left.kind === right.kind || (isObjectType(left) && isObjectType(right))
}

/** The type of a literal: comparing literals with each other is no mistake, only a comparison that is known. */
const isFresh = (type: Type): boolean => "fresh" in type && type.fresh !== undefined

type StringMember = Type & { readonly kind: "string" }

const stringsMayEqual = (left: StringMember, right: StringMember): boolean => {
  const [closed, other] = left.values !== undefined ? [left, right] : [right, left]
  if (closed.values === undefined) return true
  const { values, except } = other
  if (values !== undefined) return closed.values.some((value) => values.includes(value))
  return closed.values.some((value) => except === undefined || !except.includes(value))
}
