import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as net from "node:net"
import * as zlib from "node:zlib"
import type { ConnectorError } from "../src/ConnectorError.ts"
import type { HttpPolicies } from "../src/http/HttpPolicies.ts"
import type { BodyFormat, HttpRequest } from "../src/http/HttpRequest.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { RateBudget } from "../src/http/RateBudget.ts"
import { RetryPolicy } from "../src/http/RetryPolicy.ts"
import { advance, policies, request, turn, write } from "./HttpCalls.ts"
import { type Answer, freePort, listening, loopback } from "./LoopbackServer.ts"

const call = Effect.fnUntraced(function* (prepared: HttpRequest, change: Partial<HttpPolicies> = {}) {
  const transport = yield* HttpTransport
  return yield* transport.call(prepared, policies(change))
})

const failing = (prepared: HttpRequest, change: Partial<HttpPolicies> = {}) =>
  Effect.flip(call(prepared, change))

/** Runs against a server and a pool of their own. */
const against = <A, E>(
  answer: Answer,
  use: (server: Effect.Success<ReturnType<typeof loopback>>) => Effect.Effect<A, E, HttpTransport>
) => Effect.scoped(Effect.flatMap(loopback(answer), use).pipe(Effect.provide(HttpTransport.layer())))

/** Sockets take real time, so nothing on the wire waits on the clock of the test unless the test is about that. */
const atOnce = new RetryPolicy({ attempts: 3, backoff: 0 })

const json: Answer = (response) => {
  response.setHeader("content-type", "application/json")
  response.end('{"ok":true}')
}

describe("what is sent", () => {
  it.effect("is the target as it was built, and each header once", () =>
    against(json, (server) =>
      Effect.gen(function* () {
        yield* call(
          request(`${server.origin}/region/api`, {
            parts: {
              path: "/api/v2/objects/{id}",
              params: { id: "a/b c" },
              query: { "match[type]": ["indicator", "malware"], cursor: "MTY=+", modified_after: null }
            },
            headers: { authorization: Redacted.make("Bearer token-1"), "X-Custom": "é" }
          })
        )
        const [received] = server.received
        expect(received?.method).toBe("GET")
        expect(received?.target).toBe(
          "/region/api/v2/objects/a%2Fb%20c?match%5Btype%5D=indicator%2Cmalware&cursor=MTY%3D%2B"
        )
        const names = received?.rawHeaders
          .filter((_, index) => index % 2 === 0)
          .map((name) => name.toLowerCase())
        expect(names?.toSorted()).toEqual(
          [
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "host",
            "user-agent",
            "x-custom"
          ].toSorted()
        )
        expect(received?.headers).toMatchObject({
          authorization: "Bearer token-1",
          "user-agent": "sallyport",
          accept: "application/json",
          "accept-encoding": "gzip, deflate, br",
          "x-custom": "é"
        })
      })
    )
  )

  it.effect("holds the body with its length and type, the same one at every attempt", () =>
    against(
      (response, _, index) => {
        response.statusCode = index === 0 ? 429 : 200
        response.setHeader("content-type", "application/json")
        response.end("{}")
      },
      (server) =>
        Effect.gen(function* () {
          expect((yield* call(write(server.origin), { retry: atOnce })).attempts).toBe(2)
          expect(server.received.map((received) => received.body)).toEqual(['{"a":1}', '{"a":1}'])
          expect(server.received[1]?.headers).toMatchObject({
            "content-length": "7",
            "content-type": "application/json"
          })
        })
    )
  )

  it.effect("is nothing where a header could split the message, is reserved or given twice", () =>
    against(json, (server) =>
      Effect.gen(function* () {
        const cases: ReadonlyArray<Record<string, string>> = [
          { "x-key": "secret-1\r\nx-injected: 1" },
          { "x-key": "secret-1\n" },
          { "x-key": "secret-1\0" },
          { "x-key": "secret-1\u2028" },
          { "x-key\r\nx-injected": "1" },
          { "x key": "1" },
          { "": "1" },
          { host: "evil.example" },
          { "Content-Length": "0" },
          { "transfer-encoding": "chunked" },
          { "proxy-authorization": "Basic x" },
          { "X-Key": "1", "x-key": "2" }
        ]
        for (const headers of cases) {
          const error = yield* failing(request(server.origin, { headers }))
          expect(error).toMatchObject({ reason: { _tag: "InvalidInput" }, attempts: 0, retryable: false })
          expect(error.message).not.toContain("secret")
        }
        expect(server.received).toEqual([])
      })
    )
  )

  it.effect("goes over connections that are used again", () =>
    against(json, (server) =>
      Effect.gen(function* () {
        for (let index = 0; index < 20; index++) yield* call(request(server.origin))
        expect(server.received.length).toBe(20)
        // A call may begin before undici has put the connection of the one before back.
        expect(server.connections()).toBeLessThanOrEqual(2)
      })
    )
  )

  it.effect("leaves no connection behind when the scope of the pool ends", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback(json)
        yield* call(request(server.origin)).pipe(Effect.provide(HttpTransport.layer()))
        yield* until(() => server.open() === 0)
        expect(server.connections()).toBe(1)
      })
    )
  )
})

describe("what is received", () => {
  const as = (format: BodyFormat) => ({ expect: [{ status: 200, as: format }] })
  const serve =
    (
      body: string | Buffer,
      headers: Record<string, string> = { "content-type": "application/json" }
    ): Answer =>
    (response) => {
      response.writeHead(200, headers)
      response.end(body)
    }

  it.effect("is read as JSON whatever the label says, as long as it is JSON", () =>
    Effect.gen(function* () {
      for (const type of [
        "application/json",
        "application/stix+json; charset=utf-8",
        "text/plain",
        "binary/octet-stream"
      ]) {
        const reply = yield* against(serve('\ufeff{"a":["é",1]}', { "content-type": type }), (server) =>
          call(request(server.origin))
        )
        expect(reply.body).toEqual({ as: "json", value: { a: ["é", 1] } })
      }
    })
  )

  it.effect("is malformed where JSON was expected and something else came; the body is not shown", () =>
    Effect.gen(function* () {
      const cases: ReadonlyArray<readonly [string | Buffer, string]> = [
        ["<html>body-text</html>", "text/html; charset=utf-8"],
        ["<html>body-text</html>", "application/json"],
        ["", "application/json"],
        ['{"body-text":1', "application/json"],
        ['{"body-text":1}}', "application/json"],
        ["body-text", "text/plain"],
        [Buffer.from([0x22, 0xff, 0x22]), "application/json"],
        ["{'body-text':1}", ""]
      ]
      for (const [body, type] of cases) {
        const error = yield* against(serve(body, { "content-type": type }), (server) =>
          failing(request(server.origin))
        )
        expect(error).toMatchObject({ reason: { _tag: "Malformed" }, status: 200, retryable: false })
        expect(error.message).toContain("200")
        expect(JSON.stringify(error)).not.toContain("body-text")
      }
      const page = yield* against(serve("<html/>", { "content-type": "text/html" }), (server) =>
        failing(request(server.origin))
      )
      expect(page.message).toBe(
        "acme answered 200 with a web page (text/html) where JSON was expected: check the base URL and the proxy"
      )
    })
  )

  it.effect("of a write is known to be answered, but not how, if it is malformed", () =>
    Effect.gen(function* () {
      const error = yield* against(serve(""), (server) => failing(write(server.origin)))
      expect(error).toMatchObject({ reason: { _tag: "Malformed" }, outcomeUnknown: true, retryable: false })
    })
  )

  it.effect("is text in its charset, bytes as they are, or not read", () =>
    Effect.gen(function* () {
      const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9])
      const type = { "content-type": 'text/csv; header=present; charset="ISO-8859-1"' }
      const text = yield* against(serve(latin, type), (server) => call(request(server.origin, as("text"))))
      expect(text.body).toEqual({ as: "text", text: "café" })
      const bytes = yield* against(serve(latin, type), (server) => call(request(server.origin, as("bytes"))))
      expect(bytes.body).toEqual({ as: "bytes", bytes: new Uint8Array(latin) })
      const none = yield* against(serve("anything", type), (server) =>
        call(request(server.origin, as("none")))
      )
      expect(none.body).toEqual({ as: "none" })
      for (const headers of [
        { "content-type": "text/plain" },
        { "content-type": "text/plain; charset=klingon" }
      ]) {
        const error = yield* against(serve(latin, headers), (server) =>
          failing(request(server.origin, as("text")))
        )
        expect(error.reason._tag).toBe("Malformed")
      }
    })
  )

  it.effect("takes an exact status before its class", () =>
    Effect.gen(function* () {
      const expectations = [
        { status: "2xx", as: "json" },
        { status: 204, as: "none" },
        { status: 404, as: "none" }
      ] as const
      for (const status of [204, 404] as const) {
        const reply = yield* against(
          (response) => {
            response.statusCode = status
            response.end()
          },
          (server) => call(request(server.origin, { expect: expectations }))
        )
        expect(reply).toMatchObject({ status, body: { as: "none" } })
      }
    })
  )

  it.effect("is decompressed, whatever the server chose", () =>
    Effect.gen(function* () {
      const text = JSON.stringify({ a: "x".repeat(10_000) })
      const encoded: ReadonlyArray<readonly [string, Buffer]> = [
        ["gzip", zlib.gzipSync(text)],
        ["X-GZIP", zlib.gzipSync(text)],
        ["deflate", zlib.deflateSync(text)],
        ["deflate", zlib.deflateRawSync(text)],
        ["br", zlib.brotliCompressSync(text)],
        ["gzip, identity, br", zlib.brotliCompressSync(zlib.gzipSync(text))]
      ]
      for (const [encoding, body] of encoded) {
        const reply = yield* against(
          serve(body, { "content-type": "application/json", "content-encoding": encoding }),
          (server) => call(request(server.origin))
        )
        expect(reply.body).toEqual({ as: "json", value: { a: "x".repeat(10_000) } })
      }
    })
  )

  it.effect("is malformed if its compression is damaged, cut off, unknown or too deep", () =>
    Effect.gen(function* () {
      const whole = zlib.gzipSync('{"a":1}')
      const encoded: ReadonlyArray<readonly [string, Buffer]> = [
        ["gzip", Buffer.from("not gzip")],
        ["gzip", whole.subarray(0, -9)],
        ["zstd", whole],
        ["gzip, gzip, gzip, gzip", whole]
      ]
      for (const [encoding, body] of encoded) {
        const error = yield* against(
          serve(body, { "content-type": "application/json", "content-encoding": encoding }),
          (server) => failing(request(server.origin))
        )
        expect(error).toMatchObject({ reason: { _tag: "Malformed" }, status: 200 })
      }
    })
  )

  it.effect("is refused above its limit: announced, sent in pieces or compressed", () =>
    Effect.gen(function* () {
      const big = JSON.stringify("x".repeat(3_000_000))
      const answers: ReadonlyArray<Answer> = [
        (response) => {
          response.setHeader("content-length", 10_000_000_000)
          response.write("[")
        },
        (response) => {
          const more = () => {
            while (response.writable && response.write("x".repeat(65_536))) continue
          }
          response.on("drain", more)
          more()
        },
        serve(zlib.gzipSync(big), { "content-encoding": "gzip" }),
        serve(zlib.deflateSync(big), { "content-encoding": "deflate" }),
        serve(zlib.brotliCompressSync(big), { "content-encoding": "br" }),
        serve(zlib.gzipSync(zlib.gzipSync(big)), { "content-encoding": "gzip, gzip" })
      ]
      for (const answer of answers) {
        yield* against(answer, (server) =>
          Effect.gen(function* () {
            const error = yield* failing(request(server.origin), { maxBodyBytes: 1_000_000 })
            expect(error).toMatchObject({ reason: { _tag: "Malformed" }, status: 200 })
            expect(error.message).toContain("more than 1000000 bytes")
          })
        )
      }
    })
  )

  it.effect("may be as long as its limit", () =>
    Effect.gen(function* () {
      const body = JSON.stringify("x".repeat(998))
      for (const encoded of [false, true]) {
        const answer = encoded
          ? serve(zlib.gzipSync(body), { "content-encoding": "gzip" })
          : serve(body, { "transfer-encoding": "chunked" })
        const reply = yield* against(answer, (server) => call(request(server.origin), { maxBodyBytes: 1000 }))
        expect(reply.body).toEqual({ as: "json", value: "x".repeat(998) })
        const error = yield* against(answer, (server) =>
          failing(request(server.origin), { maxBodyBytes: 999 })
        )
        expect(error.reason._tag).toBe("Malformed")
      }
    })
  )
})

describe("a status that is not expected", () => {
  it.effect("has its reason, and what the upstream says about it", () =>
    Effect.gen(function* () {
      const reasons: ReadonlyArray<readonly [number, string, boolean]> = [
        [400, "InvalidInput", false],
        [401, "Unauthorized", false],
        [403, "Forbidden", false],
        [404, "NotFound", false],
        [409, "InvalidInput", false],
        [410, "NotFound", false],
        [418, "Upstream", false],
        [422, "InvalidInput", false],
        [429, "RateLimited", true],
        [500, "Upstream", true],
        [503, "Upstream", true],
        [206, "Upstream", false],
        [304, "Upstream", false]
      ]
      for (const [status, tag, retryable] of reasons) {
        const error = yield* against(
          (response) => {
            response.writeHead(status, { "content-type": "application/json", "x-error-id": "abc" })
            response.end(status === 304 ? undefined : '{"message":"it said so","code":"T300"}')
          },
          (server) => failing(request(server.origin, { describe: describeReply }))
        )
        expect(error).toMatchObject({
          reason: { _tag: tag },
          status,
          retryable,
          attempts: 1,
          outcomeUnknown: false
        })
        if (status !== 304) expect(error.upstream).toEqual({ message: "it said so", code: "T300", id: "abc" })
      }
    })
  )

  it.effect("is reported even if its body is HTML, empty, endless, cut off, or never comes", () =>
    Effect.gen(function* () {
      const answers: ReadonlyArray<Answer> = [
        (response) => response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>"),
        (response) => response.writeHead(502).end(),
        (response) => response.writeHead(502, { "content-type": "application/json" }).end("{"),
        (response) =>
          response.writeHead(502, { "content-type": "application/json" }).end("x".repeat(200_000)),
        (response, _request, _index, socket) => {
          response.writeHead(502, { "content-length": "100" })
          response.write("{", () => socket.destroy())
        },
        (response) => response.writeHead(502, { "content-length": "100" }).write("{")
      ]
      for (const answer of answers) {
        yield* against(answer, (server) =>
          Effect.gen(function* () {
            const fiber = yield* Effect.forkChild(
              failing(request(server.origin, { describe: describeReply }), {
                timeout: "1000 days",
                deadline: "1000 days"
              })
            )
            yield* until(() => server.received.length === 1)
            yield* advance(fiber, "1 second")
            const error = yield* Fiber.join(fiber)
            expect(error).toMatchObject({ reason: { _tag: "Upstream", status: 502 }, upstream: {} })
          })
        )
      }
    })
  )

  it.effect("is reported even if the description of it fails", () =>
    Effect.gen(function* () {
      const error = yield* against(
        (response) => response.writeHead(500).end(),
        (server) =>
          failing(
            request(server.origin, {
              describe: () => {
                throw new Error("secret-in-bug")
              }
            })
          )
      )
      expect(error).toMatchObject({ reason: { _tag: "Upstream", status: 500 }, upstream: {} })
    })
  )
})

describe("a redirect", () => {
  const redirecting =
    (status: number, location: string): Answer =>
    (response, received) => {
      if (received.target === "/x") response.writeHead(status, { location }).end("moved")
      else json(response, received, 0, new net.Socket())
    }

  it.effect("within the origin is followed, with the credentials", () =>
    Effect.gen(function* () {
      for (const status of [301, 302, 303, 307, 308]) {
        yield* against(redirecting(status, "../y?b=1#fragment"), (server) =>
          Effect.gen(function* () {
            const headers = { authorization: Redacted.make("Bearer token-1") }
            const reply = yield* call(request(server.origin, { headers }))
            expect(reply).toMatchObject({ status: 200, attempts: 1 })
            expect(server.received.map((received) => received.target)).toEqual(["/x", "/y?b=1"])
            expect(server.received[1]?.headers.authorization).toBe("Bearer token-1")
          })
        )
      }
    })
  )

  it.effect(
    "of a write keeps method and body with 307 and 308, becomes a GET with 303, is refused with 301 and 302",
    () =>
      Effect.gen(function* () {
        const lastOf = (status: number) =>
          against(redirecting(status, "/y"), (server) =>
            Effect.gen(function* () {
              const result = yield* Effect.result(call(write(server.origin)))
              const last = server.received.at(-1)
              return { result, sent: `${last?.method} ${last?.target} ${last?.body}`, last }
            })
          )
        expect((yield* lastOf(307)).sent).toBe('POST /y {"a":1}')
        expect((yield* lastOf(308)).sent).toBe('POST /y {"a":1}')
        const seeOther = yield* lastOf(303)
        expect(seeOther.sent).toBe("GET /y ")
        expect(seeOther.last?.headers["content-type"]).toBeUndefined()
        expect((yield* lastOf(301)).result).toMatchObject({
          failure: { reason: { _tag: "Upstream", status: 301 }, outcomeUnknown: false }
        })
        expect((yield* lastOf(302)).result).toMatchObject({
          failure: { reason: { _tag: "Upstream", status: 302 }, outcomeUnknown: true, retryable: false }
        })
      })
  )

  it.effect("to another origin is refused, and nothing is sent there", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const other = yield* loopback(json)
        const places = [
          `${other.origin}/secret-path?secret-query=1`,
          `//127.0.0.1:${other.port}/`,
          `http://localhost:${other.port}/`,
          "https://127.0.0.1/",
          "file:///etc/passwd",
          "javascript:alert(1)"
        ]
        for (const place of places) {
          const error = yield* against(redirecting(302, place), (server) => failing(request(server.origin)))
          expect(error).toMatchObject({ reason: { _tag: "Upstream", status: 302 }, retryable: false })
          expect(error.message).toContain("another")
          expect(JSON.stringify(error)).not.toContain("secret")
        }
        expect(other.connections()).toBe(0)
      })
    )
  )

  it.effect("that never ends is given up, each hop counted in the rate budget", () =>
    against(
      (response, _, index) => response.writeHead(302, { location: `/x?${index}` }).end(),
      (server) =>
        Effect.gen(function* () {
          const budget = new RateBudget({ requests: 6, per: "1 hour" })
          const error = yield* failing(request(server.origin), { budget })
          expect(error.message).toContain("more than 5 times")
          expect(server.received.length).toBe(6)
          const next = yield* Effect.forkChild(
            failing(request(server.origin), { budget, deadline: "1 second" })
          )
          yield* advance(next, "1 second")
          expect((yield* Fiber.join(next)).attempts).toBe(0)
        })
    )
  )

  it.effect("to nowhere is malformed", () =>
    Effect.gen(function* () {
      for (const location of ["", "http://["]) {
        const error = yield* against(redirecting(302, location), (server) => failing(request(server.origin)))
        expect(error.reason._tag).toBe("Malformed")
      }
    })
  )
})

describe("a broken connection", () => {
  it.effect("that was refused is never sent, so a write is repeated and its outcome is known", () =>
    Effect.gen(function* () {
      const port = yield* freePort
      // A name with several addresses fails with an error for each of them.
      for (const host of ["127.0.0.1", "localhost"]) {
        const error = yield* failing(write(`http://${host}:${port}`), { retry: atOnce })
        expect(error).toMatchObject({
          reason: { _tag: "Network" },
          attempts: 3,
          retryable: true,
          outcomeUnknown: false
        })
        expect(error.message).toContain("refused the connection")
      }
    }).pipe(Effect.provide(HttpTransport.layer()))
  )

  it.effect("is a network failure: cut before, within and after the head of the answer", () =>
    Effect.gen(function* () {
      const answers: ReadonlyArray<Answer> = [
        (_response, _request, _index, socket) => socket.destroy(),
        (_response, _request, _index, socket) => socket.resetAndDestroy(),
        (_response, _request, _index, socket) => socket.end(),
        (_response, _request, _index, socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-le"),
        (response, _request, _index, socket) => {
          response.writeHead(200, { "content-length": "100" })
          response.write('{"a":', () => socket.resetAndDestroy())
        },
        (response, _request, _index, socket) => {
          response.writeHead(200, { "content-length": "100" })
          response.write('{"a":', () => socket.end())
        },
        (response, _request, _index, socket) => {
          response.write('{"a":', () => socket.destroy())
        }
      ]
      for (const answer of answers) {
        const read = yield* against(answer, (server) => failing(request(server.origin)))
        expect(read).toMatchObject({ reason: { _tag: "Network" }, retryable: true, outcomeUnknown: false })
        const once = yield* against(answer, (server) =>
          Effect.gen(function* () {
            const error = yield* failing(write(server.origin), { retry: atOnce })
            expect(server.received.length).toBe(1)
            return error
          })
        )
        expect(once).toMatchObject({
          reason: { _tag: "Network" },
          retryable: false,
          outcomeUnknown: true,
          attempts: 1
        })
      }
    })
  )

  it.effect("is repeated for a read until it works", () =>
    against(
      (response, received, index, socket) => {
        if (index < 2) socket.destroy()
        else json(response, received, index, socket)
      },
      (server) =>
        Effect.gen(function* () {
          expect((yield* call(request(server.origin), { retry: atOnce })).attempts).toBe(3)
        })
    )
  )

  it.effect("to something that is not HTTP is malformed", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const { port } = yield* listening(net.createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n")))
        const error = yield* failing(request(`http://127.0.0.1:${port}`))
        expect(error.reason._tag).toBe("Malformed")
        expect(error.message).toContain("not HTTP")
      })
    ).pipe(Effect.provide(HttpTransport.layer()))
  )
})

describe("an upstream that hangs", () => {
  it.effect("is given up after the time of an attempt, wherever it hangs, and the connection is closed", () =>
    Effect.gen(function* () {
      const answers: ReadonlyArray<Answer> = [
        () => undefined,
        (response) => response.writeHead(200, { "content-length": "10" }).write("["),
        (response) => response.writeHead(200).write("["),
        (response) => response.writeHead(200, { "content-length": "10" }).flushHeaders()
      ]
      for (const answer of answers) {
        yield* against(answer, (server) =>
          Effect.gen(function* () {
            const fiber = yield* Effect.forkChild(failing(write(server.origin), { timeout: "30 seconds" }))
            yield* until(() => server.received.length === 1)
            yield* advance(fiber, "30 seconds")
            const error = yield* Fiber.join(fiber)
            expect(error).toMatchObject({
              reason: { _tag: "Timeout" },
              outcomeUnknown: true,
              retryable: false
            })
            expect(error.message).toContain("within 30000 ms")
            yield* until(() => server.open() === 0)
          })
        )
      }
    })
  )

  it.effect(
    "is given up in the middle of a body that keeps dripping: the time is a total, not an idle time",
    () =>
      against(
        (response) => {
          const drip = () => {
            if (response.writable) response.write(" ", () => setImmediate(drip))
          }
          drip()
        },
        (server) =>
          Effect.gen(function* () {
            const fiber = yield* Effect.forkChild(failing(request(server.origin), { timeout: "30 seconds" }))
            yield* until(() => server.received.length === 1)
            yield* advance(fiber, "1 second")
            expect((yield* Fiber.join(fiber)).reason._tag).toBe("Timeout")
          })
      )
  )

  it.effect("is let go of when the caller is interrupted", () =>
    against(
      () => undefined,
      (server) =>
        Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(call(request(server.origin)))
          yield* until(() => server.received.length === 1)
          yield* Fiber.interrupt(fiber)
          yield* until(() => server.open() === 0)
          expect(server.connections()).toBe(1)
        })
    )
  )
})

function textOf(body: unknown, key: string): string | undefined {
  const value: unknown = Predicate.hasProperty(body, key) ? body[key] : undefined
  return typeof value === "string" ? value : undefined
}

/** What a manifest's `errors` would do. */
function describeReply(
  reply: Parameters<NonNullable<HttpRequest["describe"]>>[0]
): ConnectorError["upstream"] {
  const message = textOf(reply.body, "message")
  const code = textOf(reply.body, "code")
  const id = reply.headers["x-error-id"]
  return {
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(id === undefined ? {} : { id })
  }
}

/** Waits for the other side, one turn of the event loop after the other. The time limit of the test ends what never comes. */
function until(condition: () => boolean): Effect.Effect<void> {
  return Effect.suspend(() => (condition() ? Effect.void : Effect.andThen(turn, until(condition))))
}
