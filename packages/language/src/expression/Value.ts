/**
 * What an expression works on: JSON values, and the values that only exist while an expression runs. Objects are read
 * by own keys only, whatever their prototype; objects made by expressions have none.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | ReadonlyArray<Value>
  | { readonly [key: string]: Value }
  | Timestamp
  | Duration
  | Optional
  | TypeName

/**
 * A point in time: whole seconds since 1970-01-01T00:00:00Z (negative before) and 0 ≤ nanos < 1e9.
 * Always within years 1 to 9999; `TimestampText.ts` and the functions check that.
 */
export class Timestamp {
  readonly seconds: number
  readonly nanos: number
  constructor(seconds: number, nanos: number) {
    this.seconds = seconds
    this.nanos = nanos
  }
}

/**
 * A span of time: whole seconds and nanos of the same sign, |nanos| < 1e9, |seconds| ≤ 315,537,897,598, which is what
 * lies between the first and the last timestamp.
 */
export class Duration {
  readonly seconds: number
  readonly nanos: number
  constructor(seconds: number, nanos: number) {
    this.seconds = seconds
    this.nanos = nanos
  }
}

/** A value or nothing. `value` is undefined exactly when nothing is there. */
export class Optional {
  static readonly none = new Optional(undefined)
  readonly value: Value | undefined
  constructor(value: Value | undefined) {
    this.value = value
  }
}

/** What `type(x)` gives; `int`, `string`, `list` … as identifiers are the same values. */
export class TypeName {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A JSON object or an object made by an expression: not a list, not one of the classes above. */
export const isObject = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Timestamp) &&
  !(value instanceof Duration) &&
  !(value instanceof Optional) &&
  !(value instanceof TypeName)

/** A list; `Array.isArray` alone does not narrow a readonly array. */
export const isList = (value: Value): value is ReadonlyArray<Value> => Array.isArray(value)

/** A new object without prototype, so that every key is an ordinary own key, `__proto__` too. */
export const emptyObject = (): { [key: string]: Value } => {
  // `Object.create` is typed `any`; an object without prototype and keys is what the type says.
  // oxlint-disable-next-line typescript/no-unsafe-assignment
  const object: { [key: string]: Value } = Object.create(null)
  return object
}
