import { describe, expect, it } from "@effect/vitest"
import { type ConnectorError, makeConnection } from "@sallyport/runtime"
import { AnswerFault, defaultFeedId, Fault, Reply, SimulatedSekoia } from "@sallyport/testkit"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { inspect } from "node:util"
import { indicators, stixId } from "./Indicator.ts"
import { patiently, until } from "./Patience.ts"
import { idsAt, openSekoia, sekoiaClient, sekoiaManifest, textAt } from "./SekoiaClient.ts"

const always = { times: Number.POSITIVE_INFINITY }
const one = stixId("indicator", 1)

/** Everything that a person or a log may see of an error. */
const shown = (error: ConnectorError): string =>
  [
    error.message,
    String(error),
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 9 }),
    Cause.pretty(Cause.fail(error))
  ].join("\n")

describe("a key", () => {
  it.effect(
    "that is invalid, has expired or was revoked is Unauthorized with the service's code, once [7.1] [7.2] [1.9]",
    () =>
      Effect.gen(function* () {
        const sekoia = yield* SimulatedSekoia.make({ objects: [] })
        sekoia.keys.set("expired-key", { state: "expired" })
        sekoia.keys.set("revoked-key", { state: "revoked" })
        for (const [key, code, message] of [
          ["unknown-key", "T300", "The token is invalid"],
          ["expired-key", "T301", "The token has expired"],
          ["revoked-key", "T302", "Token revoked"]
        ] as const) {
          const connection = yield* openSekoia(sekoia.baseUrl, key)
          for (const call of [
            connection.check,
            connection.call("list_objects", {}),
            connection.call("create_feed", {})
          ]) {
            const error = yield* Effect.flip(call)
            expect([
              error.reason._tag,
              error.status,
              error.attempts,
              error.retryable,
              error.outcomeUnknown
            ]).toEqual(["Unauthorized", 401, 1, false, false])
            expect(error.upstream).toEqual({ message, code })
            expect(error.message).toContain("check the secrets of the connection")
          }
        }
      })
  )

  it("must be given: there is no connection without one [1.2]", () => {
    const made = makeConnection(sekoiaManifest, { name: "sekoia", config: {}, secrets: {} })
    expect(Result.isFailure(made) && made.failure.message).toContain("api_key")
  })

  it.effect("without the permission is Forbidden for what needs it, and may do the rest [1.10] [7.1]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(2) })
      const calls = {
        "view intelligence": [
          connection.call("list_objects", {}),
          connection.call("get_objects", { ids: [one] })
        ],
        "view feeds": [
          connection.call("list_feeds", {}),
          connection.call("get_feed", { feed_id: defaultFeedId })
        ],
        "manage feeds": [
          connection.call("create_feed", {}),
          connection.call("update_feed", { feed_id: defaultFeedId })
        ]
      } as const
      const all = ["view intelligence", "view feeds", "manage feeds"] as const
      for (const permission of all) {
        sekoia.keys.set(sekoia.apiKey, { permissions: all.filter((other) => other !== permission) })
        for (const call of calls[permission]) {
          const error = yield* Effect.flip(call)
          expect([error.reason._tag, error.status, error.attempts, error.retryable]).toEqual([
            "Forbidden",
            403,
            1,
            false
          ])
        }
        for (const other of all.filter((other) => other !== permission))
          for (const call of calls[other]) yield* call
      }
    })
  )
})

describe("a failure", () => {
  it.effect("has the service's message and code, whatever else comes with them [7.3]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      sekoia.faults.add(
        Fault.status(404, {
          body: { message: "IOC Collection not found", code: "INTHREAT2500", details: "more" }
        })
      )
      const error = yield* Effect.flip(connection.call("list_objects", {}))
      expect([error.reason._tag, error.upstream]).toEqual([
        "NotFound",
        { message: "IOC Collection not found", code: "INTHREAT2500" }
      ])
      expect(error.message).toContain("IOC Collection not found")
      expect(shown(error)).not.toContain("more")
    })
  )

  it.effect("with a body of HTML, text, nothing or nonsense is the status that it is [7.4] [9 SOAR]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const bodies: ReadonlyArray<Reply> = [
        Reply.html("hidden in HTML"),
        Reply.empty(200),
        Reply.jsonText("{hidden"),
        Reply.json([{ hidden: true }]),
        Reply.json({ message: { hidden: true }, code: ["hidden"] }),
        Reply.json(null),
        Reply.bytes(Uint8Array.of(0xff, 0xfe, 0x00), "application/json"),
        Reply.bytes("hidden", "image/png"),
        Reply.jsonText("[".repeat(100_000)),
        Reply.jsonText(JSON.stringify({ message: "x".repeat(200_000) }))
      ]
      for (const status of [400, 403, 404, 501])
        for (const reply of bodies) {
          sekoia.faults.add(Fault.reply({ ...reply, status }))
          const error = yield* Effect.flip(connection.call("list_objects", {}))
          expect([error.status, error.attempts]).toEqual([status, 1])
          expect(shown(error)).not.toContain("hidden")
          expect(error.message.length).toBeLessThan(1001)
        }
    })
  )

  it.effect("that the request caused is never repeated, whatever the action does [11.4]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const calls = [
        connection.call("list_objects", {}),
        connection.call("create_feed", {}),
        connection.call("update_feed", { feed_id: defaultFeedId }),
        connection.call("get_object_context", { object_id: one })
      ]
      const statuses = [400, 401, 402, 403, 404, 405, 406, 409, 410, 412, 413, 414, 415, 422, 431, 451]
      for (const status of statuses)
        for (const call of calls) {
          sekoia.faults.add(Fault.status(status, { retryAfter: 1 }))
          const error = yield* Effect.flip(call)
          expect([error.status, error.attempts, error.retryable]).toEqual([status, 1, false])
        }
      expect(sekoia.requests.received).toBe(statuses.length * calls.length)
    })
  )
})

describe("no error", () => {
  it.effect(
    "shows the key, the cursor, the query or the body, however the service says them back [11.6] [9 AL]",
    () =>
      Effect.gen(function* () {
        const apiKey = 'k+/=y"secret\\0123456789'
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(3), apiKey })
        const cursor = textAt(yield* connection.call("list_objects", { limit: 1 }), "next_cursor")
        const { state } = yield* connection.poll("feed", { limit: 1 }, undefined)
        const forms = [
          apiKey,
          encodeURIComponent(apiKey),
          Buffer.from(apiKey).toString("base64"),
          cursor,
          encodeURIComponent(cursor)
        ]
        const said = forms.join(" and ")
        const replies = [400, 401, 403, 404, 429, 500, 501].flatMap((status) => [
          Reply.json({ message: `wrong: ${said}`, code: apiKey }, { status }),
          Reply.text(`wrong: ${said}`, { status }),
          Reply.html(said, { status })
        ])
        const faults = [
          ...replies.map((reply) => Fault.reply(reply)),
          Fault.reply(Reply.text(said)),
          Fault.reply(Reply.json({ items: [said], next_cursor: [said] })),
          Fault.reply(Reply.bytes(said, `application/${apiKey}`)),
          Fault.redirect(`https://${encodeURIComponent(apiKey)}.example/?${encodeURIComponent(cursor)}`),
          Fault.redirect(`https://user:${encodeURIComponent(apiKey)}@other.example/`),
          Fault.reset(),
          Fault.truncated(),
          AnswerFault.html()
        ]
        for (const fault of faults) {
          const queued = sekoia.faults.add(fault, always)
          const errors = [
            yield* patiently(Effect.flip(connection.call("list_objects", { cursor, limit: 7 }))),
            yield* patiently(Effect.flip(connection.poll("feed", { limit: 1 }, state)))
          ]
          queued.remove()
          for (const error of errors) {
            const text = shown(error)
            // In JSON and in what Node prints, quotes and backslashes of the key are written with another backslash.
            for (const form of [...forms, JSON.stringify(apiKey).slice(1, -1), "limit=", "0123456789"])
              expect(text, fault.name).not.toContain(form)
          }
        }
      })
  )
})

describe("an error about an observable", () => {
  it.effect("does not show which one was asked for", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      for (const fault of [Fault.status(400), Fault.status(503), Fault.reset(), AnswerFault.html()])
        for (const action of ["get_indicator_context", "find_indicators"]) {
          const queued = sekoia.faults.add(fault, always)
          const asked = connection.call(action, { type: "url", value: "https://hush.example" })
          expect(shown(yield* patiently(Effect.flip(asked)))).not.toContain("hush")
          queued.remove()
        }
    })
  )
})

describe("a redirect", () => {
  it.effect("to another origin is refused, and neither key nor request gets there [11.6]", () =>
    Effect.gen(function* () {
      const other = yield* SimulatedSekoia.make({ objects: indicators(1) })
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const target = `${other.origin}/v2/inthreat/collections/${defaultFeedId}/objects`
      for (const status of [301, 302, 303, 307, 308] as const)
        for (const location of [target, target.slice("http:".length), target.replace("http:", "https:")]) {
          sekoia.faults.add(Fault.redirect(location, status))
          const error = yield* Effect.flip(connection.call("list_objects", {}))
          expect([error.status, error.attempts]).toEqual([status, 1])
          expect(error.message).toContain("another origin")
        }
      sekoia.faults.add(Fault.redirect(`${other.origin}/v2/inthreat/feeds`, 307))
      yield* Effect.flip(connection.call("create_feed", { title: "x" }))
      expect([other.requests.received, other.connections()]).toEqual([0, 0])
    })
  )

  it.effect("that never ends is given up, and one to nowhere is none [11.6]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const loop = sekoia.faults.add(Fault.redirect("/v2/inthreat/feeds"), always)
      const error = yield* Effect.flip(connection.call("list_feeds", {}))
      expect(error.message).toContain("redirects more than 5 times")
      expect(sekoia.requests.received).toBe(6)
      loop.remove()
      sekoia.faults.add(Fault.reply(Reply.empty(302)))
      expect((yield* Effect.flip(connection.call("list_feeds", {}))).reason._tag).toBe("Malformed")
    })
  )

  it.effect(
    "of a creation keeps method and body with 307 and 308, and is refused with 301 and 302 [2.13]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        for (const status of [307, 308] as const) {
          sekoia.faults.add(Fault.redirect("/v2/inthreat/feeds", status))
          expect(textAt(yield* connection.call("create_feed", { title: "kept" }), "title")).toBe("kept")
        }
        for (const status of [301, 302] as const) {
          sekoia.faults.add(Fault.redirect("/v2/inthreat/feeds", status))
          expect((yield* Effect.flip(connection.call("create_feed", { title: "lost" }))).status).toBe(status)
        }
        expect(sekoia.feeds.all.map(({ title }) => title).slice(1)).toEqual(["kept", "kept"])
      })
  )
})

describe("an answer", () => {
  it.effect("may be compressed, and is asked for so", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(50), gzip: true })
      expect(idsAt(yield* connection.call("list_objects", {}), "items").length).toBe(50)
      expect(sekoia.requests.last?.header("accept-encoding")).toContain("gzip")
    })
  )

  it.effect("of more than 64 MiB is not read to its end, packed or not, and none of it is kept [11.3]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      const large = Reply.bytes(Buffer.alloc(65 * 1024 * 1024, 0x20), "application/json")
      for (const fault of [Fault.gzipBomb(), Fault.reply(large)]) {
        sekoia.faults.add(fault)
        const error = yield* Effect.flip(connection.call("list_objects", {}))
        expect([error.reason._tag, error.attempts]).toEqual(["Malformed", 1])
        expect(error.message).toContain("more than 67108864 bytes")
      }
      sekoia.faults.add(Fault.reply({ ...large, status: 404 }))
      expect((yield* Effect.flip(connection.call("list_objects", {}))).reason._tag).toBe("NotFound")
    })
  )

  for (const [name, make] of [
    ["never comes", Fault.silent],
    ["stalls in the middle", Fault.stalled],
    ["comes byte by byte", () => Fault.drip({ everyMillis: 1 })]
  ] as const)
    it.effect(
      `that ${name} is waited for within the time of the call, and its connections are closed [7.6] [9 AL] [9 OCTI]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(500) })
          const held = make()
          sekoia.faults.add(held, always)
          const from = sekoia.clock.millis
          const error = yield* patiently(Effect.flip(connection.call("list_objects", {})), "2 seconds")
          expect([error.reason._tag, error.attempts, error.outcomeUnknown]).toEqual(["Timeout", 2, false])
          expect(sekoia.clock.millis - from).toBeLessThanOrEqual(122_000)
          yield* until(() => held.held() === 0 && sekoia.openConnections() === 0)
        })
    )
})
