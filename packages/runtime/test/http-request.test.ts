import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { request, write } from "./HttpCalls.ts"
import { loopback } from "./LoopbackServer.ts"
import { call, failing, against, atOnce, json, until } from "./HttpFailures.ts"

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
          { ["__proto__"]: "1" },
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
