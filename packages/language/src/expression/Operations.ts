import { equals } from "./Equality.ts"
import { type Evaluation, EvaluationFailure } from "./Evaluation.ts"
import { compare } from "./Ordering.ts"
import {
  addDurations,
  addTimestampDuration,
  negateDuration,
  subtractDurations,
  subtractTimestampDuration,
  subtractTimestamps
} from "./functions/TimeArithmetic.ts"
import type { ArithmeticOperator, OrderNode } from "./TypedNode.ts"
import { Duration, isList, isObject, Optional, Timestamp, type TypeName, type Value } from "./Value.ts"
import { kindOf, typeNameOf } from "./ValueKind.ts"

// What expressions do when they run. Generated code and the interpreter call the same functions, so they can only
// differ in how they call them. Whatever can fail or do work in proportion to its input takes the evaluation last.

/** A variable of the environment that whoever runs the expression did not give. */
export const missingVariable = (value: Value | undefined, name: string, evaluation: Evaluation): Value =>
  value === undefined ? evaluation.fail("SP1309", `the variable "${name}" was not given`) : value

/** `target.key` where the types do not say that it is there. */
export const lookup = (target: Value, key: string, evaluation: Evaluation): Value => {
  if (target instanceof Optional) return new Optional(maybeField(target.value, key))
  if (!isObject(target)) return evaluation.fail("SP1307", `${kindOf(target)} has no fields`)
  const value = Object.hasOwn(target, key) ? target[key] : undefined
  return value === undefined
    ? evaluation.fail("SP1303", `the object has no key ${JSON.stringify(key)}`)
    : value
}

/** `target.key` as an operand of `== null`. */
export const nullField = (target: Value, key: string, evaluation: Evaluation): Value => {
  if (!isObject(target)) return evaluation.fail("SP1307", `${kindOf(target)} has no fields`)
  return Object.hasOwn(target, key) ? (target[key] ?? null) : null
}

/** `has(target.key)` where the target may be something else than an object. */
export const hasField = (target: Value, key: string, evaluation: Evaluation): boolean => {
  // Behind an optional, what is no object has no such field, as in `target.?key`.
  if (target instanceof Optional) return maybeField(target, key) !== undefined
  if (target === null) return false
  if (!isObject(target)) return evaluation.fail("SP1307", `${kindOf(target)} has no fields`)
  return Object.hasOwn(target, key)
}

/** `target.?key`: undefined when the target is missing, is no object or has no such key. */
export const maybeField = (target: Value | undefined, key: string): Value | undefined => {
  if (target instanceof Optional) return maybeField(target.value, key)
  return target !== undefined && isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined
}

/** `target[?index]`: undefined when there is no such element. */
export const maybeElement = (target: Value | undefined, index: Value): Value | undefined => {
  if (target instanceof Optional) return maybeElement(target.value, index)
  if (target === undefined) return undefined
  if (isList(target)) return typeof index === "number" ? target[index] : undefined
  return typeof index === "string" ? maybeField(target, index) : undefined
}

/** `list[index]`; fails beyond the ends. */
export const listElement = (list: ReadonlyArray<Value>, index: Value, evaluation: Evaluation): Value => {
  if (typeof index !== "number" || !Number.isInteger(index)) {
    return evaluation.fail("SP1307", `a list is indexed by int, not by ${kindOf(index)}`)
  }
  const value = list[index]
  if (value !== undefined) return value
  const size = list.length === 1 ? "1 element" : `${list.length} elements`
  return evaluation.fail("SP1301", `there is no element ${index}: the list has ${size}`)
}

/** The value of a key that is only known when it runs; the key may be secret and is not named. */
export const objectElement = (
  object: { readonly [key: string]: Value },
  key: Value,
  evaluation: Evaluation
): Value => {
  if (typeof key !== "string")
    return evaluation.fail("SP1307", `an object is indexed by string, not by ${kindOf(key)}`)
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return value === undefined ? evaluation.fail("SP1303", "the object has no such key") : value
}

/** `target[index]` of a list or an object, as the value tells. */
export const element = (target: Value, index: Value, evaluation: Evaluation): Value => {
  if (isList(target)) return listElement(target, index, evaluation)
  if (isObject(target)) return objectElement(target, index, evaluation)
  return evaluation.fail("SP1307", `${kindOf(target)} has no elements`)
}

/** `+` of two ints; fails beyond 2^53 − 1. */
export const addInt = (left: number, right: number, evaluation: Evaluation): number =>
  safe(left + right, evaluation)
/** `-` of two ints; fails beyond 2^53 − 1. */
export const subtractInt = (left: number, right: number, evaluation: Evaluation): number =>
  safe(left - right, evaluation)
/** `*` of two ints; fails beyond 2^53 − 1. */
export const multiplyInt = (left: number, right: number, evaluation: Evaluation): number =>
  safe(left * right, evaluation)

/** Truncates towards zero. Exact: `left - left % right` is a multiple of `right`. */
export const divideInt = (left: number, right: number, evaluation: Evaluation): number => {
  if (right === 0) return evaluation.fail("SP1302", "division by zero")
  return (left - (left % right)) / right + 0
}

/** The sign is that of `left`. */
export const remainderInt = (left: number, right: number, evaluation: Evaluation): number => {
  if (right === 0) return evaluation.fail("SP1302", "division by zero")
  return (left % right) + 0
}

/** Arithmetic on two ints by type. */
export const intArithmetic = (
  operator: ArithmeticOperator,
  left: number,
  right: number,
  evaluation: Evaluation
): number => {
  switch (operator) {
    case "+":
      return addInt(left, right, evaluation)
    case "-":
      return subtractInt(left, right, evaluation)
    case "*":
      return multiplyInt(left, right, evaluation)
    case "/":
      return divideInt(left, right, evaluation)
    case "%":
      return remainderInt(left, right, evaluation)
  }
}

/** Arithmetic on numbers of which one is a double by type: IEEE 754, so dividing by zero is infinite. */
export const doubleArithmetic = (operator: ArithmeticOperator, left: number, right: number): number => {
  switch (operator) {
    case "+":
      return left + right
    case "-":
      return left - right
    case "*":
      return left * right
    case "/":
      return left / right
    case "%":
      return left % right
  }
}

/** Strings are ropes until they are read, so a result costs nothing but may grow: its size is what is limited. */
export const concatenate = (left: string, right: string, evaluation: Evaluation): string => {
  const size = left.length + right.length
  if (size > 65_536) evaluation.spend(size >> 6)
  return left + right
}

/** `+` of two lists. */
export const concatenateLists = (
  left: ReadonlyArray<Value>,
  right: ReadonlyArray<Value>,
  evaluation: Evaluation
): ReadonlyArray<Value> => {
  evaluation.spend(left.length + right.length)
  return [...left, ...right]
}

/** Arithmetic whose types are only known when it runs. Numbers from `dyn` divide as doubles do. */
export const arithmetic = (
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  evaluation: Evaluation
): Value => {
  const result =
    typeof left === "number" && typeof right === "number"
      ? numberArithmetic(operator, left, right, evaluation)
      : operator === "+"
        ? sum(left, right, evaluation)
        : operator === "-"
          ? difference(left, right, evaluation)
          : undefined
  if (result !== undefined) return result
  return evaluation.fail(
    "SP1307",
    `"${operator}" has no meaning between ${kindOf(left)} and ${kindOf(right)}`
  )
}

/** `-x` of a number or duration whose type is only known when it runs. */
export const negate = (operand: Value, evaluation: Evaluation): Value => {
  if (typeof operand === "number") return 0 - operand
  if (operand instanceof Duration) return negateDuration(operand, evaluation)
  return evaluation.fail("SP1307", `"-" needs a number, this is ${kindOf(operand)}`)
}

/** `left operator right` for values that are not both numbers by type. */
export const order = (
  operator: OrderNode["operator"],
  left: Value,
  right: Value,
  evaluation: Evaluation
): boolean => {
  if (typeof left === "number" && typeof right === "number") return orderNumbers(operator, left, right)
  const result = compare(left, right, evaluation)
  if (result === undefined) {
    return evaluation.fail("SP1307", `"${operator}" cannot compare ${kindOf(left)} with ${kindOf(right)}`)
  }
  return orderNumbers(operator, result, 0)
}

/** Membership by equality. */
export const inList = (value: Value, list: ReadonlyArray<Value>, evaluation: Evaluation): boolean => {
  evaluation.spend(list.length)
  for (const item of list) if (equals(value, item, evaluation)) return true
  return false
}

/** Membership where both sides are scalars by type. */
export const inScalars = (value: Value, list: ReadonlyArray<Value>, evaluation: Evaluation): boolean => {
  evaluation.spend(list.length >> 4)
  return list.indexOf(value) >= 0
}

/** Is the key one of the object's own? */
export const inObject = (key: Value, object: { readonly [key: string]: Value }): boolean =>
  typeof key === "string" && Object.hasOwn(object, key)

/** `in` where only the values tell whether the right side is a list or an object. */
export const isIn = (value: Value, container: Value, evaluation: Evaluation): boolean => {
  if (isList(container)) return inList(value, container, evaluation)
  if (isObject(container)) return inObject(value, container)
  return evaluation.fail(
    "SP1307",
    `"in" needs a list or an object on its right, this is ${kindOf(container)}`
  )
}

/** A condition of unknown type: a bool, or a failure. */
export const assertBool = (value: Value, evaluation: Evaluation): boolean =>
  typeof value === "boolean"
    ? value
    : evaluation.fail("SP1307", `a condition must be a bool, this is ${kindOf(value)}`)

/** `type(x)` of a value. */
export const typeOf = (value: Value, evaluation: Evaluation): TypeName =>
  typeNameOf(value) ?? evaluation.fail("SP1307", "the value has no type of this language")

/** The inside of an optional of `dyn`. */
export const inside = (value: Value, evaluation: Evaluation): Value | undefined =>
  value instanceof Optional
    ? value.value
    : evaluation.fail("SP1307", `expected an optional, this is ${kindOf(value)}`)

/** An optional of what may be undefined. */
export const toOptional = (value: Value | undefined): Optional =>
  value === undefined ? Optional.none : new Optional(value)

/** `o.value()`. */
export const valueOfOptional = (value: Value | undefined, evaluation: Evaluation): Value =>
  value === undefined ? evaluation.fail("SP1303", "the optional is empty") : value

/** `optional.ofNonZeroValue(x)`: empty for null, false, 0, "", [] and {}. */
export const nonZero = (value: Value, evaluation: Evaluation): Value | undefined => {
  if (value === null || value === false || value === 0 || value === "") return undefined
  if (isList(value)) return value.length === 0 ? undefined : value
  if (value instanceof Optional) return value.value === undefined ? undefined : value
  if (value instanceof Timestamp || value instanceof Duration) {
    return value.seconds === 0 && value.nanos === 0 ? undefined : value
  }
  return isObject(value) && keys(value, evaluation).length === 0 ? undefined : value
}

/** The own keys. They are listed anew each time, so that takes steps even where nobody goes over them. */
export const keys = (
  object: { readonly [key: string]: Value },
  evaluation: Evaluation
): ReadonlyArray<string> => {
  const own = Object.keys(object)
  evaluation.spend(own.length >> 2)
  return own
}

/** What a macro with one variable goes over: the elements of a list, the keys of an object. */
export const elements = (range: Value, evaluation: Evaluation): ReadonlyArray<Value> => {
  if (isList(range)) return range
  if (isObject(range)) return keys(range, evaluation)
  return evaluation.fail("SP1307", `a macro goes over lists and objects, this is ${kindOf(range)}`)
}

/** What the first of two variables goes over: the indices of a list, the keys of an object. */
export const indices = (range: Value, evaluation: Evaluation): ReadonlyArray<Value> => {
  if (!isList(range)) return elements(range, evaluation)
  evaluation.spend(range.length)
  return Array.from(range, (_, index) => index)
}

/** What the second variable is for an index or key of `range`. */
export const entryValue = (range: Value, key: Value, evaluation: Evaluation): Value =>
  element(range, key, evaluation)

/** Puts the one entry of `transformMapEntry`'s object into the result. */
export const putEntry = (target: { [key: string]: Value }, entry: Value, evaluation: Evaluation): void => {
  if (!isObject(entry))
    return evaluation.fail("SP1307", `expected an object with one key, this is ${kindOf(entry)}`)
  for (const [key, value] of Object.entries(entry)) {
    if (Object.hasOwn(target, key)) evaluation.fail("SP1308", "two entries have the same key")
    target[key] = value
  }
}

/** A new key for a map literal; a key that is not a string or is there already fails. */
export const putKey = (
  target: { [key: string]: Value },
  key: Value,
  value: Value,
  evaluation: Evaluation
): void => {
  if (typeof key !== "string")
    return evaluation.fail("SP1307", `the keys of an object are strings, this is ${kindOf(key)}`)
  if (Object.hasOwn(target, key)) evaluation.fail("SP1308", "the same key is given twice")
  target[key] = value
}

/** The list ordered by what was computed for each element; equal ones keep their order. */
export const sortedBy = (
  list: ReadonlyArray<Value>,
  keys: ReadonlyArray<Value>,
  evaluation: Evaluation
): ReadonlyArray<Value> => {
  evaluation.spend(list.length * Math.ceil(Math.log2(list.length + 1)))
  const positions = keys.map((_, index) => index)
  positions.sort((a, b) => {
    const [left = null, right = null] = [keys[a], keys[b]]
    const result = compare(left, right, evaluation)
    return result ?? evaluation.fail("SP1307", `cannot order ${kindOf(left)} and ${kindOf(right)}`)
  })
  return positions.map((position) => list[position] ?? null)
}

/**
 * A failure that another operand may still make irrelevant. Running out of budget is not one, and a variable that was
 * not given neither: it is a mistake of whoever evaluates, not of the data.
 */
export const absorb = (error: unknown): EvaluationFailure => {
  if (error instanceof EvaluationFailure && !final.has(error.code)) return error
  throw error
}

const final = new Set<EvaluationFailure["code"]>(["SP1306", "SP1309"])

export { equals } from "./Equality.ts"

const safe = (result: number, evaluation: Evaluation): number =>
  result <= Number.MAX_SAFE_INTEGER && result >= Number.MIN_SAFE_INTEGER
    ? result + 0
    : evaluation.fail("SP1305", "the result is beyond 2^53 - 1 and would lose digits")

const numberArithmetic = (
  operator: ArithmeticOperator,
  left: number,
  right: number,
  evaluation: Evaluation
): number => {
  const isWhole = Number.isSafeInteger(left) && Number.isSafeInteger(right)
  if (operator === "/") return right === 0 ? evaluation.fail("SP1302", "division by zero") : left / right
  if (isWhole) return intArithmetic(operator, left, right, evaluation)
  return operator === "%"
    ? evaluation.fail("SP1307", `"%" needs whole numbers`)
    : doubleArithmetic(operator, left, right)
}

const sum = (left: Value, right: Value, evaluation: Evaluation): Value | undefined => {
  if (typeof left === "string" && typeof right === "string") return concatenate(left, right, evaluation)
  if (left instanceof Timestamp && right instanceof Duration)
    return addTimestampDuration(left, right, evaluation)
  if (left instanceof Duration && right instanceof Timestamp)
    return addTimestampDuration(right, left, evaluation)
  if (left instanceof Duration && right instanceof Duration) return addDurations(left, right, evaluation)
  return isList(left) && isList(right) ? concatenateLists(left, right, evaluation) : undefined
}

const difference = (left: Value, right: Value, evaluation: Evaluation): Value | undefined => {
  if (left instanceof Timestamp && right instanceof Timestamp)
    return subtractTimestamps(left, right, evaluation)
  if (left instanceof Timestamp && right instanceof Duration)
    return subtractTimestampDuration(left, right, evaluation)
  if (left instanceof Duration && right instanceof Duration) return subtractDurations(left, right, evaluation)
  return undefined
}

const orderNumbers = (operator: OrderNode["operator"], left: number, right: number): boolean => {
  switch (operator) {
    case "<":
      return left < right
    case "<=":
      return left <= right
    case ">":
      return left > right
    case ">=":
      return left >= right
  }
}
