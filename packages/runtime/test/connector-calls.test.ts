import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { ConnectorError } from "../src/ConnectorError.ts"
import { acme, connected, type Scripted } from "./Connected.ts"

/** The error that a call must fail with. */
const failure = <A>(call: Effect.Effect<A, ConnectorError>): Effect.Effect<ConnectorError> =>
  Effect.orDie(Effect.flip(call))

const find = `actions:
  find:
    summary: Finds
    input:
      id: { type: string, pattern: "^[A-Za-z0-9 /.,-]+$" }
      ids?: { type: array, items: { type: string } }
      limit?: { type: integer, maximum: 10, default: 5 }
      since?: { type: string }
      flag?: { type: boolean }
    output: { type: object, required: [name], properties: { name: { type: string }, size: { type: integer, default: 1 } } }
    request:
      GET: /v1/things/{id}
      query: { limit: "\${{ input.limit }}", ids: "\${{ input.ids }}", since: "\${{ input.since }}", flag: "\${{ input.flag }}" }
`

describe("a declared call", () => {
  it.effect(
    "sends the path and the query encoded, each key once, what is missing not at all, and fills in defaults",
    () =>
      Effect.gen(function* () {
        const { connection, server } = yield* connected({
          manifest: acme(find),
          answer: () => ({ body: { name: "x" } })
        })
        expect(yield* connection.call("find", { id: "a b/c", ids: ["x y", "z"], flag: false })).toEqual({
          name: "x",
          size: 1
        })
        expect(server.received.map(({ target }) => target)).toEqual([
          "/v1/things/a%20b%2Fc?limit=5&ids=x%20y%2Cz&flag=false"
        ])
      })
  )

  it.effect("refuses wrong input before anything is sent, naming the place and never the value", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* connected({ manifest: acme(find), answer: () => ({}) })
      const cases: ReadonlyArray<readonly [unknown, string]> = [
        [{}, "missing field"],
        [{ id: "ok", limit: 11 }, "limit"],
        [{ id: "ok", limit: "many" }, "limit"],
        [{ id: "ok", limt: 3 }, 'unknown field "limt"'],
        [{ id: "s3cr€t" }, "id"],
        [{ id: "" }, "id"],
        [{ id: "ok", ids: ["a,b"] }, "comma"],
        [{ id: "../../admin" }, "would leave its place"],
        [{ id: "a/../b" }, "would leave its place"],
        ["text", "expected"],
        [null, "missing field"]
      ]
      for (const [input, part] of cases) {
        const error = yield* failure(connection.call("find", input))
        expect(error.reason._tag).toBe("InvalidInput")
        expect(error.attempts).toBe(0)
        expect(error.message).toContain("acme was not called: ")
        expect(error.message).toContain(part)
        expect(error.message).not.toContain("s3cr€t")
      }
      expect(server.received).toEqual([])
    })
  )

  it.effect("of an action that does not exist names the one that was meant", () =>
    Effect.gen(function* () {
      const { connection } = yield* connected({ manifest: acme(find), answer: () => ({}) })
      const error = yield* failure(connection.call("fnd", {}))
      expect(error.message).toBe('acme has no action "fnd"; did you mean "find"?')
      expect(error.reason._tag).toBe("InvalidInput")
    })
  )

  it.effect(
    "keeps the types of a JSON body, leaves out what is missing, and lets headers of the action win",
    () =>
      Effect.gen(function* () {
        const { connection, server } = yield* connected({
          manifest: acme(`auth:
  key:
    headers: { x-key: "\${{ secrets.api_key }}", x-tenant: "\${{ config.tenant }}" }
actions:
  make:
    summary: Makes
    effect: write
    auth: key
    input: { name: { type: string }, count?: { type: integer }, tags?: { type: array, items: { type: string } } }
    request:
      POST: /v1/things
      headers: { X-Tenant: "action-\${{ input.name }}" }
      json: { name: "\${{ input.name }}", count: "\${{ input.count }}", tags: "\${{ input.tags }}", fixed: { a: [1, "\${{ input.count }}"] } }
`),
          secrets: { api_key: "k3y" },
          config: { tenant: "t" },
          answer: () => ({
            status: 202,
            body: "<html>thanks</html>",
            headers: { "content-type": "text/html" }
          })
        })
        expect(yield* connection.call("make", { name: "n", tags: [] })).toBe(null)
        const [request] = server.received
        expect(JSON.parse(request?.body ?? "")).toEqual({ name: "n", tags: [], fixed: { a: [1] } })
        expect(request?.headers["content-type"]).toBe("application/json")
        expect(request?.headers["x-key"]).toBe("k3y")
        expect(request?.headers["x-tenant"]).toBe("action-n")
        expect(request?.rawHeaders.filter((name) => name.toLowerCase() === "x-tenant").length).toBe(1)
      })
  )

  it.effect("sends a form as a form", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* connected({
        manifest: acme(`actions:
  make:
    summary: Makes
    effect: write
    input: { name: { type: string } }
    request: { POST: /v1/things, form: { name: "\${{ input.name }}", ok: true } }
`),
        answer: () => ({ status: 204 })
      })
      yield* connection.call("make", { name: "a&b=ü" })
      expect(server.received[0]?.body).toBe("name=a%26b%3D%C3%BC&ok=true")
      expect(server.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded")
    })
  )

  const shapes = `actions:
  read:
    summary: Reads
    output: {}
    request: { GET: /x }
    response:
      200: { as: csv, output: { rows: "\${{ response.body }}", next: "\${{ response.headers.?cursor }}" } }
      201: { as: text, output: "\${{ response.body.trim() }}" }
      202: { as: bytes, output: "\${{ response.body }}" }
      203: { output: "\${{ response.body }}" }
      204: { output: [] }
      404: { output: null }
      5xx: { output: "\${{ response.status }}" }
`
  const read = (scripted: Scripted) =>
    Effect.flatMap(connected({ manifest: acme(shapes), answer: () => scripted }), ({ connection }) =>
      Effect.result(connection.call("read", {}))
    )

  it.effect(
    "makes the output of CSV, text, bytes, nothing, and of statuses that are failures elsewhere",
    () =>
      Effect.gen(function* () {
        const cases: ReadonlyArray<readonly [Scripted, unknown]> = [
          [
            { status: 200, body: '\uFEFFa,b\r\n1,"x\ny"\r\n\r\n2,""""\n', headers: { cursor: "c=" } },
            {
              rows: [
                { a: "1", b: "x\ny" },
                { a: "2", b: '"' }
              ],
              next: "c="
            }
          ],
          [{ status: 200, body: "" }, { rows: [] }],
          [{ status: 201, body: " ü \n" }, "ü"],
          [{ status: 202, body: new Uint8Array([0, 255]) }, "AP8="],
          [{ status: 203, body: "" }, null],
          [{ status: 203, body: { a: 1 } }, { a: 1 }],
          [{ status: 204 }, []],
          [{ status: 404, body: "<html>" }, null],
          [{ status: 503, body: "<html>" }, 503]
        ]
        for (const [scripted, output] of cases)
          expect(yield* read(scripted), JSON.stringify(scripted)).toMatchObject({ success: output })
      })
  )

  it.effect("says where CSV is broken and shows none of it", () =>
    Effect.gen(function* () {
      for (const [body, part] of [
        ["a,b\n1,2\n1,2,S3CRET\n", "line 3 has another number of cells"],
        ['a,b\n"S3CRET,2\n', "CSV that cannot be read"],
        ["a,a\n1,2\n", "names a column twice"]
      ] as const) {
        const result = yield* read({ body })
        const message = result._tag === "Failure" ? result.failure.message : ""
        expect(message).toContain(part)
        expect(message).not.toContain("S3CRET")
      }
    })
  )

  it.effect(
    "whose answer does not fit is malformed: the place is named, the value is not, the span has the reason",
    () =>
      Effect.gen(function* () {
        const { connection } = yield* connected({
          manifest: acme(find),
          answer: () => ({ body: { name: ["S3CRET"] } })
        })
        const error = yield* failure(connection.call("find", { id: "a" }))
        expect(error.reason._tag).toBe("Malformed")
        expect(error.status).toBe(200)
        expect(error.attempts).toBe(1)
        expect(error.message).toContain(
          "answered 200 with something that does not fit the output: name: expected"
        )
        expect(JSON.stringify(error)).not.toContain("S3CRET")
      })
  )

  it.effect("that failed tells what the service says, without the secrets that it repeats", () =>
    Effect.gen(function* () {
      const { connection } = yield* connected({
        manifest: acme(`auth: { key: { headers: { authorization: "Bearer \${{ secrets.api_key }}" } } }
actions:
  read: { summary: Reads, auth: key, output: {}, request: { GET: /x } }
`),
        secrets: { api_key: "t0ps3cret" },
        answer: () => ({
          status: 401,
          headers: { "x-error-id": "e-17" },
          body: { message: "no such key: t0ps3cret", code: "T300" }
        })
      })
      const error = yield* failure(connection.call("read", {}))
      expect(error.reason._tag).toBe("Unauthorized")
      expect(error.upstream).toEqual({ message: "no such key: <redacted>", code: "T300", id: "e-17" })
      expect(JSON.stringify(error)).not.toContain("t0ps3cret")
    })
  )

  const schemes = `auth:
  pair: { headers: { x-user: "\${{ secrets.user }}", x-password: "\${{ secrets.password }}" } }
  key: { headers: { authorization: "Bearer \${{ secrets.api_key }}" } }
actions:
  read: { summary: Reads, auth: [pair, key], output: {}, request: { GET: /x } }
`

  it.effect("proves who it is by the first scheme whose secrets are all given, and by one only", () =>
    Effect.gen(function* () {
      for (const [secrets, headers] of [
        [
          { user: "u", password: "p", api_key: "k" },
          { "x-user": "u", "x-password": "p" }
        ],
        [{ user: "u", api_key: "k" }, { authorization: "Bearer k" }]
      ] as const) {
        const { connection, server } = yield* connected({
          manifest: acme(schemes),
          secrets,
          answer: () => ({ body: {} })
        })
        yield* connection.call("read", {})
        const { authorization, "x-password": password, "x-user": user } = server.received[0]?.headers ?? {}
        expect({ authorization, "x-password": password, "x-user": user }).toEqual({
          authorization: undefined,
          "x-password": undefined,
          "x-user": undefined,
          ...headers
        })
      }
    })
  )

  it.effect("without a scheme that can be used is not made, and the secrets that are missing are named", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* connected({
        manifest: acme(schemes),
        secrets: { user: "robin" },
        answer: () => ({})
      })
      const error = yield* failure(connection.call("read", {}))
      expect(error.reason._tag).toBe("Unauthorized")
      expect(error.message).toBe(
        'acme was not called: the connection "acme_test" cannot prove who it is: give it password, or api_key'
      )
      expect(server.received).toEqual([])
    })
  )

  it.effect("keeps the path of the base", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* connected({
        manifest: acme(find).replace("base: ${{ config.base_url }}", 'base: "${{ config.base_url }}/api/"'),
        answer: () => ({ body: { name: "x" } })
      })
      yield* connection.call("find", { id: "a" })
      expect(server.received[0]?.target).toBe("/api/v1/things/a?limit=5")
    })
  )

  it.live("repeats a read as its manifest says, and a write only when nothing can have happened", () =>
    Effect.gen(function* () {
      const retried = acme(`actions:
  read: { summary: Reads, output: {}, request: { GET: /x } }
  make: { summary: Makes, effect: write, request: { POST: /x } }
  put: { summary: Puts, effect: write, idempotent: true, request: { PUT: /x } }
`).replace("  errors:", "  retry: { on: [503, 429], attempts: 2, backoff: 1ms, max: 2ms }\n  errors:")
      const counts = new Map<string, number>()
      const { connection } = yield* connected({
        manifest: retried,
        answer: ({ method }) => {
          counts.set(method, (counts.get(method) ?? 0) + 1)
          return { status: 503 }
        }
      })
      const read = yield* failure(connection.call("read", {}))
      const write = yield* failure(connection.call("make", {}))
      const put = yield* failure(connection.call("put", {}))
      expect(Object.fromEntries(counts)).toEqual({ GET: 2, POST: 1, PUT: 2 })
      expect([read.outcomeUnknown, write.outcomeUnknown, put.outcomeUnknown]).toEqual([false, true, true])
      expect([read.retryable, write.retryable, put.retryable]).toEqual([true, false, true])
    })
  )
})

const hook = `types:
  Header: { type: object, required: [value], properties: { name: { type: string }, value: { type: string, x-secret: true } } }
actions:
  hook:
    summary: Hooks
    effect: write
    input:
      hooks: { type: object, required: [url], properties: { url: { type: string }, headers: { type: array, items: { $ref: "#/types/Header" } } } }
    output: {}
    request: { POST: /hooks, json: "\${{ input.hooks }}" }
`

describe("a secret deep in an input", () => {
  it.effect("is sent, and is in no error, while what stands beside it may be", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* connected({
        manifest: acme(hook),
        answer: ({ body }) => ({ status: 400, body: { message: `cannot use ${body}` } })
      })
      const hooks = { url: "https://a.example", headers: [{ name: "x-token", value: "s3cret-of-a-hook" }] }
      const error = yield* failure(connection.call("hook", { hooks }))
      expect(server.received[0]?.body).toContain("s3cret-of-a-hook")
      expect(JSON.stringify(error)).not.toContain("s3cret-of-a-hook")
      expect(error.upstream.message).toContain("https://a.example")
      expect(error.upstream.message).toContain("x-token")
    })
  )
})
