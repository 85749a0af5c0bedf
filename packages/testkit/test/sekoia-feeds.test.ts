import type { Json } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import {
  SimulatedSekoia,
  type SekoiaSimulation,
  type SimulatedSekoiaOptions,
  stixFixtures
} from "../src/index.ts"
import { at, listAt, send, textAt, texts } from "./Client.ts"

const feed = "d6092c37-d8d7-45c3-8aff-c4dc26030608"

/** Runs against a server of its own. */
const against = <A, E>(
  options: SimulatedSekoiaOptions,
  use: (sekoia: SekoiaSimulation) => Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.scoped(
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make(options)
      const answer = yield* use(sekoia)
      expect(sekoia.defects).toEqual([])
      return answer
    })
  )

const get = (sekoia: SekoiaSimulation, path: string, key = sekoia.apiKey) =>
  send(`${sekoia.baseUrl}${path}`, { headers: { authorization: `Bearer ${key}` } })

const page = (sekoia: SekoiaSimulation, query: { readonly [name: string]: string }, id = feed) =>
  get(sekoia, `/v2/inthreat/collections/${id}/objects?${new URLSearchParams(query).toString()}`)

/** All items from a cursor, or from the beginning, and the last cursor. */
const readAll = Effect.fnUntraced(function* (
  sekoia: SekoiaSimulation,
  query: { readonly [name: string]: string } & { readonly limit: string }
) {
  const items: Array<Json> = []
  let cursor = query["cursor"]
  for (;;) {
    const { json } = yield* page(sekoia, cursor === undefined ? query : { ...query, cursor })
    const found = listAt(json, "items")
    items.push(...found)
    cursor = textAt(json, "next_cursor")
    if (found.length < Number(query.limit)) return { items, cursor }
  }
})

const indicator = (number: number, modified: string, fields: { readonly [name: string]: Json } = {}) => ({
  type: "indicator",
  id: `indicator--00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  created: "2026-01-01T00:00:00Z",
  modified,
  pattern: `[domain-name:value = 'd${number}.example']`,
  valid_from: "2026-01-01T00:00:00Z",
  ...fields
})

describe("a simulated feed", () => {
  it.effect(
    "gives every object once, from the oldest change to the youngest, whatever the size of pages",
    () =>
      against({}, (sekoia) =>
        Effect.gen(function* () {
          const { items } = yield* readAll(sekoia, { limit: "7" })
          const newest = new Map(stixFixtures().map((object) => [object.id, object]))
          expect(items.length).toBe(newest.size)
          expect(new Set(texts(items, "id")).size).toBe(items.length)
          expect(items).toContainEqual(newest.get(textAt(items, 20, "id")))
          const changed = items
            .map((item) => textAt(item, "modified"))
            .filter((time) => time !== "")
            .map((time) => Date.parse(time))
          expect(changed).toEqual(changed.toSorted((left, right) => left - right))
        })
      )
  )

  it.effect("has a cursor on its last page, which later brings only what was changed since", () =>
    against(
      { objects: [indicator(1, "2026-01-01T00:00:00Z"), indicator(2, "2026-01-02T00:00:00Z")] },
      (sekoia) =>
        Effect.gen(function* () {
          const first = yield* readAll(sekoia, { limit: "2" })
          expect(first.items.length).toBe(2)
          const empty = yield* page(sekoia, { cursor: first.cursor })
          expect(empty.json).toEqual({ items: [], next_cursor: first.cursor })
          sekoia.objects.publish([indicator(3, "2026-01-03T00:00:00Z")])
          sekoia.objects.revoke(indicator(1, "").id)
          const later = yield* readAll(sekoia, { limit: "10", cursor: first.cursor })
          expect(later.items.map((item) => [at(item, "id"), at(item, "revoked")])).toEqual([
            [indicator(3, "").id, undefined],
            [indicator(1, "").id, true]
          ])
          expect((yield* page(sekoia, { cursor: later.cursor })).json).toEqual({
            items: [],
            next_cursor: later.cursor
          })
        })
    )
  )

  it.effect("has cursors that must be percent-encoded, and takes none of another feed", () =>
    against({}, (sekoia) =>
      Effect.gen(function* () {
        const cursor = textAt((yield* page(sekoia, { limit: "3" })).json, "next_cursor")
        expect(cursor).toMatch(/\+.*\/.*=$/)
        const raw = `/v2/inthreat/collections/${feed}/objects?cursor=${cursor}`
        expect((yield* get(sekoia, raw)).status).toBe(400)
        const other = sekoia.feeds.create({ title: "other" })
        expect((yield* page(sekoia, { cursor }, other.id)).status).toBe(400)
        expect((yield* page(sekoia, { cursor })).status).toBe(200)
      })
    )
  )

  it.effect("has 100 objects on a page, 2000 at most, and 10,000 as text", () =>
    against({ objects: stixFixtures({ objects: 2500 }) }, (sekoia) =>
      Effect.gen(function* () {
        const sizeOf = (query: { readonly [name: string]: string }) =>
          Effect.map(page(sekoia, query), ({ json }) => listAt(json, "items").length)
        expect(yield* sizeOf({})).toBe(100)
        expect(yield* sizeOf({ limit: "10000" })).toBe(2000)
        const { text } = yield* page(sekoia, { limit: "10000", format: "text" })
        expect(text.split("\n").length - 1).toBe(sekoia.objects.size)
        for (const limit of ["0", "-1", "1.5", "many"])
          expect((yield* page(sekoia, { limit })).status).toBe(400)
      })
    )
  )

  it.effect("refuses a limit above the largest where it is told to", () =>
    against({ overLimit: "reject" }, (sekoia) =>
      Effect.gen(function* () {
        expect((yield* page(sekoia, { limit: "2001" })).status).toBe(400)
        expect((yield* page(sekoia, { limit: "2001", format: "text" })).status).toBe(200)
      })
    )
  )

  it.effect("compares modified_after as time, not as text, and refuses it with a cursor", () => {
    const objects = ["00:00:23Z", "00:00:23.50Z", "00:00:23.500001Z"].map((time, index) =>
      indicator(index, `2026-01-01T${time}`)
    )
    return against({ objects }, (sekoia) =>
      Effect.gen(function* () {
        const after = (modified_after: string) =>
          Effect.map(page(sekoia, { modified_after }), ({ json }) => listAt(json, "items").length)
        expect(yield* after("2026-01-01T00:00:22.9Z")).toBe(3)
        expect(yield* after("2026-01-01T00:00:23.0Z")).toBe(2)
        expect(yield* after("2026-01-01T01:00:23.5+01:00")).toBe(1)
        expect((yield* page(sekoia, { modified_after: "yesterday" })).status).toBe(400)
        const cursor = textAt((yield* page(sekoia, {})).json, "next_cursor")
        expect((yield* page(sekoia, { cursor, modified_after: "2026-01-01T00:00:00Z" })).status).toBe(400)
      })
    )
  })

  it.effect("filters by type, by observable type, by revocation and by the end of validity", () =>
    against({ now: "2026-06-01T00:00:00Z" }, (sekoia) =>
      Effect.gen(function* () {
        const all = (query: { readonly [name: string]: string }) =>
          Effect.map(page(sekoia, { limit: "2000", ...query }), ({ json }) => listAt(json, "items"))
        expect(new Set(texts(yield* all({ "match[type]": "malware,tool" }), "type"))).toEqual(
          new Set(["malware", "tool"])
        )
        expect(yield* all({ "match[type]": "no-such-type" })).toEqual([])
        for (const item of yield* all({ "match[observable_type]": "url,file" }))
          expect(texts(listAt(item, "x_ic_observable_types"))).toEqual([
            expect.stringMatching(/^(url|file)$/)
          ])
        const everything = yield* all({})
        const unrevoked = yield* all({ include_revoked: "False" })
        expect(unrevoked).toEqual(everything.filter((item) => at(item, "revoked") !== true))
        expect(unrevoked.length).toBeLessThan(everything.length)
        const unexpired = yield* all({ skip_expired: "true" })
        expect(unexpired).toEqual(
          everything.filter((item) => !textAt(item, "valid_until").startsWith("2021"))
        )
        expect(unexpired.length).toBeLessThan(everything.length)
      })
    )
  )

  it.effect("refuses a parameter that is given twice, and what is neither true nor false", () =>
    against({}, (sekoia) =>
      Effect.gen(function* () {
        const path = `/v2/inthreat/collections/${feed}/objects`
        const twice = yield* get(sekoia, `${path}?match[type]=tool&match%5Btype%5D=malware`)
        expect([twice.status, at(twice.json, "message")]).toEqual([400, "match[type] is given twice"])
        expect((yield* get(sekoia, `${path}?skip_expired=maybe`)).status).toBe(400)
        expect((yield* get(sekoia, `${path}/?limit=1`)).status).toBe(200)
      })
    )
  )

  it.effect("is the unknown collection where there is none, by the id with or without feed--", () =>
    against({}, (sekoia) =>
      Effect.gen(function* () {
        const none = yield* page(sekoia, {}, "00000000-0000-4000-8000-000000000000")
        expect([none.status, at(none.json, "code")]).toEqual([404, "INTHREAT2500"])
        expect((yield* page(sekoia, { limit: "1" }, `feed--${feed}`)).status).toBe(200)
      })
    )
  )

  it.effect("gives ids twice where old versions stay", () =>
    against({ keepOldVersions: true }, (sekoia) =>
      Effect.gen(function* () {
        const { items } = yield* readAll(sekoia, { limit: "100" })
        expect(items.length).toBe(240)
        expect(new Set(texts(items, "id")).size).toBeLessThan(240)
      })
    )
  )

  it.effect("goes from the youngest change to the oldest where it is defined so", () =>
    against({}, (sekoia) =>
      Effect.gen(function* () {
        const { id } = sekoia.feeds.create({ title: "backwards", types: ["indicator"] })
        const first = yield* page(sekoia, { limit: "3" }, id)
        const second = yield* page(sekoia, { limit: "3", cursor: textAt(first.json, "next_cursor") }, id)
        const times = [...listAt(first.json, "items"), ...listAt(second.json, "items")].map((item) =>
          Date.parse(textAt(item, "modified"))
        )
        expect(times).toEqual(times.toSorted((left, right) => right - left))
        expect(new Set(times).size).toBe(6)
      })
    )
  )
})

describe("the other formats of a simulated feed", () => {
  it.effect("have their cursor in the header Cursor, and no cursor in the body", () =>
    against({}, (sekoia) =>
      Effect.gen(function* () {
        const first = yield* page(sekoia, { format: "text", limit: "2", "match[type]": "indicator" })
        expect(first.rawHeaders).toContain("Cursor")
        const cursor = String(first.headers["cursor"])
        expect(first.text).not.toContain(cursor)
        const second = yield* page(sekoia, { format: "text", limit: "2", "match[type]": "indicator", cursor })
        expect(second.text.split("\n").length).toBe(3)
        expect(second.text).not.toBe(first.text)
      })
    )
  )

  it.effect("are text with the observable of a pattern or the name, one line an object", () => {
    const objects = [
      indicator(1, "2026-01-01T00:00:01Z", { name: "shown nowhere" }),
      { ...indicator(2, "2026-01-01T00:00:02Z"), pattern: "[a:b = 'x' AND a:c = 'y']", name: "two\nlines" },
      {
        ...indicator(3, "2026-01-01T00:00:03Z"),
        pattern: String.raw`[email-addr:value = 'o\'brien@a.example']`
      }
    ]
    return against({ objects }, (sekoia) =>
      Effect.map(page(sekoia, { format: "text" }), ({ text }) =>
        expect(text).toBe("d1.example\ntwo lines\no'brien@a.example\n")
      )
    )
  })

  it.effect("are CSV by RFC 4180, with quotes and line breaks in cells", () => {
    const objects = [
      indicator(1, "2026-01-01T00:00:01Z", { name: 'a "quoted", name\r\nand a line', confidence: null })
    ]
    return against({ objects }, (sekoia) =>
      Effect.gen(function* () {
        const { id } = sekoia.feeds.create({ format: "csv", fields: ["name", "confidence", "observables"] })
        const { headers, text } = yield* page(sekoia, {}, id)
        expect(headers["content-type"]).toMatch(/^text\/csv/)
        expect(text).toBe('name,confidence,observables\r\n"a ""quoted"", name\r\nand a line",,d1.example\r\n')
      })
    )
  })

  it.effect("are custom by the template of the feed, and by no override", () =>
    against({ objects: [indicator(1, "2026-01-01T00:00:01Z", { name: "n" })] }, (sekoia) =>
      Effect.gen(function* () {
        const { id } = sekoia.feeds.create({
          format: "custom",
          template: "ID: $id, name: $name, $unknown $observables"
        })
        expect((yield* page(sekoia, {}, id)).text).toBe(
          `ID: ${indicator(1, "").id}, name: n, $unknown d1.example\n`
        )
        expect((yield* page(sekoia, { format: "custom" })).status).toBe(400)
      })
    )
  )
})
