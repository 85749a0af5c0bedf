import type { Json } from "@sallyport/language"
import { outputCodec } from "@sallyport/runtime"
import { describe, expect, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { stixFixtureAt, stixFixtures, stixFixtureStream, type StixObject } from "../src/index.ts"
import { at, manifestOf, textAt } from "./Client.ts"

const fixtures = stixFixtures()

const indicators = fixtures.filter(({ type }) => type === "indicator")

const some = (fits: (object: StixObject) => boolean): boolean => fixtures.some(fits)

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

describe("invented STIX objects", () => {
  it("are the same for the same seed, others for another, and each can be made alone", () => {
    expect(stixFixtures()).toEqual(fixtures)
    expect(stixFixtures({ objects: 500 }).slice(0, 240)).toEqual(fixtures)
    const other = stixFixtures({ seed: "other" })
    expect(other.filter(({ id }) => fixtures.some((object) => object.id === id)).length).toBeLessThan(10)
    for (const index of [0, 6, 7, 66, 100, 239])
      expect(stixFixtureAt("sallyport", index)).toEqual(fixtures[index])
  })

  it("fit the schema that the manifest has for them, all of them", () => {
    const { source } = manifestOf("sekoia")
    const codec = outputCodec({ $ref: "#/types/StixObject" }, isObject(source) ? source : {})
    for (const object of stixFixtureStream({ objects: 1000 })) {
      const decoded = codec.decode(object)
      expect(Result.isFailure(decoded) ? decoded.failure : []).toEqual([])
    }
  })

  it("go from the oldest change to the youngest and are about 1.45 kB each", () => {
    const times = fixtures
      .flatMap(({ created, modified }) => modified ?? created ?? [])
      .map((time) => textAt(time))
      .map((time) => Date.parse(time))
    const changed = times.slice(7)
    expect(changed).toEqual(changed.toSorted((left, right) => left - right))
    let bytes = 0
    for (const object of stixFixtureStream({ objects: 5000 }))
      bytes += Buffer.byteLength(JSON.stringify(object))
    expect(Math.round(bytes / 5000 / 10)).toBe(145)
  })

  it("have fractions of seconds with 0 to 6 digits", () => {
    const widths = fixtures.map(({ modified }) => textAt(modified).match(/\.(\d+)Z$/)?.[1]?.length ?? 0)
    expect(new Set(widths)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
  })

  it("hold values of documentation ranges and private addresses only", () => {
    const values = indicators.flatMap((object) => [
      ...textAt(object, "pattern").matchAll(/'((?:[^'\\]|\\.)*)'/g)
    ])
    const hosts = values
      .map(([, value = ""]) =>
        value
          .replace(/^https?:\/\//, "")
          .replace(/[/?].*$/, "")
          .replace(/^.*@/, "")
      )
      .filter((host) => /[.:]/.test(host))
    expect(hosts.length).toBeGreaterThan(60)
    for (const host of hosts)
      expect(host).toMatch(/^(203\.0\.113\.|198\.51\.100\.|192\.168\.0\.|2001:db8:|.*\.(example|test)$)/)
  })

  it("have all that makes real ones awkward", () => {
    const holds = (pattern: RegExp): boolean =>
      indicators.some((object) => pattern.test(textAt(object, "pattern")))
    for (const pattern of [
      /\/28'/,
      /\/128'/,
      /ipv6-addr:value = '2001:db8:/,
      /hashes\.MD5 .* OR .*'SHA-1' .* OR .*'SHA-256' .* OR .*'SHA-512'/,
      /o\\'brien/,
      /\\\\Software\\\\/,
      /\] AND \[/,
      /FOLLOWEDBY .* WITHIN 300 SECONDS/,
      /network-traffic:dst_ref\.value/,
      /LIKE/,
      /bücher/,
      /log_in\./,
      /^rule /,
      /http:\/\/.{257,}'/,
      /192\.168\./,
      /= '[^'\]]*$/
    ])
      expect([pattern, holds(pattern)]).toEqual([pattern, true])
    expect(some((object) => object["pattern_type"] === "yara" && object["valid_until"] === undefined)).toBe(
      true
    )
    expect(some((object) => object["confidence"] === null)).toBe(true)
    expect(indicators.some((object) => object["confidence"] === undefined)).toBe(true)
    expect(indicators.some((object) => object["object_marking_refs"] === undefined)).toBe(true)
    expect(indicators.some((object) => object["x_inthreat_sources_refs"] === undefined)).toBe(true)
    expect(some((object) => at(object, "external_references", 0, "external_id") === null)).toBe(true)
    expect(some((object) => at(object, "external_references", 0, "url") === "")).toBe(true)
    expect(some((object) => object["revoked"] === true)).toBe(true)
    expect(some((object) => object["x_ic_deprecated"] === true)).toBe(true)
    expect(
      some((object) => textAt(object, "valid_until") < "2022" && textAt(object, "valid_until") > "2")
    ).toBe(true)
    expect(some((object) => textAt(object, "valid_from") > "2036")).toBe(true)
    expect(some((object) => object.id === object["created_by_ref"])).toBe(true)
    expect(some((object) => textAt(object, "object_marking_refs", 0) === object.id)).toBe(true)
    expect(some((object) => object["x_vendor_score"] !== undefined)).toBe(true)
    expect(some((object) => textAt(object, "name").includes("偽装サイト"))).toBe(true)
  })

  it("have markings, relations, sightings, and types that nobody knows", () => {
    const types = new Set(fixtures.map(({ type }) => type))
    for (const type of [
      "marking-definition",
      "relationship",
      "sighting",
      "malware",
      "threat-actor",
      "x-acme-case",
      "ipv4-addr"
    ])
      expect(types).toContain(type)
    const tlps = new Set(
      indicators.map((object) => textAt(object, "object_marking_refs", 0)).filter((id) => id !== "")
    )
    expect(tlps.size).toBe(4)
  })

  it("come again with a newer time of change, one of them revoked", () => {
    const byId = Map.groupBy(fixtures, ({ id }) => id)
    const again = [...byId.values()].filter((versions) => versions.length > 1)
    expect(again.length).toBeGreaterThanOrEqual(6)
    for (const [first, second] of again)
      expect(Date.parse(textAt(first, "modified"))).toBeLessThan(Date.parse(textAt(second, "modified")))
    expect(
      again.some(([first, second]) => first?.["revoked"] === false && second?.["revoked"] === true)
    ).toBe(true)
  })

  it("refer to objects that are there", () => {
    const ids = new Set(stixFixtures({ objects: 7 + 59 * 3 }).map(({ id }) => id))
    const links = stixFixtures({ objects: 7 + 59 * 3 }).filter(({ type }) => type === "relationship")
    expect(links.length).toBeGreaterThan(20)
    for (const link of links)
      expect([ids.has(textAt(link, "source_ref")), ids.has(textAt(link, "target_ref"))]).toEqual([true, true])
  })
})
