import { membersOf, type Type } from "@sallyport/language"
import type { UnknownRecord } from "./JsonValue.ts"

/** How the records of a union are told apart. */
export interface Discrimination {
  readonly key: string
  /** The constants of all records. */
  readonly literals: ReadonlyArray<string>
  /** The one record that may fit; undefined when none does. */
  readonly choose: (value: UnknownRecord) => Type.RecordType | undefined
}

/**
 * The discrimination of a union that the language has found a key for. A value whose constant no record claims goes to
 * the record without constants, whose type excludes those of the others: a broken known object stays that.
 */
export const discriminationOf = (type: Type.UnionType): Discrimination | undefined => {
  const key = type.discriminator
  if (key === undefined) return undefined
  const byLiteral = new Map<unknown, Type.RecordType>()
  let open: Type.RecordType | undefined
  for (const member of membersOf(type)) {
    if (member.kind === "map") return undefined
    if (member.kind !== "record") continue
    const literals = literalsOf(member.properties.get(key))
    if (literals.length === 0 && open !== undefined) return undefined
    if (literals.length === 0) open = member
    for (const literal of literals) {
      if (byLiteral.has(literal)) return undefined
      byLiteral.set(literal, member)
    }
  }
  if (byLiteral.size === 0) return undefined
  return {
    key,
    literals: [...byLiteral.keys()].map(String),
    choose: (value) => (Object.hasOwn(value, key) ? (byLiteral.get(value[key]) ?? open) : open)
  }
}

const literalsOf = (property: Type.Property | undefined): ReadonlyArray<unknown> => {
  if (property?.required !== true) return []
  const { type } = property
  if (type.kind === "string" || type.kind === "int") return type.values ?? []
  return type.kind === "bool" && type.value !== undefined ? [type.value] : []
}
