import { type Json, showType, Type, isJsonObject, isJsonList } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import { EventCollector } from "../src/trigger/EventCollector.ts"
import { actionOf, triggerOf } from "./ManifestText.ts"
import {
  manifest,
  type JsonObject,
  evaluate,
  targetOf,
  outputOf,
  feed,
  uuid,
  problemsOfInput
} from "./SekoiaManifest.ts"

describe("get_objects and get_relationships", () => {
  const tool = { type: "tool", id: `tool--${uuid}`, name: "t" }
  const relationship = `relationship--${uuid}`

  it("ask for one or several ids in the path", () => {
    const other = "malware--e2f0a7c1-93b4-4d5e-8c26-17f0d9b3a641"
    expect(targetOf("get_objects", { ids: [tool.id] })).toBe(
      `https://api.sekoia.io/v2/inthreat/objects/${tool.id}`
    )
    expect(targetOf("get_objects", { ids: [tool.id, other] })).toBe(
      `https://api.sekoia.io/v2/inthreat/objects/${tool.id}%2C${other}`
    )
    expect(targetOf("get_relationships", { ids: [relationship] })).toBe(
      `https://api.sekoia.io/v2/inthreat/relationships/${relationship}`
    )
  })

  it("take a relationship only at its own endpoint, and every other object only at the other one", () => {
    expect(problemsOfInput("get_objects", { ids: [relationship] })).toEqual(["SP0334"])
    expect(problemsOfInput("get_relationships", { ids: [tool.id] })).toEqual(["SP0334"])
    expect(problemsOfInput("get_object_context", { object_id: relationship })).toEqual(["SP0334"])
    expect(problemsOfInput("get_objects", { ids: [tool.id, `sighting--${uuid}`, `x-own--${uuid}`] })).toEqual(
      []
    )
    expect(problemsOfInput("get_relationships", { ids: [relationship] })).toEqual([])
  })

  it("refuse no ids, an id twice, too many, and what could leave the path", () => {
    const many = Array.from({ length: 41 }, (_, index) => `tool--${uuid.slice(0, -2)}${10 + index}`)
    const wrong: ReadonlyArray<ReadonlyArray<string>> = [
      [],
      [tool.id, tool.id],
      many,
      ["../feeds"],
      [`${tool.id}/context`],
      [`${tool.id},${tool.id}`],
      [""]
    ]
    for (const ids of wrong) expect(problemsOfInput("get_objects", { ids })).toContain("SP0334")
    expect(problemsOfInput("get_objects", { ids: many.slice(1) })).toEqual([])
  })

  it("read data as an object or a list, items and _items", () => {
    for (const body of [{ data: tool }, { data: [tool] }, { items: [tool] }, { _items: [tool] }])
      expect(outputOf("get_objects", { ids: [tool.id] }, { body })).toEqual({ items: [tool], missing: [] })
    const edge = { type: "relationship", id: relationship }
    for (const body of [{ data: edge }, { data: [edge] }, { items: [edge] }, { _items: [edge] }])
      expect(outputOf("get_relationships", { ids: [relationship] }, { body })).toEqual({
        items: [edge],
        missing: []
      })
  })

  it("name the ids that nothing came for", () => {
    const other = `malware--${uuid}`
    expect(outputOf("get_objects", { ids: [other, tool.id] }, { body: { items: [tool] } })).toEqual({
      items: [tool],
      missing: [other]
    })
  })

  it("leave an object that is not there a failure", () => {
    expect(outputOf("get_objects", { ids: [tool.id] }, { status: 404, body: {} })).toBe(
      "this status is a failure"
    )
  })
})

describe("the context of objects and indicators", () => {
  it("is asked for by id without a slash at the end", () => {
    expect(targetOf("get_object_context", { object_id: `indicator--${uuid}` })).toBe(
      `https://api.sekoia.io/v2/inthreat/objects/indicator--${uuid}/context`
    )
  })

  it("is asked for by value, percent-encoded", () => {
    const value = "http://a.example/x?q=1&r=%2F#top + ü"
    for (const [action, ending] of [
      ["get_indicator_context", "/context"],
      ["find_indicators", ""]
    ] as const)
      expect(targetOf(action, { type: "url", value })).toBe(
        `https://api.sekoia.io/v2/inthreat/indicators${ending}?type=url&value=http%3A%2F%2Fa.example%2Fx%3Fq%3D1%26r%3D%252F%23top%20%2B%20%C3%BC`
      )
  })

  it("knows 24 types of observables, network-traffic not among them", () => {
    const type = Type.resolve(
      actionOf(manifest, "get_indicator_context").input.given.properties.get("type")?.type ?? Type.dyn
    )
    const names = type.kind === "string" ? (type.values ?? []) : []
    expect(new Set(names).size).toBe(24)
    expect(names).not.toContain("network-traffic")
    expect(
      problemsOfInput("get_indicator_context", { type: "file", value: "d41d8cd98f00b204e9800998ecf8427e" })
    ).toEqual([])
    expect(problemsOfInput("get_indicator_context", { type: "network-traffic", value: "x" })).toEqual([
      "SP0334"
    ])
    expect(problemsOfInput("get_indicator_context", { type: "url", value: "" })).toEqual(["SP0334"])
  })

  it("is an empty result for an indicator that is not known", () => {
    const body = { has_more: false, items: [] }
    expect(outputOf("get_indicator_context", { type: "url", value: "x" }, { body })).toEqual(body)
  })

  it("says whether there is more than was given, also when the service does not", () => {
    const items = [{ type: "bundle", objects: [] }]
    expect(outputOf("get_indicator_context", {}, { body: { items, has_more: true } })).toEqual({
      items,
      has_more: true
    })
    expect(outputOf("get_indicator_context", {}, { body: { items } })).toEqual({ items, has_more: false })
  })

  it("has objects in a bundle even where the service leaves them out", () => {
    const bundle = Type.resolve(actionOf(manifest, "get_object_context").output.applied)
    expect(bundle.kind === "record" && bundle.properties.get("objects")?.required).toBe(true)
    const given = Type.resolve(actionOf(manifest, "get_object_context").output.given)
    expect(given.kind === "record" && given.properties.get("objects")?.required).toBe(false)
  })
})

describe("the objects of Sekoia", () => {
  const property = (type: string, name: string): string | undefined => {
    const record = Type.resolve(manifest.types.get(type) ?? Type.dyn)
    const found = record.kind === "record" ? record.properties.get(name) : undefined
    return found === undefined ? undefined : `${showType(found.type)}${found.required ? "" : "?"}`
  }

  it("have a confidence that may be null or missing", () => {
    expect(property("Indicator", "confidence")).toBe("int | null?")
  })

  it("may end never, and may have no sources", () => {
    expect(property("Indicator", "valid_until")).toMatch(/\?$/)
    expect(property("Indicator", "x_inthreat_sources_refs")).toMatch(/\?$/)
    expect(property("ExternalReference", "external_id")).toBe("string | null?")
  })

  it("are told apart by their type, all 20 of feeds and any other", () => {
    const union = Type.resolve(manifest.types.get("StixObject") ?? Type.dyn)
    expect(union.kind === "union" ? [union.discriminator, union.members.length] : []).toEqual(["type", 21])
  })

  it("keep fields that are not known, each of them", () => {
    const types = manifest.manifest.types ?? {}
    const open = types["StixObject"]
    const branches = isJsonObject(open) && isJsonList(open["oneOf"]) ? open["oneOf"] : []
    for (const branch of branches) {
      const pointer = isJsonObject(branch) ? branch["$ref"] : ""
      const name = typeof pointer === "string" ? pointer.replace("#/types/", "") : ""
      expect(types[name], name).toMatchObject({ "x-keep-unknown": true })
    }
    expect(branches.length).toBe(21)
  })
})

describe("the feed trigger", () => {
  const trigger = triggerOf(manifest, "feed")
  const withOf = (given: JsonObject): JsonObject => {
    const defaults: { [name: string]: Json } = {}
    for (const [name, { default: value }] of trigger.input.properties)
      if (value !== undefined) defaults[name] = value
    const variables = { input: { ...defaults, ...given }, config: {}, state: { initial_sync_done: false } }
    const input: { [name: string]: Json } = {}
    for (const [name, value] of trigger.poll?.with ?? []) {
      const found = evaluate(value, variables)
      if (found !== undefined) input[name] = found
    }
    return input
  }

  it("polls pages of the largest size and asks for revoked objects from the start", () => {
    expect(withOf({})).toEqual({ feed_id: feed, limit: 2000, include_revoked: true, skip_expired: false })
  })

  it("hands its filters on, and where to begin", () => {
    const given = {
      feed_id: uuid,
      types: ["indicator"],
      observable_types: ["url"],
      modified_after: "2026-01-01T00:00:00Z",
      include_revoked: false,
      skip_expired: true,
      limit: 10
    }
    expect(withOf(given)).toEqual(given)
  })

  it("keeps the cursor", () => {
    expect([trigger.keep, trigger.poll?.action]).toEqual(["cursor", "list_objects"])
  })

  it("takes each change of an object for another event", () => {
    const event = {
      type: "indicator",
      id: "i",
      created: "2026-01-01T00:00:00Z",
      modified: "2026-01-01T00:00:23.5Z"
    }
    const version = (event: Json) => {
      const events = new EventCollector(trigger)
      events.add(event)
      return events.events[0]?.key
    }
    expect(version(event)).toBe("i@2026-01-01T00:00:23.500Z")
    expect(version({ ...event, modified: "2026-01-01T00:00:24Z" })).not.toBe(version(event))
  })

  it("has a key for objects that never change", () => {
    const marking = { type: "marking-definition", id: "m", created: "2026-01-01T00:00:00Z" }
    const version = (event: Json) => {
      const events = new EventCollector(trigger)
      events.add(event)
      return events.events[0]?.key
    }
    expect(version(marking)).toBe("m@2026-01-01T00:00:00Z")
    expect(version({ type: "ipv4-addr", id: "a" })).toBe("a@1970-01-01T00:00:00Z")
  })

  it("orders by points in time, whatever the width of their fractions and their zone", () => {
    const orderOf = (modified: string) =>
      evaluate(trigger.order, { event: { type: "tool", id: "t", created: "2026-01-01T00:00:00Z", modified } })
    expect(orderOf("2026-01-01T01:00:23.50+01:00")).toBe(orderOf("2026-01-01T00:00:23.5Z"))
    expect(orderOf("2026-01-01T00:00:23.123456Z")).not.toBe(orderOf("2026-01-01T00:00:23.123Z"))
  })
})
