import { Type } from "@sallyport/language"
import { docComment } from "./DocComment.ts"
import { propertyKey, textLiteral } from "./TextLiteral.ts"

/** Who sees a value: whoever gives it may leave out what has a default; whoever receives it finds it there. */
export type Role = "given" | "received"

/** What types are called in the module that is written. */
export interface TypeNaming {
  /** The name of a type that has a declaration of its own, to refer to it. */
  readonly nameOf: (type: Type.Type, role: Role) => string | undefined
  /**
   * The declared type from which a record was made by taking away what other branches of its union claim, and the
   * property that says so.
   */
  readonly baseOf: (
    record: Type.RecordType,
    role: Role
  ) => { readonly name: string; readonly key: string; readonly property: Type.Property } | undefined
  /** The named unions of which all members are among these. */
  readonly unionsIn: (
    members: ReadonlySet<Type.Type>,
    role: Role
  ) => ReadonlyArray<{ readonly name: string; readonly members: ReadonlyArray<Type.Type> }>
  /** Notes that the module uses a type of the runtime. */
  readonly use: (name: "Json" | "OtherText") => void
}

/**
 * Types of values as TypeScript writes them. As deep as the schemas are nested in their file, which is bounded: what
 * refers to itself does so by a name.
 */
export class TypeText {
  readonly #naming: TypeNaming

  constructor(naming: TypeNaming) {
    this.#naming = naming
  }

  /** A type, by its name if it has one. `indent` is that of the line it stands on. */
  of(type: Type.Type, role: Role, indent: string): string {
    return this.#naming.nameOf(type, role) ?? this.structure(type, role, indent)
  }

  /** A type as it is made up, for its declaration. */
  structure(type: Type.Type, role: Role, indent: string): string {
    switch (type.kind) {
      case "dyn":
        this.#naming.use("Json")
        return "Json"
      case "null":
      case "never":
        return type.kind
      case "bool":
        return type.value === undefined ? "boolean" : String(type.value)
      case "int":
        return type.values === undefined ? "number" : wrapped(type.values.map(String), indent)
      case "double":
        return "number"
      case "string":
        return this.#string(type, role, indent)
      case "list":
        return enclosed("ReadonlyArray", this.of(type.element, role, indent), indent)
      case "map":
        return `{ ${typed("readonly [name: string]:", this.of(type.value, role, indent))} }`
      case "record":
        return this.#record(type, role, indent)
      case "union":
        return this.#union(type, role, indent)
      case "ref":
        return this.of(Type.resolve(type), role, indent)
      default:
        throw new TypeError(`no schema has the type ${type.kind}`)
    }
  }

  #string(type: Type.StringType, role: Role, indent: string): string {
    if (type.values !== undefined) return wrapped(type.values.map(textLiteral), indent)
    if (type.except === undefined || role === "given") return "string"
    this.#naming.use("OtherText")
    return enclosed("OtherText", wrapped(type.except.map(textLiteral), indent), indent)
  }

  #record(type: Type.RecordType, role: Role, indent: string): string {
    const base = this.#naming.baseOf(type, role)
    if (base !== undefined) return this.#other(base, role, indent)
    const inner = `${indent}  `
    const rows = [...type.properties].map(([name, property]) => this.#property(name, property, role, inner))
    if (type.rest !== undefined) rows.push(this.#rest(type, type.rest, role, inner))
    // An object type without anything in it would take every value but null.
    return rows.length === 0 ? "{ readonly [name: string]: never }" : `{\n${rows.join("")}${indent}}`
  }

  #property(
    name: string,
    { description, required, type }: Type.Property,
    role: Role,
    indent: string
  ): string {
    const mark = required ? "" : "?"
    const key = `${indent}readonly ${propertyKey(name)}${mark}:`
    return `${docComment(description ?? "", indent)}${typed(key, this.of(type, role, indent))}\n`
  }

  /** The signature of further properties. It has to let those through that are named. */
  #rest(type: Type.RecordType, rest: Type.Type, role: Role, indent: string): string {
    const named = [...type.properties.values()]
      // JSON has them all.
      .filter((property) => rest.kind !== "dyn" || !isScalar(Type.resolve(property.type)))
      .map((property) => this.of(property.type, role, indent))
    const all = [...new Set([this.of(rest, role, indent), ...named])]
    return `${typed(`${indent}readonly [name: string]:`, wrapped(all, indent))}\n`
  }

  #other(
    { key, name, property }: NonNullable<ReturnType<TypeNaming["baseOf"]>>,
    role: Role,
    indent: string
  ): string {
    return role === "given"
      ? name
      : `(${name} & {\n${this.#property(key, property, role, `${indent}  `)}${indent}})`
  }

  #union(type: Type.UnionType, role: Role, indent: string): string {
    const left = new Set(type.members)
    const names: Array<string> = []
    for (const { members, name } of this.#naming.unionsIn(left, role)) {
      // One that shares its members with another one that was taken is not taken as well.
      if (!members.every((member) => left.has(member))) continue
      names.push(name)
      for (const member of members) left.delete(member)
    }
    const others = [...left].filter((member) => member.kind !== "null")
    const inner = `${indent}  `
    const texts = [...names, ...others.map((member) => this.of(member, role, inner))]
    if (left.size > others.length) texts.push("null")
    return wrapped(texts, indent)
  }
}

/** What stands before a type and the type, whose alternatives may begin on a line of their own. */
export const typed = (before: string, text: string): string =>
  text.startsWith("\n") ? `${before}${text}` : `${before} ${text}`

const enclosed = (name: string, text: string, indent: string): string =>
  text.startsWith("\n") ? `${name}<${text}\n${indent}>` : `${name}<${text}>`

/** Alternatives, on one line if they fit. */
const wrapped = (texts: ReadonlyArray<string>, indent: string): string => {
  const line = texts.join(" | ")
  if (!line.includes("\n") && indent.length + line.length <= longestUnion) return line
  return texts.length === 1 ? line : texts.map((text) => `\n${indent}  | ${text}`).join("")
}

const longestUnion = 80

const isScalar = ({ kind }: Type.Type): boolean => ["null", "bool", "int", "double", "string"].includes(kind)
