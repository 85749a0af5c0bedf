import type { Json } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import {
  entityId,
  fixtureFile,
  SimulatedSekoia,
  SimulatedThreatWinds,
  type SimulatedThreatWindsOptions,
  stixFixtures
} from "../src/index.ts"
import { at, listAt, manifestOf, textAt } from "./Client.ts"
import { callAction, type Service } from "./ManifestCall.ts"

type Body = { readonly [name: string]: Json }

const sekoia = manifestOf("sekoia")
const threatwinds = manifestOf("threatwinds")

const idsOf = (type: string): ReadonlyArray<string> =>
  stixFixtures()
    .filter((object) => object.type === type)
    .map(({ id }) => id)

describe("every action of the manifest of Sekoia", () => {
  it.effect("is answered by the simulation as the manifest says", () =>
    Effect.gen(function* () {
      const server = yield* SimulatedSekoia.make()
      const service: Service = {
        manifest: sekoia,
        baseUrl: server.baseUrl,
        config: {},
        headers: { authorization: `Bearer ${server.apiKey}` }
      }
      const called = new Set<string>()
      const call = Effect.fnUntraced(function* (name: string, input: Body) {
        called.add(name)
        return (yield* callAction(service, name, input)).output
      })
      expect(textAt(yield* call("check_key", {}), "identity")).toBe("apikey:simulated")
      expect(listAt(yield* call("list_objects", {}), "items").length).toBe(server.objects.size)
      const modifiedAfter = "2026-01-05T07:00:00Z"
      const some = yield* call("list_objects", {
        modified_after: modifiedAfter,
        types: ["indicator"],
        limit: 5
      })
      expect(listAt(some, "items").length).toBe(5)
      const cursor = textAt(some, "next_cursor")
      expect(
        listAt(yield* call("list_objects", { cursor, modified_after: modifiedAfter }), "items")
      ).not.toEqual([])
      const lines = yield* call("feed_lines", { limit: 10_000, types: ["indicator"] })
      expect([listAt(lines, "lines").length > 100, textAt(lines, "cursor") !== ""]).toEqual([true, true])
      const rows = yield* call("feed_rows", { observable_types: ["url"] })
      expect(textAt(rows, "rows", 0, "observables")).toMatch(/^http/)
      const created = yield* call("create_feed", {
        title: "perimeter",
        format: "custom",
        template: "$name\n"
      })
      const feed_id = textAt(created, "id")
      expect(textAt(yield* call("feed_custom", { feed_id, limit: 1 }), "text")).toBe("TLP:WHITE\n\n")
      expect(at(yield* call("list_feeds", { term: "perim" }), "total")).toBe(1)
      expect(textAt(yield* call("get_feed", { feed_id }), "title")).toBe("perimeter")
      expect(textAt(yield* call("update_feed", { feed_id, title: "other" }), "title")).toBe("other")
      expect(yield* call("delete_feed", { feed_id })).toEqual({ deleted: true })
      expect(yield* call("delete_feed", { feed_id })).toEqual({ deleted: false })
      const [one = "", two = ""] = idsOf("malware")
      expect(listAt(yield* call("get_objects", { ids: [one] }), "items").length).toBe(1)
      const missing = "tool--00000000-0000-4000-8000-000000000000"
      expect(at(yield* call("get_objects", { ids: [one, missing, two] }), "missing")).toEqual([missing])
      expect(
        listAt(yield* call("get_relationships", { ids: idsOf("relationship") }), "items").length
      ).toBeGreaterThan(20)
      const [report = ""] = idsOf("report")
      const sha256 = textAt(server.objects.get(report)?.object, "x_inthreat_uploaded_files", 0, "sha256")
      const file = yield* call("get_object_file", { object_id: report, sha256 })
      expect(Buffer.from(textAt(file), "base64").toString()).toBe(fixtureFile(report))
      expect(textAt(yield* call("get_object_context", { object_id: one }), "type")).toBe("bundle")
      const value = textAt(server.objects.get(idsOf("indicator")[0] ?? "")?.object, "name")
      const known = { type: "ipv4-addr", value }
      expect(listAt(yield* call("get_indicator_context", known), "items").length).toBe(1)
      expect(at(yield* call("find_indicators", known), "total")).toBe(1)
      expect(yield* call("get_indicator_context", { type: "url", value: "&=+%" })).toEqual({
        items: [],
        has_more: false
      })
      expect([...sekoia.actions.keys()].filter((name) => !called.has(name))).toEqual([])
      expect(server.defects).toEqual([])
    })
  )
})

describe("every action of the manifest of ThreatWinds", () => {
  const walk = Effect.fnUntraced(function* (options: SimulatedThreatWindsOptions, config: Body) {
    const server = yield* SimulatedThreatWinds.make(options)
    const keyed = { "api-key": server.apiKey, "api-secret": server.apiSecret, accept: "application/json" }
    const service = (headers: Service["headers"]): Service => ({
      manifest: threatwinds,
      baseUrl: server.baseUrl,
      config,
      headers
    })
    const called = new Set<string>()
    const call = Effect.fnUntraced(function* (name: string, input: Body = {}) {
      called.add(name)
      const auth = threatwinds.actions.get(name)?.auth ?? []
      const headers =
        auth.length === 0 ? {} : auth[0] === "bearer" ? { authorization: `Bearer ${server.bearer}` } : keyed
      return (yield* callAction(service(headers), name, input)).output
    })
    const verification = () => {
      const { code = "", verificationCodeID = "" } = server.accounts.mailbox.last ?? {}
      return { verification_code_id: verificationCodeID, code }
    }
    const session = yield* call("open_session", { email: "robin@soc.example" })
    yield* call("verify_session", verification())
    yield* call("get_session")
    expect(listAt(yield* call("list_sessions"), "sessions").length).toBe(2)
    yield* call("extend_session")
    yield* call("close_session", { session_id: textAt(session, "sessionID") })
    const pair = yield* call("create_keypair", { name: "soc", days: 30 })
    yield* call("verify_keypair", verification())
    yield* call("get_keypair")
    yield* call("list_keypairs")
    yield* call("delete_keypair", { key_id: textAt(pair, "keyID") })

    const report = { type: "ip", attributes: { ip: "203.0.113.9", asn: 64500, country: "Exampleland" } }
    const association = { mode: "association", type: "domain", attributes: { domain: "login.example" } }
    yield* call("ingest_entity", {
      ...report,
      reputation: -3,
      tags: ["scanner"],
      associations: [association]
    })
    yield* call("ingest_well_known", { type: "domain", attributes: { domain: "example.com" } })
    const [entity_id, related_entity_id] = [entityId("ip", "203.0.113.9"), entityId("domain", "example.com")]
    yield* call("add_association", { entity_id, related_entity_id })
    yield* call("add_comment", { entity_id, comment: "seen" })
    expect(textAt(yield* call("start_scan", { target: "203.0.113.9" }), "status")).toBe("new")
    expect(textAt(yield* call("start_scan", { target: "203.0.113.9" }), "status")).toBe("queued")
    expect(listAt(yield* call("definitions")).length).toBeGreaterThan(5)

    for (const name of ["search_simple", "history_simple"]) {
      expect(listAt(yield* call(name, { query: "203.0.113.9" }), "results")).not.toEqual([])
      expect(yield* call(name, { query: "nothing" })).toEqual({ items: 0, pages: 0, results: [] })
    }
    for (const name of ["search_advanced", "history_advanced"]) {
      const query = { must: [{ term: { "type.keyword": { value: "ip" } } }] }
      const aggs = { types: { terms: { field: "type.keyword" } } }
      expect(listAt(yield* call(name, { query, aggs, sort: "reputation" }), "results")).not.toEqual([])
      const none = { must: [{ exists: { field: "attributes.btc" } }] }
      expect(yield* call(name, { query: none })).toEqual({ items: 0, pages: 0, results: [] })
    }
    expect(textAt(yield* call("get_entity", { entity_id }), "id")).toBe(entity_id)
    expect(textAt(yield* call("lookup_entity", { type: "ip", value: "203.0.113.9" }), "id")).toBe(entity_id)
    expect(listAt(yield* call("related_entities", { entity_id, types: ["domain"] }), "results").length).toBe(
      2
    )
    expect(at(yield* call("list_comments", { entity_id }), "items")).toBe(1)
    expect(textAt(yield* call("entity_details", { entity_id }), "attributes", "reputation")).toBe(
      "extremely bad"
    )
    yield* call("entity_details", { entity_id: related_entity_id })
    expect(listAt(yield* call("entity_relations", { entity_id, depth: 1 }), "nodes").length).toBeGreaterThan(
      2
    )
    const unknown = { entity_id: "ip-unknown" }
    expect(yield* call("get_entity", unknown)).toBe(null)
    expect(yield* call("lookup_entity", { type: "ip", value: "none" })).toBe(null)
    expect(yield* call("entity_details", unknown)).toBe(null)
    expect(yield* call("entity_relations", unknown)).toEqual({ nodes: [], relations: [] })
    expect(yield* call("list_comments", unknown)).toEqual({ items: 0, pages: 0, results: [] })

    for (const feed of listAt(yield* call("list_feeds"))) {
      const input = {
        level: textAt(feed, "accuracy"),
        type: textAt(feed, "type"),
        name: textAt(feed, "name")
      }
      const file = yield* call("download_feed", input)
      expect(Buffer.from(textAt(file, "content"), "base64").length).toBeGreaterThan(0)
      expect(textAt(yield* call("feed_checksum", input))).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(yield* call("download_feed", { level: "level1", type: "daily", name: "none" })).toBe(null)
    expect(yield* call("feed_checksum", { level: "level1", type: "daily", name: "none" })).toBe(null)

    const declared = [...threatwinds.actions].flatMap(([name, { request }]) =>
      request === undefined ? [] : [name]
    )
    expect(declared.filter((name) => !called.has(name))).toEqual([])
    expect(server.defects).toEqual([])
  })

  it.effect("is answered by the simulation as the manifest says, nothing with 204", () =>
    walk({}, { relations_parameter: "depth" })
  )

  it.effect("is answered by the simulation as the manifest says, nothing with 404", () =>
    walk({ none: 404 }, { relations_parameter: "levels" })
  )
})
