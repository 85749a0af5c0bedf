import {
  type Property,
  type RecordType,
  resolve,
  type StringType,
  type Type,
  type UnionType
} from "./Type.ts"

/** How much of a type is printed. */
export interface ShowTypeOptions {
  /** A record one property a line, a union one member a line, with descriptions: for hover texts. Default false. */
  readonly expanded?: boolean
  /** An object without a name as the two fields that say most of it: for messages. Default false. */
  readonly brief?: boolean
}

/**
 * A type as a person reads it, the same text every time: `string`, `"a" | "b"`, `list<int>`, `map<string, T>`,
 * `{ id: string, name?: string, … }`, `Indicator | null`, `string other than "a"`. Types with a name are printed as
 * their name. On one line, at most some hundred characters: what is left out is `…` or `… 54 more`.
 */
export const showType = (type: Type, options: ShowTypeOptions = {}): string =>
  options.expanded === true ? expand(type) : new Printer(options.brief ?? false).show(type, 0)

const limits = {
  /** Nested types before a record is only `{ … }`. */
  depth: 4,
  /** Types in one text. */
  parts: 60,
  literals: 6,
  members: 8,
  properties: 8,
  /** Characters of one literal or key. */
  literal: 40,
  /** Lines of an expanded type. */
  lines: 60
}

/** Fields of an object that a brief text shows. */
const briefProperties = 2

/** Prints one text; counts what it has printed, so that the text stays bounded whatever the type. */
class Printer {
  readonly #brief: boolean
  #parts = 0

  constructor(brief = false) {
    this.#brief = brief
  }

  show(type: Type, depth: number): string {
    if (++this.#parts > limits.parts) return "…"
    switch (type.kind) {
      case "ref":
        return type.name
      case "bool":
        return type.value === undefined ? "bool" : String(type.value)
      case "int":
        return type.values === undefined ? "int" : some(type.values.map(String), limits.literals, " | ")
      case "string":
        return showString(type)
      case "list":
        return `list<${this.show(type.element, depth + 1)}>`
      case "map":
        return `map<string, ${this.show(type.value, depth + 1)}>`
      case "optional":
        return `optional<${this.show(type.value, depth + 1)}>`
      case "record":
        return type.name ?? this.#record(type, depth)
      case "union":
        return type.name ?? this.#union(type, depth)
      default:
        return type.kind
    }
  }

  property(name: string, property: Property, depth: number): string {
    return `${showKey(name)}${property.required ? "" : "?"}: ${this.show(property.type, depth)}`
  }

  #record(type: RecordType, depth: number): string {
    if (type.properties.size === 0 && type.rest === undefined) return "{}"
    if (depth >= limits.depth) return "{ … }"
    if (this.#brief && type.properties.size > briefProperties) return this.#briefRecord(type, depth)
    const shown: Array<string> = []
    for (const [name, property] of type.properties) {
      if (shown.length === limits.properties) break
      shown.push(this.property(name, property, depth + 1))
    }
    const left = type.properties.size - shown.length
    if (left > 0) shown.push(`… ${left} more`)
    if (type.rest !== undefined) shown.push(this.rest(type.rest, depth + 1))
    return `{ ${shown.join(", ")} }`
  }

  /** What tells an object from others are its fields with fixed values; without any, its first ones. */
  #briefRecord(type: RecordType, depth: number): string {
    const entries = [...type.properties]
    const fixed = entries.filter(([, { type }]) => type.kind === "string" && type.values?.length === 1)
    const shown = (fixed.length > 0 ? fixed : entries).slice(0, briefProperties)
    return `{ ${shown.map(([name, property]) => this.property(name, property, depth + 1)).join(", ")}, … }`
  }

  rest(type: Type, depth: number): string {
    return type.kind === "dyn" ? "…" : `…: ${this.show(type, depth)}`
  }

  #union(type: UnionType, depth: number): string {
    const members = inReadingOrder(type)
    const shown = members.slice(0, limits.members).map((member) => this.show(member, depth))
    return moreAfter(shown, members.length, " | ")
  }
}

const expand = (type: Type): string => {
  const printer = new Printer()
  const target = resolve(type)
  const name = type.kind === "ref" ? type.name : "name" in type ? type.name : undefined
  const head = name === undefined ? "" : `${name} = `
  if (target.kind === "record" && target.properties.size > 0) return head + expandRecord(target)
  if (target.kind === "union") {
    const members = inReadingOrder(target)
    const lines = members.slice(0, limits.lines).map((member) => `  | ${new Printer().show(member, 1)}`)
    if (members.length > lines.length) lines.push(`  … ${members.length - lines.length} more`)
    return `${head.trimEnd()}\n${lines.join("\n")}`.trimStart()
  }
  if (target.kind === "string" && target.format !== undefined)
    return `${head}${showString(target)} (${target.format})`
  return target === type ? printer.show(type, 0) : head + printer.show(target, 0)
}

const expandRecord = (type: RecordType): string => {
  const lines: Array<string> = []
  for (const [name, property] of type.properties) {
    if (lines.length === limits.lines) break
    lines.push(`  ${new Printer().property(name, property, 1)}${note(property)}`)
  }
  const left = type.properties.size - lines.length
  if (left > 0) lines.push(`  … ${left} more`)
  if (type.rest !== undefined) lines.push(`  ${new Printer().rest(type.rest, 1)}`)
  return `{\n${lines.join("\n")}\n}`
}

/** A description's first line, shortened. */
const note = (property: Property): string => {
  const [line = ""] = (property.description ?? "").trim().split("\n", 1)
  return line === "" ? "" : `  // ${shorten(line, 80)}`
}

const showString = (type: StringType): string => {
  if (type.values !== undefined) return some(type.values.map(showText), limits.literals, " | ")
  if (type.except === undefined) return "string"
  return `string other than ${some(type.except.map(showText), limits.literals, ", ")}`
}

/** Null last, as in `Indicator | null`. */
const inReadingOrder = (type: UnionType): ReadonlyArray<Type> => [
  ...type.members.filter((member) => member.kind !== "null"),
  ...type.members.filter((member) => member.kind === "null")
]

const some = (texts: ReadonlyArray<string>, limit: number, separator: string): string =>
  moreAfter(texts.length <= limit ? texts : texts.slice(0, limit), texts.length, separator)

const moreAfter = (shown: ReadonlyArray<string>, total: number, separator: string): string => {
  const left = total - shown.length
  return left === 0 ? shown.join(separator) : `${shown.join(separator)}${separator}… ${left} more`
}

const showText = (text: string): string => JSON.stringify(shorten(text, limits.literal))

/** Plain when it reads as a name, otherwise quoted. */
const showKey = (name: string): string =>
  /^[A-Za-z_][\w-]*$/.test(name) ? shorten(name, 40) : showText(name)

/** Cut between characters, never inside a surrogate pair. */
const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const end = /[\uD800-\uDBFF]/.test(text.charAt(limit - 2)) ? limit - 2 : limit - 1
  return `${text.slice(0, end)}…`
}
