import {
  Duration,
  isList,
  isObject,
  Optional,
  Timestamp,
  TypeName,
  type Value
} from "../../src/expression/Value.ts"

/**
 * A value as text for messages and for comparing two of them: unlike JSON it tells NaN, infinities and the values that
 * only exist while an expression runs. −0 is written 0, as it is equal. Keys keep their order.
 */
export const valueText = (value: Value): string => {
  if (typeof value === "number") return Object.is(value, -0) ? "0" : String(value)
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  if (value instanceof Timestamp) return `timestamp(${value.seconds}, ${value.nanos})`
  if (value instanceof Duration) return `duration(${value.seconds}, ${value.nanos})`
  if (value instanceof Optional) return value.value === undefined ? "none" : `some(${valueText(value.value)})`
  if (value instanceof TypeName) return `type(${value.name})`
  if (isList(value)) return `[${value.map(valueText).join(", ")}]`
  if (!isObject(value)) return `? ${typeof value}`
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${valueText(item)}`)
  return `{${entries.join(", ")}}`
}
