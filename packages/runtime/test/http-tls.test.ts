import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as http from "node:http"
import * as net from "node:net"
import type { HttpPoolOptions } from "../src/http/HttpPool.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { RetryPolicy } from "../src/http/RetryPolicy.ts"
import { makeCertificate } from "./Certificate.ts"
import { policies, request, write } from "./HttpCalls.ts"
import { type Answer, freePort, listening, loopback } from "./LoopbackServer.ts"

const json: Answer = (response) => {
  response.setHeader("content-type", "application/json")
  response.end('{"ok":true}')
}

const call = (prepared: ReturnType<typeof request>, options: HttpPoolOptions = {}) =>
  HttpTransport.pipe(
    Effect.flatMap((transport) =>
      transport.call(prepared, policies({ retry: new RetryPolicy({ attempts: 3 }) }))
    ),
    Effect.provide(HttpTransport.layer(options))
  )

const past = new Date(Date.UTC(2002, 0, 1))
const future = new Date(Date.UTC(2098, 0, 1))
const authority = makeCertificate({ name: "Test CA" })
const good = makeCertificate({ name: "good", hosts: ["127.0.0.1", "localhost"], issuer: authority })

describe("a TLS certificate", () => {
  it.effect("of a CA that was configured is accepted", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback(json, good)
        expect((yield* call(request(server.origin), { ca: [authority.cert] })).status).toBe(200)
        const bundle = `# a comment\n${makeCertificate({ name: "Other CA" }).cert}${authority.cert}`
        expect((yield* call(request(server.origin), { ca: [bundle] })).status).toBe(200)
      })
    )
  )

  it.effect("that is wrong is named, nothing is sent, and it is not tried again", () =>
    Effect.gen(function* () {
      const hosts = ["127.0.0.1"]
      const cases = [
        ["expired", makeCertificate({ name: "old", hosts, issuer: authority, notAfter: past })],
        ["not-yet-valid", makeCertificate({ name: "new", hosts, issuer: authority, notBefore: future })],
        ["wrong-host", makeCertificate({ name: "other", hosts: ["example.com"], issuer: authority })],
        ["self-signed", makeCertificate({ name: "self", hosts })],
        [
          "unknown-issuer",
          makeCertificate({ name: "odd", hosts, issuer: makeCertificate({ name: "Unknown CA" }) })
        ]
      ] as const
      for (const [problem, certificate] of cases) {
        yield* Effect.scoped(
          Effect.gen(function* () {
            const server = yield* loopback(json, certificate)
            const error = yield* Effect.flip(call(write(server.origin), { ca: [authority.cert] }))
            expect(error).toMatchObject({
              reason: { _tag: "Tls", problem },
              attempts: 1,
              retryable: false,
              outcomeUnknown: false
            })
            expect(error.message).toContain("TLS certificate")
            expect(server.received).toEqual([])
          })
        )
      }
    })
  )

  it.effect("is not looked for where nobody speaks TLS", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback(json)
        const error = yield* Effect.flip(call(request(server.origin.replace("http:", "https:"))))
        expect(error).toMatchObject({ reason: { _tag: "Tls", problem: "protocol" }, outcomeUnknown: false })
      })
    )
  )

  it.effect("that cannot be read is refused before anything is called", () =>
    Effect.gen(function* () {
      for (const ca of ["secret text", good.key, good.cert.replaceAll(/M[A-Z]/gu, "??"), ""]) {
        const error = yield* Effect.flip(call(request("https://example.com"), { ca: [ca] }))
        expect(error._tag).toBe("HttpPoolError")
        expect(error.message).toContain("CA certificate")
        expect(error.message).not.toContain("secret")
      }
    })
  )
})

/** A proxy that forwards plain requests and opens tunnels, or refuses everything with a status. */
const proxying = Effect.fnUntraced(function* (refusal?: number) {
  const seen: Array<string> = []
  const auth: Array<string | undefined> = []
  const proxy = http.createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`)
    auth.push(incoming.headers["proxy-authorization"])
    if (refusal !== undefined) {
      response.writeHead(refusal).end()
      return
    }
    const forwarded = http.request(incoming.url ?? "", { method: incoming.method, headers: incoming.headers })
    forwarded.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(forwarded)
  })
  proxy.on("connect", (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`)
    auth.push(incoming.headers["proxy-authorization"])
    socket.on("error", () => undefined)
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`)
      return
    }
    const [host, port] = (incoming.url ?? "").split(":")
    const upstream = net.connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n")
      upstream.pipe(socket)
      socket.pipe(upstream)
    })
    upstream.on("error", () => socket.destroy())
    socket.on("close", () => upstream.destroy())
  })
  const { port } = yield* listening(proxy)
  return { address: Redacted.make(`http://user:proxy-secret@127.0.0.1:${port}`), seen, auth }
})

describe("a proxy", () => {
  it.effect("tunnels https, so that it sees neither path nor credentials", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback(json, good)
        const proxy = yield* proxying()
        const headers = { authorization: Redacted.make("Bearer token-1") }
        const reply = yield* call(request(server.origin, { headers }), {
          ca: [authority.cert],
          proxy: { https: proxy.address }
        })
        expect(reply.status).toBe(200)
        expect(proxy.seen).toEqual([`CONNECT 127.0.0.1:${server.port}`])
        expect(proxy.auth).toEqual([`Basic ${Buffer.from("user:proxy-secret").toString("base64")}`])
        expect(server.received[0]?.headers["proxy-authorization"]).toBeUndefined()
        const untrusted = yield* Effect.flip(
          call(request(server.origin), { proxy: { https: proxy.address } })
        )
        expect(untrusted.message).toContain("TLS certificate")
      })
    )
  )

  it.effect("forwards plain http, and is passed by for the hosts that are named", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback(json)
        const proxy = yield* proxying()
        expect((yield* call(request(server.origin), { proxy: { http: proxy.address } })).status).toBe(200)
        expect(proxy.seen).toEqual([`GET ${server.origin}/x`])
        const bypass = ["example.com", "127.0.0.1"]
        yield* call(request(server.origin), { proxy: { http: proxy.address, bypass } })
        yield* call(request(server.origin), { proxy: { https: proxy.address } })
        expect(proxy.seen.length).toBe(1)
        expect(server.received.length).toBe(3)
      })
    )
  )

  it.effect("that refuses or is down is named as such; nothing was sent", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const down = Redacted.make(`http://user:proxy-secret@127.0.0.1:${yield* freePort}`)
        for (const address of [(yield* proxying(407)).address, (yield* proxying(502)).address, down]) {
          const error = yield* Effect.flip(
            HttpTransport.pipe(
              Effect.flatMap((transport) => transport.call(write("https://127.0.0.1:9"), policies())),
              Effect.provide(HttpTransport.layer({ proxy: { https: address } }))
            )
          )
          expect(error).toMatchObject({ reason: { _tag: "Network" }, outcomeUnknown: false, retryable: true })
          expect(error.message).toContain("proxy")
          expect(JSON.stringify(error)).not.toContain("proxy-secret")
        }
      })
    )
  )

  it.effect("that is no address is refused before anything is called", () =>
    Effect.gen(function* () {
      for (const address of ["proxy-secret:3128", "ftp://proxy-secret", "", "//proxy-secret"]) {
        const error = yield* Effect.flip(
          call(request("https://example.com"), { proxy: { https: Redacted.make(address) } })
        )
        expect(error._tag).toBe("HttpPoolError")
        expect(error.message).not.toContain("proxy-secret")
      }
    })
  )
})
