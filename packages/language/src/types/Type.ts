/**
 * The types of expressions: JSON's, made precise by the schema they come from, plus the few that only exist while an
 * expression runs (timestamp, duration, optional, type).
 *
 * Build types with the constructors below; a `union` only with `union()` of `Union.ts`, which keeps the normal form.
 */
export type Type =
  | DynType
  | NeverType
  | NullType
  | BoolType
  | IntType
  | DoubleType
  | StringType
  | ListType
  | MapType
  | RecordType
  | OptionalType
  | UnionType
  | RefType
  | TimestampType
  | DurationType
  | TypeType

/** Anything; what is done with it is checked when it runs. */
export interface DynType {
  readonly kind: "dyn"
}
/** No value at all: the type of an impossible branch. */
export interface NeverType {
  readonly kind: "never"
}
/** JSON's null. */
export interface NullType {
  readonly kind: "null"
}
/** `value` when only that one is possible. */
export interface BoolType {
  readonly kind: "bool"
  readonly value?: boolean
  readonly fresh?: true
}
/** A whole number within ±(2^53 − 1). `values` when only those are possible, ascending. */
export interface IntType {
  readonly kind: "int"
  readonly values?: ReadonlyArray<number>
  readonly fresh?: true
}
/** Any JSON number; every int is also a double. */
export interface DoubleType {
  readonly kind: "double"
}
/** `values`: only those. `except`: any but those. Never both; each in the order of the schema. */
export interface StringType {
  readonly kind: "string"
  readonly values?: ReadonlyArray<string>
  readonly except?: ReadonlyArray<string>
  /** JSON Schema `format`, kept for hover texts and advice; it does not change what is assignable. */
  readonly format?: string
  /**
   * The type of a literal in an expression: it tells what the value is, not what it may be. Comparing two literals is
   * never a mistake of types. Assignability does not look at it; anything that is not a literal loses it.
   */
  readonly fresh?: true
}
/** A list; its elements all have one type. */
export interface ListType {
  readonly kind: "list"
  readonly element: Type
}
/** An object whose keys are not known: any key may be missing. */
export interface MapType {
  readonly kind: "map"
  readonly value: Type
}
/** A named field of a record. */
export interface Property {
  readonly type: Type
  readonly required: boolean
  readonly description?: string
}
/** An object with known keys. Without `rest` it is closed; with it, further keys have that type. */
export interface RecordType {
  readonly kind: "record"
  readonly name?: string
  readonly properties: ReadonlyMap<string, Property>
  readonly rest?: Type
  /** The type of an object literal: asking it for a key that it does not have is not a misspelling. */
  readonly fresh?: true
}
/** A value that may be absent: the result of `x.?y`. */
export interface OptionalType {
  readonly kind: "optional"
  readonly value: Type
}
/** At least two members, none a union, none assignable to another. `discriminator` names the key that tells records apart. */
export interface UnionType {
  readonly kind: "union"
  readonly members: ReadonlyArray<Type>
  readonly name?: string
  readonly discriminator?: string
}
/** A named, possibly recursive type; `target` is called when it is looked at, never while it is built. */
export interface RefType {
  readonly kind: "ref"
  readonly name: string
  readonly target: () => Type
}
/** A point in time, nanoseconds, years 1 to 9999. Not a JSON value: written as RFC 3339 text. */
export interface TimestampType {
  readonly kind: "timestamp"
}
/** A signed span of time, nanoseconds, up to ±10,000 years. */
export interface DurationType {
  readonly kind: "duration"
}
/** The type of `type(x)`. */
export interface TypeType {
  readonly kind: "type"
}

/** See `DynType`. */
export const dyn: DynType = { kind: "dyn" }
/** See `NeverType`. */
export const never: NeverType = { kind: "never" }
/** See `NullType`. */
export const nullType: NullType = { kind: "null" }
/** Both bools. */
export const bool: BoolType = { kind: "bool" }
/** All ints. */
export const int: IntType = { kind: "int" }
/** All numbers. */
export const double: DoubleType = { kind: "double" }
/** All strings. */
export const string: StringType = { kind: "string" }
/** See `TimestampType`. */
export const timestamp: TimestampType = { kind: "timestamp" }
/** See `DurationType`. */
export const duration: DurationType = { kind: "duration" }
/** See `TypeType`. */
export const typeType: TypeType = { kind: "type" }

/** One bool. */
export const boolOf = (value: boolean): BoolType => ({ kind: "bool", value })
/** Only these ints. */
export const intOf = (...values: ReadonlyArray<number>): IntType => ({
  kind: "int",
  values: values.length === 1 ? values : [...new Set(values)].toSorted((a, b) => a - b)
})
/** Only these strings. */
export const stringOf = (...values: ReadonlyArray<string>): StringType => ({
  kind: "string",
  values: values.length === 1 ? values : [...new Set(values)]
})
/** All strings but these. */
export const stringExcept = (...except: ReadonlyArray<string>): StringType =>
  except.length === 0 ? string : { kind: "string", except: [...new Set(except)] }
/** A list of elements of a type. */
export const list = (element: Type): ListType => ({ kind: "list", element })
/** An object of values of a type, its keys unknown. */
export const map = (value: Type): MapType => ({ kind: "map", value })
/** An optional of a type. */
export const optional = (value: Type): OptionalType => ({ kind: "optional", value })
/** A named type that is looked at later. */
export const ref = (name: string, target: () => Type): RefType => ({ kind: "ref", name, target })

/**
 * A record from plain keys; a key that ends in `?` is optional (the key itself is without the mark).
 * Use the interface directly for keys that really end in `?`.
 */
export const record = (
  properties: { readonly [key: string]: Type },
  options: { readonly name?: string; readonly rest?: Type } = {}
): RecordType => ({
  kind: "record",
  properties: new Map(
    Object.entries(properties).map(([key, type]): [string, Property] =>
      key.endsWith("?") ? [key.slice(0, -1), { type, required: false }] : [key, { type, required: true }]
    )
  ),
  ...options
})

/** An object of known or of any keys. */
export type ObjectType = RecordType | MapType
/** Are its values objects? A reference is not looked through. */
export const isObjectType = (type: Type): type is ObjectType => type.kind === "record" || type.kind === "map"

/** The type inside an optional, or the type itself. */
export const insideOptional = (type: Type): Type => (type.kind === "optional" ? type.value : type)

/** The type behind references; stops after 64 steps so that a reference to itself is `never` instead of a hang. */
export const resolve = (type: Type): Exclude<Type, RefType> => {
  let current = type
  for (let steps = 0; steps < 64; steps++) {
    if (current.kind !== "ref") return current
    current = current.target()
  }
  return never
}
