import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import { AnswerFault, badItems, Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { indicator, indicators, stixId, timeAt } from "./Indicator.ts"
import { patiently } from "./Patience.ts"
import { at, pollAll, rewritten, sekoiaClient } from "./SekoiaClient.ts"

const always = { times: Number.POSITIVE_INFINITY }

describe("items of a page that do not fit", () => {
  it.effect("are set aside with their places and problems, and all others are delivered [9 AL] [9 SPL]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(8) })
      sekoia.faults.add(AnswerFault.badItems())
      const { events, rejected } = yield* connection.poll("feed", {}, undefined)
      expect(events.length).toBe(8)
      // One behind each right one.
      expect(rejected.map(({ index }) => index)).toEqual([1, 3, 5, 7, 9, 11])
      expect(rejected.map(({ item }) => Redacted.value(item))).toEqual(badItems)
      expect(rejected.every(({ problems }) => problems.length > 0)).toBe(true)
      expect(JSON.stringify(rejected)).not.toContain("without-a-pattern")
    })
  )

  it.effect("count for the length of the page: a full page of them does not end the pass", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
      sekoia.faults.add(
        AnswerFault.changeJson((body) => ({ items: [null, 7], next_cursor: at(body, "next_cursor") ?? null }))
      )
      const pass = yield* pollAll(connection, { limit: 2 })
      expect(pass.polls.map(({ events, rejected }) => [events.length, rejected.length])).toEqual([
        [0, 2],
        [2, 0],
        [1, 0]
      ])
    })
  )

  it.effect("may be an indicator whose times cannot be told, and nothing else is held up by it [8.6]", () =>
    Effect.gen(function* () {
      const bad = indicator(1, { modified: "2026-02-30T00:00:00Z" })
      const { connection } = yield* sekoiaClient({ objects: [indicator(0), bad, indicator(2)] })
      const { polls } = yield* pollAll(connection, {})
      expect(polls.flatMap(({ events }) => events.length)).toEqual([2])
      expect(polls.flatMap(({ rejected }) => rejected.length)).toEqual([1])
    })
  )

  it.effect(
    "are not those without what only some consumers need: valid_until, markings, observable types, sources [8.2] [8.10] [9 SPL] [9 XS]",
    () =>
      Effect.gen(function* () {
        const { type, id, created, modified, pattern, valid_from } = indicator(0)
        const bare = { type, id, created, modified, pattern, valid_from } as const
        const { connection } = yield* sekoiaClient({
          objects: [
            bareOf(bare),
            indicator(1, { confidence: null }),
            indicator(2, {
              external_references: [{ source_name: "x", external_id: null, url: "", description: "" }]
            })
          ]
        })
        const { events, polls } = yield* pollAll(connection, {})
        expect([events.length, polls.flatMap(({ rejected }) => rejected)]).toEqual([3, []])
      })
  )
})

/** The members that are there. */
const bareOf = (object: {
  readonly [name: string]: Json | undefined
  readonly type: string
  readonly id: string
}) => {
  const entries = Object.entries(object).flatMap(([name, value]): ReadonlyArray<readonly [string, Json]> =>
    value === undefined ? [] : [[name, value]]
  )
  return { ...Object.fromEntries(entries), type: object.type, id: object.id }
}

describe("a page that is broken", () => {
  const page = (body: Json) => Fault.reply(Reply.json(body))
  const malformed = [
    ["HTML with status 200 [9 AL]", AnswerFault.html()],
    ["JSON that ends in the middle", AnswerFault.brokenJson()],
    ["no body at all", Fault.reply(Reply.jsonText(""))],
    ["204 and nothing", Fault.reply(Reply.empty(204))],
    ["a list instead of a page", page([])],
    ["a page without items", page({ next_cursor: "abc" })],
    ["items that are no list", page({ items: {}, next_cursor: "abc" })],
    ["items that are null", page({ items: null, next_cursor: "abc" })],
    ["a cursor that is no text", page({ items: [], next_cursor: 7 })],
    ["JSON null", page(null)],
    ["gzip that is none", Fault.wrongEncoding()],
    ["a gzip bomb", Fault.gzipBomb({ bytes: 80 * 1024 * 1024 })],
    [
      "bytes that are no UTF-8",
      Fault.reply(Reply.bytes(Uint8Array.of(0x22, 0xff, 0x22), "application/json"))
    ],
    ["an empty object", page({})],
    ["an error with status 200", page({ message: "Internal error", code: "T999" })]
  ] as const

  for (const [name, fault] of malformed)
    it.effect(`by ${name} is no page, changes nothing, and is read again without loss [11.3]`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
        const first = yield* connection.poll("feed", { limit: 2 }, undefined)
        const state = rewritten(first.state)
        sekoia.faults.add(fault)
        const error = yield* Effect.flip(connection.poll("feed", { limit: 2 }, state))
        expect([error.reason._tag, error.attempts, error.outcomeUnknown]).toEqual(["Malformed", 1, false])
        const rest = yield* pollAll(connection, { limit: 2 }, state)
        expect(rest.ids).toEqual([2, 3, 4].map((index) => stixId("indicator", index)))
        expect(sekoia.requests.all[2]?.target).toBe(sekoia.requests.all[1]?.target)
        expect(state).toEqual(rewritten(first.state))
      })
    )

  const cut = [
    ["is reset before its answer", Fault.reset()],
    ["is closed before its answer", Fault.hangUp()],
    ["is reset in the middle of the page", Fault.resetMidway()],
    ["ends before the length that was promised", Fault.truncated()],
    ["ends before the last chunk", Fault.truncated({ chunked: true })]
  ] as const

  for (const [name, fault] of cut)
    it.effect(`by a connection that ${name} is asked for again, and nothing comes twice [11.3] [11.4]`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
        sekoia.faults.add(fault, { skip: 1 })
        const pass = yield* patiently(pollAll(connection, { limit: 2 }))
        expect(pass.ids).toEqual([0, 1, 2, 3, 4].map((index) => stixId("indicator", index)))
        expect(sekoia.requests.received).toBe(4)
        expect(sekoia.requests.all[2]?.target).toBe(sekoia.requests.all[1]?.target)
      })
    )

  it.effect(
    "for good fails after five attempts, and the same state reads on when the service is back [3.20] [9 FS]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5), now: timeAt(100) })
        const { state } = yield* connection.poll("feed", { limit: 2 }, undefined)
        for (const [fault, reason] of [
          [Fault.reset(), "Network"],
          [Fault.truncated(), "Network"],
          [Fault.status(503, { body: "html" }), "Upstream"]
        ] as const) {
          sekoia.requests.clear()
          const queued = sekoia.faults.add(fault, always)
          const error = yield* patiently(Effect.flip(connection.poll("feed", { limit: 2 }, state)))
          expect([error.reason._tag, error.attempts, error.retryable]).toEqual([reason, 5, true])
          expect(sekoia.requests.all.length).toBe(5)
          queued.remove()
        }
        expect((yield* pollAll(connection, { limit: 2 }, state)).ids.length).toBe(3)
      })
  )

  it.effect("by a status that is none of success is an error, never an empty page [9 AL] [9 OCTI]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      const { state } = yield* connection.poll("feed", { limit: 1 }, undefined)
      for (const status of [201, 206, 304, 400, 401, 403, 404, 410, 501]) {
        sekoia.faults.add(Fault.status(status, { body: "empty" }))
        const error = yield* Effect.flip(connection.poll("feed", { limit: 1 }, state))
        expect([error.status, error.attempts], String(status)).toEqual([status, 1])
      }
      expect((yield* pollAll(connection, { limit: 1 }, state)).ids.length).toBe(1)
    })
  )

  it.effect("only by its content type is read all the same: JSON is JSON", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      for (const type of [undefined, "text/plain", "application/octet-stream", "application/vnd.api+json"]) {
        sekoia.faults.add(AnswerFault.contentType(type))
        expect((yield* connection.poll("feed", {}, undefined)).events.length).toBe(2)
      }
    })
  )

  it.effect("is not committed by a poll that is interrupted, and its connection is closed", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      const silent = Fault.silent()
      sekoia.faults.add(silent)
      const error = yield* patiently(
        Effect.flip(connection.poll("feed", {}, undefined, { deadline: "5 seconds" }))
      )
      expect(error.reason._tag).toBe("Timeout")
      silent.release()
      expect((yield* pollAll(connection, {})).ids.length).toBe(2)
    })
  )
})
