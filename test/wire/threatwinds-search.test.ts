import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import { entityId, Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { at, client, idsOf, nothing, reports, sizeOf } from "./ThreatWindsClient.ts"

const known = entityId("ip", "203.0.113.9")

const searches = ["search_simple", "search_advanced", "history_simple", "history_advanced"]

const empty = (action: string): { readonly [name: string]: Json } =>
  action.endsWith("simple")
    ? { query: "nothing-there" }
    : { query: { must: [{ exists: { field: "attributes.btc" } }] } }

describe("a simple search", () => {
  it.effect("is a POST with its page in the query and its words in the body", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const output = yield* call("search_simple", { query: "login.example" })
      expect(server.requests.lines).toEqual(["POST /api/search/v1/entities/simple?limit=10&page=1"])
      expect(last().json).toEqual({ query: "login.example" })
      expect(last().header("content-type")).toBe("application/json")
      expect(idsOf(output)).toContain(entityId("domain", "login.example"))
    })
  )

  it.effect(
    "sends the lowest accuracy and reputation, the source filter, sort and order, and nothing else",
    () =>
      Effect.gen(function* () {
        const { call, last } = yield* client()
        yield* call("search_simple", {
          query: "scanner",
          accuracy: 0,
          reputation: -3,
          source: { includes: ["id", "attributes.ip"], excludes: ["tags"] },
          limit: 1000,
          page: 2,
          sort: "reputation",
          order: "desc"
        })
        expect(last().target).toBe(
          "/api/search/v1/entities/simple?limit=1000&page=2&sort=reputation&order=desc"
        )
        expect(last().json).toEqual({
          query: "scanner",
          accuracy: 0,
          reputation: -3,
          source: { includes: ["id", "attributes.ip"], excludes: ["tags"] }
        })
      })
  )

  for (const [what, wrong] of [
    ["an accuracy above 3", { accuracy: 4 }],
    ["a reputation below -3", { reputation: -4 }],
    ["a limit above 1000", { limit: 1001 }],
    ["the page 0", { page: 0 }],
    ["an unknown order", { order: "ascending" }]
  ] as const)
    it.effect(`refuses ${what} before anything is sent`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        const error = yield* Effect.flip(call("search_simple", { query: "x", ...wrong }))
        expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
        expect(server.requests.lines).toEqual([])
      })
    )

  it.effect("takes aggregations that are null", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const page = { items: 0, pages: 0, results: [], aggregations: null }
      server.faults.add(Fault.reply(Reply.json(page)))
      expect(yield* call("search_simple", { query: "x" })).toEqual(page)
    })
  )

  it.effect("is repeated after a lost answer: it only reads", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.reset(), { times: 2 })
      expect(sizeOf(at(yield* call("search_simple", { query: "scanner" }), "results"))).toBe(1)
      expect(server.requests.received).toBe(3)
    })
  )
})

describe("an advanced search", () => {
  it.effect("is a POST whose clauses are lists and whose terms are as they were given", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const query = {
        must: [{ term: { "type.keyword": { value: "ip" } } }, { range: { reputation: { lte: -1 } } }],
        must_not: [{ terms: { "tags.keyword": ["benign", "a"] } }]
      }
      const aggs = { types: { terms: { field: "type.keyword" } } }
      const output = yield* call("search_advanced", { query, aggs, limit: 5, sort: "reputation" })
      expect(last().target).toBe("/api/search/v1/entities/advanced?limit=5&page=1&sort=reputation")
      expect(last().json).toEqual({ query, aggs })
      expect(idsOf(output)).toEqual([known, entityId("ip", "198.51.100.7")])
      expect(at(output, "aggregations", "types", "buckets", 0)).toEqual({ key: "ip", doc_count: 2 })
    })
  )

  it.effect("refuses a clause that is no list before anything is sent", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const query = { must: { term: { type: { value: "ip" } } } }
      const error = yield* Effect.flip(call("search_advanced", { query }))
      expect(error.message).toContain("must")
      expect(server.requests.lines).toEqual([])
    })
  )

  it.effect("finds types with hyphens by their keyword, and addresses by their network", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const hyphen = { must: [{ term: { "type.keyword": { value: "email-address" } } }] }
      expect(idsOf(yield* call("search_advanced", { query: hyphen }))).toEqual([
        entityId("email-address", "a@soc.example")
      ])
      const network = { must: [{ term: { "attributes.ip": { value: "203.0.113.0/24" } } }] }
      expect(idsOf(yield* call("search_advanced", { query: network }))).toEqual([known])
    })
  )

  it.effect("shows what the service says of an address that is none", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const query = { must: [{ match: { "attributes.ip": { query: "203.0.113" } } }] }
      const error = yield* Effect.flip(call("search_advanced", { query }))
      expect([error.reason._tag, error.status]).toEqual(["InvalidInput", 400])
      expect(error.upstream.message).toMatch(/./)
      expect(error.attempts).toBe(1)
    })
  )

  for (const clause of [
    { ids: { values: [known] } },
    { exists: { field: "attributes.ip" } },
    { prefix: { "type.keyword": { value: "ip" } } },
    { fuzzy: { "attributes.domain": { value: "exmple" } } },
    { wildcard: { "type.keyword": { value: "i*" } } },
    { regexp: { "type.keyword": { value: "i.*" } } },
    { multi_match: { query: "x", fields: ["tags"] } },
    { match_bool_prefix: { tags: { query: "sc" } } },
    { match_phrase: { tags: { query: "scanner" } } },
    { match_phrase_prefix: { tags: { query: "scan" } } },
    { query_string: { query: "type:ip" } },
    { simple_query_string: { query: "ip", fields: ["type"] } }
  ])
    it.effect(`sends the clause ${Object.keys(clause).join()} as it was given`, () =>
      Effect.gen(function* () {
        const { call, last, server } = yield* client()
        server.faults.add(Fault.reply(Reply.empty(204)))
        yield* call("search_advanced", { query: { filter: [clause], minimum_should_match: 1 } })
        expect(last().json).toEqual({ query: { filter: [clause], minimum_should_match: 1 } })
      })
    )

  it.effect("goes on behind the sort values of the last result, without a page", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const query = { must: [{ term: { "type.keyword": { value: "ip" } } }] }
      const input = { query, sort: "reputation", order: "asc", limit: 1 }
      const first = yield* call("search_advanced", input)
      expect(at(first, "results", 0, "sort")).toEqual([-3])
      const second = yield* call("search_advanced", { ...input, search_after: [-3] })
      expect(last().target).toBe("/api/search/v1/entities/advanced?limit=1&sort=reputation&order=asc")
      expect(at(last().json, "search_after")).toEqual([-3])
      expect(idsOf(second)).toEqual([entityId("ip", "198.51.100.7")])
    })
  )

  it.effect("gives one page when it goes on behind sort values, whatever the number of pages", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* client()
      const query = { must: [{ term: { "type.keyword": { value: "ip" } } }] }
      const input = { query, sort: "reputation", limit: 1, search_after: [-3] }
      expect((yield* Stream.runCollect(connection.pages("search_advanced", input))).length).toBe(1)
      expect(server.requests.received).toBe(1)
    })
  )

  it.effect("beyond the window of 10,000 fails with what the service says, and not silently", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const query = { must: [{ term: { "type.keyword": { value: "ip" } } }] }
      const error = yield* Effect.flip(call("search_advanced", { query, limit: 10_000, page: 2 }))
      expect([error.reason._tag, error.upstream.message]).toEqual([
        "InvalidInput",
        "Result window is too large"
      ])
    })
  )
})

describe("a history", () => {
  it.effect("has several records of one entity, each with its own id", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client({ server: { reports: [reports[0], reports[0]] } })
      const output = yield* call("history_simple", {
        query: "203.0.113.9",
        order: "desc",
        sort: "@timestamp"
      })
      expect(last().target).toBe(
        "/api/search/v1/entities/history/simple?limit=10&page=1&sort=%40timestamp&order=desc"
      )
      expect(new Set(idsOf(output)).size).toBe(2)
      expect([at(output, "results", 0, "entityID"), at(output, "results", 1, "entityID")]).toEqual([
        known,
        known
      ])
      expect(at(output, "results", 0, "attributes", "value")).toBe("203.0.113.9")
    })
  )

  it.effect("is searched by conditions, too", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const query = { must: [{ term: { "type.keyword": { value: "domain" } } }] }
      const output = yield* call("history_advanced", { query })
      expect(last().path).toMatch(/^\/api\/search\/v1\/entities\/history\/advanced/)
      expect(at(output, "results", 0, "entityID")).toBe(entityId("domain", "login.example"))
    })
  )
})

describe("nothing found", () => {
  for (const none of [204, 404] as const) {
    for (const action of searches)
      it.effect(`is an empty page of ${action}, said with ${none}`, () =>
        Effect.gen(function* () {
          const { call, server } = yield* client({ server: { reports, none } })
          expect(yield* call(action, empty(action))).toEqual(nothing)
          expect(server.requests.received).toBe(1)
        })
      )

    it.effect(`is no page and no second request when all pages are read, said with ${none}`, () =>
      Effect.gen(function* () {
        const { connection, server } = yield* client({ server: { reports, none } })
        const pages = yield* Stream.runCollect(connection.pages("search_simple", { query: "nothing-there" }))
        expect(pages.flatMap(({ items }) => items)).toEqual([])
        expect(server.requests.received).toBe(1)
      })
    )

    for (const [action, input] of [
      ["get_entity", { entity_id: "ip-unknown" }],
      ["lookup_entity", { type: "ip", value: "192.0.2.77" }]
    ] as const)
      it.effect(`is null of ${action}, said with ${none}`, () =>
        Effect.gen(function* () {
          const { call, server } = yield* client({ server: { reports, none } })
          expect(yield* call(action, input)).toBe(null)
          expect(server.requests.received).toBe(1)
        })
      )

    it.effect(`is an empty list of comments and of related entities, said with ${none}`, () =>
      Effect.gen(function* () {
        const { call } = yield* client({ server: { reports, none } })
        expect(yield* call("list_comments", { entity_id: known })).toEqual(nothing)
        expect(yield* call("related_entities", { entity_id: "ip-unknown" })).toEqual(nothing)
      })
    )
  }

  it.effect("may be said with a 404 of HTML", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.status(404, { body: "html" }))
      expect(yield* call("get_entity", { entity_id: known })).toBe(null)
    })
  )
})

describe("an entity of a search", () => {
  const hit = {
    id: known,
    type: "ip",
    "@timestamp": "2026-03-02T09:14:07.218143362Z",
    reputation: 5,
    tags: null,
    visibleBy: ["public"],
    createdAt: "2026-01-01T00:00:00Z",
    score: 1.5,
    attributes: { ip: "203.0.113.9", asn: 15169, gateway: 846677924910268400, oso: "kept" },
    neverSeenBefore: { deep: [1, { deeper: true }] }
  }

  it.effect("keeps what the manifest does not know, nanoseconds, and reputations beyond the scale", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const page = { items: 1, pages: 1, results: [hit], took: 3 }
      server.faults.add(Fault.reply(Reply.json(page)))
      expect(yield* call("search_simple", { query: "x" })).toEqual(page)
    })
  )

  it.effect("may lack any field that a source filter leaves out", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const output = yield* call("search_advanced", {
        query: { must: [{ term: { "type.keyword": { value: "ip" } } }] },
        source: { includes: ["attributes.ip"] },
        limit: 1
      })
      expect(at(output, "results", 0)).toEqual({ attributes: { ip: "203.0.113.9" } })
    })
  )

  it.effect("may have no attribute of its own type, when a filter names attributes.value only", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const output = yield* call("search_simple", {
        query: "scanner",
        source: { includes: ["id", "attributes.value"] }
      })
      expect(at(output, "results", 0)).toEqual({ id: known })
    })
  )
})

describe("an entity by its id", () => {
  it.effect("is read at its own path, and unknown fields stay", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const output = yield* call("get_entity", { entity_id: known })
      expect(server.requests.lines).toEqual([`GET /api/search/v1/entity/${known}`])
      expect([at(output, "id"), at(output, "attributes", "ip"), at(output, "tags")]).toEqual([
        known,
        "203.0.113.9",
        ["scanner"]
      ])
    })
  )

  for (const id of ["0f3d5c52-3a0e-4a1b-9a55-7d1f2c3b4a03", "ip-zzzz", "2001:db8::1", "a/b ?#%41&é"])
    it.effect(`is only escaped, never judged: ${id}`, () =>
      Effect.gen(function* () {
        const { call, last } = yield* client()
        expect(yield* call("get_entity", { entity_id: id })).toBe(null)
        const [, , , , , ...rest] = last().target.split("/")
        expect(rest.map(decodeURIComponent)).toEqual([id])
        expect(last().query).toEqual([])
      })
    )

  for (const id of ["..", "../../auth/v2/session", "a/../b"])
    it.effect(`never leaves its place in the path: ${id}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        const error = yield* Effect.flip(call("get_entity", { entity_id: id }))
        expect(error.reason._tag).toBe("InvalidInput")
        expect(server.requests.lines).toEqual([])
      })
    )
})

describe("a look-up", () => {
  for (const [type, value] of [
    ["ip", "203.0.113.9"],
    ["ip", "2001:db8::1"],
    ["domain", "login.example"],
    ["asn", 64500]
  ] as const)
    it.effect(`finds exactly ${type} ${value}`, () =>
      Effect.gen(function* () {
        const { call, last } = yield* client()
        const output = yield* call("lookup_entity", { type, value })
        expect([last().method, last().path, last().json]).toEqual([
          "POST",
          "/api/search/v1/entity",
          { type, value }
        ])
        expect(at(output, "id")).toBe(entityId(type, String(value)))
      })
    )

  it.effect("is repeated after a gateway that gave up: it only reads", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.status(504), { times: 3 })
      expect(at(yield* call("lookup_entity", { type: "ip", value: "203.0.113.9" }), "id")).toBe(known)
      expect(server.requests.received).toBe(4)
    })
  )
})

describe("comments and related entities", () => {
  it.effect("are pages of an entity, with their parent or the zero one", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      server.entities.comment(known, "seen", "846677924910268400", noParent, ["public"])
      const output = yield* call("list_comments", { entity_id: known, limit: 5, sort: "@timestamp" })
      expect(last().target).toBe(`/api/search/v1/comments/${known}?limit=5&page=1&sort=%40timestamp`)
      expect([at(output, "results", 0, "comment"), at(output, "results", 0, "parentID")]).toEqual([
        "seen",
        noParent
      ])
      expect(at(output, "results", 0, "userID")).toBe("846677924910268400")
    })
  )

  it.effect("are asked for by types in one parameter with commas", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const output = yield* call("related_entities", {
        entity_id: known,
        types: ["asn", "url"],
        order: "asc"
      })
      expect(last().target).toBe(
        `/api/search/v1/entity/${known}/relations?limit=10&page=1&order=asc&types=asn%2Curl`
      )
      expect(idsOf(output)).toEqual([entityId("asn", "64500")])
    })
  )
})

describe("all pages of a search", () => {
  it.effect("are read one after the other, up to the last one that the service names", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* client()
      const query = { must: [{ exists: { field: "type" } }] }
      const pages = yield* Stream.runCollect(
        connection.pages("search_advanced", { query, sort: "reputation", limit: 3 })
      )
      const ids = pages.flatMap(({ items }) => items.map((item) => at(item, "id")))
      expect([ids.length, new Set(ids).size]).toEqual([server.entities.all.length, ids.length])
      expect(server.requests.all.map((request) => request.parameter("page"))).toEqual(["1", "2", "3"])
    })
  )
})

const noParent = "00000000-0000-0000-0000-000000000000"
