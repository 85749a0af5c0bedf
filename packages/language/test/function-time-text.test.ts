import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { civilDateFromDays, daysFromCivilDate } from "../src/expression/functions/CivilDate.ts"
import { formatDuration, parseDuration } from "../src/expression/functions/DurationText.ts"
import { timeFunctions } from "../src/expression/functions/TimeFunctions.ts"
import { formatTimestamp, parseTimestamp } from "../src/expression/functions/TimestampText.ts"
import { Duration, Timestamp } from "../src/expression/Value.ts"
import { FunctionTable, holdsFor, oneOf, wholeNumber } from "./FunctionTable.ts"
import {
  firstSecond,
  lastSecond,
  seconds,
  timestamps,
  durations,
  billion,
  nanosOf,
  maxNanos,
  isDuration,
  parsed,
  span
} from "./TimeValues.ts"

const table = new FunctionTable(timeFunctions)

describe("the text of a timestamp", () => {
  it("is RFC 3339 with any fraction and offset", () => {
    expect(parsed("1970-01-01T00:00:00Z")).toEqual(new Timestamp(0, 0))
    expect(parsed("2009-02-13T23:31:30Z")).toEqual(new Timestamp(1_234_567_890, 0))
    expect(parsed("2009-02-13t23:31:30z")).toEqual(new Timestamp(1_234_567_890, 0))
    expect(parsed("2009-02-14T01:01:30+01:30")).toEqual(new Timestamp(1_234_567_890, 0))
    expect(parsed("2009-02-13T23:31:30-00:00")).toEqual(new Timestamp(1_234_567_890, 0))
    expect(parsed("2009-02-13T23:31:30.1Z")).toEqual(new Timestamp(1_234_567_890, 100_000_000))
    expect(parsed("1969-12-31T23:59:59.999999999Z")).toEqual(new Timestamp(-1, 999_999_999))
    expect(parsed("2000-02-29T00:00:00Z")).toEqual(new Timestamp(951_782_400, 0))
  })

  it("keeps nine digits of the fraction and drops the rest", () => {
    expect(parsed("2009-02-13T23:31:30.1234567899Z").nanos).toBe(123_456_789)
    expect(parsed(`2009-02-13T23:31:30.${"9".repeat(100_000)}Z`).nanos).toBe(999_999_999)
  })

  it("is judged in UTC at both ends of the range", () => {
    expect(parsed("0001-01-01T00:00:00Z").seconds).toBe(firstSecond)
    expect(parsed("0000-12-31T23:00:00-01:00").seconds).toBe(firstSecond)
    expect(parsed("9999-12-31T23:59:59.999999999Z").seconds).toBe(lastSecond)
    expect(parseTimestamp("0001-01-01T00:59:59+01:00")).toBeUndefined()
    expect(parseTimestamp("9999-12-31T23:00:00-01:00")).toBeUndefined()
  })

  it.each([
    "",
    "2009-02-13",
    "2009-02-13T23:31:30",
    "2009-02-13 23:31:30Z",
    " 2009-02-13T23:31:30Z",
    "2009-02-13T23:31:30Z\n",
    "2009-02-13T23:31Z",
    "2009-02-13T23:31:30.Z",
    "2009-02-13T23:31:30,5Z",
    "2009-02-13T24:00:00Z",
    "2009-02-13T23:60:00Z",
    "2016-12-31T23:59:60Z",
    "2009-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2009-04-31T00:00:00Z",
    "2009-00-10T00:00:00Z",
    "2009-13-10T00:00:00Z",
    "2009-01-00T00:00:00Z",
    "2009-02-13T23:31:30+24:00",
    "2009-02-13T23:31:30+01:60",
    "2009-02-13T23:31:30+0100",
    "2009-02-13T23:31:30+01",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "-2009-02-13T23:31:30Z",
    "٢٠٠٩-02-13T23:31:30Z"
  ])("%j is not one", (text) => {
    expect(parseTimestamp(text)).toBeUndefined()
    expect(table.failure("timestamp", text)).toMatchObject({ code: "SP1304" })
  })

  it("is written in UTC with 0, 3, 6 or 9 digits of fraction", () => {
    const written = (fraction: number): string => formatTimestamp(new Timestamp(1_234_567_890, fraction))
    expect(written(0)).toBe("2009-02-13T23:31:30Z")
    expect(written(120_000_000)).toBe("2009-02-13T23:31:30.120Z")
    expect(written(123_400_000)).toBe("2009-02-13T23:31:30.123400Z")
    expect(written(1)).toBe("2009-02-13T23:31:30.000000001Z")
    expect(formatTimestamp(new Timestamp(firstSecond, 0))).toBe("0001-01-01T00:00:00Z")
  })

  it.effect("that is written is read as the same value", () =>
    holdsFor(timestamps, (value) => {
      const again = parseTimestamp(formatTimestamp(value))
      return again?.seconds === value.seconds && again.nanos === value.nanos
    })
  )

  it.effect("agrees with Date on every millisecond", () =>
    holdsFor(Arbitrary.all([seconds, wholeNumber(0, 999)]), ([whole, millis]) => {
      const iso = new Date(whole * 1_000 + millis).toISOString()
      const value = new Timestamp(whole, millis * 1_000_000)
      const written = formatTimestamp(value)
      return (
        written === (millis === 0 ? iso.replace(".000", "") : iso) && nanosOf(parsed(iso)) === nanosOf(value)
      )
    })
  )

  it.effect("agrees with Date on every offset", () =>
    holdsFor(
      Arbitrary.all([seconds, oneOf("+", "-"), wholeNumber(0, 23), wholeNumber(0, 59)]),
      ([whole, sign, hours, minutes]) => {
        const pad = (value: number): string => String(value).padStart(2, "0")
        const text = `${formatTimestamp(new Timestamp(whole, 0)).slice(0, -1)}${sign}${pad(hours)}:${pad(minutes)}`
        const expected = Date.parse(text) / 1_000
        const inRange = expected >= firstSecond && expected <= lastSecond
        return parseTimestamp(text)?.seconds === (inRange ? expected : undefined)
      }
    )
  )
})

describe("a day of the calendar", () => {
  it("is the same forth and back, for every day of the years 0 to 10000", () => {
    const first = daysFromCivilDate(0, 1, 1)
    const last = daysFromCivilDate(10_000, 12, 31)
    let wrong = 0
    for (let days = first; days <= last; days++) {
      const { year, month, day } = civilDateFromDays(days)
      if (daysFromCivilDate(year, month, day) !== days) wrong++
    }
    expect([first, last, wrong]).toEqual([-719_528, 2_933_262, 0])
  })
})

describe("the text of a duration", () => {
  it.each([
    ["0", 0n],
    ["-0", 0n],
    ["0s", 0n],
    ["1h30m", 5_400n * billion],
    ["-1.5s", (-3n * billion) / 2n],
    ["+1.5s", (3n * billion) / 2n],
    ["100ms", 100_000_000n],
    ["1us", 1_000n],
    ["1µs", 1_000n],
    ["1μs", 1_000n],
    ["1ns", 1n],
    ["-999999999ns", -999_999_999n],
    [".5s", 500_000_000n],
    ["1.s", billion],
    ["0.3333333333333333333h", 1_199_999_999_999n],
    ["1.9999ns", 1n],
    ["1s1h1s", 3_602n * billion],
    ["00000000000000000000000000000000000001s", billion],
    ["315537897598.999999999s", maxNanos],
    ["-315537897598.999999999s", -maxNanos]
  ])("%j is one", (text, expected) => {
    const value = span(text)
    expect(nanosOf(value)).toBe(expected)
    expect(isDuration(value)).toBe(true)
  })

  it.each([
    "",
    "-",
    "1",
    "s",
    ".s",
    "1d",
    "1 s",
    " 1s",
    "1s ",
    "1s-1s",
    "--1s",
    "+-1s",
    "1e3s",
    "0x1s",
    "1S",
    "1,5s",
    "00",
    "315537897599s",
    "-315537897599s",
    "320000000000s",
    "99999999999999999999999999999999h",
    `${"1".repeat(99)}s`,
    `${"0".repeat(100)}s`
  ])("%j is not one", (text) => {
    expect(parseDuration(text)).toBeUndefined()
    expect(table.failure("duration", text)).toMatchObject({ code: "SP1304" })
  })

  it("is refused by its length alone when it is longer than 100 characters", () => {
    expect(parseDuration("1s".repeat(50))).toEqual(new Duration(50, 0))
    expect(parseDuration("1s".repeat(500_000))).toBeUndefined()
  })

  it("is written in seconds", () => {
    expect(formatDuration(span("0"))).toBe("0s")
    expect(formatDuration(span("1000000s"))).toBe("1000000s")
    expect(formatDuration(span("1h45m47s"))).toBe("6347s")
    expect(formatDuration(span("1500ms"))).toBe("1.5s")
    expect(formatDuration(span("-1ns"))).toBe("-0.000000001s")
    expect(formatDuration(span("-90.25s"))).toBe("-90.25s")
  })

  it.effect("that is written is read as the same value", () =>
    holdsFor(durations, (value) => nanosOf(span(formatDuration(value))) === nanosOf(value))
  )

  it.effect("is the exact sum of its parts", () => {
    const unit = oneOf<readonly [string, bigint]>(
      ["ns", 1n],
      ["us", 1_000n],
      ["ms", 1_000_000n],
      ["s", billion],
      ["m", 60n * billion],
      ["h", 3_600n * billion]
    )
    const part = Arbitrary.all([wholeNumber(0, 1_000_000), wholeNumber(0, 999), unit])
    return holdsFor(
      Arbitrary.all([oneOf("", "-"), Arbitrary.array(part, { minLength: 1, maxLength: 5 })]),
      ([sign, parts]) => {
        const text = parts
          .map(([whole, fraction, [name]]) => `${whole}.${String(fraction).padStart(3, "0")}${name}`)
          .join("")
        const sum = parts.reduce(
          (total, [whole, fraction, [, size]]) =>
            total + ((BigInt(whole) * 1_000n + BigInt(fraction)) * size) / 1_000n,
          0n
        )
        const value = span(sign + text)
        return isDuration(value) && nanosOf(value) === (sign === "-" ? -sum : sum)
      }
    )
  })
})
