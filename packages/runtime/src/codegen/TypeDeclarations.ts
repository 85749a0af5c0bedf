import { Type } from "@sallyport/language"
import { docComment } from "./DocComment.ts"
import { type IdentifierPool, typeNameOf } from "./IdentifierPool.ts"
import type { ManifestTypes } from "./ManifestTypes.ts"
import { type Role, typed, type TypeNaming, TypeText } from "./TypeText.ts"

/** A declaration of a type that refers to itself or is referred to, besides those under `types`. */
interface Local {
  readonly name: string
  readonly type: Type.Type
  readonly role: Role
}

/**
 * The declarations of a module: one for each definition, as receivers see it, and a second one, `NAMEGiven`, where
 * givers see it differently and the module speaks of it.
 */
export class TypeDeclarations implements TypeNaming {
  readonly used = new Set<"Json" | "OtherText">()
  readonly text: TypeText
  readonly #types: ManifestTypes
  readonly #pool: IdentifierPool
  readonly #names: { readonly [R in Role]: ReadonlyMap<string, string> }
  /** Definitions that givers see differently and that were spoken of. */
  readonly #wanted = new Set<string>()
  readonly #locals = new Map<Type.Type, Local>()

  constructor(types: ManifestTypes, pool: IdentifierPool) {
    this.#types = types
    this.#pool = pool
    this.text = new TypeText(this)
    const received = new Map(
      [...types.named.received.types.keys()].map((name) => [name, pool.take(name, `${name}Type`)])
    )
    const given = new Map(
      [...differing(types)].map((name) => [name, pool.take(`${received.get(name) ?? name}Given`)])
    )
    this.#names = { received, given }
  }

  /** What the definition is called in the module. */
  identifierOf(definition: string): string {
    return this.#names.received.get(definition) ?? definition
  }

  /** The name of a type, which is thereby spoken of; one that refers to itself is given one. */
  nameOf(type: Type.Type, role: Role): string | undefined {
    const definition = this.#types.named[role].nameOf(type)
    if (definition !== undefined) return this.#declared(definition, role)
    const target = type.kind === "ref" ? Type.resolve(type) : type
    const known = this.#locals.get(target)
    if (known !== undefined || type.kind !== "ref") return known?.name
    if (!["record", "union", "list", "map"].includes(target.kind)) return undefined
    const name = this.#pool.take(role === "given" ? `${localName(type.name)}Given` : localName(type.name))
    this.#locals.set(target, { name, type: target, role })
    return name
  }

  /** As `NamedTypes.baseOf`, by the names of the module. */
  baseOf(record: Type.RecordType, role: Role): ReturnType<TypeNaming["baseOf"]> {
    const base = this.#types.named[role].baseOf(record)
    return base === undefined ? undefined : { ...base, name: this.#declared(base.name, role) }
  }

  /** As `NamedTypes.unionsIn`, by the names of the module. */
  unionsIn(members: ReadonlySet<Type.Type>, role: Role): ReturnType<TypeNaming["unionsIn"]> {
    return this.#types.named[role]
      .unionsIn(members)
      .map((union) => ({ ...union, name: this.#declared(union.name, role) }))
  }

  /** Notes that the module uses a type of the runtime. */
  use(name: "Json" | "OtherText"): void {
    this.used.add(name)
  }

  /** All declarations, once everything else has been written: what that speaks of is among them. */
  write(): string {
    const received = new Map<string, string>()
    for (const [name, type] of this.#types.named.received.types)
      received.set(name, this.#definition(name, type, "received"))
    const given = new Map<string, string>()
    const locals: Array<string> = []
    const written = new Set<Local>()
    // Each may speak of further ones.
    for (let before = -1; before < given.size + written.size;) {
      before = given.size + written.size
      for (const name of this.#wanted) {
        const type = this.#types.named.given.types.get(name)
        if (type !== undefined && !given.has(name)) given.set(name, this.#definition(name, type, "given"))
      }
      for (const local of this.#locals.values()) {
        if (written.has(local)) continue
        written.add(local)
        locals.push(declaration(local.name, this.text.structure(local.type, local.role, "")))
      }
    }
    const definitions = [...received].flatMap(([name, text]) => [text, given.get(name) ?? []].flat())
    return [...definitions, ...locals].join("\n")
  }

  #declared(definition: string, role: Role): string {
    const given = role === "given" ? this.#names.given.get(definition) : undefined
    if (given === undefined) return this.identifierOf(definition)
    this.#wanted.add(definition)
    return given
  }

  #definition(name: string, type: Type.Type, role: Role): string {
    const { keepsUnknown, text } = this.#types.noteOf(name)
    const more = keepsUnknown && role === "received" ? "It may have fields that are not named here." : ""
    const given = role === "given" ? "As it is given: what has a default may be left out." : ""
    const note = [text.trim(), more, given].filter((part) => part !== "").join("\n\n")
    return `${docComment(note, "")}${declaration(this.#declared(name, role), this.text.structure(type, role, ""))}`
  }
}

/** An interface for an object with properties, an alias for everything else. */
export const declaration = (name: string, text: string): string =>
  text.startsWith("{\n") && text.indexOf("\n}") === text.length - 2
    ? `export interface ${name} ${text}\n`
    : `${typed(`export type ${name} =`, text)}\n`

const localName = (name: string): string => {
  const words = typeNameOf(name.replaceAll(/[^A-Za-z0-9]+/g, "_"))
  return /^[A-Z]/.test(words) ? words : `Type${words}`
}

/** The definitions that givers see differently, in themselves or in what they are made of. */
const differing = (types: ManifestTypes): ReadonlySet<string> => {
  const found = new Set<string>()
  const uses = new Map<string, ReadonlySet<string>>()
  for (const [name, type] of types.named.received.types) {
    const given = types.named.given.types.get(name)
    const received = plainText(types, type, "received")
    if (given === undefined || plainText(types, given, "given").text !== received.text) found.add(name)
    uses.set(name, received.uses)
  }
  for (let before = -1; before < found.size;) {
    before = found.size
    for (const [name, used] of uses) if ([...used].some((other) => found.has(other))) found.add(name)
  }
  return new Set([...uses.keys()].filter((name) => found.has(name)))
}

/** The structure of a type by the names of the definitions, and which ones those are. */
const plainText = (
  { named }: ManifestTypes,
  type: Type.Type,
  role: Role
): { readonly text: string; readonly uses: ReadonlySet<string> } => {
  const uses = new Set<string>()
  const used = (name: string): string => {
    uses.add(name)
    return name
  }
  const text = new TypeText({
    nameOf: (inner) => {
      const name = named[role].nameOf(inner)
      if (name !== undefined) return used(name)
      // What is declared besides the definitions is declared for each role.
      return inner.kind === "ref" && !["string", "int", "bool"].includes(Type.resolve(inner).kind)
        ? role
        : undefined
    },
    baseOf: (record) => {
      const base = named[role].baseOf(record)
      return base && { ...base, name: used(base.name) }
    },
    unionsIn: () => [],
    use: () => {}
  })
  return { text: text.structure(type, role, ""), uses }
}
