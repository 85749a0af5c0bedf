import {
  Duration,
  isList,
  isObject,
  Optional,
  Timestamp,
  TypeName,
  type Value
} from "../../src/expression/Value.ts"
import { type RecordType, resolve, type Type } from "../../src/types/Type.ts"

/**
 * Is a value one of a type's? Written from the doc comments of `Type.ts` and `Value.ts` alone: it shares nothing with
 * the checker but the data types, and is what the checker's types are measured by.
 */
export const isMember = (value: Value, type: Type): boolean => {
  const target = resolve(type)
  switch (target.kind) {
    case "dyn":
      return true
    case "never":
      return false
    case "null":
      return value === null
    case "bool":
      return typeof value === "boolean" && (target.value ?? value) === value
    case "int":
      return Number.isSafeInteger(value) && (target.values ?? [value]).some((known) => known === value)
    case "double":
      return typeof value === "number"
    case "string":
      if (typeof value !== "string") return false
      return target.values?.includes(value) ?? target.except?.includes(value) !== true
    case "timestamp":
      return value instanceof Timestamp
    case "duration":
      return value instanceof Duration
    case "type":
      return value instanceof TypeName
    case "optional":
      return value instanceof Optional && (value.value === undefined || isMember(value.value, target.value))
    case "union":
      return target.members.some((member) => isMember(value, member))
    case "list":
      return isList(value) && value.every((item) => isMember(item, target.element))
    case "map":
      return isObject(value) && Object.values(value).every((item) => isMember(item, target.value))
    case "record":
      return isObject(value) && isRecord(value, target)
  }
}

const isRecord = (value: { readonly [key: string]: Value }, { properties, rest }: RecordType): boolean => {
  for (const [key, property] of properties) {
    if (property.required && !Object.hasOwn(value, key)) return false
  }
  return Object.entries(value).every(([key, item]) => {
    const wanted = properties.get(key)?.type ?? rest
    return wanted !== undefined && isMember(item, wanted)
  })
}
