import { durationTypeName, timestampTypeName, typeNames } from "./TypeNames.ts"
import { Duration, isList, Optional, Timestamp, TypeName, type Value } from "./Value.ts"

/** What a value is, for messages. Never says the value itself: it may be secret. */
export const kindOf = (value: Value): string => {
  if (value === null) return "null"
  if (value instanceof Timestamp) return "timestamp"
  if (value instanceof Duration) return "duration"
  return typeNameOf(value)?.name ?? "an unknown value"
}

/** `type(x)` of a value whose type was not known before: a number is an int when it is whole and exact. */
export const typeNameOf = (value: Value): TypeName | undefined => {
  if (value instanceof Timestamp) return timestampTypeName
  if (value instanceof Duration) return durationTypeName
  return typeNames.get(nameOf(value))
}

const nameOf = (value: Value): string => {
  switch (typeof value) {
    case "boolean":
      return "bool"
    case "string":
      return "string"
    case "number":
      return Number.isSafeInteger(value) ? "int" : "double"
    default:
      if (value === null) return "null_type"
      if (isList(value)) return "list"
      if (value instanceof Optional) return "optional_type"
      return value instanceof TypeName ? "type" : "map"
  }
}
