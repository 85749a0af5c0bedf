import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import {
  fixtureFile,
  SimulatedSekoia,
  type SekoiaSimulation,
  stixFixtures,
  type StixObject
} from "../src/index.ts"
import { at, listAt, send, textAt, texts } from "./Client.ts"

const get = (sekoia: SekoiaSimulation, path: string, key = sekoia.apiKey) =>
  send(`${sekoia.baseUrl}/v2/inthreat${path}`, { headers: { authorization: `Bearer ${key}` } })

const change = (
  sekoia: SekoiaSimulation,
  method: string,
  path: string,
  json?: { readonly [name: string]: string }
) =>
  send(`${sekoia.baseUrl}/v2/inthreat${path}`, {
    method,
    headers: { authorization: `Bearer ${sekoia.apiKey}` },
    ...(json === undefined ? {} : { json })
  })

const fixtures = stixFixtures()

const firstOf = (type: string, fits: (object: StixObject) => boolean = () => true): StixObject => {
  const found = fixtures.findLast((object) => object.type === type && fits(object))
  if (found === undefined) throw new Error(`no ${type}`)
  return found
}

describe("keys of a simulated Sekoia", () => {
  it.effect("are refused with the service's codes, and demanded for what they permit", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      sekoia.keys.set("old", { state: "expired" })
      sekoia.keys.set("gone", { state: "revoked" })
      sekoia.keys.set("reader", { permissions: ["view intelligence"] })
      const outcome = (key: string, path: string) =>
        Effect.map(get(sekoia, path, key), ({ json, status }) => `${status} ${textAt(json, "code")}`)
      expect(yield* outcome("wrong", "/feeds")).toBe("401 T300")
      expect(yield* outcome("old", "/feeds")).toBe("401 T301")
      expect(yield* outcome("gone", "/feeds")).toBe("401 T302")
      expect(yield* outcome("reader", "/feeds")).toBe("403 INTHREAT0403")
      expect(yield* outcome("reader", `/objects/${firstOf("tool").id}`)).toBe("200 ")
      expect((yield* send(`${sekoia.baseUrl}/v1/auth/validate`)).status).toBe(401)
      const claims = yield* send(`${sekoia.baseUrl}/v1/auth/validate`, {
        headers: { authorization: "Bearer reader" }
      })
      expect(textAt(claims.json, "identity")).toMatch(/^apikey:/)
    })
  )
})

describe("objects of a simulated Sekoia", () => {
  it.effect("come one under data, several under _items or items, those that are there", () =>
    Effect.gen(function* () {
      const [tool, malware] = [firstOf("tool"), firstOf("malware")]
      const missing = "tool--00000000-0000-4000-8000-000000000000"
      for (const manyKey of ["_items", "items"] as const) {
        const sekoia = yield* SimulatedSekoia.make({ manyKey })
        expect((yield* get(sekoia, `/objects/${tool.id}`)).json).toEqual({ data: tool })
        const several = yield* get(sekoia, `/objects/${tool.id}%2C${missing}%2C${malware.id}`)
        expect(several.json).toEqual({ [manyKey]: [tool, malware] })
        const none = yield* get(sekoia, `/objects/${missing}`)
        expect([none.status, textAt(none.json, "message")]).toEqual([404, "Unknown object"])
        expect((yield* get(sekoia, "/objects/..%2Ffeeds")).status).toBe(400)
      }
    })
  )

  it.effect("and relationships have endpoints of their own", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      const { id } = firstOf("relationship")
      const other = firstOf("relationship", (object) => object.id !== id).id
      expect((yield* get(sekoia, `/objects/${id}`)).status).toBe(404)
      expect(textAt((yield* get(sekoia, `/relationships/${id}`)).json, "data", "id")).toBe(id)
      expect(
        texts(listAt((yield* get(sekoia, `/relationships/${id},${other}`)).json, "items"), "id")
      ).toEqual([id, other])
    })
  )

  it.effect("have their files, by the SHA-256 that they name", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      const report = firstOf("report")
      const sha256 = textAt(report, "x_inthreat_uploaded_files", 0, "sha256")
      expect((yield* get(sekoia, `/objects/${report.id}/files/${sha256}`)).text).toBe(fixtureFile(report.id))
      expect((yield* get(sekoia, `/objects/${report.id}/files/${"0".repeat(64)}`)).status).toBe(404)
      const put = sekoia.files.put(report.id, "another")
      expect((yield* get(sekoia, `/objects/${report.id}/files/${put}`)).text).toBe("another")
    })
  )

  it.effect("have a context with links, what they lead to, measures, sources and markings", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      const link = firstOf(
        "relationship",
        (object) =>
          object["relationship_type"] === "indicates" && textAt(object, "target_ref").startsWith("malware")
      )
      const indicator = textAt(link, "source_ref")
      const { json } = yield* get(sekoia, `/objects/${indicator}/context`)
      const types = new Set(texts(listAt(json, "objects"), "type"))
      expect(textAt(json, "type")).toBe("bundle")
      for (const type of ["indicator", "relationship", "malware", "marking-definition", "identity"])
        expect(types).toContain(type)
      expect(texts(listAt(json, "objects"), "id")).toContain(indicator)
      expect((yield* get(sekoia, `/objects/${link.id}/context`)).status).toBe(404)
    })
  )

  it.effect("have at most 100 related objects in their context", () =>
    Effect.gen(function* () {
      const times = { created: "2026-01-01T00:00:00Z", modified: "2026-01-01T00:00:00Z" }
      const id = (type: string, number: number) =>
        `${type}--00000000-0000-4000-8000-${String(number).padStart(12, "0")}`
      const objects = Array.from({ length: 90 }, (_, number) => [
        { type: "tool", id: id("tool", number), name: "t", ...times },
        {
          type: "relationship",
          id: id("relationship", number),
          relationship_type: "uses",
          source_ref: id("tool", 0),
          target_ref: id("tool", number + 1),
          ...times
        }
      ]).flat()
      const sekoia = yield* SimulatedSekoia.make({ objects })
      const { json } = yield* get(sekoia, `/objects/${id("tool", 0)}/context`)
      expect(listAt(json, "objects").length).toBe(101)
    })
  )
})

describe("indicators of a simulated Sekoia", () => {
  it.effect("are found by the values of their patterns, a file by any of its hashes", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      const indicator = firstOf("indicator", (object) =>
        textAt(object, "pattern").includes(" OR file:hashes.'SHA-1'")
      )
      const hashes = [...textAt(indicator, "pattern").matchAll(/= '([0-9a-f]+)'/g)].map(
        ([, hash = ""]) => hash
      )
      expect(hashes.length).toBe(4)
      for (const hash of hashes) {
        const { json } = yield* get(sekoia, `/indicators?type=file&value=${hash.toUpperCase()}`)
        expect([texts(listAt(json, "items"), "id"), at(json, "total")]).toEqual([[indicator.id], 1])
        const context = yield* get(sekoia, `/indicators/context?type=file&value=${hash}`)
        expect(texts(listAt(context.json, "items", 0, "objects"), "id")).toContain(indicator.id)
      }
    })
  )

  it.effect("that are not known are an empty answer, and what cannot be asked for is 400", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      const unknown = yield* get(sekoia, "/indicators/context?type=url&value=http%3A%2F%2Fa.example")
      expect([unknown.status, unknown.json]).toEqual([200, { items: [], has_more: false }])
      expect((yield* get(sekoia, "/indicators/context?type=network-traffic&value=x")).status).toBe(400)
      expect((yield* get(sekoia, "/indicators/context?type=url")).status).toBe(400)
      const none = yield* get(sekoia, "/observables?match[type]=url&match[value]=x")
      expect(none.json).toEqual({ items: [], total: 0, has_more: false })
    })
  )

  it.effect("say that there are more than were given", () =>
    Effect.gen(function* () {
      const objects = stixFixtures({ objects: 9 }).flatMap((object) =>
        object.type === "indicator"
          ? [object, { ...object, id: object.id.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")) }]
          : []
      )
      const sekoia = yield* SimulatedSekoia.make({ objects, maxIndicators: 1 })
      const value = textAt(objects[0], "name")
      const { json } = yield* get(sekoia, `/indicators/context?type=ipv4-addr&value=${value}`)
      expect([listAt(json, "items").length, at(json, "has_more")]).toEqual([1, true])
      expect(
        textAt(
          (yield* get(sekoia, `/observables?match[type]=ipv4-addr&match[value]=${value}`)).json,
          "items",
          0,
          "value"
        )
      ).toBe(value)
    })
  )
})

describe("feeds of a simulated Sekoia", () => {
  it.effect("are created anew each time, replaced, listed and deleted", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make()
      const created = yield* change(sekoia, "POST", "/feeds", { title: "Perimeter" })
      const again = yield* change(sekoia, "POST", "/feeds", { title: "Perimeter" })
      const [id, other] = [textAt(created.json, "data", "id"), textAt(again.json, "data", "id")]
      expect([created.status, again.status, id === other]).toEqual([201, 201, false])
      expect(at(created.json, "data", "sort_order")).toBe("desc")
      const list = yield* get(sekoia, "/feeds?term=perim&limit=1&offset=1")
      expect([texts(listAt(list.json, "items"), "id"), at(list.json, "total")]).toEqual([[other], 2])
      expect(at((yield* get(sekoia, `/feeds?match[id]=${id},${other}`)).json, "total")).toBe(2)
      const replaced = yield* change(sekoia, "PUT", `/feeds/feed--${id}`, { description: "d" })
      expect([textAt(replaced.json, "data", "title"), textAt(replaced.json, "data", "id")]).toEqual(["", id])
      expect((yield* change(sekoia, "DELETE", `/feeds/${id}`)).status).toBe(204)
      expect((yield* change(sekoia, "DELETE", `/feeds/${id}`)).status).toBe(404)
      expect((yield* get(sekoia, `/feeds/${id}`)).status).toBe(404)
      expect((yield* change(sekoia, "POST", "/feeds", { format: "custom" })).status).toBe(400)
      expect((yield* change(sekoia, "PATCH", `/feeds/${other}`, {})).status).toBe(405)
    })
  )

  it.effect("filter by what they are defined as", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make({ feedAnswer: "bare" })
      const red = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
      const created = yield* send(`${sekoia.baseUrl}/v2/inthreat/feeds`, {
        method: "POST",
        headers: { authorization: `Bearer ${sekoia.apiKey}` },
        json: { tlps: [red], types: ["indicator"], sort_order: "asc" }
      })
      const { json } = yield* get(sekoia, `/collections/${textAt(created.json, "id")}/objects?limit=2000`)
      const items = listAt(json, "items")
      expect(items.length).toBeGreaterThan(0)
      for (const item of items) {
        expect(textAt(item, "type")).toBe("indicator")
        expect(listAt(item, "object_marking_refs")).toContain(red)
      }
    })
  )

  it.effect("are below the prefix only", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make({ prefix: "/api" })
      expect(sekoia.baseUrl).toBe(`${sekoia.origin}/api`)
      expect((yield* get(sekoia, "/feeds")).status).toBe(200)
      const outside = yield* send(`${sekoia.origin}/v2/inthreat/feeds`, {
        headers: { authorization: `Bearer ${sekoia.apiKey}` }
      })
      expect([outside.status, outside.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"])
      expect(sekoia.requests.lines).toEqual(["GET /api/v2/inthreat/feeds", "GET /v2/inthreat/feeds"])
      expect(sekoia.requests.matching("/v2/inthreat/feeds").length).toBe(2)
    })
  )
})
