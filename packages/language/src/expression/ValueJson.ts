import type { Json } from "../source/YamlNode.ts"
import { formatDuration } from "./functions/DurationText.ts"
import { formatTimestamp } from "./functions/TimestampText.ts"
import { Duration, isList, isObject, Optional, Timestamp, TypeName, type Value } from "./Value.ts"

/**
 * A value as JSON, for whoever takes a result out of the language: timestamps as RFC 3339 text, durations as seconds
 * with an `s`, an empty optional as null; lists and objects that are JSON already are given back, not copied. Undefined
 * when the value has no JSON: NaN, an infinity, more than 1,000 levels, or more than 1,000,000 values:
 * `cel.bind(b, [a, a], …)` repeated is little in memory and endless as text.
 */
export const jsonOf = (value: Value): Json | undefined => convert(value, 0, { left: maxValues })

const maxDepth = 1_000
const maxValues = 1_000_000

interface Work {
  left: number
}

const convert = (value: Value, depth: number, work: Work): Json | undefined => {
  if (--work.left < 0) return undefined
  if (typeof value !== "object" || value === null) {
    return typeof value === "number" && !Number.isFinite(value) ? undefined : value
  }
  if (depth > maxDepth) return undefined
  if (value instanceof Timestamp) return formatTimestamp(value)
  if (value instanceof Duration) return formatDuration(value)
  if (value instanceof Optional)
    return value.value === undefined ? null : convert(value.value, depth + 1, work)
  if (value instanceof TypeName) return value.name
  if (isList(value)) return convertList(value, depth, work)
  return isObject(value) ? convertObject(value, depth, work) : undefined
}

/** A list of which nothing changes is given back as it is: most values came as JSON and go as JSON. */
const convertList = (list: ReadonlyArray<Value>, depth: number, work: Work): Json | undefined => {
  let out: Array<Json> | undefined
  for (const [index, item] of list.entries()) {
    const json = convert(item, depth + 1, work)
    if (json === undefined) return undefined
    if (out === undefined && json !== item) out = jsonItems(list, index)
    out?.push(json)
  }
  return out ?? unchanged(list)
}

const convertObject = (
  object: { readonly [key: string]: Value },
  depth: number,
  work: Work
): Json | undefined => {
  let out: { [key: string]: Json } | undefined
  const keys = Object.keys(object)
  for (const [index, key] of keys.entries()) {
    const item = object[key] ?? null
    const json = convert(item, depth + 1, work)
    if (json === undefined) return undefined
    if (out === undefined && json !== item) {
      // `Object.create` is typed `any`; without a prototype every key is an ordinary one.
      // oxlint-disable-next-line typescript/no-unsafe-assignment
      out = Object.create(null)
      for (const before of keys.slice(0, index)) assign(out, before, unchanged(object[before] ?? null))
    }
    assign(out, key, json)
  }
  return out ?? unchanged(object)
}

const assign = (out: { [key: string]: Json } | undefined, key: string, json: Json): void => {
  if (out !== undefined) out[key] = json
}

const jsonItems = (list: ReadonlyArray<Value>, end: number): Array<Json> => list.slice(0, end).map(unchanged)

/** What was looked through and found to be JSON. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const unchanged = (value: Value): Json => value as Json
