import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { SessionVault } from "../src/session/SessionVault.ts"
import { acme, connected } from "./Connected.ts"
import type { ReceivedRequest } from "./LoopbackServer.ts"

/** Sessions of 600 seconds. */
const manifest = (confirm: boolean): string =>
  acme(`auth:
  session:
    open: { POST: /session, json: { user: "\${{ config.?tenant.value() }}" }, body: { type: object, required: [token, ends], properties: { token: { type: string }, ends: { type: number }, ref: { type: string } } } }
    ${confirm ? 'confirm: { ask: "The code sent to ${{ config.?tenant.value() }}", PUT: /confirm, json: { ref: "${{ session.?ref }}", code: "${{ answer }}" } }' : ""}
    extend: { PUT: /extend }
    expires: \${{ session.ends }}
    headers: { authorization: "Bearer \${{ session.token }}" }
actions:
  read: { summary: Reads, auth: session, output: {}, request: { GET: /x } }
`)

/** A service with one valid token at a time; `time` is its clock in seconds. */
class Service {
  opened = 0
  extended = 0
  valid = ""
  time = 0
  readonly codes: Array<string> = []

  readonly answer = ({ body, headers, method, target }: ReceivedRequest) => {
    if (target === "/session") {
      this.valid = `t0ken-${++this.opened}`
      return { status: 202, body: { token: this.valid, ends: this.time + 600, ref: "r-1" } }
    }
    if (target === "/confirm") {
      this.codes.push(body)
      return body.includes("000042")
        ? { status: 200 }
        : { status: 400, body: { message: `wrong code ${body}` } }
    }
    if (headers.authorization !== `Bearer ${this.valid}`)
      return { status: 401, body: { message: `not ${headers.authorization}` } }
    if (target === "/extend") this.extended++
    return { body: { method } }
  }
}

const open = (
  service: Service,
  confirm = false,
  tenant: string | undefined = "robin@soc.example",
  vault?: SessionVault["Service"]
) =>
  connected({
    ...(vault !== undefined && { vault }),
    manifest: manifest(confirm),
    answer: service.answer,
    config: tenant === "" ? {} : { tenant }
  })

describe("a session", () => {
  it.effect("without a question is opened once for all callers, and used by them", () =>
    Effect.gen(function* () {
      const service = new Service()
      const { connection } = yield* open(service)
      const read = connection.call("read", {})
      expect(yield* Effect.all([read, read, read], { concurrency: 3 })).toEqual(
        Array.from({ length: 3 }, (): Json => ({ method: "GET" }))
      )
      expect(service.opened).toBe(1)
    })
  )

  it.effect("that the service refuses is opened anew, once", () =>
    Effect.gen(function* () {
      const service = new Service()
      const { connection, server } = yield* open(service)
      yield* connection.call("read", {})
      service.valid = "other"
      yield* connection.call("read", {})
      expect(service.opened).toBe(2)
      const broken = yield* connected({
        manifest: manifest(false),
        config: { tenant: "t" },
        answer: ({ target }) =>
          target === "/session" ? { body: { token: "t", ends: 600 } } : { status: 401 }
      })
      const error = yield* Effect.flip(broken.connection.call("read", {}))
      expect(error.reason._tag).toBe("Unauthorized")
      expect(broken.server.received.length).toBe(4)
      expect(server.received.length).toBe(5)
    })
  )

  it.effect(
    "is extended before it expires, and its time counts from then; an expired one is opened anew",
    () =>
      Effect.gen(function* () {
        const service = new Service()
        const { connection } = yield* open(service)
        const read = connection.call("read", {})
        yield* read
        yield* TestClock.adjust("300 seconds")
        yield* read
        expect(service.extended).toBe(0)
        yield* TestClock.adjust("200 seconds")
        yield* read
        expect(service.extended).toBe(1)
        yield* TestClock.adjust("400 seconds")
        yield* read
        expect([service.extended, service.opened]).toEqual([1, 1])
        yield* TestClock.adjust("300 seconds")
        service.time = 1200
        yield* read
        expect([service.extended, service.opened]).toEqual([1, 2])
      })
  )

  it.effect(
    "with a question asks a person; until it is answered nothing is sent, and a wrong answer can be corrected",
    () =>
      Effect.gen(function* () {
        const service = new Service()
        const { connection, server } = yield* open(service, true)
        const before = yield* Effect.flip(connection.call("read", {}))
        expect(before.reason._tag).toBe("Unauthorized")
        expect(before.attempts).toBe(0)
        expect(before.message).toContain('open one with "sallyport connections login acme_test"')
        expect(server.received).toEqual([])
        expect(connection.sessions.schemes).toEqual(["session"])
        const { question } = yield* connection.sessions.open("session")
        expect(question).toBe("The code sent to robin@soc.example")
        const unanswered = yield* Effect.flip(connection.call("read", {}))
        expect(unanswered.message).toContain("question was not answered")
        const wrong = yield* Effect.flip(connection.sessions.confirm("session", Redacted.make("111111")))
        expect(wrong.reason._tag).toBe("InvalidInput")
        expect(wrong.message).not.toContain("111111")
        yield* connection.sessions.confirm("session", Redacted.make("000042"))
        expect(service.codes.at(-1)).toBe('{"ref":"r-1","code":"000042"}')
        expect(yield* connection.call("read", {})).toEqual({ method: "GET" })
        yield* connection.sessions.forget("session")
        const forgotten = yield* Effect.flip(connection.call("read", {}))
        expect(forgotten.message).toContain("has no session")
      })
  )

  it.effect("with a question that the service refuses is forgotten, and a person is asked for another", () =>
    Effect.gen(function* () {
      const service = new Service()
      const { connection } = yield* open(service, true)
      yield* connection.sessions.open("session")
      yield* connection.sessions.confirm("session", Redacted.make("000042"))
      service.valid = "other"
      const error = yield* Effect.flip(connection.call("read", {}))
      expect(error.upstream.message).toBe("not <redacted>")
      expect(JSON.stringify(error)).not.toContain("t0ken")
      const next = yield* Effect.flip(connection.call("read", {}))
      expect(next.message).toContain("has no session")
      expect(service.opened).toBe(1)
    })
  )

  it.effect("is never shown to another address: a connection with a new base URL has none", () =>
    Effect.gen(function* () {
      const vault = yield* Layer.build(SessionVault.layerMemory)
      const kept = Context.get(vault, SessionVault)
      const first = yield* open(new Service(), true, "robin@soc.example", kept)
      yield* first.connection.sessions.open("session")
      yield* first.connection.sessions.confirm("session", Redacted.make("000042"))
      yield* first.connection.call("read", {})
      const second = yield* open(new Service(), true, "robin@soc.example", kept)
      const error = yield* Effect.flip(second.connection.call("read", {}))
      expect(error.message).toContain("has no session")
      expect(second.server.received).toEqual([])
    })
  )

  it.effect("cannot be used without what its opening reads, and is not offered then", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* open(new Service(), false, "")
      expect(connection.sessions.schemes).toEqual([])
      const error = yield* Effect.flip(connection.call("read", {}))
      expect(error.reason._tag).toBe("Unauthorized")
      const unknown = yield* Effect.flip(connection.sessions.open("session"))
      expect(unknown.message).toContain('has no session scheme "session" that this connection can use')
      expect(server.received).toEqual([])
    })
  )
})
