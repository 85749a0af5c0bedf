import { bool, type BoolType, int, type IntType, string, type StringType } from "./Type.ts"

/** Is every string of `from` one of `to`? */
export const isStringWithin = (from: StringType, to: StringType): boolean => {
  if (to.values !== undefined) return includesAll(to.values, from.values)
  const { except } = to
  if (except === undefined) return true
  if (from.values !== undefined) return !overlaps(from.values, except)
  return from.except !== undefined && includesAll(from.except, except)
}

/** Is every number of `from` one of `to`? */
export const isIntWithin = (from: IntType, to: IntType): boolean => includesAll(to.values, from.values)

/** The strings of all the given types, at least one; a format stays when all have it. */
export const mergeStrings = (types: ReadonlyArray<StringType>): StringType => {
  const [first] = types
  if (first !== undefined && types.every((type) => type === first)) return first
  const set = mergeStringSets(types)
  const format = first?.format
  if (format !== undefined && types.every((type) => type.format === format)) return { ...set, format }
  return set.values !== undefined && types.every((type) => type.fresh === true)
    ? { ...set, fresh: true }
    : set
}

/** The numbers of all the given types, at least one. */
export const mergeInts = (types: ReadonlyArray<IntType>): IntType => {
  const [first] = types
  if (first !== undefined && types.every((type) => type === first)) return first
  const values = new Set<number>()
  for (const type of types) {
    if (type.values === undefined) return int
    for (const value of type.values) values.add(value)
  }
  const merged: IntType = { kind: "int", values: [...values].toSorted((a, b) => a - b) }
  return types.every((type) => type.fresh === true) ? { ...merged, fresh: true } : merged
}

/** The truth values of all the given types, at least one. */
export const mergeBools = (types: ReadonlyArray<BoolType>): BoolType => {
  const [first] = types
  if (first === undefined || !types.every((type) => type.value === first.value)) return bool
  return types.find((type) => type.fresh !== true) ?? first
}

const mergeStringSets = (types: ReadonlyArray<StringType>): StringType => {
  const values = new Set<string>()
  let except: Set<string> | undefined
  for (const type of types) {
    if (type.values !== undefined) for (const value of type.values) values.add(value)
    else if (type.except === undefined) return string
    else {
      const excepted = new Set(type.except)
      except = except === undefined ? excepted : new Set([...except].filter((value) => excepted.has(value)))
    }
  }
  if (except === undefined) return { kind: "string", values: [...values] }
  const left = [...except].filter((value) => !values.has(value))
  return left.length === 0 ? string : { kind: "string", except: left }
}

/** `undefined` is the whole. Long lists are looked up in a set. */
const includesAll = <A>(
  outer: ReadonlyArray<A> | undefined,
  inner: ReadonlyArray<A> | undefined
): boolean => {
  if (outer === undefined) return true
  if (inner === undefined) return false
  if (inner.length * outer.length <= 256) return inner.every((value) => outer.includes(value))
  const lookup = new Set(outer)
  return inner.every((value) => lookup.has(value))
}

const overlaps = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean => {
  if (a.length * b.length <= 256) return a.some((value) => b.includes(value))
  const lookup = new Set(b)
  return a.some((value) => lookup.has(value))
}
