import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { entityId, SimulatedThreatWinds, type ThreatWindsSimulation } from "../src/index.ts"
import { at, listAt, textAt, texts } from "./Client.ts"
import { type Body, call, reports } from "./ThreatWindsCalls.ts"

describe("a search in a simulated ThreatWinds", () => {
  const found = (
    threatwinds: ThreatWindsSimulation,
    query: Body,
    options: Body = {},
    parameters = "limit=50"
  ) =>
    Effect.map(
      call(threatwinds, "POST", `/search/v1/entities/advanced?${parameters}`, { query, ...options }),
      ({ json, status }) => (status === 200 ? texts(listAt(json, "results"), "type").toSorted() : status)
    )

  it.effect("meets conditions as the index does", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const one = (clause: Body) => found(threatwinds, { must: [clause] })
      expect(yield* one({ term: { "type.keyword": { value: "email-address" } } })).toEqual(["email-address"])
      expect(yield* one({ term: { type: { value: "email-address" } } })).toBe(204)
      expect(yield* one({ term: { type: { value: "ip" } } })).toEqual(["ip", "ip"])
      expect(yield* one({ terms: { "type.keyword": ["malware", "url"] } })).toEqual(["malware", "url"])
      expect(yield* one({ match: { "attributes.malware": { query: "a LOADER" } } })).toEqual(["malware"])
      expect(yield* one({ match_phrase: { "attributes.malware": { query: "loader umbral" } } })).toBe(204)
      expect(yield* one({ term: { "attributes.ip": { value: "203.0.113.0/24" } } })).toEqual(["ip"])
      expect(yield* one({ match: { "attributes.ip": { query: "203.0.113" } } })).toBe(400)
      expect(yield* one({ range: { reputation: { lte: -2 } } })).toEqual(["domain", "ip"])
      expect(yield* one({ exists: { field: "tags" } })).toEqual(["ip"])
      expect(yield* one({ prefix: { "attributes.domain.keyword": { value: "login" } } })).toEqual(["domain"])
      expect(yield* one({ wildcard: { "attributes.url.keyword": { value: "https://*/G*te" } } })).toEqual([
        "url"
      ])
      expect(yield* one({ ids: { values: [entityId("ip", "203.0.113.9")] } })).toEqual(["ip"])
      expect(yield* one({ regexp: { type: "i." } })).toBe(400)
    })
  )

  it.effect("has no whole value of more than 256 characters", () =>
    Effect.gen(function* () {
      const [short, long] = ["a".repeat(230), "b".repeat(240)].map((path) => `https://long.example/${path}`)
      const urls = [short, long].map((url = "") => ({ type: "url", attributes: { url } }))
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: urls })
      const one = (url = "") =>
        found(threatwinds, { must: [{ term: { "attributes.url.keyword": { value: url } } }] })
      expect([yield* one(short), yield* one(long)]).toEqual([["url"], 204])
      const looked = yield* call(threatwinds, "POST", "/search/v1/entity", { type: "url", value: long ?? "" })
      expect(textAt(looked.json, "id")).toBe(entityId("url", long ?? ""))
    })
  )

  it.effect("joins conditions, and refuses what is no list", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const ip = { term: { type: { value: "ip" } } }
      const bad = { range: { reputation: { lt: 0 } } }
      expect(yield* found(threatwinds, { must: [bad], must_not: [ip] })).toEqual(["domain"])
      expect(yield* found(threatwinds, { filter: [ip], should: [{ exists: { field: "tags" } }] })).toEqual([
        "ip",
        "ip"
      ])
      expect(
        yield* found(threatwinds, {
          filter: [ip],
          should: [{ exists: { field: "tags" } }],
          minimum_should_match: 1
        })
      ).toEqual(["ip"])
      expect(yield* found(threatwinds, { must: ip })).toBe(400)
    })
  )

  it.effect("gives pages, an order, chosen fields and aggregations", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const search = (parameters: string, body: Body) =>
        call(threatwinds, "POST", `/search/v1/entities/advanced?${parameters}`, body)
      const bad = { query: { must: [{ range: { reputation: { lt: 0 } } }] } }
      const second = yield* search("limit=2&page=2&sort=reputation&order=desc", bad)
      expect([
        at(second.json, "items"),
        at(second.json, "pages"),
        at(second.json, "results", 0, "reputation")
      ]).toEqual([3, 2, -3])
      const after = yield* search("limit=2&sort=reputation", { ...bad, search_after: [-3] })
      expect(listAt(after.json, "results").map((hit) => at(hit, "sort"))).toEqual([[-2], [-1]])
      const shown = yield* search("limit=1&sort=reputation", {
        ...bad,
        source: { includes: ["id", "attributes.ip"] }
      })
      expect(at(shown.json, "results", 0)).toEqual({
        id: entityId("ip", "203.0.113.9"),
        attributes: { ip: "203.0.113.9" },
        sort: [-3]
      })
      const counted = yield* search("", { aggs: { types: { terms: { field: "type.keyword" } } } })
      expect(at(counted.json, "aggregations", "types", "buckets", 0)).toEqual({ key: "ip", doc_count: 2 })
      expect((yield* search("", { aggs: { types: { terms: { field: "type" } } } })).status).toBe(400)
      expect((yield* search("limit=1000&page=11", bad)).status).toBe(400)
      expect((yield* search("page=0", bad)).status).toBe(400)
    })
  )

  it.effect("by words finds what only resembles, and keeps to the lowest reputation", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports, none: 404 })
      const search = (body: Body) =>
        Effect.map(
          call(threatwinds, "POST", "/search/v1/entities/simple?limit=50", body),
          ({ json, status }) =>
            status === 200
              ? texts(listAt(json, "results"), "attributes", "ip").filter((ip) => ip !== "")
              : status
        )
      expect(yield* search({ query: "203.0.113.200" })).toEqual(["203.0.113.9"])
      expect(yield* search({ query: "ip" })).toEqual(["203.0.113.9", "198.51.100.7"])
      expect(yield* search({ query: "ip", reputation: -2 })).toEqual(["198.51.100.7"])
      expect(yield* search({ query: "nothing.test" })).toBe(404)
    })
  )
})

describe("what a simulated ThreatWinds knows of an entity", () => {
  it.effect("is found by id and by value; history has a record for each report", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const id = `domain-${createHash("sha3-256").update("login.example").digest("hex")}`
      expect(
        textAt((yield* call(threatwinds, "GET", `/search/v1/entity/${id}`)).json, "attributes", "domain")
      ).toBe("login.example")
      const looked = yield* call(threatwinds, "POST", "/search/v1/entity", {
        type: "domain",
        value: "LOGIN.example"
      })
      expect(textAt(looked.json, "id")).toBe(id)
      expect((yield* call(threatwinds, "POST", "/search/v1/entity", { type: "ip", value: "x" })).status).toBe(
        204
      )
      yield* call(threatwinds, "POST", "/ingest/v1/entity", { ...reports[2], reputation: 3 })
      const { json } = yield* call(threatwinds, "POST", "/search/v1/entities/history/advanced", {
        query: { must: [{ term: { entityID: { value: id } } }] }
      })
      expect(
        listAt(json, "results").map((hit) => [at(hit, "reputation"), at(hit, "attributes", "value")])
      ).toEqual([
        [-2, "login.example"],
        [3, "login.example"]
      ])
      expect(threatwinds.entities.get(id)).toMatchObject({ bestReputation: 3, worstReputation: -2 })
    })
  )

  it.effect("is a graph whose limit cuts nodes off, not relations", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const id = entityId("domain", "login.example")
      const graph = (query: string) =>
        call(threatwinds, "GET", `/analytics/v1/entity/${id}/relations?${query}`)
      expect(texts(listAt((yield* graph("depth=1")).json, "nodes"), "type")).toEqual(["domain", "malware"])
      expect(texts(listAt((yield* graph("depth=2")).json, "nodes"), "type")).toEqual([
        "domain",
        "malware",
        "url"
      ])
      const cut = (yield* graph("levels=3&limit=1")).json
      expect([listAt(cut, "nodes").length, listAt(cut, "relations").length]).toEqual([1, 1])
      expect((yield* graph("depth=6")).status).toBe(400)
      const related = yield* call(threatwinds, "GET", `/search/v1/entity/${id}/relations?types=malware,url`)
      expect(texts(listAt(related.json, "results"), "type")).toEqual(["malware"])
    })
  )

  it.effect("has metadata that is an empty list when there is none, and words for its reputation", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const details = (type: string, value: string) =>
        Effect.map(
          call(threatwinds, "GET", `/analytics/v1/entity/${entityId(type, value)}/details`),
          ({ json }) => json
        )
      const ip = yield* details("ip", "203.0.113.9")
      expect([at(ip, "metadata"), textAt(ip, "attributes", "reputation")]).toEqual([
        { asn: 64500 },
        "extremely bad"
      ])
      expect(at(yield* details("email-address", "a@soc.example"), "metadata")).toEqual([])
    })
  )
})
