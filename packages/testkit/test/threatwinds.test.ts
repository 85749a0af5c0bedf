import type { Json } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import * as zlib from "node:zlib"
import { entityId, Fault, SimulatedThreatWinds, type ThreatWindsSimulation } from "../src/index.ts"
import { at, listAt, send, type Sending, textAt, texts } from "./Client.ts"

type Body = { readonly [name: string]: Json }

const keyed = (threatwinds: ThreatWindsSimulation) => ({
  "api-key": threatwinds.apiKey,
  "api-secret": threatwinds.apiSecret
})

const call = (
  threatwinds: ThreatWindsSimulation,
  method: string,
  path: string,
  json?: Body,
  headers?: Sending["headers"]
) =>
  send(`${threatwinds.baseUrl}/api${path}`, {
    method,
    headers: headers ?? keyed(threatwinds),
    ...(json === undefined ? {} : { json })
  })

const bearing = (bearer: string) => ({ authorization: `Bearer ${bearer}` })

const reports = [
  {
    type: "ip",
    attributes: { ip: "203.0.113.9", asn: 64500 },
    reputation: -3,
    tags: ["scanner"],
    correlate: ["asn"]
  },
  { type: "ip", attributes: { ip: "198.51.100.7" }, reputation: -1 },
  {
    type: "domain",
    attributes: { domain: "Login.Example" },
    reputation: -2,
    associations: [
      {
        mode: "association",
        type: "malware",
        attributes: { malware: "umbral loader" },
        associations: [
          { mode: "aggregation", type: "url", attributes: { url: "https://login.example/Gate" } }
        ]
      }
    ]
  },
  { type: "email-address", attributes: { "email-address": "a@soc.example" }, reputation: 1 }
]

describe("who a request to a simulated ThreatWinds is from", () => {
  it.effect("is shown by a bearer or by a key pair, never by both", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make()
      const outcome = (headers: Sending["headers"], path = "/search/v1/entity/none") =>
        Effect.map(call(threatwinds, "GET", path, undefined, headers), ({ headers: answered, status }) => [
          status,
          answered["x-error"]
        ])
      expect(yield* outcome(keyed(threatwinds))).toEqual([204, undefined])
      expect(yield* outcome(bearing(threatwinds.bearer))).toEqual([204, undefined])
      expect(yield* outcome({})).toEqual([401, "authentication required"])
      expect(yield* outcome({ authorization: "Basic x" })).toEqual([401, "incorrect authorization header"])
      expect(yield* outcome(bearing("wrong"))).toEqual([401, "unauthorized"])
      expect(yield* outcome({ "api-key": threatwinds.apiKey, "api-secret": "wrong" })).toEqual([
        401,
        "unauthorized"
      ])
      const both = { ...keyed(threatwinds), ...bearing(threatwinds.bearer) }
      expect(yield* outcome(both)).toEqual([400, "a bearer and a key pair exclude each other"])
      expect(yield* outcome({ ...keyed(threatwinds), groups: "x" })).toEqual([
        400,
        "groups is added by the gateway"
      ])
      expect(yield* outcome(keyed(threatwinds), "/auth/v2/session")).toEqual([401, "authentication required"])
      expect(yield* outcome(bearing(threatwinds.bearer), "/auth/v2/keypair")).toEqual([
        401,
        "authentication required"
      ])
    })
  )

  it.effect("is a session once the mailed code was sent back, until it ends by the server's clock", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({
        sessionSeconds: 600,
        now: "2026-03-01T00:00:00Z"
      })
      const opened = yield* call(threatwinds, "POST", "/auth/v2/session", { email: "robin@soc.example" }, {})
      expect([opened.status, at(opened.json, "expireAt")]).toEqual([202, Date.UTC(2026, 2, 1, 0, 10) / 1000])
      const headers = bearing(textAt(opened.json, "bearer"))
      const session = () => call(threatwinds, "GET", "/auth/v2/session", undefined, headers)
      expect((yield* session()).status).toBe(403)
      const mail = threatwinds.accounts.mailbox.last
      expect(mail?.code).toMatch(/^0\d{5}$/)
      expect(mail?.verificationCodeID).toBe(textAt(opened.json, "verificationCodeID"))
      const verify = (code: string) =>
        call(
          threatwinds,
          "PUT",
          "/auth/v2/session/verification",
          { verificationCodeID: textAt(opened.json, "verificationCodeID"), code },
          {}
        )
      expect((yield* verify("wrong")).status).toBe(400)
      expect((yield* verify(mail?.code ?? "")).json).toEqual({ message: "acknowledged" })
      expect(textAt((yield* session()).json, "alias")).toBe("robin")
      threatwinds.clock.advance("9 minutes")
      yield* call(threatwinds, "PUT", "/auth/v2/session/extend", undefined, headers)
      threatwinds.clock.advance("9 minutes")
      expect(at((yield* session()).json, "expireAt")).toBe(Date.UTC(2026, 2, 1, 0, 19) / 1000)
      threatwinds.clock.advance("2 minutes")
      expect((yield* session()).status).toBe(401)
      expect(
        (yield* call(threatwinds, "POST", "/auth/v2/session", { email: "x@soc.example" }, {})).status
      ).toBe(404)
    })
  )

  it.effect("is a key pair once it is verified, until it is deleted", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make()
      const own = bearing(threatwinds.bearer)
      const made = yield* call(threatwinds, "POST", "/auth/v2/keypair", { name: "soc", days: 2 }, own)
      const headers = { "api-key": textAt(made.json, "apiKey"), "api-secret": textAt(made.json, "apiSecret") }
      const check = () => call(threatwinds, "GET", "/auth/v2/keypair", undefined, headers)
      expect((yield* check()).status).toBe(403)
      const { code = "", verificationCodeID = "" } = threatwinds.accounts.mailbox.last ?? {}
      yield* call(threatwinds, "PUT", "/auth/v2/keypair/verification", { verificationCodeID, code }, own)
      expect(textAt((yield* check()).json, "keyName")).toBe("soc")
      const list = yield* call(threatwinds, "GET", "/auth/v2/keypairs", undefined, own)
      expect(list.text).not.toContain(textAt(made.json, "apiSecret"))
      expect(texts(listAt(list.json, "keys"), "keyID")).toContain(textAt(made.json, "keyID"))
      yield* call(threatwinds, "DELETE", `/auth/v2/keypair/${textAt(made.json, "keyID")}`, undefined, own)
      expect((yield* check()).status).toBe(401)
    })
  )

  it.effect("has roles, without which it is refused in x-error with an id", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ roles: ["user"] })
      const report = { type: "ip", attributes: { ip: "203.0.113.1" } }
      const refused = yield* call(threatwinds, "POST", "/ingest/v1/entity", report)
      expect([refused.status, refused.headers["x-error"]]).toEqual([
        403,
        "unauthorized: the role reporter is required"
      ])
      expect(refused.headers["x-error-id"]).toMatch(/./)
      expect(textAt(refused.json, "error", "error_id")).toBe(refused.headers["x-error-id"])
      expect((yield* call(threatwinds, "GET", "/ingest/v1/definitions")).status).toBe(403)
      threatwinds.accounts.roles = ["reporter"]
      expect((yield* call(threatwinds, "POST", "/ingest/v1/entity", report)).status).toBe(202)
    })
  )
})

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

describe("a report to a simulated ThreatWinds", () => {
  it.effect("is acknowledged without an id, and stored when it is settled", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: [], ingest: "held" })
      const sent = yield* call(threatwinds, "POST", "/ingest/v1/entity", reports[0])
      expect([sent.status, sent.json]).toEqual([202, { message: "acknowledged" }])
      expect(threatwinds.entities.all).toEqual([])
      expect(threatwinds.settle()).toBe(1)
      expect(threatwinds.entities.all.map(({ type }) => type)).toEqual(["ip", "asn"])
      expect(threatwinds.entities.relations.length).toBe(1)
      expect(threatwinds.settle()).toBe(0)
    })
  )

  it.effect("is refused at once when it is wrong, with all that comes with it", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: [] })
      const wrong: ReadonlyArray<Body> = [
        { type: "ip", value: "203.0.113.9", attributes: { asn: 1 } },
        { type: "ip" },
        { type: "ip", attributes: { ip: "203.0.113.9" }, reputation: -4 },
        {
          type: "ip",
          attributes: { ip: "203.0.113.9" },
          associations: [{ mode: "x", type: "a", attributes: { a: "b" } }]
        },
        { type: "ip", attributes: { ip: "203.0.113.9" }, associations: {} }
      ]
      for (const report of wrong)
        expect((yield* call(threatwinds, "POST", "/ingest/v1/entity", report)).status).toBe(400)
      expect([threatwinds.entities.all, threatwinds.effects.all]).toEqual([[], []])
    })
  )

  it.effect("of something well known never makes it bad", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: [] })
      const report = { type: "domain", attributes: { domain: "example.com" } }
      yield* call(threatwinds, "POST", "/ingest/v1/well-known", report)
      yield* call(threatwinds, "POST", "/ingest/v1/entity", { ...report, reputation: -3 })
      expect(threatwinds.entities.find("domain", "example.com")).toMatchObject({
        reputation: 0,
        wellKnown: true
      })
    })
  )

  it.effect("is a comment each time, also when its answer was lost, and has the key that was sent", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const entityID = entityId("ip", "203.0.113.9")
      const comment = () =>
        call(
          threatwinds,
          "POST",
          "/ingest/v1/comment",
          { entityID, comment: "seen again" },
          { ...keyed(threatwinds), "Idempotency-Key": "run-1" }
        )
      threatwinds.faults.add(Fault.reset({ carriedOut: true }), { path: "/api/ingest/v1/comment" })
      expect(yield* Effect.flip(comment())).toBeInstanceOf(Error)
      expect(threatwinds.effects.of("comment").map(({ idempotencyKey }) => idempotencyKey)).toEqual(["run-1"])
      yield* comment()
      expect(threatwinds.effects.of("comment").length).toBe(2)
      const { json } = yield* call(threatwinds, "GET", `/search/v1/comments/${entityID}?limit=1&page=2`)
      expect([at(json, "items"), at(json, "pages"), textAt(json, "results", 0, "parentID")]).toEqual([
        2,
        2,
        "00000000-0000-0000-0000-000000000000"
      ])
    })
  )

  it.effect("is a relation of two entities that exist, once however often it is sent", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: reports.slice(0, 2) })
      const [entityID, relatedEntityID] = [entityId("ip", "203.0.113.9"), entityId("ip", "198.51.100.7")]
      const before = threatwinds.entities.relations.length
      const relate = (body: Body) =>
        Effect.map(call(threatwinds, "POST", "/ingest/v1/association", body), ({ status }) => status)
      expect(yield* relate({ entityID, relatedEntityID })).toBe(202)
      expect(yield* relate({ entityID, relatedEntityID })).toBe(202)
      expect(threatwinds.entities.relations.length).toBe(before + 1)
      expect(yield* relate({ entityID, relatedEntityID: "ip-none" })).toBe(404)
    })
  )

  it.effect("is a scan once: asking again tells how far it is", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make()
      const scan = (target: string) =>
        Effect.map(call(threatwinds, "POST", "/ingest/v1/scan", { target }), ({ json, status }) => [
          status,
          textAt(json, "status")
        ])
      expect(yield* scan("203.0.113.9")).toEqual([202, "new"])
      expect(yield* scan("203.0.113.9")).toEqual([200, "queued"])
      threatwinds.scans.move("203.0.113.9", "done")
      expect(yield* scan("203.0.113.9")).toEqual([200, "done"])
      expect(yield* scan("no name")).toEqual([400, ""])
      expect([threatwinds.scans.size, threatwinds.effects.of("scan").length]).toEqual([1, 1])
    })
  )
})

describe("a feed of a simulated ThreatWinds", () => {
  it.effect("is lines of JSON by the day and an archive otherwise, with its checksum", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const daily = yield* call(threatwinds, "GET", "/feeds/v1/download/list/level3/daily/domain")
      const id = entityId("domain", "login.example")
      const line = `{"id":"${id}","domain":"login.example","reputation":-2}\n`
      expect([daily.headers["content-type"], daily.text]).toEqual(["application/x-ndjson", line])
      const all = yield* call(threatwinds, "GET", "/feeds/v1/download/list/level1/accumulative/domain")
      const tar = zlib.gunzipSync(all.bytes)
      expect(tar.subarray(512, 512 + line.length).toString()).toBe(line)
      expect(tar.subarray(257, 262).toString()).toBe("ustar")
      expect(tar.length % 512).toBe(0)
      const sum = yield* call(
        threatwinds,
        "GET",
        "/feeds/v1/download/checksum?level=level1&type=accumulative&name=domain"
      )
      expect(sum.text.trim()).toBe(createHash("sha256").update(all.bytes).digest("hex"))
      expect((yield* call(threatwinds, "GET", "/feeds/v1/download/list/level1/daily/Domain")).status).toBe(
        204
      )
    })
  )
})
