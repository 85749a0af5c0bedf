import {
  bool,
  boolOf,
  double,
  duration,
  dyn,
  int,
  list,
  map,
  never,
  nullType,
  optional,
  type RecordType,
  string,
  stringExcept,
  stringOf,
  timestamp,
  type Type,
  typeType
} from "./Type.ts"
import { mapMembers, union } from "./Union.ts"

/** What narrowing compares with: the literals that have types of their own. */
export type Literal = string | number | boolean | null

/**
 * The kinds of values that can be told apart. Kinds that share values are kept together: `int` and `double`, `map`
 * and `record`.
 */
export type ValueKind = Exclude<Type["kind"], "dyn" | "never" | "union" | "ref">

/**
 * `type` after a fact about its part at `path` (`["a", "b"]` for a fact about `x.a.b`): the part is changed and is
 * present from now on. Members of unions are changed one by one; those whose part becomes `never`, or which cannot have
 * it, are dropped. A map gets the property by name and keeps its value type for the others. `dyn` and `optional` stay
 * as they are below the top. What did not change is returned identical.
 */
export const refineAt = (type: Type, path: ReadonlyArray<string>, change: (part: Type) => Type): Type =>
  refine(type, path, 0, change)

/** `type` after `has(x.path)`: members that cannot have the part are dropped, the part is present in the others. */
export const presentAt = (type: Type, path: ReadonlyArray<string>): Type =>
  refineAt(type, path, (part) => part)

/** `type` after `!has(x.name)`: members that always have it are dropped, it is gone from those that may. */
export const absentAt = (type: Type, name: string): Type =>
  mapMembers(type, (member) => {
    if (member.kind !== "record") return member
    const property = member.properties.get(name)
    if (property === undefined || property.type.kind === "never") return member
    return property.required ? never : withProperty(member, name, never, false)
  })

/** What is left of `type` when the value equals `value`. A `double` stays one, it has no literals. */
export const keepLiteral = (type: Type, value: Literal): Type =>
  mapMembers(type, (member) => {
    switch (member.kind) {
      case "dyn":
        // A number from `dyn` may be an int or a double; which one decides how it divides, so that stays open.
        return typeof value === "number" ? member : literalType(value)
      case "null":
        return value === null ? member : never
      case "bool":
        if (typeof value !== "boolean") return never
        if (member.value === undefined) return boolOf(value)
        return member.value === value ? member : never
      case "int":
        if (typeof value !== "number" || !Number.isSafeInteger(value)) return never
        if (member.values === undefined) return { kind: "int", values: [value] }
        if (!member.values.includes(value)) return never
        return member.values.length === 1 ? member : { kind: "int", values: [value] }
      case "double":
        return typeof value === "number" ? member : never
      case "string":
        if (typeof value !== "string" || !allows(member, value)) return never
        return member.values?.length === 1 ? member : { ...stringOf(value), ...formatOf(member) }
      default:
        return never
    }
  })

/** What is left of `type` when the value is not `value`. What cannot be said as a type stays. */
export const dropLiteral = (type: Type, value: Literal): Type =>
  mapMembers(type, (member) => {
    switch (member.kind) {
      case "null":
        return value === null ? never : member
      case "bool":
        if (typeof value !== "boolean") return member
        if (member.value === undefined) return boolOf(!value)
        return member.value === value ? never : member
      case "int": {
        const values = member.values?.filter((other) => other !== value)
        if (values === undefined || values.length === member.values?.length) return member
        return values.length === 0 ? never : { kind: "int", values }
      }
      case "string":
        return withoutTexts(member, textsOf([value]))
      default:
        return member
    }
  })

/** What is left of `type` when the value is one of `values`, of which there may be thousands. */
export const keepLiterals = (type: Type, values: ReadonlyArray<Literal>): Type => {
  const texts = textsOf(values)
  return mapMembers(type, (member) =>
    member.kind === "string"
      ? withTexts(member, texts)
      : union(values.map((value) => keepLiteral(member, value)))
  )
}

/** What is left of `type` when the value is none of `values`, of which there may be thousands. */
export const dropLiterals = (type: Type, values: ReadonlyArray<Literal>): Type => {
  const texts = textsOf(values)
  const others = values.filter((value) => typeof value !== "string")
  return mapMembers(type, (member) =>
    member.kind === "string" ? withoutTexts(member, texts) : others.reduce<Type>(dropLiteral, member)
  )
}

/** The members of a kind; from `dyn`, the whole of that kind. */
export const keepKind = (type: Type, kind: ValueKind): Type =>
  mapMembers(type, (member) => {
    if (member.kind === "dyn") return wholeOf(kind)
    return family(member.kind) === family(kind) ? member : never
  })

/**
 * What is left of `type` when the value is of another kind. `dyn` stays, and so does `double` for both kinds of number:
 * its values may be whole or not.
 */
export const dropKind = (type: Type, kind: ValueKind): Type =>
  mapMembers(type, (member) =>
    member.kind === "double" || (member.kind === "int" && kind === "double")
      ? member
      : withoutFamily(member, kind)
  )

/** `type` without null; `dyn` stays. */
export const withoutNull = (type: Type): Type => dropKind(type, "null")

const refine = (type: Type, path: ReadonlyArray<string>, at: number, change: (part: Type) => Type): Type => {
  const name = path[at]
  if (name === undefined) return change(type)
  const inner = (part: Type): Type => refine(part, path, at + 1, change)
  return mapMembers(type, (member) => {
    switch (member.kind) {
      case "dyn":
      case "optional":
        return member
      case "map":
        return refineProperty({ kind: "record", properties: new Map(), rest: member.value }, name, inner)
      case "record":
        return refineProperty(member, name, inner)
      default:
        return never
    }
  })
}

const refineProperty = (record: RecordType, name: string, inner: (part: Type) => Type): Type => {
  const property = record.properties.get(name)
  const part = property === undefined ? record.rest : property.type
  if (part === undefined) return never
  const changed = inner(part)
  if (changed.kind === "never") return never
  if (changed === part && property?.required === true) return record
  return withProperty(record, name, changed, true)
}

const withProperty = (record: RecordType, name: string, type: Type, required: boolean): RecordType => {
  const before = record.properties.get(name)
  return { ...record, properties: new Map(record.properties).set(name, { ...before, type, required }) }
}

const literalType = (value: string | boolean | null): Type =>
  value === null ? nullType : typeof value === "boolean" ? boolOf(value) : stringOf(value)

type StringMember = Type & { readonly kind: "string" }

const allows = (member: StringMember, value: string): boolean =>
  member.values === undefined ? member.except?.includes(value) !== true : member.values.includes(value)

const formatOf = (member: StringMember): { readonly format?: string } =>
  member.format === undefined ? {} : { format: member.format }

const textsOf = (values: ReadonlyArray<Literal>): ReadonlySet<string> =>
  new Set(values.filter((value) => typeof value === "string"))

const withTexts = (member: StringMember, texts: ReadonlySet<string>): Type => {
  const except = new Set(member.except)
  const values = member.values ?? [...texts]
  const kept = values.filter((value) => texts.has(value) && !except.has(value))
  if (kept.length === member.values?.length) return member
  return kept.length === 0 ? never : { ...stringOf(...kept), ...formatOf(member) }
}

const withoutTexts = (member: StringMember, texts: ReadonlySet<string>): Type => {
  const { except = [], values } = member
  if (values === undefined) {
    const named = new Set(except)
    return [...texts].every((text) => named.has(text))
      ? member
      : { ...stringExcept(...except, ...texts), ...formatOf(member) }
  }
  const left = values.filter((value) => !texts.has(value))
  if (left.length === values.length) return member
  return left.length === 0 ? never : { ...stringOf(...left), ...formatOf(member) }
}

const withoutFamily = (member: Type, kind: ValueKind): Type =>
  family(member.kind) === family(kind) ? never : member

const family = (kind: Type["kind"]): string => (kind === "double" ? "int" : kind === "record" ? "map" : kind)

const wholeOf = (kind: ValueKind): Type => {
  switch (kind) {
    case "list":
      return list(dyn)
    case "map":
    case "record":
      return map(dyn)
    case "optional":
      return optional(dyn)
    default:
      return whole[kind]
  }
}

const whole: { readonly [K in Exclude<ValueKind, "list" | "map" | "record" | "optional">]: Type } = {
  null: nullType,
  bool,
  int,
  double,
  string,
  timestamp,
  duration,
  type: typeType
}
