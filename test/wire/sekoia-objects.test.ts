import { describe, expect, it } from "@effect/vitest"
import { Fault, fixtureFile, Reply, stixFixtures } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { indicator, indicators, relationship, stixId } from "./Indicator.ts"
import { at, idsAt, listAt, sekoiaClient, textAt } from "./SekoiaClient.ts"

const one = stixId("indicator", 1)
const two = stixId("indicator", 2)
const missing = stixId("malware", 9)

describe("objects by their ids", () => {
  it.effect("are asked for with one id or a comma list in the path [4.1] [4.2]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(4) })
      expect(idsAt(yield* connection.call("get_objects", { ids: [one] }), "items")).toEqual([one])
      expect(idsAt(yield* connection.call("get_objects", { ids: [one, two] }), "items")).toEqual([one, two])
      expect(sekoia.requests.lines).toEqual([
        `GET /v2/inthreat/objects/${one}`,
        `GET /v2/inthreat/objects/${one}%2C${two}`
      ])
    })
  )

  for (const key of ["items", "_items"] as const)
    it.effect(`are found under ${key} [4.3]`, () =>
      Effect.gen(function* () {
        const { connection } = yield* sekoiaClient({ objects: indicators(4), manyKey: key })
        const found = yield* connection.call("get_objects", { ids: [two, one] })
        expect(idsAt(found, "items")).toEqual([two, one])
        expect(listAt(found, "missing")).toEqual([])
      })
    )

  it.effect("are found under data as an object and as a list, for relationships too [4.3]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const edge = relationship(3, one, two)
      for (const [action, object] of [
        ["get_objects", indicator(1)],
        ["get_relationships", edge]
      ] as const)
        for (const body of [
          { data: object },
          { data: [object] },
          { items: [object] },
          { _items: [object], total: 1 }
        ]) {
          sekoia.faults.add(Fault.reply(Reply.json(body)))
          const found = yield* connection.call(action, { ids: [object.id] })
          expect(idsAt(found, "items")).toEqual([object.id])
        }
    })
  )

  it.effect("are named as missing where only some are known, and not found where none is [4.4]", () =>
    Effect.gen(function* () {
      const { connection } = yield* sekoiaClient({ objects: [...indicators(4), relationship(3, one, two)] })
      const found = yield* connection.call("get_objects", { ids: [missing, one] })
      expect([idsAt(found, "items"), listAt(found, "missing")]).toEqual([[one], [missing]])
      const [known, unknown] = [stixId("relationship", 3), stixId("relationship", 4)]
      const edges = yield* connection.call("get_relationships", { ids: [known, unknown] })
      expect([idsAt(edges, "items"), listAt(edges, "missing")]).toEqual([[known], [unknown]])
      for (const [action, id] of [
        ["get_objects", missing],
        ["get_relationships", unknown]
      ] as const) {
        const error = yield* Effect.flip(connection.call(action, { ids: [id] }))
        expect([error.reason._tag, error.upstream, error.attempts]).toEqual([
          "NotFound",
          { message: "Unknown object", code: "INTHREAT0404" },
          1
        ])
      }
    })
  )

  it.effect(
    "that are relationships have a path of their own, and neither path takes the ids of the other [4.1] [4.5]",
    () =>
      Effect.gen(function* () {
        const edge = relationship(3, one, two)
        const { connection, sekoia } = yield* sekoiaClient({ objects: [edge] })
        yield* connection.call("get_relationships", { ids: [edge.id] })
        expect(sekoia.requests.lines).toEqual([`GET /v2/inthreat/relationships/${edge.id}`])
        for (const [action, ids] of [
          ["get_objects", [edge.id]],
          ["get_objects", [one, edge.id]],
          ["get_relationships", [one]],
          ["get_relationships", [stixId("sighting", 1)]]
        ] as const) {
          const error = yield* Effect.flip(connection.call(action, { ids }))
          expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
        }
        expect(sekoia.requests.received).toBe(1)
      })
  )

  it.effect("may be sightings, observables and those of makers: objects, all of them [4.5] [8.11]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      for (const type of ["sighting", "ipv4-addr", "phone-number", "x-vendor-thing", "marking-definition"])
        yield* Effect.flip(connection.call("get_objects", { ids: [stixId(type, 1)] }))
      expect(sekoia.requests.all.map(({ path }) => path.split("/")[3])).toEqual(
        Array.from({ length: 5 }, () => "objects")
      )
    })
  )

  it.effect("are 1 to 40 ids of STIX, each once, and nothing that could leave the path [4.2] [4.5]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(41) })
      const many = indicators(41).map(({ id }) => id)
      for (const ids of [
        [],
        many,
        [one, one],
        ["indicator--1"],
        ["../feeds"],
        [`${one}/context`],
        [`${one}?x=1`],
        [`${one},${two}`],
        [`${one}\n`],
        [`indicator--${"%2e".repeat(12)}`],
        "not a list"
      ]) {
        const error = yield* Effect.flip(connection.call("get_objects", { ids }))
        expect([error.reason._tag, error.attempts], JSON.stringify(ids)).toEqual(["InvalidInput", 0])
      }
      expect(sekoia.requests.all).toEqual([])
      expect(idsAt(yield* connection.call("get_objects", { ids: many.slice(1) }), "items").length).toBe(40)
    })
  )

  it.effect("that do not fit make the call fail, and so does an answer of another shape", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      for (const body of [
        {},
        { data: null },
        { data: "text" },
        { items: null },
        [indicator(1)],
        { items: [{ id: one }] }
      ]) {
        sekoia.faults.add(Fault.reply(Reply.json(body)))
        const error = yield* Effect.flip(connection.call("get_objects", { ids: [one] }))
        expect(error.reason._tag, JSON.stringify(body)).toBe("Malformed")
      }
    })
  )
})

describe("files of objects", () => {
  const report = stixFixtures().find(({ type }) => type === "report")?.id ?? ""

  it.effect("are given as base64, byte for byte [4.7]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient()
      const sha256 = textAt(sekoia.objects.get(report)?.object, "x_inthreat_uploaded_files", 0, "sha256")
      const file = yield* connection.call("get_object_file", { object_id: report, sha256 })
      expect(Buffer.from(textAt(file), "base64").toString()).toBe(fixtureFile(report))
      expect(sekoia.requests.lines).toEqual([`GET /v2/inthreat/objects/${report}/files/${sha256}`])
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256))
      const put = sekoia.files.put(report, bytes)
      const again = yield* connection.call("get_object_file", { object_id: report, sha256: put })
      expect(
        createHash("sha256")
          .update(Buffer.from(textAt(again), "base64"))
          .digest("hex")
      ).toBe(put)
    })
  )

  it.effect("are named by a SHA-256 and nothing else, and are not found where there is none [4.7]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient()
      for (const sha256 of ["", "..", "a".repeat(63), `${"a".repeat(64)}/..`, "z".repeat(64)]) {
        const error = yield* Effect.flip(connection.call("get_object_file", { object_id: report, sha256 }))
        expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
      }
      expect(sekoia.requests.all).toEqual([])
      const error = yield* Effect.flip(
        connection.call("get_object_file", { object_id: report, sha256: "a".repeat(64) })
      )
      expect(error.reason._tag).toBe("NotFound")
    })
  )
})

describe("the context of an object", () => {
  it.effect(
    "is a bundle, asked for without a slash at the end and without a community [5.1] [5.2] [5.4]",
    () =>
      Effect.gen(function* () {
        const [id, malware] = [stixId("indicator", 1), stixId("malware", 2)]
        const { modified, created } = indicator(2)
        const objects = [
          indicator(1),
          relationship(3, id, malware),
          {
            type: "malware",
            id: malware,
            spec_version: "2.1",
            name: "Umbral",
            is_family: true,
            created: created ?? "",
            modified: modified ?? ""
          }
        ]
        const { connection, sekoia } = yield* sekoiaClient({ objects })
        const bundle = yield* connection.call("get_object_context", { object_id: id })
        expect(textAt(bundle, "type")).toBe("bundle")
        expect(idsAt(bundle, "objects").toSorted()).toEqual(
          [id, malware, stixId("relationship", 3)].toSorted()
        )
        expect(sekoia.requests.lines).toEqual([`GET /v2/inthreat/objects/${id}/context`])
      })
  )

  it.effect("has its object at any place, to be picked by its id [5.5]", () =>
    Effect.gen(function* () {
      const { connection } = yield* sekoiaClient()
      const places = new Set<number>()
      for (const { id } of stixFixtures().filter(({ type }) => type === "indicator")) {
        const ids = idsAt(yield* connection.call("get_object_context", { object_id: id }), "objects")
        expect(ids.filter((other) => other === id)).toEqual([id])
        places.add(ids.indexOf(id))
      }
      expect(places.size).toBeGreaterThan(2)
    })
  )

  it.effect("may be a bundle of nothing but its type, and is nothing else [5.2]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      sekoia.faults.add(Fault.reply(Reply.json({ type: "bundle" })))
      expect(yield* connection.call("get_object_context", { object_id: one })).toEqual({
        type: "bundle",
        objects: []
      })
      for (const body of [{ items: [] }, { type: "indicator" }, { type: "bundle", objects: [{}] }, []]) {
        sekoia.faults.add(Fault.reply(Reply.json(body)))
        const error = yield* Effect.flip(connection.call("get_object_context", { object_id: one }))
        expect(error.reason._tag).toBe("Malformed")
      }
    })
  )

  it.effect("of an object that is not known is not found [5.3]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const error = yield* Effect.flip(connection.call("get_object_context", { object_id: one }))
      expect([error.reason._tag, error.attempts, at({ ...error.upstream }, "code")]).toEqual([
        "NotFound",
        1,
        "INTHREAT0404"
      ])
      sekoia.keys.set(sekoia.apiKey, { permissions: [] })
      expect(
        (yield* Effect.flip(connection.call("get_object_context", { object_id: one }))).reason._tag
      ).toBe("Forbidden")
    })
  )
})
