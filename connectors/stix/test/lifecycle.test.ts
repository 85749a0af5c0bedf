import { describe, expect, it } from "@effect/vitest"
import { lifecycleAt } from "../src/object/Lifecycle.ts"
import { judgeVersion, newestVersions } from "../src/object/ObjectVersions.ts"
import { compareTimestamps, formatTimestamp, parseTimestamp } from "../src/object/Timestamp.ts"
import { at, indicator } from "./Fixtures.ts"
import { anyJson, anyText, chosen, holdsFor } from "./Property.ts"

describe("timestamps", () => {
  it("fractions of any width compare as numbers, not as texts and not as milliseconds", () => {
    const ascending = [
      "2022-10-03T00:00:00Z",
      "2022-10-03T00:00:00.0000001Z",
      "2022-10-03T00:00:00.01Z",
      "2022-10-03T00:00:00.809Z",
      "2022-10-03T00:00:00.8090001Z",
      "2022-10-03T00:00:00.9801Z",
      "2022-10-03T00:00:01Z",
      "2022-12-31T23:59:59.999999999Z",
      "2022-12-31T23:59:60Z"
    ]
    expect(ascending.toReversed().toSorted((a, b) => compareTimestamps(at(a), at(b)))).toEqual(ascending)
    expect(ascending.toSorted()).not.toEqual(ascending)
  })

  it("zeros at the end of a fraction change nothing", () => {
    expect(compareTimestamps(at("2022-10-03T00:00:00.500Z"), at("2022-10-03T00:00:00.5Z"))).toBe(0)
    expect(compareTimestamps(at("2022-10-03T00:00:00.000Z"), at("2022-10-03T00:00:00Z"))).toBe(0)
    expect(formatTimestamp(at("2022-10-03T00:00:00.500Z"))).toBe("2022-10-03T00:00:00.5Z")
    expect(formatTimestamp(at(`2022-10-03T00:00:00.${"0".repeat(60_000)}Z`))).toBe("2022-10-03T00:00:00Z")
  })

  it("only UTC with Z is one", () => {
    for (const text of [
      "2022-10-03",
      "2022-10-03T00:00:00",
      "2022-10-03T00:00:00+00:00",
      "2022-10-03T00:00:00.Z",
      "",
      " 2022-10-03T00:00:00Z"
    ]) {
      expect(parseTimestamp(text)).toBeUndefined()
    }
  })

  it.effect("of milliseconds are ordered as the clock orders them", () => {
    const instants = chosen((chooser) => [0, 1].map(() => 1_600_000_000_000 + chooser.below(3_000)))
    return holdsFor(instants, ([left = 0, right = 0]) => {
      const [a, b] = [left, right].map((instant) => at(new Date(instant).toISOString()))
      return (
        a !== undefined && b !== undefined && Math.sign(compareTimestamps(a, b)) === Math.sign(left - right)
      )
    })
  })

  it.effect("any text is judged without throwing", () =>
    holdsFor(anyText, (text) => {
      const timestamp = parseTimestamp(text)
      return timestamp === undefined || formatTimestamp(timestamp).length <= text.length
    })
  )
})

describe("the life cycle of an indicator", () => {
  const now = at("2024-06-01T00:00:00Z")
  const stateOf = (fields: Readonly<Record<string, unknown>>) =>
    lifecycleAt(indicator("[a:b = 1]", fields), now)

  it("revoked: remove, even if the value was never seen, and whatever the times say", () => {
    expect(stateOf({ revoked: true })).toMatchObject({ state: "revoked", action: "remove" })
    expect(
      stateOf({ revoked: true, valid_from: "2030-01-01T00:00:00Z", valid_until: "2020-01-01T00:00:00Z" })
        .state
    ).toBe("revoked")
  })

  it("valid_until at or before now: expired, remove", () => {
    expect(stateOf({ valid_until: "2024-06-01T00:00:00.000Z" })).toMatchObject({
      state: "expired",
      action: "remove"
    })
    expect(stateOf({ valid_until: "2024-05-31T23:59:59.999999Z" }).state).toBe("expired")
    expect(stateOf({ valid_until: "2024-06-01T00:00:00.000001Z" }).state).toBe("active")
  })

  it("no valid_until, or null: no expiry", () => {
    expect(stateOf({})).toMatchObject({ state: "active", action: "add" })
    expect(stateOf({ valid_until: null })).toMatchObject({ state: "active", problems: [] })
  })

  it("valid_from after now: not yet active, wait", () => {
    expect(stateOf({ valid_from: "2024-06-01T00:00:00.0001Z" })).toMatchObject({
      state: "not-yet-active",
      action: "wait"
    })
    expect(stateOf({ valid_from: "2024-06-01T00:00:00Z" }).state).toBe("active")
  })

  it("x_ic_deprecated: the flag is kept", () => {
    expect(stateOf({ x_ic_deprecated: true })).toMatchObject({ state: "active", deprecated: true })
    expect(stateOf({}).deprecated).toBe(false)
  })

  it("a malformed time is reported and counts as absent", () => {
    expect(stateOf({ valid_until: "2024-01-01", revoked: 1 })).toMatchObject({
      state: "active",
      problems: [{ field: "revoked" }, { field: "valid_until" }]
    })
  })

  it.effect("of any JSON is judged without throwing", () =>
    holdsFor(anyJson, (input) => lifecycleAt(input, now).state === "active")
  )
})

describe("versions of an object", () => {
  const version = (modified: unknown, name = ""): Record<string, unknown> => ({
    id: "malware--1",
    modified,
    name
  })

  it("larger modified replaces, equal is a duplicate, smaller is stale", () => {
    const known = version("2024-03-01T08:00:00.5Z")
    expect(judgeVersion(undefined, known)).toBe("new")
    expect(judgeVersion(known, version("2024-03-01T08:00:00.500001Z"))).toBe("newer")
    expect(judgeVersion(known, version("2024-03-01T08:00:00.500Z"))).toBe("duplicate")
    expect(judgeVersion(known, version("2024-03-01T08:00:00Z"))).toBe("stale")
  })

  it("without a readable modified the later delivery replaces the earlier", () => {
    for (const modified of [undefined, null, 5, "yesterday"]) {
      expect(judgeVersion(version("2024-03-01T08:00:00Z"), version(modified))).toBe("undated")
      expect(judgeVersion(version(modified), version("2024-03-01T08:00:00Z"))).toBe("undated")
    }
  })

  it("of a delivery with repeated ids the newest of each is kept, in order of the ids", () => {
    const other = { id: "__proto__", modified: "2024-01-01T00:00:00Z" }
    const newest = version("2024-03-01T08:00:00.23Z", "newest")
    const delivery = [
      version("2024-03-01T08:00:00.229999Z"),
      other,
      newest,
      version("2024-03-01T08:00:00.1Z"),
      newest,
      null,
      {}
    ]
    expect(newestVersions(delivery)).toEqual({
      newest: [newest, other],
      verdicts: ["new", "new", "newer", "stale", "duplicate", "unusable", "unusable"]
    })
  })
})
