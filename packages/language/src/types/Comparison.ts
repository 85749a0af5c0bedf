import { membersOf } from "./Members.ts"
import { isIntWithin, isStringWithin, mergeStrings } from "./Scalars.ts"
import {
  boolOf,
  type DynType,
  intOf,
  type MapType,
  type NeverType,
  type RecordType,
  type RefType,
  resolve,
  stringExcept,
  stringOf,
  type StringType,
  type Type,
  type UnionType
} from "./Type.ts"

/**
 * How `dyn` and references are taken. `strict`: `dyn` is only above everything. `gradual`: `dyn` also fits
 * everywhere. `opaque`: strict, and a reference only fits itself, so that types can be compared while the targets of
 * their references do not exist yet.
 */
export type ComparisonMode = "strict" | "gradual" | "opaque"

/**
 * One question whether the values of one type are values of another, with everything learnt on the way.
 *
 * A "yes" is always right. A "no" is right but for four cases, each of which would cost more than it is worth: records
 * that fit a union only when split by the presence of a property, by a property that is itself a union, or by one with
 * more than 64 literals; an uninhabited record or list element that is not `never` itself; types
 * nested more than 400 deep; and questions that take more than `steps` steps.
 */
export class Comparison {
  readonly #mode: ComparisonMode
  #left: number
  #depth = 0
  /** What is assumed or known of pairs of types behind references. A "no" is final, a "yes" may be taken back. */
  readonly #known = new Map<Identity, Map<Identity, boolean>>()
  readonly #trail: Array<readonly [Identity, Identity]> = []

  constructor(mode: ComparisonMode, steps = 1_000_000) {
    this.#mode = mode
    this.#left = steps
  }

  /** True when the steps are used up: every further answer is "no", but for a type and itself. */
  get exhausted(): boolean {
    return this.#left <= 0
  }

  /** Does every value of `from` fit `to`? */
  holds(from: Type, to: Type): boolean {
    if (from === to) return true
    if (--this.#left < 0 || this.#depth >= maximumDepth) return false
    this.#depth++
    const answer =
      from.kind === "ref" || to.kind === "ref" ? this.#references(from, to) : this.#structures(from, to)
    this.#depth--
    return answer
  }

  /**
   * Coinduction: while a pair is being compared it is taken to hold. Whoever relied on a pair that turns out not to
   * hold is forgotten with it, which happens at most once a pair, so recursion that branches stays polynomial.
   */
  #references(from: Type, to: Type): boolean {
    if (to.kind === "dyn" || from.kind === "never") return true
    if (this.#mode === "opaque") return this.#opaque(from, to)
    // Member by member first, so that references meet references, which are known again.
    if (from.kind === "union") return this.#eachMember(from, to)
    if (to.kind === "union" && to.members.some((member) => this.holds(from, member))) return true
    const [a, b] = [identityOf(from), identityOf(to)]
    const known = this.#known.get(a)?.get(b)
    if (known !== undefined) return known
    const mark = this.#trail.length
    this.#remember(a, b, true)
    this.#trail.push([a, b])
    if (this.holds(resolve(from), resolve(to))) return true
    for (const [x, y] of this.#trail.splice(mark)) this.#known.get(x)?.delete(y)
    // Also when it was too deep or out of steps: a "no" may be false, see above.
    this.#remember(a, b, false)
    return false
  }

  #remember(a: Identity, b: Identity, answer: boolean): void {
    const row = this.#known.get(a)
    if (row === undefined) this.#known.set(a, new Map([[b, answer]]))
    else row.set(b, answer)
  }

  #opaque(from: Type, to: Type): boolean {
    if (from.kind === "ref" && to.kind === "ref") return from.name === to.name && from.target === to.target
    if (from.kind === "union") return from.members.every((member) => this.holds(member, to))
    return to.kind === "union" && to.members.some((member) => this.holds(from, member))
  }

  #structures(from: Structure, to: Structure): boolean {
    if (from.kind === "never" || to.kind === "dyn") return true
    if (from.kind === "dyn") return this.#mode === "gradual" || this.#hidesDyn(to)
    if (from.kind === "union") return this.#eachMember(from, to)
    if (to.kind === "union") return this.#hidesDyn(to) || this.#intoUnion(from, to)
    switch (from.kind) {
      case "bool":
        return to.kind === "bool" && (to.value === undefined || to.value === from.value)
      case "int":
        return to.kind === "double" || (to.kind === "int" && isIntWithin(from, to))
      case "string":
        return to.kind === "string" && isStringWithin(from, to)
      case "list":
        return to.kind === "list" && this.holds(from.element, to.element)
      case "optional":
        return to.kind === "optional" && this.holds(from.value, to.value)
      case "map":
        if (to.kind === "map") return this.holds(from.value, to.value)
        return to.kind === "record" && this.#mapWithin(from, to)
      case "record":
        if (to.kind === "map") return this.#recordWithinMap(from, to)
        return to.kind === "record" && this.#recordWithin(from, to)
      default:
        return from.kind === to.kind
    }
  }

  #eachMember(from: UnionType, to: Type): boolean {
    if (this.#mode === "gradual" && this.#hidesDyn(from)) return true
    return from.members.every((member) => this.holds(member, to))
  }

  /** Some member alone, or for literals and records several members together. */
  #intoUnion(from: Single, to: UnionType): boolean {
    if (to.members.some((member) => this.holds(from, member))) return true
    if (from.kind === "record") return this.#splitRecord(from, to)
    if (from.kind === "string") return this.#stringIntoUnion(from, to)
    // Scattered over several members only behind references.
    const parts = from.kind === "bool" || from.kind === "int" ? literalsOf(from) : []
    return parts.length > 1 && parts.every((part) => this.holds(part, to))
  }

  /** The strings of all members together are one string type. */
  #stringIntoUnion(from: StringType, to: UnionType): boolean {
    const strings = this.#behind(to).filter((member) => member.kind === "string")
    return strings.length > 1 && isStringWithin(from, mergeStrings(strings))
  }

  /**
   * `{ t: "a" | "b" }` fits `{ t: "a" } | { t: "b" }`: a required property is split where the records of the union
   * split it, into one record a literal and, for an open string, one for all others.
   */
  #splitRecord(from: RecordType, to: UnionType): boolean {
    const records = this.#behind(to).filter((member) => member.kind === "record")
    for (const [key, property] of from.properties) {
      const parts = property.required ? this.#partsAt(property.type, key, records) : []
      if (parts.length < 2 || parts.length > maximumSplit) continue
      return parts.every((type) => {
        const properties = new Map(from.properties).set(key, { type, required: true })
        return this.holds({ ...from, properties }, to)
      })
    }
    return false
  }

  /** The parts of a scalar type that the records tell apart at `key`; fewer than two when they do not. */
  #partsAt(type: Type, key: string, records: ReadonlyArray<RecordType>): ReadonlyArray<Type> {
    const [target, ...others] = this.#behind(type)
    if (target === undefined || others.length > 0) return []
    const wanted = records.flatMap((record) => this.#behind(record.properties.get(key)?.type))
    const parts = target.kind === "string" ? stringParts(target, wanted) : literalsOf(target)
    const isTold = wanted.some(
      (other) => parts.some((part) => this.holds(part, other)) && !this.holds(target, other)
    )
    return isTold ? parts : []
  }

  /** A union has no `dyn` among its members, but may have it behind a reference. */
  #hidesDyn(type: Structure): boolean {
    if (type.kind !== "union" || !type.members.some((member) => member.kind === "ref")) return false
    return this.#behind(type).some((member) => member.kind === "dyn")
  }

  /** The members as far as this comparison may look. */
  #behind(type: Type | undefined): ReadonlyArray<Type> {
    if (type === undefined) return []
    if (this.#mode !== "opaque") return membersOf(type)
    return type.kind === "union" ? type.members : [type]
  }

  #mapWithin(from: MapType, to: RecordType): boolean {
    if (to.rest === undefined ? from.value.kind !== "never" : !this.holds(from.value, to.rest)) return false
    for (const property of to.properties.values())
      if (property.required || !this.holds(from.value, property.type)) return false
    return true
  }

  #recordWithinMap(from: RecordType, to: MapType): boolean {
    if (from.rest !== undefined && !this.holds(from.rest, to.value)) return false
    for (const property of from.properties.values()) if (!this.holds(property.type, to.value)) return false
    return true
  }

  #recordWithin(from: RecordType, to: RecordType): boolean {
    if (this.#conflict(from, to)) return false
    for (const [key, wanted] of to.properties) {
      const given = from.properties.get(key)
      if (given === undefined) {
        if (wanted.required) return false
        if (from.rest !== undefined && !this.holds(from.rest, wanted.type)) return false
      } else if ((wanted.required && !given.required) || !this.holds(given.type, wanted.type)) return false
    }
    for (const [key, given] of from.properties)
      if (!to.properties.has(key) && !this.#furtherWithin(given.type, given.required, to.rest)) return false
    return from.rest === undefined || this.#furtherWithin(from.rest, false, to.rest)
  }

  /**
   * A first look that recurses into nothing: most members of a union differ in a literal or in their keys. Every
   * property that is looked at takes a step, so that wide records do not make steps long.
   */
  #conflict(from: RecordType, to: RecordType): boolean {
    if (to.rest === undefined) {
      for (const [key, given] of from.properties) {
        this.#left--
        if (!to.properties.has(key) && (given.required || given.type.kind !== "never")) return true
      }
    }
    for (const [key, wanted] of to.properties) {
      this.#left--
      const given = from.properties.get(key)
      if (given === undefined) {
        if (wanted.required) return true
      } else if (
        given.type !== wanted.type &&
        given.type.kind === "string" &&
        wanted.type.kind === "string"
      ) {
        if (!isStringWithin(given.type, wanted.type)) return true
      }
    }
    return false
  }

  /** A key that `to` does not name; one that can only be absent fits a closed record too. */
  #furtherWithin(type: Type, required: boolean, rest: Type | undefined): boolean {
    if (rest === undefined) return type.kind === "never" && !required
    return this.holds(type, rest)
  }
}

const maximumDepth = 400
const maximumSplit = 64

type Structure = Exclude<Type, RefType>
type Single = Exclude<Structure, UnionType | DynType | NeverType>

/** A reference is known by its target: one that makes its type anew each time it is asked would never come back. */
type Identity = Type | RefType["target"]

const identityOf = (type: Type): Identity => (type.kind === "ref" ? type.target : type)

const literalsOf = (type: Type): ReadonlyArray<Type> => {
  if (type.kind === "bool" && type.value === undefined) return [boolOf(false), boolOf(true)]
  if (type.kind === "string" && type.values !== undefined) return type.values.map((value) => stringOf(value))
  return type.kind === "int" && type.values !== undefined ? type.values.map((value) => intOf(value)) : []
}

/** A string's literals; for an open one, those that `wanted` names and all the others as one part. */
const stringParts = (type: StringType, wanted: ReadonlyArray<Type>): ReadonlyArray<Type> => {
  if (type.values !== undefined) return literalsOf(type)
  const except = new Set(type.except)
  const named = new Set<string>()
  for (const other of wanted) {
    if (other.kind !== "string") continue
    for (const value of other.values ?? other.except ?? []) if (!except.has(value)) named.add(value)
  }
  if (named.size === 0 || named.size >= maximumSplit) return []
  return [...[...named].map((value) => stringOf(value)), stringExcept(...except, ...named)]
}
