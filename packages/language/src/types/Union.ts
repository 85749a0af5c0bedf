import { isSubtype } from "./Assignability.ts"
import {
  type BoolType,
  dyn,
  type IntType,
  intOf,
  never,
  nullType,
  resolve,
  type StringType,
  string,
  stringExcept,
  stringOf,
  type Type
} from "./Type.ts"

/**
 * The smallest type that has every value of the given ones, in normal form: flat, without duplicates or members that
 * another member contains, literals of one kind merged. `dyn` swallows everything, `never` adds nothing.
 */
export const union = (
  types: Iterable<Type>,
  options: { readonly name?: string; readonly discriminator?: string } = {}
): Type => {
  const members: Array<Type> = []
  for (const type of types) {
    for (const member of type.kind === "union" ? type.members : [type]) add(members, member)
  }
  if (members.some((member) => member.kind === "dyn")) return dyn
  const [first] = members
  if (first === undefined) return never
  return members.length === 1 ? first : { kind: "union", members, ...options }
}

/** `type` or null. */
export const nullable = (type: Type): Type => union([type, nullType])

/** The members of a union, or the type alone; references are looked through. */
export const membersOf = (type: Type): ReadonlyArray<Exclude<Type, { kind: "union" | "ref" }>> => {
  const out: Array<Exclude<Type, { kind: "union" | "ref" }>> = []
  const visit = (current: Type, depth: number): void => {
    const target = resolve(current)
    if (target.kind !== "union") out.push(target)
    else if (depth < 32) for (const member of target.members) visit(member, depth + 1)
  }
  visit(type, 0)
  return out
}

/**
 * Keeps the members for which `change` gives a type, changed. A type that nothing changed is returned as it was, so
 * that names and identities survive narrowing.
 */
export const mapMembers = (type: Type, change: (member: Type) => Type): Type => {
  const members = membersOf(type)
  const changed = members.map(change)
  if (changed.every((member, index) => member === members[index])) return type
  const target = resolve(type)
  return union(
    changed,
    target.kind === "union" && target.discriminator !== undefined
      ? { discriminator: target.discriminator }
      : {}
  )
}

const add = (members: Array<Type>, type: Type): void => {
  if (type.kind === "never") return
  const index = members.findIndex((member) => member.kind === type.kind && isMergeable(member.kind))
  const twin = members[index]
  if (twin !== undefined) {
    members[index] = merge(twin, type)
    return
  }
  if (members.some((member) => isSubtype(type, member))) return
  for (let at = members.length - 1; at >= 0; at--) {
    const member = members[at]
    if (member !== undefined && isSubtype(member, type)) members.splice(at, 1)
  }
  members.push(type)
}

const isMergeable = (kind: Type["kind"]): boolean => kind === "string" || kind === "int" || kind === "bool"

const merge = (a: Type, b: Type): Type => {
  if (a.kind === "string" && b.kind === "string") return mergeStrings(a, b)
  if (a.kind === "int" && b.kind === "int") return mergeInts(a, b)
  if (a.kind === "bool" && b.kind === "bool") return mergeBools(a, b)
  return a
}

const mergeBools = (a: BoolType, b: BoolType): BoolType => (a.value === b.value ? a : { kind: "bool" })

const mergeInts = (a: IntType, b: IntType): IntType =>
  a.values === undefined || b.values === undefined ? { kind: "int" } : intOf(...a.values, ...b.values)

const mergeStrings = (a: StringType, b: StringType): StringType => {
  const format = a.format !== undefined && a.format === b.format ? { format: a.format } : {}
  return { ...mergeStringSets(a, b), ...format }
}

const mergeStringSets = (a: StringType, b: StringType): StringType => {
  if (a.values !== undefined && b.values !== undefined) return stringOf(...a.values, ...b.values)
  if (a.except !== undefined && b.except !== undefined) {
    const other = b.except
    return stringExcept(...a.except.filter((value) => other.includes(value)))
  }
  const [closed, open] = a.values !== undefined ? [a, b] : [b, a]
  if (open.except === undefined) return string
  const values = closed.values
  // `closed` without values is the whole of string; with them they leave the exception.
  return values === undefined
    ? string
    : stringExcept(...open.except.filter((value) => !values.includes(value)))
}
