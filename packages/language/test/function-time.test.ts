import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { Evaluation } from "../src/expression/Evaluation.ts"
import {
  addDurations,
  addTimestampDuration,
  compareDurations,
  compareTimestamps,
  makeDuration,
  makeTimestamp,
  negateDuration,
  subtractDurations,
  subtractTimestampDuration,
  subtractTimestamps
} from "../src/expression/functions/TimeArithmetic.ts"
import { timeFunctions } from "../src/expression/functions/TimeFunctions.ts"
import { formatTimestamp } from "../src/expression/functions/TimestampText.ts"
import { zoneOffset } from "../src/expression/functions/TimeZone.ts"
import { Duration, Timestamp } from "../src/expression/Value.ts"
import { failureOf, FunctionTable, holdsFor, oneOf, wholeNumber } from "./FunctionTable.ts"
import {
  firstSecond,
  lastSecond,
  timestamps,
  durations,
  nanosOf,
  firstNano,
  lastNano,
  maxNanos,
  isTimestamp,
  isDuration,
  parsed,
  span
} from "./TimeValues.ts"

const table = new FunctionTable(timeFunctions)

describe("arithmetic", () => {
  const c = new Evaluation()

  it("gives a timestamp from any nanoseconds", () => {
    expect(makeTimestamp(0, -1)).toEqual(new Timestamp(-1, 999_999_999))
    expect(makeTimestamp(lastSecond, 1_000_000_000)).toBeUndefined()
    expect(makeTimestamp(Number.NaN, 0)).toBeUndefined()
    expect(makeTimestamp(Infinity, 0)).toBeUndefined()
  })

  it("gives a duration whose parts have one sign", () => {
    expect(makeDuration(1, -1)).toEqual(new Duration(0, 999_999_999))
    expect(makeDuration(-1, 1)).toEqual(new Duration(0, -999_999_999))
    expect(makeDuration(0, -2_000_000_000)).toEqual(new Duration(-2, 0))
    expect(makeDuration(Number.NaN, 0)).toBeUndefined()
  })

  it.effect("of a timestamp and a duration is that of their nanoseconds, or out of range", () =>
    holdsFor(Arbitrary.all([timestamps, durations]), ([time, duration]) => {
      const agrees = (expected: bigint, run: () => Timestamp): boolean => {
        if (expected < firstNano || expected > lastNano) return failureOf(run)?.code === "SP1305"
        const result = run()
        return isTimestamp(result) && nanosOf(result) === expected
      }
      return (
        agrees(nanosOf(time) + nanosOf(duration), () => addTimestampDuration(time, duration, c)) &&
        agrees(nanosOf(time) - nanosOf(duration), () => subtractTimestampDuration(time, duration, c))
      )
    })
  )

  it.effect("of two durations is that of their nanoseconds, or out of range", () =>
    holdsFor(Arbitrary.all([durations, durations]), ([a, b]) => {
      const agrees = (expected: bigint, run: () => Duration): boolean => {
        if (expected < -maxNanos || expected > maxNanos) return failureOf(run)?.code === "SP1305"
        const result = run()
        return isDuration(result) && nanosOf(result) === expected
      }
      return (
        agrees(nanosOf(a) + nanosOf(b), () => addDurations(a, b, c)) &&
        agrees(nanosOf(a) - nanosOf(b), () => subtractDurations(a, b, c)) &&
        agrees(-nanosOf(a), () => negateDuration(a, c)) &&
        Math.sign(compareDurations(a, b)) === Math.sign(Number(nanosOf(a) - nanosOf(b)))
      )
    })
  )

  it.effect("of two timestamps is that of their nanoseconds, and undoes addition", () =>
    holdsFor(Arbitrary.all([timestamps, timestamps]), ([a, b]) => {
      const expected = nanosOf(a) - nanosOf(b)
      const order = Math.sign(compareTimestamps(a, b)) === Math.sign(Number(expected))
      if (expected > maxNanos || expected < -maxNanos) {
        return order && failureOf(() => subtractTimestamps(a, b, c))?.code === "SP1305"
      }
      const result = subtractTimestamps(a, b, c)
      return (
        order &&
        isDuration(result) &&
        nanosOf(result) === expected &&
        nanosOf(addTimestampDuration(b, result, c)) === nanosOf(a)
      )
    })
  )

  it("has the results and the ranges of cel-spec", () => {
    const at = parsed
    const sum = (time: string, duration: string): string =>
      formatTimestamp(addTimestampDuration(at(time), span(duration), c))
    const code = (run: () => unknown): string | undefined => failureOf(run)?.code
    expect(sum("2009-02-13T23:00:00Z", "240s")).toBe("2009-02-13T23:04:00Z")
    expect(sum("0001-01-01T00:00:01.000000001Z", "-999999999ns")).toBe("0001-01-01T00:00:00.000000002Z")
    expect(sum("0001-01-01T00:00:01.999999999Z", "999999999ns")).toBe("0001-01-01T00:00:02.999999998Z")
    expect(code(() => sum("0001-01-01T00:00:00Z", "-1s"))).toBe("SP1305")
    expect(code(() => sum("9999-12-31T23:59:59Z", "1s"))).toBe("SP1305")
    expect(code(() => sum("9999-12-31T23:59:59.999999999Z", "1ns"))).toBe("SP1305")
    expect(code(() => sum("0001-01-01T00:00:00Z", "-1ns"))).toBe("SP1305")
    const [first, last] = [at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59Z")]
    expect(code(() => subtractTimestamps(last, first, c))).toBe("SP1305")
    expect(code(() => subtractTimestamps(first, last, c))).toBe("SP1305")
    const long = span("200000000000s")
    expect(code(() => addDurations(long, long, c))).toBe("SP1305")
    expect(code(() => subtractDurations(negateDuration(long, c), long, c))).toBe("SP1305")
  })

  it("reaches from now to the last year, which feeds use for what never expires", () => {
    const [never, now] = ["9999-12-31T23:59:59Z", "2024-05-01T00:00:00Z"] as const
    const left = subtractTimestamps(parsed(never), parsed(now), c)
    expect(left).toEqual(new Duration((Date.parse(never) - Date.parse(now)) / 1_000, 0))
  })
})

describe("the functions", () => {
  it("make timestamps from seconds within the range", () => {
    expect(table.call("timestamp", 1_234_567_890)).toEqual(new Timestamp(1_234_567_890, 0))
    expect(table.call("timestamp", firstSecond)).toEqual(new Timestamp(firstSecond, 0))
    expect(table.failure("timestamp", firstSecond - 1)).toMatchObject({ code: "SP1305" })
    expect(table.failure("timestamp", lastSecond + 1)).toMatchObject({ code: "SP1305" })
    expect(table.failure("timestamp", 1.5)).toMatchObject({ code: "SP1307" })
  })

  it("give timestamps and durations back as they are", () => {
    const time = parsed("2024-05-01T10:00:00Z")
    expect(table.call("timestamp", time)).toBe(time)
    const duration = span("1h")
    expect(table.call("duration", duration)).toBe(duration)
  })

  it("say what was expected and never the text itself", () => {
    const message = table.failure("timestamp", "hunter2")?.message
    expect(message).toBe(
      'the text of 7 characters is not an RFC 3339 timestamp such as "2026-01-31T08:00:00Z"'
    )
    expect(table.failure("duration", "hunter2")?.message).not.toContain("hunter2")
    expect(table.failure("getHours", parsed("2024-05-01T10:00:00Z"), "hunter2")?.message).not.toContain(
      "hunter2"
    )
  })

  /** The suites timestamp_selectors, timestamp_selectors_tz and duration_converters of cel-spec 0.25.1. */
  it.each([
    ["getDate", "2009-02-13T23:31:30Z", undefined, 13],
    ["getDayOfMonth", "2009-02-13T23:31:30Z", undefined, 12],
    ["getDayOfWeek", "2009-02-13T23:31:30Z", undefined, 5],
    ["getDayOfYear", "2009-02-13T23:31:30Z", undefined, 43],
    ["getFullYear", "2009-02-13T23:31:30Z", undefined, 2009],
    ["getHours", "2009-02-13T23:31:30Z", undefined, 23],
    ["getMilliseconds", "2009-02-13T23:31:20.123456789Z", undefined, 123],
    ["getMinutes", "2009-02-13T23:31:30Z", undefined, 31],
    ["getMonth", "2009-02-13T23:31:30Z", undefined, 1],
    ["getSeconds", "2009-02-13T23:31:30Z", undefined, 30],
    ["getDate", "2009-02-13T23:31:30Z", "Australia/Sydney", 14],
    ["getDayOfMonth", "2009-02-13T23:31:30Z", "US/Central", 12],
    ["getDayOfMonth", "2009-02-13T23:31:30Z", "+11:00", 13],
    ["getDayOfMonth", "2009-02-13T02:00:00Z", "-02:30", 11],
    ["getDayOfMonth", "2009-02-13T02:00:00Z", "America/St_Johns", 11],
    ["getDayOfWeek", "2009-02-13T23:31:30Z", "UTC", 5],
    ["getDayOfYear", "2009-02-13T23:31:30Z", "US/Central", 43],
    ["getFullYear", "2009-02-13T23:31:30Z", "-09:30", 2009],
    ["getHours", "2009-02-13T23:31:30Z", "02:00", 1],
    ["getMinutes", "2009-02-13T23:31:30Z", "Asia/Kathmandu", 16],
    ["getMonth", "2009-02-13T23:31:30Z", "UTC", 1],
    ["getSeconds", "2009-02-13T23:31:30Z", "-00:00", 30]
  ])("%s of %s in %s is %i, as cel-spec says", (name, text, zone, expected) => {
    expect(table.call(name, parsed(text), ...(zone === undefined ? [] : [zone]))).toBe(expected)
  })

  it.each([
    ["getHours", "10000s", 2],
    ["getMinutes", "3730s", 62],
    ["getSeconds", "3730s", 3_730],
    ["getMilliseconds", "123.321456789s", 321],
    ["getHours", "-90m", -1],
    ["getHours", "-1s", 0],
    ["getMinutes", "-59.9s", 0],
    ["getSeconds", "-0.9s", 0],
    ["getMilliseconds", "-0.0009s", 0],
    ["getMilliseconds", "-1.5s", -500]
  ])("%s of the duration %s is %i", (name, text, expected) => {
    expect(table.call(name, span(text))).toBe(expected)
  })

  it.effect("agree with Date in UTC and in fixed offsets", () =>
    holdsFor(
      Arbitrary.all([timestamps, oneOf("+", "-", ""), wholeNumber(0, 23), wholeNumber(0, 59)]),
      ([time, sign, hours, minutes]) => {
        const offset = (sign === "-" ? -60 : 60) * (hours * 60 + minutes)
        const zone = `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`
        const part = (name: string, ...zones: ReadonlyArray<string>) => table.call(name, time, ...zones)
        const agrees = (date: Date, ...zones: ReadonlyArray<string>): boolean =>
          part("getFullYear", ...zones) === date.getUTCFullYear() &&
          part("getMonth", ...zones) === date.getUTCMonth() &&
          part("getDate", ...zones) === date.getUTCDate() &&
          part("getDayOfMonth", ...zones) === date.getUTCDate() - 1 &&
          part("getDayOfWeek", ...zones) === date.getUTCDay() &&
          part("getHours", ...zones) === date.getUTCHours() &&
          part("getMinutes", ...zones) === date.getUTCMinutes() &&
          part("getSeconds", ...zones) === date.getUTCSeconds() &&
          part("getMilliseconds", ...zones) === date.getUTCMilliseconds()
        const millis = time.seconds * 1_000 + Math.floor(time.nanos / 1_000_000)
        return agrees(new Date(millis)) && agrees(new Date(millis + offset * 1_000), zone)
      }
    )
  )

  it("count the days of a year from 0", () => {
    expect(table.call("getDayOfYear", parsed("2024-12-31T23:59:59Z"))).toBe(365)
    expect(table.call("getDayOfYear", parsed("2023-12-31T23:59:59Z"))).toBe(364)
    expect(table.call("getDayOfYear", parsed("2023-12-31T23:59:59Z"), "+00:01")).toBe(0)
  })
})

describe("a time zone", () => {
  it.effect("of the IANA database has the local time that the runtime formats", () => {
    const zones = [
      "Europe/Paris",
      "America/New_York",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "Pacific/Apia"
    ]
    const formats = new Map(
      zones.map((zone) => [
        zone,
        new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
      ])
    )
    const utc = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "short", timeStyle: "medium" })
    return holdsFor(Arbitrary.all([oneOf(...zones), wholeNumber(0, 4_000_000_000)]), ([zone, second]) => {
      const offset = zoneOffset(zone, second)
      return (
        offset !== undefined &&
        utc.format((second + offset) * 1_000) === formats.get(zone)?.format(second * 1_000)
      )
    })
  })

  it("changes to summer time at the very second", () => {
    const change = parsed("2024-03-31T01:00:00Z").seconds
    expect([zoneOffset("Europe/Paris", change - 1), zoneOffset("Europe/Paris", change)]).toEqual([
      3_600, 7_200
    ])
  })

  it("has seconds where local mean time had", () => {
    expect(zoneOffset("Europe/Paris", -3_000_000_000)).toBe(561)
  })

  it("is found whatever the case of its name", () => {
    expect(zoneOffset("us/CENTRAL", 0)).toBe(-21_600)
  })

  it.each(["", "Nowhere/City", "+24:00", "+1:00", "+01:60", "01", "x".repeat(65)])(
    "%j is unknown",
    (zone) => {
      const time = parsed("2024-05-01T10:00:00Z")
      expect(zoneOffset(zone, 0)).toBeUndefined()
      expect(table.failure("getHours", time, zone)).toMatchObject({ code: "SP1308" })
    }
  )
})
