import type { Evaluation } from "../Evaluation.ts"
import { Duration, isList, Optional, Timestamp, TypeName, type Value } from "../Value.ts"
import { formatDuration } from "./DurationText.ts"
import { formatTimestamp } from "./TimestampText.ts"

/** How deep lists and objects may be nested in JSON text that is read or written. */
export const maxJsonDepth = 200

/**
 * The value as JSON text without spaces, keys in the order of the object; the same value gives the same text.
 * Timestamps become RFC 3339 text, durations `"1.5s"`. Fails with SP1308 for what JSON does not have: an optional, a
 * type, a number that is not finite, deeper nesting than `maxJsonDepth`.
 */
export const encodeJson = (value: Value, c: Evaluation): string => write(value, 0, c)

/**
 * The value of JSON text (RFC 8259). Objects have no prototype, of a key given twice the last counts. Fails with
 * SP1304 when the text is not JSON or deeper than `maxJsonDepth`, with SP1305 on a number beyond ±(2^53 − 1).
 */
export const decodeJson = (text: string, c: Evaluation): Value => {
  c.spend(text.length >>> 6)
  if (depthOf(text) > maxJsonDepth)
    c.fail("SP1304", `the JSON text is nested deeper than ${maxJsonDepth} levels`)
  return toValue(parse(text, c), c)
}

const write = (value: Value, depth: number, c: Evaluation): string => {
  c.spend(1)
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "string") return writeText(value, c)
  if (typeof value === "number") {
    return Number.isFinite(value)
      ? JSON.stringify(value)
      : c.fail("SP1308", "JSON has no number that is not finite")
  }
  if (value instanceof Timestamp) return `"${formatTimestamp(value)}"`
  if (value instanceof Duration) return `"${formatDuration(value)}"`
  if (value instanceof Optional) return c.fail("SP1308", "an optional value is not a JSON value")
  if (value instanceof TypeName) return c.fail("SP1308", "a type is not a JSON value")
  if (depth >= maxJsonDepth) return c.fail("SP1308", `the value is nested deeper than ${maxJsonDepth} levels`)
  if (isList(value)) return `[${value.map((item) => write(item, depth + 1, c)).join(",")}]`
  const entries = Object.entries(value)
  return `{${entries.map(([key, item]) => `${writeText(key, c)}:${write(item, depth + 1, c)}`).join(",")}}`
}

const writeText = (text: string, c: Evaluation): string => {
  c.spend(text.length >>> 6)
  return JSON.stringify(text)
}

/** The deepest nesting of brackets outside strings. Exact for JSON; other text is refused afterwards. */
const depthOf = (text: string): number => {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') quoted = !quoted
    else if (quoted) at += character === "\\" ? 1 : 0
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth)
    else if (character === "]" || character === "}") depth--
  }
  return deepest
}

const parse = (text: string, c: Evaluation): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return c.fail("SP1304", `the text of ${text.length} characters is not JSON`)
  }
}

/** Takes over what `JSON.parse` gave, whose depth is known to be bounded. */
const toValue = (value: unknown, c: Evaluation): Value => {
  c.spend(1)
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
    return c.fail("SP1305", "the JSON text has a number beyond ±(2^53 − 1)")
  }
  if (Array.isArray(value)) return value.map((item: unknown) => toValue(item, c))
  if (typeof value === "object") return toObject(value, c)
  return c.fail("SP1304", "the text is not JSON")
}

const toObject = (value: object, c: Evaluation): Value => {
  const out: { [key: string]: Value } = { __proto__: null }
  const entries: ReadonlyArray<[string, unknown]> = Object.entries(value)
  for (const [key, item] of entries) out[key] = toValue(item, c)
  return out
}
