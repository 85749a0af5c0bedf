import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import { entityId, Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { at, client, reports, sizeOf } from "./ThreatWindsClient.ts"

const known = entityId("ip", "203.0.113.9")
const bare = entityId("ip", "198.51.100.7")

describe("details of an entity", () => {
  it.effect("have the reputation as a word, and the number beside it", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const output = yield* call("entity_details", { entity_id: known })
      expect(server.requests.lines).toEqual([`GET /api/analytics/v1/entity/${known}/details`])
      expect([
        at(output, "attributes", "reputation"),
        at(output, "attributes", "reputation_score"),
        at(output, "attributes", "worst_reputation"),
        at(output, "attributes", "accuracy_score")
      ]).toEqual(["extremely bad", -3, "extremely bad", 1])
      expect(at(output, "metadata")).toEqual({ asn: 64500 })
    })
  )

  it.effect("have an empty list for metadata where there are none", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      expect(at(yield* call("entity_details", { entity_id: bare }), "metadata")).toEqual([])
    })
  )

  const detailed = (change: { readonly [name: string]: Json }): { readonly [name: string]: Json } => ({
    attributes: { id: known, type: "ip", value: "203.0.113.9", reputation: "Indefinable" },
    metadata: [],
    ...change
  })

  for (const [what, change] of [
    ["a number as value", { attributes: { id: "asn-1", type: "asn", value: 64500 } }],
    ["a truth value as value", { attributes: { id: "b-1", type: "breach", value: false } }],
    ["metadata in camelCase and snake_case", { metadata: { countryCode: "ZZ", country_code: "ZZ" } }],
    ["extended metadata as a list", { extended_metadata: [{ id: "x", type: "cve", value: "y" }] }],
    ["extended metadata as an object", { extended_metadata: { whois: { registrar: "x" } } }],
    [
      "geolocations at 0,0 with their network",
      { geolocations: [{ latitude: 0, longitude: 0, object: "203.0.113.0/24" }] }
    ],
    ["lists that are null", { geolocations: null, latest_associations: null }],
    ["reputations beyond the scale", { attributes: { id: known, type: "ip", reputation_score: -5 } }],
    ["fields that nobody knows", { risk: { level: 9 }, attributes: { id: known, novel: [1] } }]
  ] as const)
    it.effect(`may have ${what}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.reply(Reply.json(detailed(change))))
        expect(yield* call("entity_details", { entity_id: known })).toEqual(detailed(change))
      })
    )

  for (const none of [204, 404] as const)
    it.effect(`are null for an unknown entity, said with ${none}`, () =>
      Effect.gen(function* () {
        const { call } = yield* client({ server: { reports, none } })
        expect(yield* call("entity_details", { entity_id: "ip-unknown" })).toBe(null)
      })
    )
})

describe("the graph of an entity", () => {
  it.effect("is asked for with depth, as the quickstart says, and never with levels", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      yield* call("entity_relations", { entity_id: known })
      yield* call("entity_relations", { entity_id: known, depth: 5, limit: 100 })
      expect(server.requests.lines).toEqual([
        `GET /api/analytics/v1/entity/${known}/relations?depth=2&limit=10`,
        `GET /api/analytics/v1/entity/${known}/relations?depth=5&limit=100`
      ])
    })
  )

  it.effect("is asked for with levels, and never with depth, where the connection says so", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client({ config: { relations_parameter: "levels" } })
      yield* call("entity_relations", { entity_id: known, depth: 3 })
      expect(server.requests.lines).toEqual([
        `GET /api/analytics/v1/entity/${known}/relations?levels=3&limit=10`
      ])
    })
  )

  it.effect("has its edges under relations, and grows with the depth", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const start = entityId("domain", "login.example")
      const near = yield* call("entity_relations", { entity_id: start, depth: 1 })
      const far = yield* call("entity_relations", { entity_id: start, depth: 2 })
      expect([sizeOf(at(near, "nodes")), sizeOf(at(far, "nodes"))]).toEqual([2, 3])
      expect(at(near, "relations", 0)).toEqual({
        source: start,
        target: entityId("malware", "umbral loader")
      })
    })
  )

  it.effect("may lack a node that an edge names, when the limit cuts it off", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const output = yield* call("entity_relations", { entity_id: known, limit: 1 })
      expect([sizeOf(at(output, "nodes")), sizeOf(at(output, "relations"))]).toEqual([1, 1])
    })
  )

  for (const none of [204, 404] as const)
    it.effect(`is empty for an unknown entity, said with ${none}`, () =>
      Effect.gen(function* () {
        const { call } = yield* client({ server: { reports, none } })
        expect(yield* call("entity_relations", { entity_id: "ip-unknown" })).toEqual({
          nodes: [],
          relations: []
        })
      })
    )

  for (const [what, wrong] of [
    ["a depth of 0", { depth: 0 }],
    ["a depth above 5", { depth: 6 }],
    ["a limit above 100", { limit: 101 }]
  ] as const)
    it.effect(`refuses ${what} before anything is sent`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        const error = yield* Effect.flip(call("entity_relations", { entity_id: known, ...wrong }))
        expect(error.reason._tag).toBe("InvalidInput")
        expect(server.requests.lines).toEqual([])
      })
    )
})
