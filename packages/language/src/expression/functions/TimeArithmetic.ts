import type { Evaluation } from "../Evaluation.ts"
import { Duration, Timestamp } from "../Value.ts"

/*
 * Exact arithmetic on whole seconds and nanoseconds. Every sum of two seconds is far below 2^53, so nothing is rounded.
 * A result that is out of range ends the evaluation with SP1305.
 */

/** 0001-01-01T00:00:00Z, the first second of a timestamp. */
const firstSecond = -62_135_596_800

/** 9999-12-31T23:59:59Z, the last second of a timestamp. */
const lastSecond = 253_402_300_799

/**
 * The longest duration: one second less than from the first to the last second of a timestamp. cel-spec asks for that
 * last second to be an error (testdata timestamps, `sub_time_duration_over`), and cel-cpp draws the line here too.
 */
const maxDurationSeconds = lastSecond - firstSecond - 1

const nanosPerSecond = 1_000_000_000

/** The timestamp at `seconds` and `nanos`, any whole numbers; undefined outside the years 1 to 9999. */
export const makeTimestamp = (seconds: number, nanos: number): Timestamp | undefined => {
  const carry = Math.floor(nanos / nanosPerSecond)
  const whole = seconds + carry
  if (!(whole >= firstSecond && whole <= lastSecond)) return undefined
  return new Timestamp(whole, nanos - carry * nanosPerSecond)
}

/**
 * The duration of `seconds` and `nanos`, any whole numbers of any sign; undefined at ±315,537,897,599 s
 * (close to 10,000 years) and beyond.
 */
export const makeDuration = (seconds: number, nanos: number): Duration | undefined => {
  const carry = Math.floor(nanos / nanosPerSecond)
  let whole = seconds + carry
  let rest = nanos - carry * nanosPerSecond
  if (whole < 0 && rest > 0) {
    whole += 1
    rest -= nanosPerSecond
  }
  return Math.abs(whole) <= maxDurationSeconds ? new Duration(whole, rest) : undefined
}

/** `timestamp + duration`. Fails outside the years 1 to 9999. */
export const addTimestampDuration = (timestamp: Timestamp, duration: Duration, c: Evaluation): Timestamp =>
  makeTimestamp(timestamp.seconds + duration.seconds, timestamp.nanos + duration.nanos) ??
  failTimestamp("sum of a timestamp and a duration", c)

/** `timestamp - duration`. Fails outside the years 1 to 9999. */
export const subtractTimestampDuration = (
  timestamp: Timestamp,
  duration: Duration,
  c: Evaluation
): Timestamp =>
  makeTimestamp(timestamp.seconds - duration.seconds, timestamp.nanos - duration.nanos) ??
  failTimestamp("difference of a timestamp and a duration", c)

/** `a - b`: the duration from b to a. Fails only for the first second of year 1 against the last of 9999. */
export const subtractTimestamps = (a: Timestamp, b: Timestamp, c: Evaluation): Duration =>
  makeDuration(a.seconds - b.seconds, a.nanos - b.nanos) ?? failDuration("difference of two timestamps", c)

/** `a + b`. Fails close to 10,000 years. */
export const addDurations = (a: Duration, b: Duration, c: Evaluation): Duration =>
  makeDuration(a.seconds + b.seconds, a.nanos + b.nanos) ?? failDuration("sum of two durations", c)

/** `a - b`. Fails close to 10,000 years. */
export const subtractDurations = (a: Duration, b: Duration, c: Evaluation): Duration =>
  makeDuration(a.seconds - b.seconds, a.nanos - b.nanos) ?? failDuration("difference of two durations", c)

/** `-d`. The range is symmetric, so only a duration that was out of range to begin with fails. */
export const negateDuration = (duration: Duration, c: Evaluation): Duration =>
  makeDuration(0 - duration.seconds, 0 - duration.nanos) ?? failDuration("negation of a duration", c)

/** Negative when a is before b, 0 when they are the same point in time, positive when a is after b. */
export const compareTimestamps = (a: Timestamp, b: Timestamp): number =>
  a.seconds - b.seconds || a.nanos - b.nanos

/** Negative when a is less than b, 0 when they are equal, positive when a is greater. */
export const compareDurations = (a: Duration, b: Duration): number =>
  a.seconds - b.seconds || a.nanos - b.nanos

const failTimestamp = (what: string, c: Evaluation): never =>
  c.fail("SP1305", `the ${what} is outside the years 1 to 9999`)

const failDuration = (what: string, c: Evaluation): never =>
  c.fail("SP1305", `the ${what} is not within ±${maxDurationSeconds} seconds`)
