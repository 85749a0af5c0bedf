import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as zlib from "node:zlib"
import type { BodyFormat } from "../src/http/HttpRequest.ts"
import { advance, request, write } from "./HttpCalls.ts"
import type { Answer } from "./LoopbackServer.ts"
import { call, failing, against, describeReply, until } from "./HttpFailures.ts"

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
