import { type Diagnostic, error, type Note } from "../diagnostics/Diagnostic.ts"
import { suggest } from "../diagnostics/Suggestion.ts"
import type { Span } from "../source/Span.ts"
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from "../source/YamlNode.ts"
import { type Member, membersOf } from "./Members.ts"
import { openingOf } from "./NodeOpening.ts"
import { isObjectType, type ObjectType, type Property, resolve, type Type } from "./Type.ts"
import { showType } from "./TypePrinter.ts"

/**
 * Every place where a located value does not fit a type: a missing or unknown property, a wrong kind of value, a text
 * that is not one of the allowed. In a union of objects, the one that was meant is found by the property that tells
 * them apart, and only its problems are reported. At most 100 problems; nothing when the value fits. A value that takes
 * too long to look through is a problem itself.
 */
export const checkValue = (value: YamlNode, type: Type): ReadonlyArray<Diagnostic> => {
  const check = new Conformance()
  check.report(value, type, undefined)
  return check.problems.length === 0 && check.isExhausted ? [tooLargeToCheck(value)] : check.problems
}

/** What could not be looked through in time is not known to fit. */
export const tooLargeToCheck = (value: YamlNode): Diagnostic =>
  error("SP0219", "the value is too large to be checked against its schema", openingOf(value), {
    help: "split it, or tell the branches of its schema apart by a property with a const"
  })

const maximumProblems = 100
const maximumSteps = 300_000

class Conformance {
  readonly problems: Array<Diagnostic> = []
  #steps = 0
  #isExplaining = false
  readonly #answers = new Map<YamlNode, Map<Type, boolean>>()

  /** True when parts of the value were not looked at. */
  get isExhausted(): boolean {
    return this.#steps > maximumSteps
  }

  /** `owner`: the key that the value belongs to, where a missing property is reported. */
  report(value: YamlNode, type: Type, owner: Span | undefined): void {
    if (this.problems.length >= maximumProblems || ++this.#steps > maximumSteps) return
    const members = membersOf(type)
    if (members.some((member) => member.kind === "dyn")) return
    const rivals = members.filter((member) => isCandidate(value, member))
    const [only] = rivals
    if (only === undefined) this.#mismatch(value, type, members)
    else if (value.kind === "scalar") this.#scalar(value, type, rivals)
    else if (rivals.length === 1) this.#inside(value, only, owner)
    else if (value.kind === "map") this.#oneOfObjects(value, type, rivals.filter(isObjectType), owner)
    else if (!rivals.some((member) => this.#fits(value, member))) this.#noBranch(value, type, rivals)
  }

  #inside(value: YamlNode, type: Member, owner: Span | undefined): void {
    if (value.kind === "list" && type.kind === "list") this.#list(value, type.element)
    else if (value.kind === "map" && isObjectType(type)) this.#object(value, type, owner)
  }

  #list(value: YamlList, element: Type): void {
    for (const [index, item] of value.items.entries())
      this.#throughAlias(value.aliases?.get(index), () => this.report(item, element, undefined))
  }

  #object(value: YamlMap, type: ObjectType, owner: Span | undefined): void {
    for (const entry of value.entries) {
      const wanted = wantedAt(type, entry.key.name)
      if (wanted === undefined) this.#unknownProperty(entry, value, type)
      else this.#throughAlias(entry.alias, () => this.report(entry.value, wanted, entry.key.span))
    }
    for (const [name, property] of propertiesOf(type))
      if (property.required && value.entry(name) === undefined)
        this.#missing(name, property, type, owner ?? openingOf(value))
  }

  #oneOfObjects(
    value: YamlMap,
    type: Type,
    rivals: ReadonlyArray<ObjectType>,
    owner: Span | undefined
  ): void {
    const key = discriminatorOf(type, rivals)
    if (key === undefined) {
      if (!rivals.some((member) => this.#fits(value, member))) this.#noBranch(value, type, rivals)
      return
    }
    const entry = value.entry(key)
    if (entry === undefined) {
      const other = rivals.find((rival) => propertiesOf(rival).get(key)?.required !== true)
      if (other !== undefined) return this.#object(value, other, owner)
      const names = rivals.flatMap((rival) => textsAt(rival, key))
      this.#add(
        "SP0232",
        `missing property "${key}", which says what kind of object it is`,
        owner ?? openingOf(value),
        {
          help: `it is one of ${names.slice(0, 6).map(quote).join(", ")}${names.length > 6 ? ", …" : ""}`
        }
      )
      return
    }
    const chosen = rivals.find((rival) => this.#fits(entry.value, propertiesOf(rival).get(key)?.type))
    if (chosen !== undefined) return this.#object(value, chosen, owner)
    this.#unknownKind(entry, rivals)
  }

  #unknownKind(entry: YamlEntry, rivals: ReadonlyArray<ObjectType>): void {
    const names = rivals.flatMap((rival) => textsAt(rival, entry.key.name))
    if (entry.value.kind !== "scalar") {
      this.#add(
        "SP0231",
        `expected a text for "${entry.key.name}", found ${describe(entry.value)}`,
        entry.value.span
      )
      return
    }
    this.#notAllowed(entry.value, names)
  }

  #scalar(value: YamlScalar, type: Type, rivals: ReadonlyArray<Member>): void {
    if (rivals.some((member) => this.#fits(value, member))) return
    const literals = rivals.flatMap((member): ReadonlyArray<string> => {
      if (member.kind === "string" || member.kind === "int") return member.values?.map(String) ?? []
      return member.kind === "bool" && member.value !== undefined ? [String(member.value)] : []
    })
    if (literals.length > 0) return this.#notAllowed(value, literals)
    const except = rivals.some((member) => member.kind === "string" && member.except !== undefined)
    if (except)
      this.#add("SP0234", `${show(value)} is not allowed here: expected ${showType(type)}`, value.span)
    else this.#add("SP0231", `expected ${showType(type)}, found ${describe(value)}`, value.span)
  }

  #notAllowed(value: YamlScalar, literals: ReadonlyArray<string>): void {
    const meant = typeof value.value === "string" ? suggest(value.value, literals) : undefined
    const shown = typeof value.value === "string" ? literals.map(quote) : literals
    const few = shown.slice(0, 6).join(", ")
    const allowed = shown.length > 6 ? `${few}, … ${shown.length - 6} more` : few
    this.#add(
      "SP0234",
      shown.length === 1
        ? `expected ${allowed}, found ${show(value)}`
        : `${show(value)} is not one of ${allowed}`,
      value.span,
      meant === undefined ? {} : { help: `did you mean "${meant}"?` }
    )
  }

  #mismatch(value: YamlNode, type: Type, members: ReadonlyArray<Member>): void {
    if (members.every((member) => member.kind === "never"))
      return this.#add("SP0231", `no value is allowed here, found ${describe(value)}`, value.span)
    this.#add("SP0231", `expected ${showType(type)}, found ${describe(value)}`, openingOf(value))
  }

  #missing(name: string, property: Property, type: ObjectType, span: Span): void {
    const of = type.kind === "record" && type.name !== undefined ? ` of ${type.name}` : ""
    this.#add("SP0232", `missing property "${name}"${of}`, span, {
      help: `its type is ${showType(property.type)}`
    })
  }

  #unknownProperty(entry: YamlEntry, value: YamlMap, type: ObjectType): void {
    const names = [...propertiesOf(type).keys()]
    const meant = suggest(
      entry.key.name,
      names.filter((name) => value.entry(name) === undefined)
    )
    const on = type.kind === "record" && type.name !== undefined ? ` on ${type.name}` : ""
    const few = `${names.slice(0, 8).map(quote).join(", ")}${names.length > 8 ? ", …" : ""}`
    const known = names.length === 0 ? "it has no properties" : `the properties are ${few}`
    this.#add("SP0233", `unknown property "${shorten(entry.key.name)}"${on}`, entry.key.span, {
      help: meant === undefined ? known : `did you mean "${meant}"?`
    })
  }

  /** The first problem of each branch is a note; within those, branches of branches have none. */
  #noBranch(value: YamlNode, type: Type, rivals: ReadonlyArray<Member>): void {
    const notes = this.#isExplaining
      ? []
      : rivals.slice(0, 4).flatMap((member) => this.#reasonAgainst(value, member))
    this.#add("SP0235", `the value fits none of ${showType(type)}`, openingOf(value), { notes })
  }

  #reasonAgainst(value: YamlNode, member: Member): ReadonlyArray<Note> {
    const before = this.problems.length
    this.#isExplaining = true
    this.#inside(value, member, undefined)
    this.#isExplaining = false
    const [first] = this.problems.splice(before)
    return first === undefined
      ? []
      : [{ message: `not ${showType(member)}: ${first.message}`, span: first.span }]
  }

  /** Does the value fit, with every answer kept: branches of branches would otherwise be tried over and over. */
  #fits(value: YamlNode, type: Type | undefined): boolean {
    if (type === undefined) return false
    const row = this.#answers.get(value) ?? new Map<Type, boolean>()
    const known = row.get(type)
    if (known !== undefined) return known
    // Too much to find out counts as fitting: nothing is reported that is not known.
    if (++this.#steps > maximumSteps) return true
    const answer = membersOf(type).some((member) => this.#fitsMember(value, member))
    this.#answers.set(value, row.set(type, answer))
    return answer
  }

  #fitsMember(value: YamlNode, type: Member): boolean {
    if (type.kind === "dyn") return true
    if (value.kind === "scalar") return fitsScalar(value, type)
    if (value.kind === "list")
      return type.kind === "list" && value.items.every((item) => this.#fits(item, type.element))
    if (!isObjectType(type)) return false
    for (const [name, property] of propertiesOf(type))
      if (property.required && value.entry(name) === undefined) return false
    return value.entries.every((entry) => this.#fits(entry.value, wantedAt(type, entry.key.name)))
  }

  /** What is wrong with an anchor's value is reported there, once, with a note on where it was asked for. */
  #throughAlias(alias: Span | undefined, check: () => void): void {
    const before = this.problems.length
    check()
    if (alias === undefined) return
    for (let at = before; at < this.problems.length; at++) {
      const problem = this.problems[at]
      if (problem === undefined) continue
      const notes = [...problem.notes, { message: "the value is used here, through an alias", span: alias }]
      this.problems[at] = { ...problem, notes }
    }
  }

  #add(
    code: Diagnostic["code"],
    message: string,
    span: Span,
    details: Pick<Partial<Diagnostic>, "help" | "notes"> = {}
  ): void {
    if (this.problems.length < maximumProblems) this.problems.push(error(code, message, span, details))
  }
}

/** Could the value be of that member, by its kind alone? */
const isCandidate = (value: YamlNode, member: Member): boolean => {
  if (value.kind === "list") return member.kind === "list"
  if (value.kind === "map") return isObjectType(member)
  if (typeof value.value === "number") return member.kind === "int" || member.kind === "double"
  if (typeof value.value === "boolean") return member.kind === "bool"
  return value.value === null ? member.kind === "null" : member.kind === "string"
}

const fitsScalar = (scalar: YamlScalar, type: Member): boolean => {
  const { value } = scalar
  switch (type.kind) {
    case "null":
      return value === null
    case "bool":
      return typeof value === "boolean" && (type.value === undefined || type.value === value)
    case "int":
      return (
        typeof value === "number" && Number.isSafeInteger(value) && (type.values?.includes(value) ?? true)
      )
    case "double":
      return typeof value === "number"
    case "string":
      if (typeof value !== "string") return false
      return type.values === undefined ? type.except?.includes(value) !== true : type.values.includes(value)
    default:
      return false
  }
}

const none: ReadonlyMap<string, Property> = new Map()
const propertiesOf = (type: ObjectType): ReadonlyMap<string, Property> =>
  type.kind === "record" ? type.properties : none

const wantedAt = (type: ObjectType, name: string): Type | undefined =>
  type.kind === "map" ? type.value : (type.properties.get(name)?.type ?? type.rest)

/** The key that tells the objects apart: the union's own, or one that has literals in all of them but one. */
const discriminatorOf = (type: Type, rivals: ReadonlyArray<ObjectType>): string | undefined => {
  const target = resolve(type)
  if (target.kind === "union" && target.discriminator !== undefined) return target.discriminator
  const [first] = rivals
  if (first === undefined) return undefined
  return [...propertiesOf(first).keys()].find((key) => {
    const texts = rivals.map((rival) => textsAt(rival, key))
    const all = texts.flat()
    return texts.every((own) => own.length > 0) && new Set(all).size === all.length
  })
}

const textsAt = (type: ObjectType, key: string): ReadonlyArray<string> => {
  const property = propertiesOf(type).get(key)
  return property?.required === true && property.type.kind === "string" ? (property.type.values ?? []) : []
}

const describe = (value: YamlNode): string => {
  if (value.kind === "list") return "a list"
  if (value.kind === "map") return "an object"
  if (value.value === null) return "null"
  return typeof value.value === "string" ? `the text ${show(value)}` : show(value)
}

const show = (scalar: YamlScalar): string =>
  typeof scalar.value === "string" ? quote(scalar.value) : String(scalar.value)

const quote = (text: string): string => JSON.stringify(shorten(text))

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
