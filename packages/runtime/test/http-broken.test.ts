import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as net from "node:net"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { RateBudget } from "../src/http/RateBudget.ts"
import { advance, request, write } from "./HttpCalls.ts"
import { type Answer, freePort, listening, loopback } from "./LoopbackServer.ts"
import { call, failing, against, atOnce, json, until } from "./HttpFailures.ts"

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
