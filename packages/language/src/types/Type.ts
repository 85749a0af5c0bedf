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
export interface NullType {
  readonly kind: "null"
}
/** `value` when only that one is possible. */
export interface BoolType {
  readonly kind: "bool"
  readonly value?: boolean
}
/** A whole number within ±(2^53 − 1). `values` when only those are possible, ascending. */
export interface IntType {
  readonly kind: "int"
  readonly values?: ReadonlyArray<number>
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
}
export interface ListType {
  readonly kind: "list"
  readonly element: Type
}
/** An object whose keys are not known: any key may be missing. */
export interface MapType {
  readonly kind: "map"
  readonly value: Type
}
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

export const dyn: DynType = { kind: "dyn" }
export const never: NeverType = { kind: "never" }
export const nullType: NullType = { kind: "null" }
export const bool: BoolType = { kind: "bool" }
export const int: IntType = { kind: "int" }
export const double: DoubleType = { kind: "double" }
export const string: StringType = { kind: "string" }
export const timestamp: TimestampType = { kind: "timestamp" }
export const duration: DurationType = { kind: "duration" }
export const typeType: TypeType = { kind: "type" }

export const boolOf = (value: boolean): BoolType => ({ kind: "bool", value })
export const intOf = (...values: ReadonlyArray<number>): IntType => ({
  kind: "int",
  values: [...new Set(values)].toSorted((a, b) => a - b)
})
export const stringOf = (...values: ReadonlyArray<string>): StringType => ({
  kind: "string",
  values: [...new Set(values)]
})
export const stringExcept = (...except: ReadonlyArray<string>): StringType =>
  except.length === 0 ? string : { kind: "string", except: [...new Set(except)] }
export const list = (element: Type): ListType => ({ kind: "list", element })
export const map = (value: Type): MapType => ({ kind: "map", value })
export const optional = (value: Type): OptionalType => ({ kind: "optional", value })
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

/** The type behind references; stops after 64 steps so that a reference to itself is `never` instead of a hang. */
export const resolve = (type: Type): Exclude<Type, RefType> => {
  let current = type
  for (let steps = 0; steps < 64; steps++) {
    if (current.kind !== "ref") return current
    current = current.target()
  }
  return never
}
