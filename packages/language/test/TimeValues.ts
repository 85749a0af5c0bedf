import { expect } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { parseDuration } from "../src/expression/functions/DurationText.ts"
import { parseTimestamp } from "../src/expression/functions/TimestampText.ts"
import { Duration, Timestamp } from "../src/expression/Value.ts"
import { wholeNumber } from "./FunctionTable.ts"

/*
 * Timestamps and durations over their whole range, and what they are in nanoseconds: the reference of the tests.
 */

export const firstSecond = -62_135_596_800
export const lastSecond = 253_402_300_799
const maxDuration = lastSecond - firstSecond - 1

const nanos = wholeNumber(0, 999_999_999)
export const seconds = wholeNumber(firstSecond, lastSecond)
export const timestamps = Arbitrary.all([seconds, nanos]).pipe(
  Arbitrary.map(([whole, rest]) => new Timestamp(whole, rest))
)
export const durations = Arbitrary.all([wholeNumber(-maxDuration, maxDuration), nanos]).pipe(
  Arbitrary.map(([whole, rest]) => new Duration(whole, whole < 0 ? 0 - rest : rest))
)

export const billion = 1_000_000_000n
export const nanosOf = (value: Timestamp | Duration): bigint =>
  BigInt(value.seconds) * billion + BigInt(value.nanos)
export const firstNano = BigInt(firstSecond) * billion
export const lastNano = BigInt(lastSecond) * billion + billion - 1n
export const maxNanos = BigInt(maxDuration) * billion + billion - 1n

export const isTimestamp = (value: Timestamp): boolean =>
  Number.isSafeInteger(value.seconds) &&
  value.nanos >= 0 &&
  value.nanos < 1e9 &&
  Number.isInteger(value.nanos)
export const isDuration = (value: Duration): boolean =>
  Math.abs(value.nanos) < 1e9 &&
  !Object.is(value.seconds, -0) &&
  !Object.is(value.nanos, -0) &&
  value.seconds * value.nanos >= 0

export const parsed = (text: string): Timestamp =>
  parseTimestamp(text) ?? expect.fail(`not a timestamp: ${text}`)
export const span = (text: string): Duration => parseDuration(text) ?? expect.fail(`not a duration: ${text}`)
