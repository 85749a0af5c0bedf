import { never, type RecordType, string, stringOf, type Type } from "./Type.ts"
import { membersOf, union } from "./Union.ts"

/** What `x.name` gives, and where it gives nothing. */
export interface PropertyAccess {
  /** The union over the members that have it; `never` if none has, `dyn` if a member is `dyn`. */
  readonly type: Type
  /** Members where it cannot exist: null, scalars, lists, closed records without it. */
  readonly missingFrom: ReadonlyArray<Type>
  /** Members where it may be absent: an optional property, a key of a map, a further key of an open record. */
  readonly optionalIn: ReadonlyArray<Type>
  /** True when a member is `dyn`: whether it is there is seen when it runs. */
  readonly dynamic: boolean
}

/** What an element, a key or a value of `x` is, and the members that have none. */
export interface ElementAccess {
  /** The union over the members that have elements; `never` if none has, `dyn` if a member is `dyn`. */
  readonly type: Type
  readonly missingFrom: ReadonlyArray<Type>
  readonly dynamic: boolean
}

/**
 * What `x.name` gives for `x` of a type, member by member. References are looked through; an `optional` is not, it is
 * among `missingFrom`.
 */
export const propertyOf = (type: Type, name: string): PropertyAccess => {
  const found: Array<Type> = []
  const missingFrom: Array<Type> = []
  const optionalIn: Array<Type> = []
  let dynamic = false
  for (const member of membersOf(type)) {
    const slot = slotOf(member, name)
    if (member.kind === "dyn") dynamic = true
    else if (member.kind === "never") continue
    else if (slot === undefined) missingFrom.push(member)
    else if (!slot.required) optionalIn.push(member)
    if (slot !== undefined) found.push(slot.type)
  }
  return { type: union(found), missingFrom, optionalIn, dynamic }
}

/** What `x[i]` gives for a whole number `i`: only lists have elements by index. */
export const elementOf = (type: Type): ElementAccess =>
  collect(type, (member) => (member.kind === "list" ? member.element : undefined))

/** What a macro's variable stands for (`x.all(v, …)`): the elements of a list, the keys of an object. */
export const iterationOf = (type: Type): ElementAccess =>
  collect(type, (member) => {
    if (member.kind === "list") return member.element
    if (member.kind === "map") return string
    return member.kind === "record" ? keyTypeOf(member) : undefined
  })

/** What `x[key]` gives for a string `key` that is not known before it runs; the key may always be missing. */
export const valueOf = (type: Type): ElementAccess =>
  collect(type, (member) => {
    if (member.kind === "map") return member.value
    if (member.kind !== "record") return undefined
    const values = [...member.properties.values()].map((property) => property.type)
    return union(isOpen(member) ? [...values, member.rest] : values)
  })

/**
 * The names that `propertyOf` can find, for completion and did-you-mean: those of all members, in the order of their
 * first appearance. Keys of maps and further keys of open records have no names.
 */
export const keysOf = (type: Type): ReadonlyArray<string> => {
  const names = new Set<string>()
  for (const member of membersOf(type)) {
    if (member.kind !== "record") continue
    for (const [name, property] of member.properties) if (property.type.kind !== "never") names.add(name)
  }
  return [...names]
}

/** True when keys beyond the named ones are possible. */
const isOpen = (record: RecordType): record is RecordType & { readonly rest: Type } =>
  record.rest !== undefined && record.rest.kind !== "never"

interface Slot {
  readonly type: Type
  readonly required: boolean
}

const slotOf = (member: Type, name: string): Slot | undefined => {
  if (member.kind === "dyn") return { type: member, required: true }
  if (member.kind === "map") return { type: member.value, required: false }
  if (member.kind !== "record") return undefined
  const property = member.properties.get(name)
  // A property that may only be absent (schema `false`) is as good as undeclared.
  if (property !== undefined) return property.type.kind === "never" ? undefined : property
  return isOpen(member) ? { type: member.rest, required: false } : undefined
}

const keyTypeOf = (record: RecordType): Type => {
  if (isOpen(record)) return string
  if (record.properties.size === 0) return never
  const keys = stringOf(...record.properties.keys())
  return record.fresh === true ? { ...keys, fresh: true } : keys
}

const collect = (type: Type, pick: (member: Type) => Type | undefined): ElementAccess => {
  const found: Array<Type> = []
  const missingFrom: Array<Type> = []
  let dynamic = false
  for (const member of membersOf(type)) {
    if (member.kind === "never") continue
    if (member.kind === "dyn") dynamic = true
    const part = member.kind === "dyn" ? member : pick(member)
    if (part === undefined) missingFrom.push(member)
    else found.push(part)
  }
  return { type: union(found), missingFrom, dynamic }
}
