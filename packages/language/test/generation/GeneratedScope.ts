import { isSubtype } from "../../src/types/Assignability.ts"
import * as Type from "../../src/types/Type.ts"
import { membersOf, union } from "../../src/types/Union.ts"
import type { Random } from "./Random.ts"
import { openKeys } from "./RandomValue.ts"

/** Something that can be read without a guard: a variable, or fields of one. */
export interface Place {
  readonly root: string
  readonly path: ReadonlyArray<string>
  readonly type: Type.Type
}

/** What a guard is about: the field of a place that may be missing, or the place itself. */
export type Question =
  | { readonly kind: "presence"; readonly of: Place; readonly key: string; readonly type: Type.Type }
  | { readonly kind: "null"; readonly of: Place }
  | { readonly kind: "tag"; readonly of: Place; readonly key: string; readonly tag: string }
  | { readonly kind: "kind"; readonly of: Place; readonly name: string; readonly type: Type.Type }

/** What is known of a place behind a guard. */
export type Known = Place

/**
 * The variables that a generated expression sees, with what the guards around it say. Written without the checker's
 * narrowing, so that the two can disagree.
 */
export class GeneratedScope {
  readonly #variables: ReadonlyMap<string, Type.Type>
  readonly #known: ReadonlyArray<Known>
  readonly #fitting = new Map<Type.Type, ReadonlyArray<Place>>()
  #places: ReadonlyArray<Place> | undefined
  #questions: ReadonlyArray<Question> | undefined

  constructor(variables: ReadonlyMap<string, Type.Type>, known: ReadonlyArray<Known> = []) {
    this.#variables = variables
    this.#known = known
  }

  /** With a macro's variable, which hides an outer one of the same name and what was known of it. */
  bind(name: string, type: Type.Type): GeneratedScope {
    return new GeneratedScope(
      new Map(this.#variables).set(name, type),
      this.#known.filter(({ root }) => root !== name)
    )
  }

  /** Behind a guard. What was known of the place and of what is in it no longer counts. */
  with(known: Known): GeneratedScope {
    return new GeneratedScope(this.#variables, [
      ...this.#known.filter((other) => !isWithin(other, known)),
      known
    ])
  }

  /** What the innermost guard says. */
  get latest(): Known | undefined {
    return this.#known.at(-1)
  }

  get places(): ReadonlyArray<Place> {
    this.#walk()
    return this.#places ?? []
  }

  get questions(): ReadonlyArray<Question> {
    this.#walk()
    return this.#questions ?? []
  }

  /** The places whose values are all of a type. */
  fitting(type: Type.Type): ReadonlyArray<Place> {
    const before = this.#fitting.get(type)
    if (before !== undefined) return before
    const found = this.places.filter((place) => place.type.kind !== "never" && isSubtype(place.type, type))
    this.#fitting.set(type, found)
    return found
  }

  #walk(): void {
    if (this.#places !== undefined) return
    const places: Array<Place> = []
    const questions: Array<Question> = []
    for (const [root, type] of this.#variables) this.#visit({ root, path: [], type }, places, questions)
    this.#places = places
    this.#questions = questions
  }

  #visit(given: Place, places: Array<Place>, questions: Array<Question>): void {
    const place = this.#refined(given)
    places.push(place)
    if (place.path.length > 3) return
    const members = membersOf(place.type)
    questions.push(...kindQuestions(place, members))
    if (place.type.kind === "dyn" && place.path.length < 2) {
      places.push({ ...place, path: [...place.path, "k"] })
      questions.push({ kind: "null", of: place }, { kind: "presence", of: place, key: "a", type: Type.dyn })
    }
    if (members.some(({ kind }) => kind === "null") && members.length > 1)
      questions.push({ kind: "null", of: place })
    const records = members.filter((member) => member.kind === "record")
    const isObject = members.every(({ kind }) => kind === "record" || kind === "map")
    const keys = new Set<string>()
    for (const record of records) for (const key of record.properties.keys()) keys.add(key)
    for (const member of members) if (member.kind === "map") for (const key of openKeys) keys.add(key)
    if (records.some(({ rest }) => rest !== undefined)) keys.add("k")
    for (const key of keys) {
      const child = { root: place.root, path: [...place.path, key] }
      if (isObject) questions.push(...tagQuestions(place, records, key))
      const known = this.#known.find((fact) => isSame(fact, child))
      if (known !== undefined) {
        this.#visit(known, places, questions)
        continue
      }
      if (!isObject) continue
      // A key of an open map may be read without a guard, and may be missing then.
      const isOpen = key === "k" && records.every((record) => !record.properties.has(key))
      const slots = members.map((member) => slotOf(member, key))
      const type = union(slots.map((slot) => slot?.type ?? Type.never))
      if (isOpen && slots.every((slot) => slot !== undefined))
        this.#visit({ ...child, type }, places, questions)
      if (slots.every((slot) => slot?.required === true)) this.#visit({ ...child, type }, places, questions)
      else questions.push({ kind: "presence", of: place, key, type })
    }
  }

  #refined(place: Place): Place {
    return this.#known.find((known) => isSame(known, place)) ?? place
  }
}

/** What is known where the answer is yes. */
export const answered = (question: Question): Known => {
  const { of } = question
  switch (question.kind) {
    case "presence":
      return { root: of.root, path: [...of.path, question.key], type: question.type }
    case "null":
      return { ...of, type: withoutKind(of.type, "null") }
    case "tag":
      return { ...of, type: tagged(of.type, question.key, question.tag, true) }
    case "kind":
      return { ...of, type: question.type }
  }
}

/** What is known where the answer is no. A missing field leaves nothing to read. */
export const denied = (question: Question): Known | undefined => {
  const { of } = question
  switch (question.kind) {
    case "presence":
      return undefined
    case "null":
      return { ...of, type: Type.nullType }
    case "tag":
      return { ...of, type: tagged(of.type, question.key, question.tag, false) }
    case "kind": {
      if (membersOf(of.type).some((member) => member.kind === "dyn")) return undefined
      const kept = withoutKind(of.type, question.type.kind)
      return kept.kind === "never" ? undefined : { ...of, type: kept }
    }
  }
}

/** A field name that can stand behind a dot as it is. */
const isWord = (key: string): boolean => /^[A-Za-z_]\w*$/.test(key)

/** How a place is read. */
export const placeText = (
  random: Random,
  { path, root }: { root: string; path: ReadonlyArray<string> }
): string => path.reduce((text, key) => text + fieldText(random, key), root)

/** `.key`, or the other ways to write it. */
export const fieldText = (random: Random, key: string, optional = false): string => {
  const mark = optional ? "?" : ""
  if (isWord(key)) return random.chance(0.85) ? `.${mark}${key}` : `[${mark}"${key}"]`
  return random.chance(0.5) ? `.${mark}\`${key}\`` : `[${mark}"${key}"]`
}

const slotOf = (member: Type.Type, key: string): Type.Property | undefined => {
  if (member.kind === "map") return { type: member.value, required: false }
  if (member.kind !== "record") return undefined
  const property = member.properties.get(key)
  if (property !== undefined) return property.type.kind === "never" ? undefined : property
  return member.rest === undefined ? undefined : { type: member.rest, required: false }
}

const kindNames = new Map<Type.Type["kind"], string>([
  ["int", "int"],
  ["string", "string"],
  ["bool", "bool"],
  ["list", "list"]
])

const kindQuestions = (of: Place, members: ReadonlyArray<Type.Type>): ReadonlyArray<Question> => {
  if (members.some(({ kind }) => kind === "dyn")) {
    const answers: ReadonlyArray<readonly [string, Type.Type]> = [
      ["int", Type.int],
      ["double", Type.double],
      ["string", Type.string],
      ["bool", Type.bool],
      ["list", Type.list(Type.dyn)],
      ["map", Type.map(Type.dyn)]
    ]
    return answers.map(([name, type]) => ({ kind: "kind", of, name, type }))
  }
  const [only] = members
  if (members.length === 1 && only !== undefined && (only.kind === "double" || only.kind === "int")) {
    // 2.0 is an int when it is asked, so neither answer takes anything away.
    return ["int", "double"].map((name) => ({ kind: "kind", of, name, type: only }))
  }
  if (members.length < 2) return []
  return members.flatMap((type) => {
    const name = kindNames.get(type.kind)
    return name === undefined ? [] : [{ kind: "kind", of, name, type }]
  })
}

const tagQuestions = (
  of: Place,
  records: ReadonlyArray<Type.RecordType>,
  key: string
): ReadonlyArray<Question> => {
  if (records.length < 2) return []
  const tags = records.map((record) => {
    const property = record.properties.get(key)
    return property?.required === true && property.type.kind === "string" ? property.type : undefined
  })
  if (!tags.every((tag) => tag !== undefined)) return []
  return tags.flatMap(({ values }) => {
    const [only, other] = values ?? []
    return only === undefined || other !== undefined ? [] : [{ kind: "tag", of, key, tag: only }]
  })
}

const withoutKind = (type: Type.Type, kind: Type.Type["kind"]): Type.Type =>
  union(membersOf(type).filter((member) => member.kind !== kind))

const tagged = (type: Type.Type, key: string, tag: string, wanted: boolean): Type.Type =>
  union(
    membersOf(type).filter((member) => {
      const property = member.kind === "record" ? member.properties.get(key)?.type : undefined
      if (property?.kind !== "string") return true
      if (property.values !== undefined) return property.values.includes(tag) === wanted
      return !wanted || property.except?.includes(tag) !== true
    })
  )

const isSame = (a: Pick<Place, "path" | "root">, b: Pick<Place, "path" | "root">): boolean =>
  a.root === b.root && a.path.length === b.path.length && a.path.every((key, index) => key === b.path[index])

/** Is the first place the second one, or in it? */
export const isWithin = (inner: Known, outer: Known): boolean =>
  inner.root === outer.root && outer.path.every((key, index) => key === inner.path[index])
