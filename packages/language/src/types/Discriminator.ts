import { type Property, type RecordType, string, stringExcept, type Type } from "./Type.ts"

/** How the members of a union are told apart; without a key they are not. */
export interface Discrimination {
  readonly key?: string
  /** The members; the one without a constant takes any value but those of the others. */
  readonly members: ReadonlyArray<Type>
}

/**
 * Finds the property that tells records apart: required in all of them with literals, no literal in two of them. One
 * record may have any text there, or none: it stands for "any other value", and its property excludes the known ones,
 * so that a broken known object is never taken for another. Members that are no objects do not matter. `wanted` is the
 * only key to try when given.
 */
export const discriminate = (members: ReadonlyArray<Type>, wanted?: string): Discrimination => {
  const records = members.filter((member) => member.kind === "record")
  const objects = members.filter(
    (member) => member.kind === "record" || member.kind === "map" || member.kind === "ref"
  )
  if (records.length < 2 || objects.length > records.length) return { members }
  // The first record may be the one without a constant, then the second has one.
  const candidates = new Set(records.slice(0, 2).flatMap((record) => [...record.properties.keys()]))
  for (const key of wanted === undefined ? candidates : [wanted]) {
    const found = byKey(records, key)
    if (found === undefined) continue
    const { open, literals } = found
    if (open === undefined) return { key, members }
    const closed = withoutLiterals(open, key, literals)
    return { key, members: members.map((member) => (member === open ? closed : member)) }
  }
  return { members }
}

interface Key {
  readonly literals: ReadonlySet<string | number | boolean>
  readonly open: RecordType | undefined
}

const byKey = (records: ReadonlyArray<RecordType>, key: string): Key | undefined => {
  const literals = new Set<string | number | boolean>()
  let open: RecordType | undefined
  for (const record of records) {
    const property = record.properties.get(key)
    const own = property?.required === true ? literalsOf(property.type) : []
    if (own.length > 0) {
      for (const literal of own) {
        if (literals.has(literal)) return undefined
        literals.add(literal)
      }
    } else if (open === undefined && isOpenText(property?.type ?? record.rest)) open = record
    else return undefined
  }
  // With texts only, or "any other" could not be said as a type.
  const isSayable = open === undefined || [...literals].every((literal) => typeof literal === "string")
  return literals.size > 0 && isSayable ? { literals, open } : undefined
}

const literalsOf = (type: Type): ReadonlyArray<string | number | boolean> => {
  if (type.kind === "string" || type.kind === "int") return type.values ?? []
  return type.kind === "bool" && type.value !== undefined ? [type.value] : []
}

const isOpenText = (type: Type | undefined): boolean =>
  type?.kind === "dyn" || (type?.kind === "string" && type.values === undefined)

const withoutLiterals = (record: RecordType, key: string, literals: Key["literals"]): RecordType => {
  const property: Property = record.properties.get(key) ?? { type: string, required: false }
  const texts = [...literals].filter((literal) => typeof literal === "string")
  const before = property.type.kind === "string" ? property.type : string
  const format = before.format === undefined ? {} : { format: before.format }
  const type = { ...stringExcept(...(before.except ?? []), ...texts), ...format }
  return { ...record, properties: new Map(record.properties).set(key, { ...property, type }) }
}
