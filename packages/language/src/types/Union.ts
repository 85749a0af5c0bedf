import { Comparison } from "./Comparison.ts"
import { type Member, membersOf } from "./Members.ts"
import { mergeBools, mergeInts, mergeStrings } from "./Scalars.ts"
import {
  type BoolType,
  dyn,
  type IntType,
  never,
  nullType,
  resolve,
  type StringType,
  type Type,
  type UnionType
} from "./Type.ts"

export { membersOf } from "./Members.ts"

/** A name for messages, and the key that tells the records of a union apart. */
export interface UnionOptions {
  readonly name?: string
  readonly discriminator?: string
}

/**
 * The smallest type that has every value of the given ones, in normal form: flat, without duplicates or members that
 * another member contains, literals of one kind merged. `dyn` swallows everything, `never` adds nothing.
 *
 * References are not looked at, so that a union can be built before their targets exist: one is only known to be
 * contained in itself. After 50,000 steps of comparing, further members are kept without comparing them.
 */
export const union = (types: Iterable<Type>, options: UnionOptions = {}): Type => {
  const given = [...types].filter((type) => type.kind !== "never")
  const [only] = given
  if (given.length === 1 && only !== undefined) return nameUnion(only, options)
  const builder = new Builder()
  for (const type of given) builder.add(type)
  const members = builder.members()
  const [first] = members
  if (first === undefined) return never
  if (members.length === 1) return first
  const same = given.find((type) => type.kind === "union" && isSameList(type.members, members))
  if (same !== undefined) return nameUnion(same, options)
  return { kind: "union", members, ...inheritedDiscriminator(given), ...options }
}

/** `type` or null. */
export const nullable = (type: Type): Type => union([type, nullType])

/**
 * Keeps the members for which `change` gives a type, changed. A type that nothing changed is returned as it was, so
 * that names and identities survive narrowing.
 */
export const mapMembers = (type: Type, change: (member: Member) => Type): Type => {
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

/** Gathers members: scalars by kind, to be merged at the end; the others compared with those that are there. */
class Builder {
  readonly #slots: Array<Type> = []
  readonly #strings: Array<StringType> = []
  readonly #ints: Array<IntType> = []
  readonly #bools: Array<BoolType> = []
  readonly #kinds = new Set<Type["kind"]>()
  readonly #composites = new Set<Type>()
  readonly #comparison = new Comparison("opaque", 50_000)

  add(type: Type): void {
    if (type.kind !== "union") this.#addMember(type)
    else if (this.#composites.size > 0) for (const member of type.members) this.#addMember(member)
    else for (const member of type.members) this.#addMember(member, true)
  }

  /** `distinct`: a member of a union in normal form, with which only its own siblings could be compared. */
  #addMember(type: Type, distinct = false): void {
    if (type.kind === "string") this.#strings.push(type)
    if (type.kind === "int") this.#ints.push(type)
    if (type.kind === "bool") this.#bools.push(type)
    if (isComposite(type)) {
      if (distinct || !this.#isContained(type)) this.#place(type, distinct)
    } else if (type.kind !== "never" && !this.#kinds.has(type.kind)) this.#slots.push(type)
    this.#kinds.add(type.kind)
  }

  /** The normal form, in the order in which the kinds and the other members came. */
  members(): ReadonlyArray<Type> {
    if (this.#kinds.has("dyn")) return [dyn]
    const out: Array<Type> = []
    for (const slot of this.#slots) {
      if (slot.kind === "string") out.push(mergeStrings(this.#strings))
      else if (slot.kind === "bool") out.push(mergeBools(this.#bools))
      else if (slot.kind === "int") {
        if (!this.#kinds.has("double")) out.push(mergeInts(this.#ints))
      } else if (!isComposite(slot) || this.#composites.has(slot)) out.push(slot)
    }
    return out
  }

  #place(type: Type, distinct: boolean): void {
    if (!distinct && !this.#comparison.exhausted) {
      for (const member of this.#composites)
        if (this.#comparison.holds(member, type)) this.#composites.delete(member)
    }
    this.#composites.add(type)
    this.#slots.push(type)
  }

  #isContained(type: Type): boolean {
    if (this.#composites.has(type)) return true
    if (this.#comparison.exhausted) return false
    for (const member of this.#composites) if (this.#comparison.holds(type, member)) return true
    return false
  }
}

const isComposite = (type: Type): boolean =>
  type.kind === "list" ||
  type.kind === "map" ||
  type.kind === "record" ||
  type.kind === "optional" ||
  type.kind === "ref"

const nameUnion = (type: Type, options: UnionOptions): Type =>
  type.kind === "union" && (options.name !== undefined || options.discriminator !== undefined)
    ? { ...type, ...options }
    : type

const isSameList = (a: ReadonlyArray<Type>, b: ReadonlyArray<Type>): boolean =>
  a.length === b.length && a.every((type, index) => type === b[index])

/** A discriminator stays when nothing that could be an object joins its union. */
const inheritedDiscriminator = (given: ReadonlyArray<Type>): Pick<UnionType, "discriminator"> => {
  const objects = given.filter((type) => type.kind === "union" || isComposite(type))
  const [only] = objects
  return objects.length === 1 && only?.kind === "union" && only.discriminator !== undefined
    ? { discriminator: only.discriminator }
    : {}
}
