import { type RecordType, resolve, type Type } from "./Type.ts"

/**
 * May a value of `from` stand where `to` is wanted? `dyn` fits everywhere in both directions: what it holds is
 * checked when it runs. Recursive types are compared coinductively, so the answer always comes.
 */
export const isAssignable = (from: Type, to: Type): boolean => compare(from, to, true, [])

/** Is every value of `from` a value of `to`? `dyn` is only above everything, never below. */
export const isSubtype = (from: Type, to: Type): boolean => compare(from, to, false, [])

/** The same set of values. */
export const isSameType = (a: Type, b: Type): boolean => isSubtype(a, b) && isSubtype(b, a)

type Assumed = ReadonlyArray<readonly [Type, Type]>

const compare = (from: Type, to: Type, gradual: boolean, assumed: Assumed): boolean => {
  if (from === to) return true
  if (from.kind === "ref" || to.kind === "ref") {
    if (assumed.some(([a, b]) => a === from && b === to)) return true
    return compare(resolve(from), resolve(to), gradual, [...assumed, [from, to]])
  }
  if (from.kind === "never" || to.kind === "dyn") return true
  if (from.kind === "dyn") return gradual
  if (from.kind === "union") return from.members.every((member) => compare(member, to, gradual, assumed))
  if (to.kind === "union") return to.members.some((member) => compare(from, member, gradual, assumed))
  switch (from.kind) {
    case "bool":
      return to.kind === "bool" && (to.value === undefined || to.value === from.value)
    case "int":
      if (to.kind === "double") return true
      return to.kind === "int" && includesAll(to.values, from.values)
    case "string":
      return to.kind === "string" && isStringWithin(from, to)
    case "list":
      return to.kind === "list" && compare(from.element, to.element, gradual, assumed)
    case "optional":
      return to.kind === "optional" && compare(from.value, to.value, gradual, assumed)
    case "map":
      if (to.kind === "map") return compare(from.value, to.value, gradual, assumed)
      return to.kind === "record" && isMapWithin(from.value, to, gradual, assumed)
    case "record":
      return isRecordWithin(from, to, gradual, assumed)
    default:
      return from.kind === to.kind
  }
}

const includesAll = <A>(outer: ReadonlyArray<A> | undefined, inner: ReadonlyArray<A> | undefined): boolean =>
  outer === undefined || (inner !== undefined && inner.every((value) => outer.includes(value)))

const isStringWithin = (from: Type & { kind: "string" }, to: Type & { kind: "string" }): boolean => {
  if (to.values !== undefined) return includesAll(to.values, from.values)
  const { except } = to
  if (except === undefined) return true
  if (from.values !== undefined) return !from.values.some((value) => except.includes(value))
  return from.except !== undefined && includesAll(from.except, except)
}

const isMapWithin = (value: Type, to: RecordType, gradual: boolean, assumed: Assumed): boolean => {
  if (to.rest === undefined || !compare(value, to.rest, gradual, assumed)) return false
  for (const property of to.properties.values()) {
    if (property.required || !compare(value, property.type, gradual, assumed)) return false
  }
  return true
}

const isRecordWithin = (from: RecordType, to: Type, gradual: boolean, assumed: Assumed): boolean => {
  if (to.kind === "map") {
    if (from.rest !== undefined && !compare(from.rest, to.value, gradual, assumed)) return false
    for (const property of from.properties.values()) {
      if (!compare(property.type, to.value, gradual, assumed)) return false
    }
    return true
  }
  if (to.kind !== "record") return false
  for (const [key, wanted] of to.properties) {
    const given = from.properties.get(key)
    if (given === undefined) {
      if (wanted.required) return false
      if (from.rest !== undefined && !compare(from.rest, wanted.type, gradual, assumed)) return false
    } else {
      if (wanted.required && !given.required) return false
      if (!compare(given.type, wanted.type, gradual, assumed)) return false
    }
  }
  for (const [key, given] of from.properties) {
    if (to.properties.has(key)) continue
    if (to.rest === undefined || !compare(given.type, to.rest, gradual, assumed)) return false
  }
  return from.rest === undefined || (to.rest !== undefined && compare(from.rest, to.rest, gradual, assumed))
}
