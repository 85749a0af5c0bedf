import { membersOf, showType, suggest, Type } from "@sallyport/language"
import { discriminationOf } from "./Discrimination.ts"
import { isArray, isRecord, type UnknownRecord } from "./JsonValue.ts"
import type { TypeGuards } from "./TypeGuards.ts"
import { kindOf, quote, valueLimits, type ValuePlace, type ValueProblems } from "./ValueProblem.ts"

type Member = ReturnType<typeof membersOf>[number]

/**
 * Says where a value does not fit its type: a missing or unknown field, a wrong kind of value, a text that is not one
 * of the allowed. In a union of objects the one that was meant is found by its constants, and only its problems are
 * reported. Slow beside a guard: only asked about what a guard has refused.
 */
export class TypeMismatch {
  readonly #guards: TypeGuards
  readonly #problems: ValueProblems
  #steps = 0

  constructor(guards: TypeGuards, problems: ValueProblems) {
    this.#guards = guards
    this.#problems = problems
  }

  /** `depth`: how many lists and objects are around the value. */
  report(value: unknown, type: Type.Type, place: ValuePlace | undefined, depth: number): void {
    if (this.#problems.isFull || ++this.#steps > maximumSteps) return
    if (depth > valueLimits.depth)
      return this.#problems.add(place, `nested more than ${valueLimits.depth} levels deep`)
    const members = membersOf(type)
    if (members.some((member) => member.kind === "dyn")) return this.#anything(value, place)
    const rivals = members.filter((member) => isCandidate(value, member))
    const [only] = rivals
    if (only === undefined) this.#mismatch(value, type, place)
    else if (isArray(value)) this.#list(value, type, rivals, place, depth)
    else if (isRecord(value)) this.#object(value, type, rivals, place, depth)
    else if (!rivals.some((member) => this.#guards.of(member)(value)))
      this.#scalar(value, type, rivals, place)
  }

  #anything(value: unknown, place: ValuePlace | undefined): void {
    if (this.#guards.of(Type.dyn)(value)) return
    const what = typeof value === "object" ? "an object or list that is none" : kindOf(value)
    this.#problems.add(place, `expected a JSON value of at most ${valueLimits.depth} levels, found ${what}`)
  }

  #list(
    value: ReadonlyArray<unknown>,
    type: Type.Type,
    rivals: ReadonlyArray<Member>,
    place: ValuePlace | undefined,
    depth: number
  ): void {
    const [only] = rivals
    if (rivals.length > 1) return this.#noBranch(value, type, rivals, place)
    if (only?.kind !== "list") return
    for (const [index, item] of value.entries()) {
      if (this.#isDone) return
      this.report(item, only.element, { step: index, outer: place }, depth + 1)
    }
  }

  #object(
    value: UnknownRecord,
    type: Type.Type,
    rivals: ReadonlyArray<Member>,
    place: ValuePlace | undefined,
    depth: number
  ): void {
    const [only] = rivals
    if (rivals.length === 1 && only !== undefined) return this.#inside(value, only, place, depth)
    const target = Type.resolve(type)
    const discrimination = target.kind === "union" ? discriminationOf(target) : undefined
    if (discrimination === undefined) return this.#noBranch(value, type, rivals, place)
    const { choose, key, literals } = discrimination
    const chosen = choose(value)
    if (chosen !== undefined) return this.#inside(value, chosen, place, depth)
    if (Object.hasOwn(value, key))
      this.#problems.add(
        { step: key, outer: place },
        `expected ${oneOf(literals.map(quote))}, found ${other(value[key])}`
      )
    else
      this.#problems.add(
        place,
        `missing field ${quote(key)}, which says what kind of object it is: ${oneOf(literals.map(quote))}`
      )
  }

  #inside(value: UnknownRecord, type: Member, place: ValuePlace | undefined, depth: number): void {
    if (type.kind === "map") {
      for (const name of Object.keys(value)) {
        if (this.#isDone) return
        this.report(value[name], type.value, { step: name, outer: place }, depth + 1)
      }
    }
    if (type.kind !== "record") return
    this.#missing(value, type, place)
    for (const name of Object.keys(value)) {
      if (this.#isDone) return
      const wanted = type.properties.get(name)?.type ?? type.rest
      if (wanted === undefined) this.#unknown(name, value, type, place)
      else this.report(value[name], wanted, { step: name, outer: place }, depth + 1)
    }
  }

  #missing(value: UnknownRecord, type: Type.RecordType, place: ValuePlace | undefined): void {
    const of = type.name === undefined ? "" : ` of ${type.name}`
    for (const [name, property] of type.properties) {
      if (!property.required || Object.hasOwn(value, name)) continue
      this.#problems.add(place, `missing field ${quote(name)}${of}, which is ${showType(property.type)}`)
    }
  }

  #unknown(name: string, value: UnknownRecord, type: Type.RecordType, place: ValuePlace | undefined): void {
    const on = type.name === undefined ? "" : ` on ${type.name}`
    const names = [...type.properties.keys()]
    const meant = suggest(
      name,
      names.filter((candidate) => !Object.hasOwn(value, candidate))
    )
    const help =
      meant === undefined
        ? names.length === 0
          ? "it has no fields"
          : `the fields are ${few(names.map(quote))}`
        : `did you mean ${quote(meant)}?`
    this.#problems.add({ step: name, outer: place }, `unknown field ${quote(name)}${on}; ${help}`)
  }

  #scalar(
    value: unknown,
    type: Type.Type,
    rivals: ReadonlyArray<Member>,
    place: ValuePlace | undefined
  ): void {
    const literals = rivals.flatMap(literalsOf)
    if (literals.length === 0) return this.#mismatch(value, type, place)
    this.#problems.add(place, `expected ${oneOf(literals)}, found ${other(value)}`)
  }

  #mismatch(value: unknown, type: Type.Type, place: ValuePlace | undefined): void {
    const found = excludes(type) && typeof value === "string" ? other(value) : kindOf(value)
    this.#problems.add(
      place,
      type.kind === "never"
        ? `no value is allowed here, found ${found}`
        : `expected ${showType(type)}, found ${found}`
    )
  }

  #noBranch(
    value: unknown,
    type: Type.Type,
    rivals: ReadonlyArray<Member>,
    place: ValuePlace | undefined
  ): void {
    if (rivals.some((member) => this.#guards.of(member)(value))) return
    this.#problems.add(place, `fits none of ${showType(type)}`)
  }

  get #isDone(): boolean {
    return this.#problems.isFull || this.#steps > maximumSteps
  }
}

const maximumSteps = 300_000

/** Could the value be of that member, by its kind alone? */
const isCandidate = (value: unknown, member: Member): boolean => {
  if (isArray(value)) return member.kind === "list"
  if (isRecord(value)) return member.kind === "record" || member.kind === "map"
  if (typeof value === "number") return member.kind === "int" || member.kind === "double"
  if (typeof value === "boolean") return member.kind === "bool"
  return value === null ? member.kind === "null" : typeof value === "string" && member.kind === "string"
}

const literalsOf = (member: Member): ReadonlyArray<string> => {
  if (member.kind === "string") return member.values?.map(quote) ?? []
  if (member.kind === "int") return member.values?.map(String) ?? []
  return member.kind === "bool" && member.value !== undefined ? [String(member.value)] : []
}

const excludes = (type: Type.Type): boolean =>
  membersOf(type).some((member) => member.kind === "string" && member.except !== undefined)

/** A text is not shown, so it is said that it is another one. */
const other = (value: unknown): string => {
  if (typeof value === "string") return "another text"
  return typeof value === "number" ? "another number" : kindOf(value)
}

const oneOf = (names: ReadonlyArray<string>): string =>
  names.length === 1 ? few(names) : `one of ${few(names)}`

const few = (names: ReadonlyArray<string>): string =>
  names.length > 8 ? `${names.slice(0, 8).join(", ")}, … ${names.length - 8} more` : names.join(", ")
