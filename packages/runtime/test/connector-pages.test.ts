import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type CursorTrail, follow } from "../src/action/CursorTrail.ts"
import { acme, connected } from "./Connected.ts"

const byCursor = acme(`actions:
  list:
    summary: Lists
    input: { cursor?: { type: string }, limit?: { type: integer, default: 2 } }
    output: { type: object, required: [items], properties: { items: { type: array, items: {} }, next: { type: [string, "null"] } } }
    request: { GET: /x, query: { cursor: "\${{ input.cursor }}", limit: "\${{ input.limit }}" } }
    paginate: { items: "\${{ output.items }}", cursor: "\${{ output.next }}", into: cursor, stop: "\${{ size(output.items) < input.limit }}" }
`)

/** Pages by their cursor; the first one's is empty. */
const pagesOf = (pages: {
  readonly [cursor: string]: { readonly items: ReadonlyArray<number>; readonly next?: string | null }
}) =>
  Effect.gen(function* () {
    const { connection, server } = yield* connected({
      manifest: byCursor,
      answer: ({ target }) => {
        const cursor = new URL(target, "http://x").searchParams.get("cursor") ?? ""
        const page = pages[cursor]
        return page === undefined ? { status: 400 } : { body: { ...page } }
      }
    })
    const found = yield* Stream.runCollect(connection.pages("list", {}))
    return {
      items: found.flatMap(({ items }) => items),
      warnings: found.flatMap(({ warning }) => warning ?? []),
      targets: server.received.map(({ target }) => target)
    }
  })

describe("paging", () => {
  it.effect("goes on with the cursor, percent-encoded, until a page is short", () =>
    Effect.gen(function* () {
      const { items, targets, warnings } = yield* pagesOf({
        "": { items: [1, 2], next: "a+/=&#" },
        "a+/=&#": { items: [3, 4], next: "b" },
        b: { items: [5], next: "c" }
      })
      expect(items).toEqual([1, 2, 3, 4, 5])
      expect(warnings).toEqual([])
      expect(targets).toEqual(["/x?limit=2", "/x?cursor=a%2B%2F%3D%26%23&limit=2", "/x?cursor=b&limit=2"])
    })
  )

  it.effect("ends on an empty page, a null cursor and a missing one", () =>
    Effect.gen(function* () {
      const empty = yield* pagesOf({ "": { items: [1, 2], next: "a" }, a: { items: [], next: "b" } })
      expect([empty.items, empty.warnings]).toEqual([[1, 2], []])
      const nothing = yield* pagesOf({ "": { items: [1, 2], next: null } })
      expect(nothing.items).toEqual([1, 2])
      expect(nothing.warnings).toEqual(["the page was full, but nothing says what is behind it"])
      expect((yield* pagesOf({ "": { items: [1, 2] } })).items).toEqual([1, 2])
      expect((yield* pagesOf({ "": { items: [1, 2], next: "" } })).targets.length).toBe(1)
    })
  )

  it.effect("ends with a warning when a page names itself or one before it as the next", () =>
    Effect.gen(function* () {
      const own = yield* pagesOf({ "": { items: [1, 2], next: "a" }, a: { items: [3, 4], next: "a" } })
      expect(own.items).toEqual([1, 2, 3, 4])
      expect(own.warnings).toEqual(["the page was full, but it names itself as the next one"])
      const circle = yield* pagesOf({
        "": { items: [1, 2], next: "a" },
        a: { items: [3, 4], next: "b" },
        b: { items: [5, 6], next: "c" },
        c: { items: [7, 8], next: "a" }
      })
      expect(circle.warnings).toEqual([
        "the pages go round in a circle: one that was read before is named as the next one"
      ])
      expect(circle.targets.length).toBeLessThan(12)
    })
  )

  const byLink = acme(`actions:
  list:
    summary: Lists
    output: { type: object, required: [items], properties: { items: { type: array, items: {} }, next: { type: string } } }
    request: { GET: /x }
    paginate: { items: "\${{ output.items }}", next: "\${{ output.next }}" }
`)

  it.effect("follows links on the same origin only, and sends nothing to another", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* connected({
        manifest: byLink,
        answer: (_request, index) =>
          index < 2
            ? { body: { items: [index], next: index === 0 ? "/x?page=2&t=%2F" : `http://localhost:1/x` } }
            : { status: 500 }
      })
      const pages = yield* Effect.result(Stream.runCollect(connection.pages("list", {})))
      expect(server.received.map(({ target }) => target)).toEqual(["/x", "/x?page=2&t=%2F"])
      expect(pages._tag === "Failure" ? pages.failure.message : "").toContain("leaves")
    })
  )

  it.effect("of an action that is not paged is its one output", () =>
    Effect.gen(function* () {
      const { connection } = yield* connected({
        manifest: acme(`actions: { read: { summary: Reads, output: {}, request: { GET: /x } } }\n`),
        answer: () => ({ body: { a: 1 } })
      })
      expect(yield* Stream.runCollect(connection.pages("read", {}))).toEqual([
        { output: { a: 1 }, items: [{ a: 1 }] }
      ])
    })
  )
})

describe("the trail of cursors", () => {
  it("finds every cycle within three times its length and what is before it, and nothing else", () => {
    for (let before = 0; before <= 40; before++)
      for (let cycle = 1; cycle <= 40; cycle++) {
        let trail: CursorTrail | undefined = follow(undefined, "c0")
        let steps = 0
        for (; trail !== undefined && steps < 1000; steps++) {
          const at = steps + 1
          trail = follow(trail, `c${at < before ? at : before + ((at - before) % cycle)}`)
        }
        expect(steps).toBeLessThanOrEqual(3 * (before + cycle) + 3)
      }
    let straight: CursorTrail | undefined = follow(undefined, "c0")
    for (let at = 1; at < 2000; at++) straight = straight && follow(straight, `c${at}`)
    expect(straight).toBeDefined()
  })
})
