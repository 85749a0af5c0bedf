import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import { AnswerFault, Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { bearing, client, reports } from "./ThreatWindsClient.ts"

type Body = { readonly [name: string]: Json }
type Headers = ReadonlyArray<readonly [name: string, value: string]>

const named: Headers = [
  ["x-error", "what the header says"],
  ["x-error-id", "5d41402abc4b2a76b9719d911017c592"]
]

/** The error of a read that is answered like this. */
const failing = (reply: Reply) =>
  Effect.gen(function* () {
    const { call, server } = yield* client()
    server.faults.add(Fault.reply(reply), { times: Infinity })
    return yield* Effect.flip(call("get_entity", { entity_id: "ip-1" }))
  })

describe("what ThreatWinds says of a failure", () => {
  const bodies: ReadonlyArray<readonly [what: string, body: Body, says: Body]> = [
    [
      "the old form",
      { uuid: "0f3d5c52-3a0e-4a1b-9a55-7d1f2c3b4a03", error: "incorrect json format" },
      { message: "incorrect json format", id: "0f3d5c52-3a0e-4a1b-9a55-7d1f2c3b4a03" }
    ],
    [
      "the new form",
      { error: { message: "no such field", type: "invalid", code: "E17", error_id: "abc", param: "sort" } },
      { message: "no such field", code: "E17", id: "abc" }
    ],
    [
      "the new form with a number as code",
      { error: { message: "no such field", type: "invalid", code: 400, error_id: "abc" } },
      { message: "no such field", code: "400", id: "abc" }
    ],
    ["an error that is null", { error: null }, {}],
    ["an error that is a list", { error: ["x"] }, {}],
    ["an error with nothing in it", { error: {} }, {}],
    ["something else", { detail: "x" }, {}]
  ]
  for (const [what, body, says] of bodies) {
    it.effect(`is read from ${what}`, () =>
      Effect.gen(function* () {
        const error = yield* failing(Reply.json(body, { status: 400 }))
        expect(error.upstream).toEqual(says)
      })
    )

    it.effect(`is read from ${what} first, and from x-error where that says nothing`, () =>
      Effect.gen(function* () {
        const error = yield* failing(Reply.json(body, { status: 400, headers: named }))
        expect(error.upstream).toEqual({
          ...says,
          message: says["message"] ?? "what the header says",
          id: "5d41402abc4b2a76b9719d911017c592"
        })
      })
    )
  }

  for (const [what, reply] of [
    ["an empty body", Reply.empty(400, named)],
    ["a web page", Reply.html("400 Bad Request", { status: 400, headers: named })],
    ["a plain text", Reply.text("Bad Request", { status: 400, headers: named })],
    ["a text of JSON", Reply.json("Bad Request", { status: 400, headers: named })],
    ["a list", Reply.json(["Bad Request"], { status: 400, headers: named })],
    ["broken JSON", Reply.jsonText('{"error":', { status: 400, headers: named })]
  ] as const)
    it.effect(`is read from x-error and x-error-id beside ${what}`, () =>
      Effect.gen(function* () {
        const error = yield* failing(reply)
        expect(error.upstream).toEqual({
          message: "what the header says",
          id: "5d41402abc4b2a76b9719d911017c592"
        })
        expect(error.message).toContain("what the header says")
        expect(error.message).toContain("5d41402abc4b2a76b9719d911017c592")
      })
    )

  for (const [what, reply] of [
    ["an empty body", Reply.empty(403)],
    ["a web page", Reply.html("403 Forbidden", { status: 403 })]
  ] as const)
    it.effect(`is only the status, in words, beside ${what} without x-error`, () =>
      Effect.gen(function* () {
        const error = yield* failing(reply)
        expect(error.upstream).toEqual({})
        expect(error.message).toContain("denied access (403)")
      })
    )

  for (const id of ["5d41402abc4b2a76b9719d911017c592", "0f3d5c52-3a0e-4a1b-9a55-7d1f2c3b4a03", "sim/1 of ä"])
    it.effect(`has an id of any form: ${id}`, () =>
      Effect.gen(function* () {
        const error = yield* failing(Reply.json({ error: { message: "x", error_id: id } }, { status: 400 }))
        expect(error.upstream.id).toBe(id)
      })
    )

  it.effect("is cut when it is very long", () =>
    Effect.gen(function* () {
      const error = yield* failing(Reply.empty(400, [["x-error", "long ".repeat(1500)]]))
      expect(error.upstream.message?.length).toBe(300)
      expect(error.upstream.message).toMatch(/^long long .*…$/)
      expect(error.message.length).toBeLessThanOrEqual(1000)
    })
  )

  it.effect("may be JSON with the text of a back end, which stays one line of text", () =>
    Effect.gen(function* () {
      const text = JSON.stringify({ status: 400, reason: "x_content_parse_exception", trace: "a\nb" })
      const error = yield* failing(Reply.empty(400, [["x-error", text]]))
      expect(error.upstream.message).toBe(text)
      expect(error.message).not.toMatch(/[\r\n]/)
    })
  )

  for (const [what, options] of [
    ["the key pair", {}],
    ["the bearer", { secrets: bearing }]
  ] as const)
    it.effect(`never shows ${what}, wherever the service repeats it`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client(options)
        const all = `${server.apiKey} ${server.apiSecret} ${server.bearer} ${Buffer.from(server.apiSecret).toString("base64")}`
        const headers: Headers = [
          ["x-error", all],
          ["x-error-id", all]
        ]
        for (const reply of [
          Reply.empty(401, headers),
          Reply.json({ error: all, uuid: all }, { status: 403 }),
          Reply.json({ error: { message: all, code: all, error_id: all } }, { status: 400 }),
          Reply.text(all, { status: 500 })
        ]) {
          server.faults.add(Fault.reply(reply))
          const text = JSON.stringify(yield* Effect.flip(call("get_entity", { entity_id: "ip-1" })))
          const own = what === "the bearer" ? [server.bearer] : [server.apiKey, server.apiSecret]
          for (const secret of own) {
            expect(text).not.toContain(secret)
            expect(text).not.toContain(Buffer.from(secret).toString("base64"))
          }
          expect(text).toContain("<redacted>")
        }
      })
    )

  it.effect("is shown for a missing role, and none is guessed", () =>
    Effect.gen(function* () {
      const { call } = yield* client({ server: { reports, roles: ["identity"] } })
      const error = yield* Effect.flip(call("ingest_entity", { type: "ip", attributes: { ip: "192.0.2.1" } }))
      expect(error.reason._tag).toBe("Forbidden")
      expect(error.message).toContain("the role reporter is required")
      expect(error.upstream.id).toBe("sim-403-forbidden")
    })
  )
})

describe("a status of ThreatWinds", () => {
  const table: ReadonlyArray<readonly [status: number, reason: string, attempts: number]> = [
    [400, "InvalidInput", 1],
    [401, "Unauthorized", 1],
    [403, "Forbidden", 1],
    [405, "InvalidInput", 1],
    [422, "InvalidInput", 1],
    [429, "RateLimited", 4],
    [500, "Upstream", 1],
    [502, "Upstream", 4],
    [503, "Upstream", 4],
    [504, "Upstream", 4]
  ]
  for (const [status, reason, attempts] of table)
    it.effect(`of ${status} is ${reason} after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.status(status), { times: Infinity })
        const error = yield* Effect.flip(call("list_feeds"))
        expect([error.reason._tag, error.status, error.attempts]).toEqual([reason, status, attempts])
        expect(server.requests.received).toBe(attempts)
        expect(error.outcomeUnknown).toBe(false)
      })
    )

  it.effect("of 404 is an error where nothing is not an answer", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.status(404), { times: Infinity })
      const error = yield* Effect.flip(call("list_feeds"))
      expect([error.reason._tag, error.attempts]).toEqual(["NotFound", 1])
    })
  )

  it.effect("of success with a web page is malformed, and never a text", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      for (const [action, input] of [
        ["get_entity", { entity_id: "ip-1" }],
        ["search_simple", { query: "x" }],
        ["entity_details", { entity_id: "ip-1" }],
        ["definitions", {}],
        ["get_keypair", {}]
      ] as const) {
        server.faults.add(Fault.reply(Reply.html("Sign in")))
        const error = yield* Effect.flip(call(action, input))
        expect([action, error.reason._tag]).toEqual([action, "Malformed"])
        expect(error.message).toContain("a web page")
      }
    })
  )

  it.effect("of success with broken JSON, or with something else than was asked for, is malformed", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(AnswerFault.brokenJson())
      const broken = yield* Effect.flip(call("list_feeds"))
      server.faults.add(Fault.reply(Reply.json({ results: "none" })))
      const other = yield* Effect.flip(call("search_simple", { query: "x" }))
      expect([broken.reason._tag, other.reason._tag]).toEqual(["Malformed", "Malformed"])
      expect([broken.attempts, other.attempts]).toEqual([1, 1])
    })
  )
})
