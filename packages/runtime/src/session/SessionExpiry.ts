import { Optional, parseTimestamp, Timestamp, type Json, type Value } from "@sallyport/language"
import * as DateTime from "effect/DateTime"
import type { ExpressionValue } from "../manifest/CompiledValue.ts"

/** When a session ends, by the expression of its scheme. Undefined when it says nothing that can be understood. */
export const instantOf = ({ program }: ExpressionValue, session: Json): DateTime.Utc | undefined => {
  const outcome = program.evaluate({ session })
  const millis = outcome.ok ? millisOf(outcome.value) : undefined
  return millis === undefined ? undefined : DateTime.makeUnsafe(millis)
}

/** Unix seconds, RFC 3339 text or a timestamp. */
const millisOf = (value: Value): number | undefined => {
  if (typeof value === "number") return inRange(value * 1000)
  if (value instanceof Timestamp) return value.seconds * 1000 + Math.floor(value.nanos / 1_000_000)
  if (value instanceof Optional) return value.value === undefined ? undefined : millisOf(value.value)
  if (typeof value !== "string") return undefined
  const time = parseTimestamp(value)
  return time === undefined ? undefined : millisOf(time)
}

/** What a Date can be. */
const inRange = (millis: number): number | undefined =>
  Number.isFinite(millis) && Math.abs(millis) <= 8.64e15 ? millis : undefined
