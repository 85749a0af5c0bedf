import { describe, expect, it } from "@effect/vitest"
import { defaultFeedId, Fault } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { indicators } from "./Indicator.ts"
import { idsAt, listAt, sekoiaClient, sekoiaManifest, textAt } from "./SekoiaClient.ts"

const collection = (id = defaultFeedId): string => `/v2/inthreat/collections/${id}/objects`
const always = "include_revoked=true&skip_expired=false"
const feed_id = "4f7c1a52-0d8e-4b3f-a6c9-2e5b7d9f1030"

describe("the request for a page of a feed", () => {
  it.effect(
    "asks for the default feed, 2000 objects, without a slash at the end, and for both settings that sources disagree on [3.1] [3.2] [3.3] [12.8]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        yield* connection.call("list_objects", {})
        yield* connection.poll("feed", {}, undefined)
        const target = `GET ${collection()}?limit=2000&${always}&format=json`
        expect(sekoia.requests.lines).toEqual([target, target])
      })
  )

  it.effect(
    "has each key once, lists in one value, everything percent-encoded and booleans in small letters [3.7] [3.8] [3.9] [3.17]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        yield* connection.call("list_objects", {
          limit: 3,
          types: ["indicator", "malware"],
          observable_types: ["ipv4-addr", "url"],
          modified_after: "2026-01-05T07:00:00.5+02:00",
          include_revoked: false,
          skip_expired: true,
          convert_network_traffic: false,
          return_all_fields: true
        })
        expect(sekoia.requests.lines).toEqual([
          `GET ${collection()}?limit=3&match%5Btype%5D=indicator%2Cmalware&match%5Bobservable_type%5D=ipv4-addr%2Curl` +
            "&modified_after=2026-01-05T07%3A00%3A00.5%2B02%3A00&include_revoked=false&skip_expired=true" +
            "&convert_network_traffic=false&return_all_fields=true&format=json"
        ])
        const names = sekoia.requests.last?.query.map(([name]) => name) ?? []
        expect(new Set(names).size).toBe(names.length)
      })
  )

  it.effect(
    "has a cursor as it was given, percent-encoded, and no modified_after beside it [3.6] [3.11] [3.22]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
        const input = { limit: 2, modified_after: "2026-01-01T00:00:00Z" }
        const cursor = textAt(yield* connection.call("list_objects", input), "next_cursor")
        expect(cursor).toMatch(/\+\/.*=$/)
        for (const action of ["list_objects", "feed_lines", "feed_rows", "feed_custom"])
          yield* connection.call(action, {
            ...input,
            cursor,
            ...(action === "feed_custom" && { feed_id: defaultFeedId })
          })
        yield* connection.poll("feed", input, (yield* connection.poll("feed", input, undefined)).state)
        const after = sekoia.requests.all.map((request) => [
          request.parameter("cursor"),
          request.parameter("modified_after")
        ])
        const [first, ...others] = [
          [undefined, "2026-01-01T00:00:00Z"],
          ...Array.from({ length: 4 }, () => [cursor, undefined])
        ]
        expect(after).toEqual([first, ...others, first, [cursor, undefined]])
        expect(sekoia.requests.last?.target).toContain(`&cursor=${encodeURIComponent(cursor)}&`)
        expect(sekoia.requests.all.every(({ status }) => status === 200)).toBe(true)
      })
  )

  it.effect("names the format, so that a feed that is defined as CSV is read as JSON [3.16]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(1) })
      const { id } = sekoia.feeds.create({ title: "rows", format: "csv", sort_order: "asc" })
      const page = yield* connection.call("list_objects", { feed_id: id })
      expect(idsAt(page, "items").length).toBe(1)
      yield* connection.call("feed_lines", { feed_id: id })
      yield* connection.call("feed_rows", { feed_id: id })
      yield* connection.call("feed_custom", { feed_id: id })
      expect(sekoia.requests.all.map((request) => request.parameter("format"))).toEqual([
        "json",
        "text",
        "csv",
        undefined
      ])
    })
  )

  it.effect("never asks for more than 2000 objects, and for 10000 only as text [3.4] [3.5] [12.1]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [], overLimit: "reject" })
      const most = new Map([
        ["list_objects", 2000],
        ["feed_rows", 2000],
        ["feed_custom", 2000],
        ["feed_lines", 10_000]
      ])
      for (const [action, limit] of most) {
        for (const wrong of [limit + 1, 0, -1, 1.5, "100"]) {
          const error = yield* Effect.flip(connection.call(action, { feed_id: defaultFeedId, limit: wrong }))
          expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
        }
        expect(sekoia.requests.all).toEqual([])
        yield* connection.call(action, { feed_id: defaultFeedId, limit })
        expect(sekoia.requests.last?.parameter("limit")).toBe(String(limit))
        sekoia.requests.clear()
      }
      const error = yield* Effect.flip(connection.poll("feed", { limit: 2001 }, undefined))
      expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
    })
  )

  it.effect(
    "takes ids of feeds with and without feed--, and refuses what could leave the path before anything is sent [3.27]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(1) })
        for (const id of [defaultFeedId, `feed--${defaultFeedId}`, defaultFeedId.toUpperCase()])
          expect(idsAt(yield* connection.call("list_objects", { feed_id: id }), "items").length).toBe(1)
        sekoia.requests.clear()
        for (const id of [
          "",
          "..",
          `../feeds/${feed_id}`,
          `${feed_id}/objects`,
          `${feed_id}?limit=1`,
          `${feed_id}#`,
          `${feed_id}%2F..`,
          `${feed_id}\n`,
          `feed--feed--${feed_id}`,
          `indicator--${feed_id}`
        ])
          for (const action of [
            "list_objects",
            "feed_lines",
            "feed_rows",
            "feed_custom",
            "get_feed",
            "delete_feed"
          ]) {
            const error = yield* Effect.flip(connection.call(action, { feed_id: id }))
            expect([error.reason._tag, error.attempts], JSON.stringify(id)).toEqual(["InvalidInput", 0])
          }
        expect(sekoia.requests.all).toEqual([])
      })
  )

  it.effect("names only types that feeds know, once each, and none with a comma [2.6] [3.7] [3.8]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(1) })
      for (const wrong of [
        { types: ["indicator,malware"] },
        { types: ["network-traffic"] },
        { types: ["indicator", "indicator"] },
        { observable_types: ["url,file"] },
        { observable_types: [""] },
        { modified_after: "yesterday" },
        { modified_after: "2026-01-05" }
      ]) {
        const error = yield* Effect.flip(connection.call("list_objects", wrong))
        expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
      }
      expect(sekoia.requests.all).toEqual([])
      const none = yield* connection.call("list_objects", { types: ["threat-actor"], observable_types: [] })
      expect(listAt(none, "items")).toEqual([])
      expect(sekoia.requests.last?.target).not.toContain("observable_type")
    })
  )

  it.effect("follows a redirect of the same origin to the path with a slash, with the key [3.2]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(1) })
      sekoia.faults.add(Fault.redirect(`${collection()}?limit=1&format=json`, 308))
      const page = yield* connection.call("list_objects", {})
      expect(idsAt(page, "items").length).toBe(1)
      expect(sekoia.requests.all.map((request) => request.header("authorization"))).toEqual(
        Array.from({ length: 2 }, () => `Bearer ${sekoia.apiKey}`)
      )
    })
  )

  it("uses nothing that only some sources know: no latest, no patterns, no community, no deprecated search [3.16] [3.28] [4.6] [5.4]", () => {
    const written = [...sekoiaManifest.actions.values()].flatMap(({ request }) => [
      ...(request?.path ?? []),
      ...(request?.query.keys() ?? [])
    ])
    expect(written.length).toBeGreaterThan(40)
    const text = JSON.stringify(written)
    for (const name of ["latest", "patterns", "community", "match[value]", "after_id", "context/"])
      expect(text).not.toContain(name)
  })
})
