import { describe, expect, it } from "@effect/vitest"
import { AnswerFault, Fault, Reply, type ReplyOptions } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { indicator, indicators } from "./Indicator.ts"
import { at, listAt, sekoiaClient, textAt } from "./SekoiaClient.ts"

const always = { times: Number.POSITIVE_INFINITY }

/** Another spelling of the header's name, on every answer. */
const cursorAs = (name: string) =>
  AnswerFault.change((reply) => ({
    ...reply,
    headers: reply.headers.map(([known, value]) => [known === "Cursor" ? name : known, value] as const)
  }))

/** Answers of a script, one after another; the last one again and again. */
const scripted = (replies: ReadonlyArray<Reply>) => {
  let turn = 0
  return AnswerFault.change(() => replies[Math.min(turn++, replies.length - 1)] ?? Reply.empty(500))
}

const withCursor = (cursor: string): ReplyOptions => ({ headers: [["Cursor", cursor]] })

describe("a feed as lines of text", () => {
  it.effect("gives one line per object and the cursor of the header, on all pages [3.23] [3.24]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
      const pages = yield* Stream.runCollect(connection.pages("feed_lines", { limit: 2 }))
      expect(pages.map(({ items }) => items)).toEqual([
        ["host-0.example", "host-1.example"],
        ["host-2.example", "host-3.example"],
        ["host-4.example"]
      ])
      expect(sekoia.requests.all.map((request) => request.parameter("cursor"))).toEqual([
        undefined,
        ...pages.slice(0, 2).map(({ output }) => textAt(output, "cursor"))
      ])
    })
  )

  for (const name of ["cursor", "CURSOR", "cUrSoR"])
    it.effect(`finds the cursor in a header that is written ${name} [3.23]`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
        const { id } = sekoia.feeds.create({ format: "custom", template: "$name\n", sort_order: "asc" })
        sekoia.faults.add(cursorAs(name), always)
        for (const action of ["feed_lines", "feed_rows", "feed_custom"]) {
          const pages = yield* Stream.runCollect(connection.pages(action, { feed_id: id, limit: 2 }))
          expect(pages.length).toBeGreaterThanOrEqual(3)
        }
      })
    )

  it.effect("takes a last line with and without an end, and line ends of any system [3.24]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      for (const text of ["a\nb", "a\nb\n", "a\r\nb\r\n", "a\r\nb", "\na\nb\n\n"]) {
        sekoia.faults.add(Fault.reply(Reply.text(text)))
        expect(yield* connection.call("feed_lines", {}), JSON.stringify(text)).toEqual({ lines: ["a", "b"] })
      }
      sekoia.faults.add(Fault.reply(Reply.text("")))
      sekoia.faults.add(Fault.reply(Reply.empty(204)))
      expect(yield* connection.call("feed_lines", {})).toEqual({ lines: [] })
      expect(yield* connection.call("feed_lines", {})).toEqual({ lines: [] })
    })
  )

  it.effect(
    "asks for 10000 lines where it is told to, and goes on behind 2000 where that is the most [3.4] [3.5] [12.1]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(4500) })
        const input = { limit: 10_000 }
        expect((yield* Stream.runCollect(connection.pages("feed_lines", input))).length).toBeLessThanOrEqual(
          2
        )
        const page = (first: number, count: number, cursor: string) =>
          Reply.text(
            Array.from({ length: count }, (_, index) => `h${first + index}\n`).join(""),
            withCursor(cursor)
          )
        sekoia.faults.add(
          scripted([page(0, 2000, "c1"), page(2000, 2000, "c2"), page(4000, 500, "c3")]),
          always
        )
        const pages = yield* Stream.runCollect(connection.pages("feed_lines", input))
        expect(pages.flatMap(({ items }) => items).length).toBe(4500)
        expect(sekoia.requests.last?.parameter("limit")).toBe("10000")
      })
  )

  it.effect("goes on behind a page with an empty line: an object without a name is an object [3.25]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      sekoia.faults.add(
        scripted([Reply.text("a\n\nc\n", withCursor("c1")), Reply.text("d\n", withCursor("c2"))]),
        always
      )
      const pages = yield* Stream.runCollect(connection.pages("feed_lines", { limit: 3 }))
      expect(pages.flatMap(({ items }) => items)).toEqual(["a", "c", "d"])
    })
  )
})

describe("a feed as rows of CSV", () => {
  it.effect(
    "gives cells by the names of the first line, also with line breaks, quotes and commas in them [3.25]",
    () =>
      Effect.gen(function* () {
        const awkward = ["a,b", 'say "hi"', "two\nlines", "two\r\nlines", " blank ", "", "ünï 🪤"]
        const objects = awkward.map((name, index) => indicator(index, { name }))
        const { connection, sekoia } = yield* sekoiaClient({ objects })
        const { id } = sekoia.feeds.create({ format: "csv", fields: ["id", "name"], sort_order: "asc" })
        const pages = yield* Stream.runCollect(connection.pages("feed_rows", { feed_id: id, limit: 3 }))
        expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1])
        expect(pages.flatMap(({ items }) => items)).toEqual(
          objects.map(({ id }, index) => ({ id, name: awkward[index] }))
        )
      })
  )

  it.effect("with a single column has a row for every object, also for one whose cell is empty [3.25]", () =>
    Effect.gen(function* () {
      const objects = [
        indicator(0, { confidence: 10 }),
        indicator(1),
        indicator(2),
        indicator(3, { confidence: 40 })
      ]
      const { connection, sekoia } = yield* sekoiaClient({ objects })
      const { id } = sekoia.feeds.create({ format: "csv", fields: ["confidence"], sort_order: "asc" })
      const pages = yield* Stream.runCollect(connection.pages("feed_rows", { feed_id: id, limit: 2 }))
      expect(pages.flatMap(({ items }) => items)).toEqual(
        ["10", "", "", "40"].map((confidence) => ({ confidence }))
      )
    })
  )

  it.effect("ends at a page that has only the first line, and keeps its cursor [3.20] [3.25]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(4) })
      const pages = yield* Stream.runCollect(connection.pages("feed_rows", { limit: 2 }))
      expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 0])
      const cursor = textAt(pages[2]?.output, "cursor")
      sekoia.objects.publish([indicator(9)])
      const later = yield* connection.call("feed_rows", { cursor })
      expect(listAt(later, "rows").map((row) => at(row, "name"))).toEqual(["host-9.example"])
    })
  )

  it.effect("that is cut off or has too few cells is no page, and the error shows none of it", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      for (const text of [
        'id,name\n1,"hidden value',
        "id,name\n1\n",
        "id,id\n1,2\n",
        "id,name\n1,2,hidden value\n"
      ]) {
        sekoia.faults.add(Fault.reply(Reply.bytes(text, "text/csv", withCursor("c1"))))
        const error = yield* Effect.flip(connection.call("feed_rows", {}))
        expect(error.reason._tag, JSON.stringify(text)).toBe("Malformed")
        expect(JSON.stringify(error)).not.toContain("hidden")
      }
    })
  )
})

describe("a feed with a template of its own", () => {
  it.effect(
    "is read without asking for a format, as the text that it gives, and ends at an empty one [3.16] [3.25] [12.6]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(3) })
        const template = "ID: $id\nname: $name\n--"
        const { id } = sekoia.feeds.create({ format: "custom", template, sort_order: "asc" })
        const pages = yield* Stream.runCollect(connection.pages("feed_custom", { feed_id: id, limit: 2 }))
        expect(pages.map(({ items }) => items.length)).toEqual([1, 1, 0])
        expect(textAt(pages[1]?.output, "text")).toBe(
          `${template.replace("$id", indicator(2).id).replace("$name", "host-2.example")}\n`
        )
        expect(sekoia.requests.all.map((request) => request.parameter("format"))).toEqual([
          undefined,
          undefined,
          undefined
        ])
      })
  )

  it.effect("ends where the cursor is missing, and where it is the same as before [3.25]", () =>
    Effect.gen(function* () {
      for (const wrong of ["missing", "repeated"] as const) {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(6) })
        const { id } = sekoia.feeds.create({ format: "custom", template: "$name", sort_order: "asc" })
        sekoia.faults.add(AnswerFault.nextCursor(wrong), { skip: 1 })
        const pages = yield* Stream.runCollect(connection.pages("feed_custom", { feed_id: id, limit: 2 }))
        expect(pages.map(({ items }) => items.length)).toEqual([1, 1])
      }
    })
  )
})

describe("a feed that is no JSON", () => {
  it.effect("is no feed when a web page comes instead of it: none of it becomes a line or a row [9 AL]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      const { id } = sekoia.feeds.create({ format: "custom", template: "$name" })
      sekoia.faults.add(AnswerFault.html(), always)
      for (const action of ["feed_lines", "feed_rows", "feed_custom"]) {
        const error = yield* Effect.flip(connection.call(action, { feed_id: id }))
        expect([error.reason._tag, error.attempts], action).toEqual(["Malformed", 1])
        expect(error.message).toContain("web page")
      }
    })
  )

  it.effect(
    "ends where the cursor is missing or the same as before, also behind a full page [3.25] [9 FS]",
    () =>
      Effect.gen(function* () {
        for (const wrong of ["missing", "repeated"] as const)
          for (const action of ["feed_lines", "feed_rows"]) {
            const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(6) })
            sekoia.faults.add(AnswerFault.nextCursor(wrong), { skip: 1 })
            const pages = yield* Stream.runCollect(connection.pages(action, { limit: 2 }))
            expect(pages.map(({ items }) => items.length)).toEqual([2, 2])
            expect(pages.map(({ warning }) => warning !== undefined)).toEqual([false, true])
          }
      })
  )

  it.effect("is filtered by the same parameters as one of JSON [3.7] [3.9] [3.12] [3.13]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const { id } = sekoia.feeds.create({ format: "custom", template: "$name" })
      const input = {
        feed_id: id,
        limit: 7,
        types: ["indicator", "malware"],
        observable_types: ["url"],
        modified_after: "2026-01-05T00:00:00Z",
        include_revoked: false,
        skip_expired: true,
        convert_network_traffic: true
      }
      for (const action of ["list_objects", "feed_lines", "feed_rows", "feed_custom"])
        yield* connection.call(action, input)
      const queries = sekoia.requests.all.map(({ query }) => query.filter(([name]) => name !== "format"))
      expect(queries[0]?.length).toBe(7)
      for (const query of queries) expect(query).toEqual(queries[0])
    })
  )
})
