import { Comparison } from "./Comparison.ts"
import { type Member, membersOf } from "./Members.ts"
import { mergeBools, mergeInts, mergeStrings } from "./Scalars.ts"
import {
  type BoolType,
  dyn,
  type IntType,
  never,
  nullType,
  optional,
  type OptionalType,
  type RecordType,
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
  const builder = new Builder(options.discriminator)
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
  readonly #optionals: Array<OptionalType> = []
  readonly #kinds = new Set<Type["kind"]>()
  readonly #composites = new Set<Type>()
  /** Those of them that `#key` does not tell apart from all others. */
  readonly #untold = new Set<Type>()
  readonly #texts = new Set<string>()
  readonly #comparison = new Comparison("opaque", 50_000)
  #key: string | undefined

  constructor(discriminator: string | undefined) {
    this.#key = discriminator
  }

  add(type: Type): void {
    if (type.kind !== "union") this.#addMember(type, false)
    else {
      // Members of a union in normal form do not contain each other.
      const isDistinct = this.#composites.size === 0
      for (const member of type.members) this.#addMember(member, isDistinct)
    }
  }

  #addMember(type: Type, isDistinct: boolean): void {
    if (type.kind === "string") this.#strings.push(type)
    if (type.kind === "int") this.#ints.push(type)
    if (type.kind === "bool") this.#bools.push(type)
    if (type.kind === "optional") this.#optionals.push(type)
    if (isComposite(type)) this.#addComposite(type, isDistinct)
    else if (type.kind !== "never" && !this.#kinds.has(type.kind)) this.#slots.push(type)
    this.#kinds.add(type.kind)
  }

  /** Compared with the others, but for records that have texts at `#key` which no other record has. */
  #addComposite(type: Type, isDistinct: boolean): void {
    if (this.#composites.has(type)) return
    const isTold = this.#isTold(type)
    if (!isDistinct && !this.#comparison.exhausted) {
      const rivals = isTold ? this.#untold : this.#composites
      for (const rival of rivals) if (this.#comparison.holds(type, rival)) return
      for (const rival of rivals) {
        if (!this.#comparison.holds(rival, type)) continue
        this.#composites.delete(rival)
        this.#untold.delete(rival)
      }
    }
    if (!isTold) this.#untold.add(type)
    this.#composites.add(type)
    this.#slots.push(type)
  }

  /** Two records with different required texts at one key have no value in common. */
  #isTold(type: Type): boolean {
    if (type.kind !== "record") return false
    this.#key ??= keyWithText(type)
    const property = this.#key === undefined ? undefined : type.properties.get(this.#key)
    const texts =
      property?.required === true && property.type.kind === "string" ? property.type.values : undefined
    if (texts === undefined || texts.length === 0 || texts.some((text) => this.#texts.has(text))) return false
    for (const text of texts) this.#texts.add(text)
    return true
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
      } else if (slot.kind === "optional") out.push(mergeOptionals(this.#optionals))
      else if (!isComposite(slot) || this.#composites.has(slot)) out.push(slot)
    }
    return out
  }
}

const keyWithText = (record: RecordType): string | undefined => {
  for (const [key, { type, required }] of record.properties)
    if (required && type.kind === "string" && type.values !== undefined) return key
  return undefined
}

/** `optional<A> | optional<B>` has the values of `optional<A | B>`, which can be asked for its value. */
const mergeOptionals = (types: ReadonlyArray<OptionalType>): Type => {
  const [first, ...others] = types
  if (first === undefined) return never
  if (others.every((type) => type.value === first.value)) return first
  return optional(union(types.map((type) => type.value)))
}

const isComposite = (type: Type): boolean =>
  type.kind === "list" || type.kind === "map" || type.kind === "record" || type.kind === "ref"

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
