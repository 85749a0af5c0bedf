import * as Type from "../../types/Type.ts"
import type { Evaluation } from "../Evaluation.ts"
import { type FunctionDefinition, type Overload, overload } from "../FunctionDefinition.ts"
import type { Duration, Timestamp } from "../Value.ts"
import { civilDateFromDays, daysFromCivilDate } from "./CivilDate.ts"
import { fn, method } from "./Define.ts"
import { parseDuration } from "./DurationText.ts"
import { integer, span, text, time } from "./Params.ts"
import { makeTimestamp } from "./TimeArithmetic.ts"
import { parseTimestamp } from "./TimestampText.ts"
import { unknownZoneSteps, zoneOffset, zoneSteps } from "./TimeZone.ts"

const zoneDoc =
  "In UTC, or in the time zone given: a name of the IANA database (`Europe/Paris`) or an offset (`+02:00`); fails when there is no such zone."

/**
 * `timestamp`, `duration` and the parts of both. There is no function for the current time: an expression gives the
 * same result whenever it runs.
 */
export const timeFunctions: ReadonlyArray<FunctionDefinition> = [
  fn("time", "timestamp", {
    doc: "The point in time that RFC 3339 text names, or that lies a number of seconds after 1970-01-01T00:00:00Z. The text must have an offset (`Z`, `+02:00`); it is kept to the nanosecond. Fails on other text and outside the years 1 to 9999.",
    overloads: [
      overload([text("text")], Type.timestamp, timestampFromText, { fallible: true }),
      overload([integer("seconds")], Type.timestamp, timestampFromSeconds, { fallible: true }),
      overload([time("timestamp")], Type.timestamp, (timestamp) => timestamp)
    ],
    examples: [
      ['timestamp("2009-02-13T23:31:30Z")', "timestamp(1234567890)"],
      ['timestamp("2024-05-01T12:00:00.25+02:00")', 'timestamp("2024-05-01T10:00:00.250Z")'],
      ['timestamp("2024-05-02T00:00:00Z") - timestamp("2024-05-01T22:30:00Z")', 'duration("1h30m")']
    ]
  }),
  fn("time", "duration", {
    doc: "The span of time that text in Go's form names: numbers with a unit of `h`, `m`, `s`, `ms`, `us` or `ns`, with a sign in front where needed. Fails on other text and from ±315,537,897,599 s (close to 10,000 years) on.",
    overloads: [
      overload([text("text")], Type.duration, durationFromText, { fallible: true }),
      overload([span("duration")], Type.duration, (duration) => duration)
    ],
    examples: [
      ['duration("1h30m") == duration("5400s")', "true"],
      ['duration("-1.5s") + duration("1500ms")', 'duration("0s")']
    ]
  }),
  part("getFullYear", "The year.", (local) => dateOf(local).year, ["2009", "2009"]),
  part("getMonth", "The month, 0 for January to 11 for December.", (local) => dateOf(local).month - 1, [
    "1",
    "1"
  ]),
  part("getDate", "The day of the month, from 1.", (local) => dateOf(local).day, ["13", "14"]),
  part("getDayOfMonth", "The day of the month, from 0.", (local) => dateOf(local).day - 1, ["12", "13"]),
  part("getDayOfWeek", "The day of the week, 0 for Sunday to 6 for Saturday.", dayOfWeek, ["5", "6"]),
  part("getDayOfYear", "The day of the year, from 0.", dayOfYear, ["43", "44"]),
  part("getHours", "The hour, 0 to 23; of a duration, all of it in whole hours.", hours, ["23", "10"], {
    read: (duration) => duration.seconds / 3_600,
    example: ['duration("100h30m").getHours()', "100"]
  }),
  part(
    "getMinutes",
    "The minute, 0 to 59; of a duration, all of it in whole minutes.",
    minutes,
    ["31", "31"],
    {
      read: (duration) => duration.seconds / 60,
      example: ['duration("1h30m59s").getMinutes()', "90"]
    }
  ),
  part(
    "getSeconds",
    "The second, 0 to 59; of a duration, all of it in whole seconds.",
    seconds,
    ["30", "30"],
    {
      read: (duration) => duration.seconds,
      example: ['duration("1m1.5s").getSeconds()', "61"]
    }
  ),
  part(
    "getMilliseconds",
    "The milliseconds within the second, 0 to 999. Of a duration too, as CEL has it: use `getSeconds` for the rest.",
    (_local, nanos) => Math.floor(nanos / 1_000_000),
    ["250", "250"],
    {
      read: (duration) => duration.nanos / 1_000_000,
      example: ['duration("3.25s").getMilliseconds()', "250"]
    }
  )
]

/** Reads a part from local time, in whole seconds since 1970-01-01T00:00:00 on the local clock. */
type ReadPart = (local: number, nanos: number) => number

interface DurationPart {
  /** What is left after the decimal point is cut off. */
  readonly read: (duration: Duration) => number
  readonly example: readonly [string, string]
}

/** A method for one part. `results` are those for the example's instant in UTC and in Sydney (UTC+11 on that day). */
function part(
  name: string,
  doc: string,
  read: ReadPart,
  results: readonly [utc: string, sydney: string],
  ofDuration?: DurationPart
): FunctionDefinition {
  const instant = 'timestamp("2009-02-13T23:31:30.25Z")'
  return method("time", name, {
    doc: `${doc} ${zoneDoc}`,
    overloads: [
      overload([time("timestamp")], Type.int, (timestamp) => read(timestamp.seconds, timestamp.nanos)),
      overload(
        [time("timestamp"), text("zone")],
        Type.int,
        (timestamp, zone, c) => read(localSeconds(timestamp, zone, c), timestamp.nanos),
        { fallible: true }
      ),
      ...(ofDuration === undefined ? [] : [durationOverload(ofDuration)])
    ],
    examples: [
      [`${instant}.${name}()`, results[0]],
      [`${instant}.${name}("Australia/Sydney")`, results[1]],
      ...(ofDuration === undefined ? [] : [ofDuration.example])
    ]
  })
}

/** The sum turns a −0 into 0. */
function durationOverload({ read }: DurationPart): Overload {
  return overload([span("duration")], Type.int, (duration) => Math.trunc(read(duration)) + 0)
}

function timestampFromText(value: string, c: Evaluation): Timestamp {
  c.spend(value.length >>> 6)
  return (
    parseTimestamp(value) ??
    c.fail(
      "SP1304",
      `the text of ${value.length} characters is not an RFC 3339 timestamp such as "2026-01-31T08:00:00Z"`
    )
  )
}

function timestampFromSeconds(value: number, c: Evaluation): Timestamp {
  return makeTimestamp(value, 0) ?? c.fail("SP1305", "the seconds are outside the years 1 to 9999")
}

function durationFromText(value: string, c: Evaluation): Duration {
  return (
    parseDuration(value) ??
    c.fail(
      "SP1304",
      `the text of ${value.length} characters is not a duration such as "1h30m", of less than 10,000 years`
    )
  )
}

function localSeconds(timestamp: Timestamp, zone: string, c: Evaluation): number {
  c.spend(zoneSteps)
  const offset = zoneOffset(zone, timestamp.seconds)
  if (offset !== undefined) return timestamp.seconds + offset
  c.spend(unknownZoneSteps)
  return c.fail("SP1308", "the time zone is neither an offset nor a name of the IANA database")
}

const dayOf = (local: number): number => Math.floor(local / 86_400)
const dateOf = (local: number) => civilDateFromDays(dayOf(local))
const remainder = (value: number, divisor: number): number => value - Math.floor(value / divisor) * divisor

/** 1970-01-01 was a Thursday. */
function dayOfWeek(local: number): number {
  return remainder(dayOf(local) + 4, 7)
}

function dayOfYear(local: number): number {
  return dayOf(local) - daysFromCivilDate(dateOf(local).year, 1, 1)
}

function hours(local: number): number {
  return Math.floor(remainder(local, 86_400) / 3_600)
}

function minutes(local: number): number {
  return Math.floor(remainder(local, 3_600) / 60)
}

function seconds(local: number): number {
  return remainder(local, 60)
}
