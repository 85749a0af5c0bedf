import { describe, expect, it } from "@effect/vitest"
import { AnswerFault, defaultFeedId, Fault, Reply, type SekoiaSimulation } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { indicators, stixId } from "./Indicator.ts"
import { patiently } from "./Patience.ts"
import { at, idsAt, listAt, pollAll, sekoiaClient, sekoiaManifest, textAt } from "./SekoiaClient.ts"

const white = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"
const bodyOf = (sekoia: SekoiaSimulation) => sekoia.requests.last?.json
const created = (sekoia: SekoiaSimulation): number => sekoia.feeds.all.length - 1

describe("creating a feed", () => {
  it.effect(
    "sends a flat definition as JSON, sorted from the oldest change on, with both settings written [2.1] [2.3] [2.9] [12.3] [12.8]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        yield* connection.call("create_feed", {})
        expect(sekoia.requests.lines).toEqual(["POST /v2/inthreat/feeds"])
        expect(sekoia.requests.last?.header("content-type")).toBe("application/json")
        expect(bodyOf(sekoia)).toEqual({
          format: "json",
          include_revoked: true,
          skip_expired: false,
          sort_order: "asc"
        })
        expect(sekoia.feeds.all.at(-1)?.sort_order).toBe("asc")
      })
  )

  it.effect(
    "sends every filter of the guide under the name of the service, and nothing that was not given [2.4] [2.5]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const definition = {
          title: "perimeter & more",
          description: "two\nlines",
          types: ["indicator", "relationship"],
          observable_types: ["ipv4-addr", "domain-name"],
          tlps: [white],
          sources: [stixId("identity", 1)],
          sectors: [stixId("identity", 2)],
          locations: [stixId("location", 3)],
          labels: ["urgent"],
          format: "csv",
          fields: ["id", "name", "valid_until"],
          include_revoked: false,
          skip_expired: true,
          sort_order: "desc"
        }
        const feed = yield* connection.call("create_feed", definition)
        expect(bodyOf(sekoia)).toEqual(definition)
        expect(feed).toEqual({ ...sekoia.feeds.get(textAt(feed, "id")) })
        yield* connection.call("create_feed", {
          format: "custom",
          template: "ID: $id, name: $name, tlp: $tlp"
        })
        expect(at(bodyOf(sekoia), "template")).toBe("ID: $id, name: $name, tlp: $tlp")
      })
  )

  for (const feedAnswer of ["wrapped", "bare"] as const)
    it.effect(
      `gives the feed with its id where the answer is ${feedAnswer}, and so do reading and replacing it [2.2]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: [], feedAnswer })
          const id = textAt(yield* connection.call("create_feed", { title: "one" }), "id")
          expect(id).toBe(sekoia.feeds.all[1]?.id)
          expect(textAt(yield* connection.call("get_feed", { feed_id: id }), "title")).toBe("one")
          const updated = yield* connection.call("update_feed", { feed_id: id, title: "two" })
          expect([textAt(updated, "id"), textAt(updated, "title")]).toEqual([id, "two"])
        })
    )

  it.effect(
    "keeps what the service adds to a feed that is not known here, and takes 200 as well as 201 [2.2] [2.4]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const feed = { id: "a", title: "x", template: null, x_new: { deep: [1] } }
        for (const status of [200, 201]) {
          sekoia.faults.add(Fault.reply(Reply.json({ data: feed }, { status })))
          expect(yield* connection.call("create_feed", {})).toEqual(feed)
        }
      })
  )

  it.effect(
    "takes the twenty types, the four formats and the seventeen columns, and refuses others before anything is sent [2.6] [2.8]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const types =
          "threat-actor location opinion course-of-action identity campaign vulnerability attack-pattern tool observed-data report marking-definition relationship note malware intrusion-set indicator sighting grouping infrastructure".split(
            " "
          )
        const fields =
          "pattern_type sources kill_chain pattern first_seen observables last_seen created type name observable_types valid_from id modified tlp valid_until confidence".split(
            " "
          )
        yield* connection.call("create_feed", { types, fields })
        expect([at(bodyOf(sekoia), "types"), at(bodyOf(sekoia), "fields")]).toEqual([types, fields])
        expect([types.length, fields.length]).toEqual([20, 17])
        for (const format of ["json", "csv", "text"]) yield* connection.call("create_feed", { format })
        sekoia.requests.clear()
        for (const wrong of [
          { types: ["ipv4-addr"] },
          { types: "indicator" },
          { types: ["indicator", "indicator"] },
          { fields: ["labels"] },
          { format: "xml" },
          { sort_order: "random" },
          { tlps: ["white"] },
          { tlps: [stixId("identity", 1)] },
          { sources: [white] },
          { sectors: ["Finance"] },
          { locations: [stixId("identity", 1)] },
          { include_revoked: "true" },
          { tipes: ["indicator"] }
        ]) {
          const error = yield* Effect.flip(connection.call("create_feed", wrong))
          expect([error.reason._tag, error.attempts], JSON.stringify(wrong)).toEqual(["InvalidInput", 0])
        }
        expect(sekoia.requests.all).toEqual([])
      })
  )

  it("names the four markings of TLP by the ids that the service has for them [2.7]", () => {
    const source = JSON.stringify(sekoiaManifest.source)
    for (const id of [
      white,
      "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
      "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
      "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
    ])
      expect(source).toContain(id)
  })

  it.effect(
    "that the service refuses tells its reason: 400, 403, 404 for a source that it does not know [2.11]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const wrong = yield* Effect.flip(connection.call("create_feed", { format: "custom" }))
        expect([wrong.reason._tag, wrong.upstream.message, wrong.outcomeUnknown]).toEqual([
          "InvalidInput",
          "a custom feed needs a template",
          false
        ])
        sekoia.faults.add(Fault.status(404, { body: { message: "Unknown object", code: "INTHREAT0404" } }))
        expect((yield* Effect.flip(connection.call("create_feed", {}))).reason._tag).toBe("NotFound")
        sekoia.keys.set(sekoia.apiKey, { permissions: ["view intelligence", "view feeds"] })
        const denied = yield* Effect.flip(connection.call("create_feed", {}))
        expect([denied.reason._tag, denied.attempts, denied.retryable]).toEqual(["Forbidden", 1, false])
        expect(created(sekoia)).toBe(0)
      })
  )

  for (const [name, fault] of [
    ["a reset behind it", Fault.reset({ carriedOut: true })],
    ["a closed connection behind it", Fault.hangUp({ carriedOut: true })],
    ["an answer that is cut off", Fault.truncated()],
    ["an answer that breaks in the middle", Fault.resetMidway()],
    ["500 behind it", Fault.statusAfterwards(500)],
    ["502 of a proxy", Fault.statusAfterwards(502, { body: "html" })],
    ["503 behind it", Fault.statusAfterwards(503, { retryAfter: 1 })],
    ["504 behind it", Fault.statusAfterwards(504, { body: "empty" })],
    ["408 behind it", Fault.statusAfterwards(408)]
  ] as const)
    it.effect(
      `is never repeated after ${name}: one feed, and an error that says that it may exist [2.13] [11.4]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
          sekoia.faults.add(fault, { method: "POST" })
          const error = yield* patiently(Effect.flip(connection.call("create_feed", { title: "perimeter" })))
          expect([error.attempts, error.outcomeUnknown, error.retryable]).toEqual([1, true, false])
          expect([sekoia.requests.received, created(sekoia)]).toEqual([1, 1])
          // What the caller does then: look it up by its title.
          const found = yield* connection.call("list_feeds", { term: "perimeter" })
          expect(idsAt(found, "items")).toEqual([sekoia.feeds.all[1]?.id])
        })
    )

  it.effect("whose answer cannot be read was carried out, and is not repeated [2.13]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      for (const fault of [
        AnswerFault.html(),
        AnswerFault.brokenJson(),
        AnswerFault.changeJson(() => ({ data: {} }))
      ]) {
        sekoia.requests.clear()
        sekoia.faults.add(fault)
        const error = yield* patiently(Effect.flip(connection.call("create_feed", {})))
        expect([error.reason._tag, error.attempts, error.outcomeUnknown]).toEqual(["Malformed", 1, true])
        expect(sekoia.requests.all.length).toBe(1)
      }
      expect(created(sekoia)).toBe(3)
    })
  )

  it.effect("is repeated after 429, which says that it was not carried out [11.4]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      sekoia.faults.add(Fault.status(429), { times: 2 })
      yield* patiently(connection.call("create_feed", { title: "perimeter" }))
      expect([sekoia.requests.received, created(sekoia)]).toEqual([3, 1])
    })
  )

  it.effect("twice makes two feeds [2.13]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const call = Effect.map(connection.call("create_feed", { title: "same" }), (feed) => textAt(feed, "id"))
      expect(yield* call).not.toBe(yield* call)
      expect(created(sekoia)).toBe(2)
    })
  )

  it.effect(
    "makes one that is read from the oldest to the youngest change, by its filters [2.9] [2.10]",
    () =>
      Effect.gen(function* () {
        const { connection } = yield* sekoiaClient({ objects: indicators(5) })
        const feed_id = textAt(yield* connection.call("create_feed", { types: ["indicator"] }), "id")
        const pass = yield* pollAll(connection, { feed_id, limit: 2 })
        expect(pass.ids).toEqual(indicators(5).map(({ id }) => id))
        const none = textAt(yield* connection.call("create_feed", { types: ["malware"] }), "id")
        expect((yield* pollAll(connection, { feed_id: none })).ids).toEqual([])
      })
  )
})

describe("listing feeds", () => {
  const withFeeds = Effect.fnUntraced(function* (count: number) {
    const client = yield* sekoiaClient({ objects: [] })
    for (let index = 0; index < count; index++) client.sekoia.feeds.create({ title: `feed ${index}` })
    return client
  })

  it.effect("goes through all pages by their offset, at most 100 at once [2.12]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* withFeeds(249)
      const pages = yield* Stream.runCollect(connection.pages("list_feeds", {}))
      expect(pages.flatMap(({ items }) => items.map((item) => textAt(item, "id")))).toEqual(
        sekoia.feeds.all.map(({ id }) => id)
      )
      expect(sekoia.requests.lines).toEqual([
        "GET /v2/inthreat/feeds?limit=100&offset=0",
        "GET /v2/inthreat/feeds?limit=100&offset=100",
        "GET /v2/inthreat/feeds?limit=100&offset=200"
      ])
      for (const limit of [0, 101]) {
        const error = yield* Effect.flip(connection.call("list_feeds", { limit }))
        expect(error.attempts).toBe(0)
      }
    })
  )

  it.effect("ends where the total is reached, and without a total at a short page [2.12]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* withFeeds(3)
      yield* Stream.runDrain(connection.pages("list_feeds", { limit: 2 }))
      expect(sekoia.requests.received).toBe(2)
      sekoia.faults.add(
        AnswerFault.changeJson((body) => ({ items: at(body, "items") ?? [] })),
        {
          times: Number.POSITIVE_INFINITY
        }
      )
      const pages = yield* Stream.runCollect(connection.pages("list_feeds", { limit: 2 }))
      expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 0])
    })
  )

  it.effect("goes on where the service gives less than asked for, as long as there is more [2.12]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* withFeeds(4)
      sekoia.faults.add(
        AnswerFault.changeJson((body) => ({
          items: listAt(body, "items").slice(0, 2),
          total: at(body, "total") ?? 0
        })),
        { times: Number.POSITIVE_INFINITY }
      )
      const pages = yield* Stream.runCollect(connection.pages("list_feeds", {}))
      expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1])
    })
  )

  it.effect("looks for a term and for ids, percent-encoded, each key once [2.12] [2.13]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* withFeeds(12)
      const [, a, b] = sekoia.feeds.all
      const found = yield* connection.call("list_feeds", { ids: [a?.id, b?.id] })
      expect(idsAt(found, "items")).toEqual([a?.id, b?.id])
      yield* connection.call("list_feeds", { term: "a&b=c #1+%é", limit: 20, offset: 5 })
      expect(sekoia.requests.lines).toEqual([
        `GET /v2/inthreat/feeds?limit=100&offset=0&match%5Bid%5D=${a?.id}%2C${b?.id}`,
        "GET /v2/inthreat/feeds?limit=20&offset=5&term=a%26b%3Dc%20%231%2B%25%C3%A9"
      ])
    })
  )
})

describe("a feed by its id", () => {
  it.effect("is replaced with the whole definition, and the same again after an unknown outcome [2.12]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const { id } = sekoia.feeds.create({ title: "old", labels: ["urgent"], sort_order: "asc" })
      sekoia.faults.add(Fault.statusAfterwards(503), { times: 2 })
      const updated = yield* patiently(connection.call("update_feed", { feed_id: id, title: "new" }))
      expect([textAt(updated, "title"), at(updated, "labels")]).toEqual(["new", []])
      expect(sekoia.requests.lines).toEqual(Array.from({ length: 3 }, () => `PUT /v2/inthreat/feeds/${id}`))
      expect(bodyOf(sekoia)).toEqual({
        title: "new",
        format: "json",
        include_revoked: true,
        skip_expired: false,
        sort_order: "asc"
      })
    })
  )

  it.effect(
    "is deleted with 204, and is no longer there to be deleted where an attempt before did it [2.12]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const { id } = sekoia.feeds.create({ title: "old" })
        sekoia.faults.add(Fault.reset({ carriedOut: true }))
        expect(yield* patiently(connection.call("delete_feed", { feed_id: id }))).toEqual({ deleted: false })
        expect(sekoia.requests.lines).toEqual(
          Array.from({ length: 2 }, () => `DELETE /v2/inthreat/feeds/${id}`)
        )
        expect(created(sekoia)).toBe(0)
        const other = sekoia.feeds.create({ title: "other" })
        expect(yield* connection.call("delete_feed", { feed_id: other.id })).toEqual({ deleted: true })
      })
  )

  it.effect(
    "that is the default feed cannot be deleted, and one of another community is not found [1.11] [3.1]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const refused = yield* Effect.flip(connection.call("delete_feed", { feed_id: defaultFeedId }))
        expect([refused.reason._tag, refused.upstream.message]).toEqual([
          "InvalidInput",
          "the default feed cannot be deleted"
        ])
        expect(created(sekoia)).toBe(0)
        const unknown = "4f7c1a52-0d8e-4b3f-a6c9-2e5b7d9f1030"
        for (const action of [
          "get_feed",
          "update_feed",
          "list_objects",
          "feed_lines",
          "feed_rows",
          "feed_custom"
        ]) {
          const error = yield* Effect.flip(connection.call(action, { feed_id: unknown }))
          expect([error.reason._tag, error.attempts, error.retryable], action).toEqual(["NotFound", 1, false])
        }
        const polled = yield* Effect.flip(connection.poll("feed", { feed_id: unknown }, undefined))
        expect([polled.reason._tag, polled.upstream.code]).toEqual(["NotFound", "INTHREAT2500"])
      })
  )
})
