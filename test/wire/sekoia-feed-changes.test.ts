import { describe, expect, it } from "@effect/vitest"
import { defaultFeedId, stixFixtures } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { indicator, indicators, relationship, stixId, timeAt } from "./Indicator.ts"
import { at, openSekoia, pollAll, sekoiaClient, textAt } from "./SekoiaClient.ts"

const first = stixId("indicator", 0)

describe("what changes between polls", () => {
  it.effect("is all that comes: nothing when nothing changed, then only the new [3.20]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
      const all = yield* pollAll(connection, { limit: 2 })
      const none = yield* pollAll(connection, { limit: 2 }, all.state)
      expect(none.events).toEqual([])
      sekoia.objects.publish(indicators(3, 10))
      const some = yield* pollAll(connection, { limit: 2 }, none.state)
      expect(some.ids).toEqual([10, 11, 12].map((index) => stixId("indicator", index)))
    })
  )

  it.effect("comes also where the new is older by its own times than what was read", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(3, 100) })
      const all = yield* pollAll(connection, {})
      sekoia.objects.publish([indicator(1)])
      expect((yield* pollAll(connection, {}, all.state)).ids).toEqual([stixId("indicator", 1)])
    })
  )

  it.effect("is a further event of the same id under another key [3.30]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2), now: timeAt(1000) })
      const before = yield* pollAll(connection, {})
      sekoia.objects.update(first, { confidence: 85 })
      const { events } = yield* pollAll(connection, {}, before.state)
      expect(events.map(({ event }) => [textAt(event, "id"), at(event, "confidence")])).toEqual([[first, 85]])
      expect(events[0]?.key).toBe(`${first}@${timeAt(1000)}`)
      expect(before.events[0]?.key).toBe(`${first}@${timeAt(0)}`)
    })
  )

  it.effect(
    "is seen when it is revoked, also after a restart in between and in another process [8.8] [9 AL]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(4), now: timeAt(1000) })
        const before = yield* pollAll(connection, {})
        sekoia.objects.revoke(first)
        const restarted = yield* openSekoia(sekoia.baseUrl, sekoia.apiKey)
        const { events } = yield* pollAll(restarted, {}, before.state)
        expect(events.map(({ event }) => [textAt(event, "id"), at(event, "revoked")])).toEqual([
          [first, true]
        ])
        expect(sekoia.requests.all.every((request) => request.parameter("include_revoked") === "true")).toBe(
          true
        )
      })
  )

  it.effect("is seen when it is revoked during the first pass, before and behind the cursor [9 AL]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(6), now: timeAt(1000) })
      const page = yield* connection.poll("feed", { limit: 2 }, undefined)
      sekoia.objects.revoke(first)
      sekoia.objects.revoke(stixId("indicator", 5))
      const rest = yield* pollAll(connection, { limit: 2 }, page.state)
      const revoked = rest.events.filter(({ event }) => at(event, "revoked") === true)
      expect(revoked.map(({ event }) => textAt(event, "id"))).toEqual([first, stixId("indicator", 5)])
      expect(rest.ids.filter((id) => id === first)).toEqual([first])
    })
  )

  it.effect("is left out where it is asked for without revoked or expired objects [3.12] [3.13]", () =>
    Effect.gen(function* () {
      const objects = [
        indicator(1, { revoked: true }),
        indicator(2, { valid_until: timeAt(50) }),
        indicator(3, { valid_until: timeAt(5000) }),
        indicator(4)
      ]
      const { connection } = yield* sekoiaClient({ objects, now: timeAt(1000) })
      const read = (input: { readonly [name: string]: boolean }) =>
        Effect.map(pollAll(connection, input), ({ ids }) => ids.map((id) => Number(id.slice(-1))))
      expect(yield* read({})).toEqual([1, 2, 3, 4])
      expect(yield* read({ include_revoked: false })).toEqual([2, 3, 4])
      expect(yield* read({ skip_expired: true })).toEqual([1, 3, 4])
      expect(yield* read({ include_revoked: false, skip_expired: true })).toEqual([3, 4])
    })
  )

  it.effect(
    "comes on from the same place when the secret is changed, and from the beginning with another input, which is said",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
        const before = yield* pollAll(connection, {})
        sekoia.keys.set("another-key")
        const rekeyed = yield* openSekoia(sekoia.baseUrl, "another-key")
        const same = yield* pollAll(rekeyed, {}, before.state)
        expect([same.ids, same.warnings]).toEqual([[], []])
        const other = yield* pollAll(rekeyed, { types: ["indicator"] }, same.state)
        expect(other.ids.length).toBe(2)
        expect(other.warnings).toEqual([
          "feed: the configuration is not the one that the state was made with, so it begins anew"
        ])
      })
  )

  it.effect("may be a relationship, a sighting, or of a type that nobody knows [2.10] [12.4] [4.5]", () =>
    Effect.gen(function* () {
      const malware = stixId("malware", 9)
      const objects = [
        indicator(1),
        relationship(2, stixId("indicator", 1), malware),
        { ...indicator(3), type: "sighting", id: stixId("sighting", 3), sighting_of_ref: malware },
        { type: "x-vendor-thing", id: stixId("x-vendor-thing", 4), whatever: [1, { a: null }] }
      ]
      const { connection } = yield* sekoiaClient({ objects })
      const pass = yield* pollAll(connection, {})
      expect(pass.ids).toEqual(objects.map(({ id }) => id))
      expect(pass.polls.flatMap(({ rejected }) => rejected)).toEqual([])
      expect(pass.events[3]?.event).toEqual(objects[3])
      const only = yield* pollAll(connection, { types: ["relationship", "sighting"] })
      expect(only.ids).toEqual([objects[1]?.id, objects[2]?.id])
    })
  )
})

describe("the same object several times", () => {
  const fractions = [
    timeAt(23),
    timeAt(23, ".5"),
    timeAt(23, ".499999"),
    timeAt(23, ".50"),
    timeAt(22, ".999999")
  ]
  const versions = fractions.map((modified, n) => indicator(0, { modified, name: `version ${n}` }))

  it.effect("in a page is its newest version, by time and not by text [3.30] [8.6] [11.5]", () =>
    Effect.gen(function* () {
      const { connection } = yield* sekoiaClient({ objects: versions, keepOldVersions: true })
      const { events } = yield* pollAll(connection, {})
      expect(events.map(({ key }) => key)).toEqual([`${first}@${timeAt(23, ".500")}`])
      // Of two that are equally new, the last.
      expect(textAt(events[0]?.event, "name")).toBe("version 3")
    })
  )

  it.effect("in a page that begins with its newest version is that one alone [2.9] [12.3]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({
        objects: versions.slice(0, 3),
        keepOldVersions: true
      })
      const { id } = sekoia.feeds.create({ title: "youngest first", sort_order: "desc" })
      const { events } = yield* pollAll(connection, { feed_id: id })
      expect(events.map(({ key }) => key)).toEqual([`${first}@${timeAt(23, ".500")}`])
    })
  )

  it.effect(
    "on several pages has one key for one version, however it is written, and another one for another [3.30]",
    () =>
      Effect.gen(function* () {
        const { connection } = yield* sekoiaClient({ objects: versions, keepOldVersions: true })
        const { events } = yield* pollAll(connection, { limit: 1 })
        expect(events.map(({ key }) => key.split("@")[1])).toEqual([
          timeAt(22, ".999999"),
          timeAt(23),
          timeAt(23, ".499999"),
          timeAt(23, ".500"),
          timeAt(23, ".500")
        ])
      })
  )

  it.effect("moves to its new place while it is read, and none of the others is lost [3.30]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(6), now: timeAt(1000) })
      const page = yield* connection.poll("feed", { limit: 2 }, undefined)
      sekoia.objects.update(first, { confidence: 1 })
      sekoia.objects.update(stixId("indicator", 3), { confidence: 1 })
      const rest = yield* pollAll(connection, { limit: 2 }, page.state)
      expect(rest.ids).toEqual([2, 4, 5, 0, 3].map((index) => stixId("indicator", index)))
    })
  )
})

describe("objects as they are served", () => {
  it.effect(
    "are events with every field as it came, of all kinds that are known to be awkward [8.1] [8.2] [8.3] [8.4] [8.5] [8.9] [8.10] [8.11] [8.13]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient()
        const { events, polls } = yield* pollAll(connection, {})
        expect(polls.flatMap(({ rejected }) => rejected)).toEqual([])
        expect(events.length).toBe(sekoia.objects.size)
        for (const { event } of events) {
          const served = sekoia.objects.get(textAt(event, "id"))?.object
          // What STIX says is there when it is not written: false for `revoked`, stix for `pattern_type`.
          expect(event).toEqual({ ...defaults(event), ...served })
        }
        expect(new Set(stixFixtures().map(({ type }) => type)).size).toBeGreaterThan(15)
      })
  )

  it.effect("may refer to themselves and to each other: nothing follows references [8.7]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient()
      const { events } = yield* pollAll(connection, { types: ["identity", "marking-definition"] })
      expect(events.some(({ event }) => at(event, "created_by_ref") === at(event, "id"))).toBe(true)
      expect(sekoia.requests.lines.map((line) => line.split("?")[0])).toEqual([
        `GET /v2/inthreat/collections/${defaultFeedId}/objects`
      ])
    })
  )
})

const defaults = (event: Parameters<typeof at>[0]) => {
  const served: { revoked?: boolean; pattern_type?: string } = {}
  if (at(event, "revoked") === false) served.revoked = false
  if (at(event, "pattern_type") === "stix") served.pattern_type = "stix"
  return served
}
