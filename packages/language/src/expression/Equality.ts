import type { Evaluation } from "./Evaluation.ts"
import { Duration, isList, isObject, Optional, Timestamp, TypeName, type Value } from "./Value.ts"

/** How deep lists and objects may nest where they are walked: the stack is not the input's to spend. */
export const maxDepth = 1_000

/**
 * Are two values equal, by CEL's rules (langdef, "Equality")? Numbers by value, so that 1 == 1.0; NaN equals nothing;
 * lists by elements in order, objects by own keys in any order; values of different kinds are unequal, never an error.
 * Takes a step for each element and each 64 characters; fails with SP1306 beyond 1,000 levels.
 */
export const equals = (a: Value, b: Value, evaluation: Evaluation): boolean => {
  if (typeof a === "object" && typeof b === "object") return equalsObject(a, b, evaluation, 0)
  return equalsPrimitive(a, b, evaluation)
}

const equalsPrimitive = (a: Value, b: Value, evaluation: Evaluation): boolean => {
  // Only texts of the same length are compared character by character.
  if (typeof a === "string" && a.length > 64 && typeof b === "string" && a.length === b.length) {
    evaluation.spend(a.length >>> 6)
  }
  return a === b
}

const equalsAt = (a: Value, b: Value, evaluation: Evaluation, depth: number): boolean =>
  typeof a === "object" && typeof b === "object"
    ? equalsObject(a, b, evaluation, depth)
    : equalsPrimitive(a, b, evaluation)

const equalsObject = (
  a: Extract<Value, object | null>,
  b: Extract<Value, object | null>,
  evaluation: Evaluation,
  depth: number
): boolean => {
  if (a === null || b === null) return a === b
  if (depth > maxDepth) evaluation.fail("SP1306", "the values nest deeper than 1,000 levels")
  if (isList(a)) return isList(b) && equalsList(a, b, evaluation, depth)
  if (isObject(a)) return isObject(b) && equalsMap(a, b, evaluation, depth)
  if (a instanceof Timestamp) return b instanceof Timestamp && a.seconds === b.seconds && a.nanos === b.nanos
  if (a instanceof Duration) return b instanceof Duration && a.seconds === b.seconds && a.nanos === b.nanos
  if (a instanceof TypeName) return b instanceof TypeName && a.name === b.name
  return a instanceof Optional && b instanceof Optional && equalsOptional(a, b, evaluation, depth)
}

const equalsList = (
  a: ReadonlyArray<Value>,
  b: ReadonlyArray<Value>,
  evaluation: Evaluation,
  depth: number
): boolean => {
  if (a.length !== b.length) return false
  for (const [index, item] of a.entries()) {
    const other = b[index]
    evaluation.spend(1)
    if (other === undefined || !equalsAt(item, other, evaluation, depth + 1)) return false
  }
  return true
}

const equalsMap = (
  a: { readonly [key: string]: Value },
  b: { readonly [key: string]: Value },
  evaluation: Evaluation,
  depth: number
): boolean => {
  const keys = Object.keys(a)
  evaluation.spend(keys.length)
  if (keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    const left = a[key]
    const right = Object.hasOwn(b, key) ? b[key] : undefined
    if (left === undefined || right === undefined || !equalsAt(left, right, evaluation, depth + 1))
      return false
  }
  return true
}

const equalsOptional = (a: Optional, b: Optional, evaluation: Evaluation, depth: number): boolean =>
  a.value === undefined || b.value === undefined
    ? a.value === b.value
    : equalsAt(a.value, b.value, evaluation, depth + 1)
