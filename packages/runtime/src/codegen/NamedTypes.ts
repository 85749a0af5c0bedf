import { Type } from "@sallyport/language"

/** The definitions of a manifest as one role sees them, found again in the types that are made of them. */
export class NamedTypes {
  readonly types: ReadonlyMap<string, Type.Type>
  readonly #names = new Map<Type.Type, string>()

  constructor(types: ReadonlyMap<string, Type.Type>) {
    this.types = types
    for (const [name, type] of types)
      if (type.kind !== "ref" && !isShared(type) && !this.#names.has(type)) this.#names.set(type, name)
  }

  /** The definition that a type is, or refers to. */
  nameOf(type: Type.Type): string | undefined {
    if (type.kind !== "ref") return this.#names.get(type)
    const target = Type.resolve(type)
    const named = this.types.get(type.name)
    return named !== undefined && Type.resolve(named) === target ? type.name : this.#names.get(target)
  }

  /**
   * Of the record of a union that stands for any other value: the definition that it was made from, and the property from
   * which the constants of the other branches were taken away.
   */
  baseOf(record: Type.RecordType): { name: string; key: string; property: Type.Property } | undefined {
    const { name } = record
    const base = name === undefined ? undefined : this.types.get(name)
    if (name === undefined || base?.kind !== "record" || base === record || base.rest !== record.rest)
      return undefined
    const changed = [...record.properties].filter(([key, property]) => base.properties.get(key) !== property)
    const [only] = changed
    if (only === undefined || changed.length > 1) return undefined
    const [key, property] = only
    const isWhole = [...base.properties.keys()].every((known) => record.properties.has(known))
    return isWhole && property.type.kind === "string" && property.type.except !== undefined
      ? { name, key, property }
      : undefined
  }

  /** The unions that have some of these members, and no other ones; those with the most members first. */
  unionsIn(
    members: ReadonlySet<Type.Type>
  ): ReadonlyArray<{ readonly name: string; readonly members: ReadonlyArray<Type.Type> }> {
    return [...this.types]
      .flatMap(([name, type]) => (type.kind === "union" ? [{ name, members: type.members }] : []))
      .filter((union) => union.members.length < members.size)
      .filter((union) => union.members.every((member) => members.has(member) && !isShared(member)))
      .toSorted((a, b) => b.members.length - a.members.length)
  }
}

/** Types that are one object wherever they stand: being the same says nothing about where they come from. */
const isShared = (type: Type.Type): boolean => shared.has(type)

const shared: ReadonlySet<Type.Type> = new Set<Type.Type>([
  Type.dyn,
  Type.never,
  Type.nullType,
  Type.bool,
  Type.int,
  Type.double,
  Type.string
])
