import { describe, expect, it } from "@effect/vitest"
import { entityId, Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { at, client } from "./ThreatWindsClient.ts"

describe("a value on its way to ThreatWinds", () => {
  for (const value of [false, 0, ""])
    it.effect(`is sent though it is falsy: ${JSON.stringify(value)}`, () =>
      Effect.gen(function* () {
        const { call, last } = yield* client()
        const attributes = { ip: "203.0.113.10", verified: value }
        yield* call("ingest_entity", { type: "ip", attributes, reputation: 0, tags: [] })
        expect(last().json).toEqual({ type: "ip", attributes, reputation: 0, tags: [] })
      })
    )

  for (const [type, value] of [
    ["url", "http://x/12"],
    ["hostname", "a.b.c.example.com"],
    ["domain", "example.com"],
    ["cidr", "2001:db8::/32"],
    ["text", 'quotes " and \\ and \u2028 and 🦉']
  ] as const)
    it.effect(`keeps its type and its text: ${type} ${JSON.stringify(value)}`, () =>
      Effect.gen(function* () {
        const { call, last } = yield* client()
        yield* call("lookup_entity", { type, value })
        expect(last().json).toEqual({ type, value })
      })
    )

  it.effect("may be an IPv6 address as an id, which is escaped and found", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const output = yield* call("get_entity", { entity_id: entityId("ip", "2001:db8::1") })
      expect(at(output, "attributes", "ip")).toBe("2001:db8::1")
      yield* call("entity_details", { entity_id: "2001:db8::1" })
      expect(server.requests.last?.target).toBe("/api/analytics/v1/entity/2001%3Adb8%3A%3A1/details")
    })
  )
})

describe("a value on its way from ThreatWinds", () => {
  for (const id of ['"9007199254740993"', "846677924910268400"])
    it.effect(`is an id beyond 2^53 with the digits that came: ${id}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.reply(Reply.jsonText(`{"apiKey":"k","keyID":"1","userID":${id}}`)))
        expect(JSON.stringify(at(yield* call("get_keypair"), "userID"))).toBe(id)
      })
    )

  for (const reputation of [-5, -3, 0, 3, 5, -2.5])
    it.effect(`is a reputation of any size: ${reputation}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        const entity = { id: "ip-1", type: "ip", reputation, bestReputation: 5, worstReputation: -5 }
        server.faults.add(Fault.reply(Reply.json(entity)))
        expect(yield* call("get_entity", { entity_id: "ip-1" })).toEqual(entity)
      })
    )
})

describe("an entity that is reported with its id", () => {
  it.effect("has the id that the service gives it", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const output = yield* call("report_entity", {
        type: "domain",
        attributes: { domain: "Sub.EXAMPLE.com" },
        reputation: -2
      })
      expect([last().target, last().json]).toEqual([
        "/api/ingest/v1/entity",
        { type: "domain", attributes: { domain: "sub.example.com" }, reputation: -2 }
      ])
      expect(server.entities.get(String(at(output, "id")))?.attributes).toEqual({
        domain: "sub.example.com"
      })
    })
  )

  it.effect("has the published id of 8.8.8.8", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      expect(at(yield* call("report_entity", { type: "ip", attributes: { ip: "8.8.8.8" } }), "id")).toBe(
        "ip-ba7fa36bff8d58ee45b973615e83d9aaeb921f1cc477d9c156e8a9cae8cca16e"
      )
    })
  )

  for (const [what, report] of [
    ["a private address", { type: "ip", attributes: { ip: "192.168.0.1" } }],
    ["no main value", { type: "ip", attributes: { asn: 1 } }],
    ["a domain with an underscore", { type: "domain", attributes: { domain: "a_b.example" } }]
  ] as const)
    it.effect(`is refused with ${what}, and nothing is sent`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        const error = yield* Effect.flip(call("report_entity", report))
        expect([error.reason._tag, server.requests.lines]).toEqual(["InvalidInput", []])
      })
    )

  it.effect("is sent again after a lost answer: its id says that it is the same", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const before = server.entities.all.length
      server.faults.add(Fault.reset({ carriedOut: true }))
      yield* call("report_entity", { type: "ip", attributes: { ip: "203.0.113.77" } })
      expect(server.effects.of("entity").length).toBe(2)
      expect(server.entities.all.length).toBe(before + 1)
    })
  )
})
