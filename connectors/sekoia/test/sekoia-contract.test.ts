import { Connector, HttpTransport, SessionVault } from "@sallyport/runtime"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import {
  Bundle,
  Indicator,
  Sekoia,
  SekoiaLive,
  type StixObject,
  StixObject as AnyObject
} from "../src/index.ts"

const indicator = {
  type: "indicator",
  id: "indicator--0b9e2a64-5c1d-4f83-9a07-3d1f6e28c455",
  created: "2026-02-03T09:15:00.25Z",
  modified: "2026-02-04T10:00:00Z",
  pattern: "[domain-name:value = 'cdn.update-check.example']",
  valid_from: "2026-02-03T09:00:00Z",
  x_mitre_version: "1.0"
}

/** What the compiler takes narrowing for, at work. */
const patternOf = (object: StixObject): string | undefined => {
  if (object.type === "indicator") return object.pattern
  if (object.type === "observed-data") return object.number_observed?.toString()
  return undefined
}

const fails = (schema: Schema.Codec<unknown>, value: unknown): string =>
  Exit.match(Schema.decodeUnknownExit(schema)(value), {
    onFailure: String,
    onSuccess: () => "it was decoded"
  })

describe("the contract of Sekoia", () => {
  it("decodes an indicator with its defaults, and keeps fields that it does not know", () => {
    const decoded = Schema.decodeUnknownSync(Indicator)(indicator)
    expect([decoded.pattern_type, decoded.revoked]).toEqual(["stix", false])
    expect(decoded).toMatchObject({ x_mitre_version: "1.0" })
  })

  it("tells objects apart by their type, and a broken indicator is none of another type", () => {
    expect(patternOf(Schema.decodeUnknownSync(AnyObject)(indicator))).toBe(indicator.pattern)
    expect(
      patternOf(Schema.decodeUnknownSync(AnyObject)({ type: "ipv4-addr", id: "ipv4-addr--1" }))
    ).toBeUndefined()
    expect(fails(AnyObject, { type: "indicator", id: indicator.id })).toContain("pattern")
  })

  it("fills in what a caller leaves out, and refuses what the service would not take", () => {
    const input = Schema.decodeSync(Sekoia.given("list_objects"))({ types: ["indicator"] })
    expect(input).toEqual({
      feed_id: "d6092c37-d8d7-45c3-8aff-c4dc26030608",
      limit: 2000,
      types: ["indicator"],
      include_revoked: true,
      skip_expired: false
    })
    expect(fails(Sekoia.given("list_objects"), { limit: 2001 })).toContain("limit")
    expect(fails(Sekoia.given("list_objects"), { feed_id: "../secrets" })).toContain("feed_id")
  })

  it("decodes a bundle without objects to one with none", () => {
    expect(Schema.decodeUnknownSync(Bundle)({ type: "bundle" }).objects).toEqual([])
  })

  it.effect("is what its layer makes a connector of, without code", () =>
    Effect.gen(function* () {
      const service = yield* Connector.key("sekoia")
      expect([service.name, service.digest]).toEqual(["sekoia", Sekoia.digest])
    }).pipe(Effect.provide(Layer.provide(SekoiaLive, unused)))
  )
})

/** No call is made in these tests: whatever is asked of these dies. */
const unused = Layer.mergeAll(Layer.mock(HttpTransport, {}), Layer.mock(SessionVault, {}))
