import { describe, expect, it } from "@effect/vitest"
import { AnswerFault, type WrongCursor } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { indicator, indicators, stixId, timeAt } from "./Indicator.ts"
import { at, idsAt, pollAll, rewritten, sekoiaClient, textAt } from "./SekoiaClient.ts"

const ids = (count: number, first = 0): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => stixId("indicator", first + index))

describe("a pass over the feed", () => {
  it.effect(
    "gives every object once, from the oldest to the youngest change, and ends at a short page [3.19] [3.21]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(7) })
        const pass = yield* pollAll(connection, { limit: 3 })
        expect(pass.ids).toEqual(ids(7))
        expect(pass.polls.map(({ events, more }) => [events.length, more])).toEqual([
          [3, true],
          [3, true],
          [1, false]
        ])
        expect(sekoia.requests.received).toBe(3)
        expect(pass.warnings).toEqual([])
      })
  )

  it.effect("whose last page is full ends at the empty one behind it [3.19]", () =>
    Effect.gen(function* () {
      const { connection } = yield* sekoiaClient({ objects: indicators(6) })
      const pass = yield* pollAll(connection, { limit: 3 })
      expect(pass.ids).toEqual(ids(6))
      expect(pass.polls.map(({ events }) => events.length)).toEqual([3, 3, 0])
    })
  )

  it.effect("sends each cursor back as it came and nothing but the one of the page before [3.6] [3.22]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
      const cursors: Array<string> = []
      sekoia.faults.add(
        AnswerFault.changeJson((body) => {
          cursors.push(textAt(body, "next_cursor"))
          return body
        }),
        { times: Number.POSITIVE_INFINITY }
      )
      const { state } = yield* pollAll(connection, { limit: 2 })
      yield* connection.poll("feed", { limit: 2 }, state)
      expect(sekoia.requests.all.map((request) => request.parameter("cursor"))).toEqual([
        undefined,
        ...cursors.slice(0, 3)
      ])
      expect(sekoia.requests.lines.slice(1).every((line) => /&cursor=c2%2B%2F[\w%]*%3D&/.test(line))).toBe(
        true
      )
    })
  )

  it.effect("keeps cursors of any characters as they are [3.22]", () =>
    Effect.gen(function* () {
      for (const cursor of ["a b&c=d#e?f%2B+/", "é漢🪤", '"\\', "x".repeat(4000), " "]) {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
        sekoia.faults.add(
          AnswerFault.changeJson((body) => ({ items: at(body, "items") ?? [], next_cursor: cursor }))
        )
        const { state } = yield* connection.poll("feed", { limit: 1 }, undefined)
        // Ours is not known to the server.
        yield* Effect.flip(connection.poll("feed", { limit: 1 }, rewritten(state)))
        expect(sekoia.requests.last?.parameter("cursor")).toBe(cursor)
      }
    })
  )

  it.effect("keeps the cursor of an empty page, and asks with it for what comes later [3.20]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const first = yield* pollAll(connection, {})
      expect(first.events).toEqual([])
      sekoia.objects.publish(indicators(2))
      const second = yield* pollAll(connection, {}, first.state)
      expect(second.ids).toEqual(ids(2))
      expect(sekoia.requests.last?.parameter("cursor")).toMatch(/^c2\+\//)
    })
  )

  for (const wrong of ["null", "missing"] as const) {
    it.effect(
      `whose last page has a cursor that is ${wrong} stays at the one before, and loses nothing [3.18] [12.5]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(3) })
          sekoia.faults.add(AnswerFault.nextCursor(wrong), { skip: 1 })
          const first = yield* pollAll(connection, { limit: 2 })
          expect(first.ids).toEqual(ids(3))
          const kept = sekoia.requests.last?.parameter("cursor")
          sekoia.objects.publish(indicators(1, 3))
          const second = yield* pollAll(connection, { limit: 2 }, first.state)
          // What came with the page that had no cursor comes again, under the same key.
          expect(second.ids).toEqual(ids(2, 2))
          expect(sekoia.requests.all[2]?.parameter("cursor")).toBe(kept)
          expect(second.events[0]?.key).toBe(first.events[2]?.key)
        })
    )

    it.effect(
      `whose only page has a cursor that is ${wrong} delivers it, and begins where it began [9 FS] [9 OCTI]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(1) })
          sekoia.faults.add(AnswerFault.nextCursor(wrong))
          const input = { modified_after: "2026-01-01T00:00:00Z" }
          const first = yield* pollAll(connection, input)
          expect(first.ids).toEqual(ids(1))
          yield* pollAll(connection, input, first.state)
          expect(sekoia.requests.all.map((request) => request.parameter("modified_after"))).toEqual([
            input.modified_after,
            input.modified_after
          ])
        })
    )

    it.effect(`whose full page has a cursor that is ${wrong} delivers it, ends, and says so [9 FS]`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
        sekoia.faults.add(AnswerFault.nextCursor(wrong), { skip: 1 })
        const first = yield* pollAll(connection, { limit: 2 })
        expect(first.ids).toEqual(ids(4))
        expect(first.warnings).toEqual(["feed: the page was full, but nothing says what is behind it"])
        const second = yield* pollAll(connection, { limit: 2 }, first.state)
        expect(second.ids).toEqual(ids(3, 2))
      })
    )
  }

  it.effect("whose full page names itself as the next one delivers it, ends, and says so [9 FS] [11.2]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
      sekoia.faults.add(AnswerFault.nextCursor("repeated"), { skip: 1 })
      const first = yield* pollAll(connection, { limit: 2 })
      expect(first.ids).toEqual(ids(4))
      expect(first.warnings).toEqual(["feed: the page was full, but it names itself as the next one"])
      expect(sekoia.requests.received).toBe(2)
      const second = yield* pollAll(connection, { limit: 2 }, first.state)
      expect(second.ids).toEqual(ids(3, 2))
    })
  )

  it.effect(
    "whose short page repeats its cursor ends without a warning: that is how nothing new looks [3.20]",
    () =>
      Effect.gen(function* () {
        const { connection } = yield* sekoiaClient({ objects: indicators(3) })
        const first = yield* pollAll(connection, {})
        const second = yield* pollAll(connection, {}, first.state)
        expect([second.ids, second.warnings]).toEqual([[], []])
        expect(second.state).toEqual(first.state)
      })
  )

  for (const cycle of [1, 2, 3, 7])
    it.effect(`whose cursors go round in ${cycle} ends after a bounded number of requests, and says so`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(100) })
        const wrong: WrongCursor = { cycle }
        sekoia.faults.add(AnswerFault.nextCursor(wrong), { times: Number.POSITIVE_INFINITY })
        const pass = yield* pollAll(connection, { limit: 2 })
        expect(pass.warnings.length).toBe(1)
        expect(pass.warnings.join()).toMatch(/circle|names itself/)
        expect(sekoia.requests.received).toBeLessThanOrEqual(3 * (cycle + 1) + 1)
        expect(new Set(pass.ids)).toEqual(new Set(ids(2 * cycle + 2)))
      })
    )

  it.effect(
    "is cut to the service's limit where that is smaller than what it would give: full pages go on [3.5] [9 AL]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(4500) })
        const pass = yield* pollAll(connection, {})
        expect(pass.polls.map(({ events }) => events.length)).toEqual([2000, 2000, 500])
        expect(new Set(pass.ids).size).toBe(4500)
        expect(new Set(sekoia.requests.all.map((request) => request.parameter("limit")))).toEqual(
          new Set(["2000"])
        )
      })
  )

  it.effect(
    "begins behind modified_after, strictly, whatever the width of its fraction [3.10] [3.29] [8.6]",
    () =>
      Effect.gen(function* () {
        const objects = [
          indicator(1, { modified: timeAt(23) }),
          indicator(2, { modified: timeAt(23, ".5") }),
          indicator(3, { modified: timeAt(23, ".500001") })
        ]
        const { connection } = yield* sekoiaClient({ objects })
        const from = (modified_after: string) =>
          Effect.map(pollAll(connection, { modified_after }), ({ ids }) => ids)
        expect(yield* from(timeAt(23))).toEqual(ids(2, 2))
        expect(yield* from(timeAt(23, ".5"))).toEqual(ids(1, 3))
        expect(yield* from(timeAt(23, ".500001"))).toEqual([])
      })
  )

  it.effect("in a feed that is sorted from the youngest to the oldest reads all of it too [2.9] [12.3]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
      const { id } = sekoia.feeds.create({ title: "youngest first", sort_order: "desc" })
      const pass = yield* pollAll(connection, { feed_id: id, limit: 2 })
      expect(pass.ids).toEqual(ids(5).toReversed())
    })
  )
})

describe("all pages of the feed", () => {
  it.effect("come one request each, by the same rules as polls [3.19] [3.20]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(6) })
      const pages = yield* Stream.runCollect(connection.pages("list_objects", { limit: 3 }))
      expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 0])
      expect(pages.flatMap(({ output }) => idsAt(output, "items"))).toEqual(ids(6))
      expect(textAt(pages.at(-1)?.output, "next_cursor")).not.toBe("")
      expect(sekoia.requests.received).toBe(3)
    })
  )

  it.effect("end where a cursor comes twice, and the page that says so is delivered [9 FS]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(6) })
      sekoia.faults.add(AnswerFault.nextCursor("repeated"), { skip: 1 })
      const pages = yield* Stream.runCollect(connection.pages("list_objects", { limit: 2 }))
      expect(pages.map(({ items }) => items.length)).toEqual([2, 2])
      expect(pages.map(({ warning }) => warning !== undefined)).toEqual([false, true])
    })
  )

  it.effect("are asked for only as they are taken", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(10) })
      yield* Stream.runDrain(Stream.take(connection.pages("list_objects", { limit: 2 }), 2))
      expect(sekoia.requests.received).toBe(2)
    })
  )
})
