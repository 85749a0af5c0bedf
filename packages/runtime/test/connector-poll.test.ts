import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { OpenConnection, Poll } from "../src/connector/ConnectorService.ts"
import { acme, connected } from "./Connected.ts"

const feed = acme(`types:
  Thing:
    type: object
    required: [id, modified]
    properties: { id: { type: string }, modified: { type: string, format: date-time }, n: { type: integer } }
actions:
  list:
    summary: Lists
    input:
      cursor?: { type: string }
      since?: { type: string }
      first?: { type: boolean }
      limit?: { type: integer, default: 2 }
    output: { type: object, required: [items], properties: { items: { type: array, items: { $ref: "#/types/Thing" } }, next: { type: [string, "null"] } } }
    request:
      GET: /x
      query: { limit: "\${{ input.limit }}", cursor: "\${{ input.cursor }}", first: "\${{ input.first }}", since: "\${{ has(input.cursor) ? null : input.since }}" }
    paginate: { items: "\${{ output.items }}", cursor: "\${{ output.next }}", into: cursor, stop: "\${{ size(output.items) < input.limit }}" }
triggers:
  things:
    summary: Things
    input: { since?: { type: string } }
    event: { $ref: "#/types/Thing" }
    poll: { action: list, every: 1m, with: { since: "\${{ input.since }}", first: "\${{ !state.initial_sync_done }}" } }
    keep: cursor
    key: \${{ event.id }}
    order: \${{ timestamp(event.modified) }}
`)

const thing = (id: string, modified = "2026-01-01T00:00:00Z") => ({ id, modified })

interface Page {
  readonly items: Json
  readonly next?: string | null
}

/** A connection to a service that answers with these pages, one after another; the last one again and again. */
const serving = (pages: ReadonlyArray<Page>, manifest = feed) =>
  connected({ manifest, answer: (_request, index) => ({ body: { ...(pages[index] ?? pages.at(-1)) } }) })

/** Polls `count` times, each with the state of the one before. */
const polls = (connection: OpenConnection, count: number, input: Json = {}) =>
  Effect.gen(function* () {
    const all: Array<Poll> = []
    for (let index = 0; index < count; index++)
      all.push(yield* connection.poll("things", input, all.at(-1)?.state))
    return all
  })

const keys = (poll: Poll | undefined): ReadonlyArray<string> => poll?.events.map(({ key }) => key) ?? []

describe("a poll", () => {
  it.effect("reads one page, keeps the cursor of an empty one, and never sends a start with a cursor", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* serving([
        { items: [thing("a"), thing("b")], next: "c1+/=" },
        { items: [thing("c")], next: "c2" },
        { items: [], next: "c3" }
      ])
      const [first, second, third] = yield* polls(connection, 4, { since: "2026" })
      expect(server.received.map(({ target }) => target)).toEqual([
        "/x?limit=2&first=true&since=2026",
        "/x?limit=2&cursor=c1%2B%2F%3D&first=true",
        "/x?limit=2&cursor=c2&first=false",
        "/x?limit=2&cursor=c3&first=false"
      ])
      expect([first?.more, second?.more, third?.more]).toEqual([true, false, false])
      expect(keys(first)).toEqual(["a@2026-01-01T00:00:00Z", "b@2026-01-01T00:00:00Z"])
      expect(first?.warnings).toEqual([])
    })
  )

  it.effect("keeps the last good cursor when none is given", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* serving([
        { items: [thing("a"), thing("b")], next: "c1" },
        { items: [thing("c")], next: null },
        { items: [thing("d")] },
        { items: [] }
      ])
      yield* polls(connection, 4)
      expect(server.received.slice(1).map(({ target }) => target)).toEqual([
        "/x?limit=2&cursor=c1&first=true",
        "/x?limit=2&cursor=c1&first=false",
        "/x?limit=2&cursor=c1&first=false"
      ])
    })
  )

  it.effect("warns of a cursor that repeats or goes round, and ends the pass", () =>
    Effect.gen(function* () {
      const full = (next: string): Page => ({ items: [thing("a"), thing("b")], next })
      const repeated = yield* serving([full("c1"), full("c1")])
      const [, second] = yield* polls(repeated.connection, 2)
      expect(second?.more).toBe(false)
      expect(second?.warnings).toEqual(["things: the page was full, but it names itself as the next one"])
      const round = yield* connected({
        manifest: feed,
        answer: (_request, index) => ({ body: { ...full(`c${index % 3}`) } })
      })
      const all = yield* polls(round.connection, 12)
      const end = all.findIndex(({ more }) => !more)
      expect(end).toBeGreaterThan(0)
      expect(all[end]?.warnings.join()).toContain("circle")
      expect(JSON.stringify(all.map(({ warnings }) => warnings))).not.toContain('"c1"')
    })
  )

  it.effect(
    "sets items aside that do not fit, whole and uncounted for the end of the page, and keeps the others",
    () =>
      Effect.gen(function* () {
        const { connection } = yield* serving([
          { items: [thing("a"), { id: 7, modified: "no" }], next: "c1" },
          { items: [null, thing("b", "yesterday")], next: "c2" }
        ])
        const [first, second] = yield* polls(connection, 2)
        expect(keys(first)).toEqual(["a@2026-01-01T00:00:00Z"])
        expect(first?.more).toBe(true)
        expect(
          first?.rejected.map(({ index, problems }) => [index, problems.map(({ path }) => path.join("."))])
        ).toEqual([[1, ["id"]]])
        expect(first?.rejected.map(({ item }) => Redacted.value(item))).toEqual([{ id: 7, modified: "no" }])
        expect(second?.events).toEqual([])
        expect(second?.rejected.map(({ index }) => index)).toEqual([0, 1])
        expect(second?.more).toBe(true)
        expect(JSON.stringify(second?.rejected)).not.toContain("yesterday")
      })
  )

  it.effect("of a page that is broken outside of its items fails, and says where", () =>
    Effect.gen(function* () {
      for (const body of [{ items: {} }, { next: "c" }, { items: [thing("a")], next: 7 }, []]) {
        const { connection } = yield* connected({ manifest: feed, answer: () => ({ body }) })
        const error = yield* Effect.flip(connection.poll("things", {}, undefined))
        expect(error.reason._tag).toBe("Malformed")
        expect(error.message).toContain("does not fit the output")
      }
    })
  )

  it.effect("gives the newest version of each thing in a page, whatever the width of its fractions", () =>
    Effect.gen(function* () {
      const { connection } = yield* serving([
        {
          items: [
            thing("a", "2026-01-01T00:00:23.5Z"),
            thing("b", "2026-01-01T00:00:01Z"),
            thing("a", "2026-01-01T00:00:23Z"),
            thing("b", "2026-01-01T00:00:01.000001Z"),
            thing("c", "2026-01-01T01:00:00+01:00")
          ]
        }
      ])
      const [poll] = yield* polls(connection, 1)
      expect(keys(poll)).toEqual([
        "a@2026-01-01T00:00:23.500Z",
        "b@2026-01-01T00:00:01.000001Z",
        "c@2026-01-01T00:00:00Z"
      ])
    })
  )

  it.effect(
    "with another input or other settings begins anew and says so; a new secret changes nothing",
    () =>
      Effect.gen(function* () {
        const { connection, server } = yield* serving([{ items: [thing("a"), thing("b")], next: "c1" }])
        const [first] = yield* polls(connection, 1, { since: "2026" })
        const other = yield* connection.poll("things", { since: "2025" }, first?.state)
        expect(other.warnings).toEqual([
          "things: the configuration is not the one that the state was made with, so it begins anew"
        ])
        expect(server.received[1]?.target).toBe("/x?limit=2&first=true&since=2025")
      })
  )

  it.effect(
    "refuses a state that is none or another trigger's, and wrong input, before anything is sent",
    () =>
      Effect.gen(function* () {
        const { connection, server } = yield* serving([{ items: [] }])
        for (const state of [
          "text",
          7,
          [],
          { version: 2 },
          { version: 1, trigger: "other", fingerprint: "", initial_sync_done: false }
        ]) {
          const error = yield* Effect.flip(connection.poll("things", {}, state))
          expect(error.reason._tag).toBe("InvalidInput")
          expect(error.message).toContain("the state that it is given is")
        }
        const wrong = yield* Effect.flip(connection.poll("things", { sinc: 1 }, undefined))
        expect(wrong.message).toContain("acme was not polled: input.sinc: unknown field")
        const unknown = yield* Effect.flip(connection.poll("thing", {}, undefined))
        expect(unknown.message).toBe('acme has no trigger "thing"; did you mean "things"?')
        expect(server.received).toEqual([])
      })
  )

  it.effect("without a cursor to keep goes through the pages and then begins at the first again", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* serving(
        [{ items: [thing("a"), thing("b")], next: "c1" }, { items: [thing("c")], next: "c2" }, { items: [] }],
        feed.replace("    keep: cursor\n", "")
      )
      const all = yield* polls(connection, 3)
      expect(all.map(({ more }) => more)).toEqual([true, false, false])
      expect(server.received.map(({ target }) => target)).toEqual([
        "/x?limit=2&first=true",
        "/x?limit=2&cursor=c1&first=true",
        "/x?limit=2&first=false"
      ])
    })
  )

  it.effect(
    "by code gets its own state back, and its events are checked, keyed and counted like any others",
    () =>
      Effect.gen(function* () {
        const coded = acme(`triggers:
  things:
    summary: Things
    input: { start?: { type: integer, default: 10 } }
    event: { type: object, required: [n], properties: { n: { type: integer } } }
    implementation: code
`)
        const seen: Array<unknown> = []
        const { connection } = yield* connected({
          manifest: coded,
          answer: () => ({}),
          handlers: {
            actions: new Map(),
            triggers: new Map([
              [
                "things",
                (input, state) => {
                  seen.push([input, state])
                  const next = typeof state === "number" ? state + 1 : 0
                  return Effect.succeed({ events: [{ n: next }, { n: "no" }], state: next, more: next === 0 })
                }
              ]
            ])
          }
        })
        const [first, second] = yield* polls(connection, 2)
        expect(seen).toEqual([
          [{ start: 10 }, undefined],
          [{ start: 10 }, 0]
        ])
        expect(keys(first)).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)])
        expect(keys(first)).not.toEqual(keys(second))
        expect(second?.rejected.map(({ index }) => index)).toEqual([1])
        expect([first?.more, second?.more]).toEqual([true, false])
      })
  )
})
