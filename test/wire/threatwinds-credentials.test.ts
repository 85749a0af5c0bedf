import { describe, expect, it } from "@effect/vitest"
import { Reply, Fault, SimulatedThreatWinds } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { at, bearing, client, proofs, threatwinds } from "./ThreatWindsClient.ts"

describe("the address of ThreatWinds", () => {
  it("is that of the quickstart unless another one is given", () => {
    expect(threatwinds.config.properties.get("base_url")?.default).toBe(
      "https://intelligence.threatwinds.com"
    )
  })

  it.effect("may have a path, which every request keeps", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client({ server: { prefix: "/gateway/threatwinds" } })
      yield* call("get_entity", { entity_id: "ip-unknown" })
      yield* call("search_simple", { query: "nothing-there" })
      expect(server.requests.lines).toEqual([
        "GET /gateway/threatwinds/api/search/v1/entity/ip-unknown",
        "POST /gateway/threatwinds/api/search/v1/entities/simple?limit=10&page=1"
      ])
    })
  )

  it.effect("may end in a slash, which is not doubled", () =>
    Effect.gen(function* () {
      const server = yield* SimulatedThreatWinds.make({ prefix: "/gateway" })
      const { call } = yield* client({
        config: { base_url: `${server.baseUrl}/` },
        secrets: () => ({ api_key: server.apiKey, api_secret: server.apiSecret })
      })
      yield* call("list_feeds")
      expect(server.requests.lines).toEqual(["GET /gateway/api/feeds/v1/list"])
    })
  )

  it.effect("has five services, each at its own path", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      yield* call("get_keypair")
      yield* call("get_entity", { entity_id: "ip-unknown" })
      yield* call("entity_details", { entity_id: "ip-unknown" })
      yield* call("definitions")
      yield* call("list_feeds")
      expect(server.requests.lines.map((line) => line.split("/").slice(1, 4).join("/"))).toEqual([
        "api/auth/v2",
        "api/search/v1",
        "api/analytics/v1",
        "api/ingest/v1",
        "api/feeds/v1"
      ])
    })
  )
})

describe("a request to ThreatWinds", () => {
  it.effect("is signed with the key pair, and with nothing else, when there is one", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      yield* call("get_entity", { entity_id: "ip-unknown" })
      expect(proofs(last())).toEqual(["api-key", "api-secret"])
      expect([last().header("api-key"), last().header("api-secret")]).toEqual([
        server.apiKey,
        server.apiSecret
      ])
    })
  )

  it.effect("is signed with the bearer, and with nothing else, when there is no key pair", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client({ secrets: bearing })
      yield* call("get_entity", { entity_id: "ip-unknown" })
      expect(proofs(last())).toEqual(["authorization"])
      expect(last().header("authorization")).toBe(`Bearer ${server.bearer}`)
    })
  )

  it.effect("never has both kinds of proof, though the connection has both", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client({
        secrets: (server) => ({ api_key: server.apiKey, api_secret: server.apiSecret, bearer: server.bearer })
      })
      yield* call("get_entity", { entity_id: "ip-unknown" })
      expect(proofs(last())).toEqual(["api-key", "api-secret"])
      yield* call("get_session")
      expect(proofs(last())).toEqual(["authorization"])
      yield* call("get_keypair")
      expect(proofs(last())).toEqual(["api-key", "api-secret"])
    })
  )

  it.effect("never has the headers that the gateway adds", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      yield* call("list_feeds")
      expect([last().header("user-id"), last().header("groups")]).toEqual([undefined, undefined])
    })
  )

  it.effect("of a connection without credentials cannot be made", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(client({ secrets: () => ({}) }))
      expect(error._tag).toBe("ConnectionError")
      for (const name of ["api_key", "api_secret", "bearer"]) expect(error.message).toContain(name)
    })
  )

  it.effect("of a connection with half a key pair cannot be made", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(client({ secrets: ({ apiKey }) => ({ api_key: apiKey }) }))
      expect(error.message).toContain("api_secret")
      expect(error.message).not.toContain("simulated-threatwinds-key")
    })
  )

  it.effect("that needs a bearer is not sent with a key pair alone, and says what is missing", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const error = yield* Effect.flip(call("list_sessions"))
      expect([error.reason._tag, error.attempts]).toEqual(["Unauthorized", 0])
      expect(error.message).toContain("bearer")
      expect(server.requests.lines).toEqual([])
    })
  )

  it.effect("is checked with the key pair, or else with the session", () =>
    Effect.gen(function* () {
      const pair = yield* client()
      expect(at(yield* pair.connection.check, "verified")).toBe(true)
      expect(pair.server.requests.lines).toEqual(["GET /api/auth/v2/keypair"])
      const session = yield* client({ secrets: bearing })
      expect(at(yield* session.connection.check, "verified")).toBe(true)
      expect(session.server.requests.lines).toEqual(["GET /api/auth/v2/session"])
    })
  )
})

const withEmail = { config: { email: "robin@soc.example" }, secrets: () => ({}) }

describe("a session of ThreatWinds", () => {
  it.effect("is opened for the address, confirmed with the mailed code, and then signs requests", () =>
    Effect.gen(function* () {
      const { call, connection, last, server } = yield* client(withEmail)
      expect(connection.sessions.schemes).toContain("session")
      const { question } = yield* connection.sessions.open("session")
      expect(question).toBe("The code that ThreatWinds sent to robin@soc.example")
      expect([last().json, proofs(last())]).toEqual([{ email: "robin@soc.example" }, []])
      const code = server.accounts.mailbox.last?.code ?? ""
      yield* connection.sessions.confirm("session", Redacted.make(code))
      expect(last().method).toBe("PUT")
      expect(last().path).toBe("/api/auth/v2/session/verification")
      expect(last().json).toEqual({
        verificationCodeID: server.accounts.mailbox.last?.verificationCodeID,
        code
      })
      expect(proofs(last())).toEqual([])
      yield* call("get_entity", { entity_id: "ip-unknown" })
      expect(last().header("authorization")).toBe(`Bearer ${server.accounts.sessions.at(-1)?.bearer}`)
      expect(proofs(last())).toEqual(["authorization"])
    })
  )

  it.effect("has a code that begins with a zero, and is sent as text", () =>
    Effect.gen(function* () {
      const { connection, last, server } = yield* client(withEmail)
      yield* connection.sessions.open("session")
      const code = server.accounts.mailbox.last?.code ?? ""
      expect(code).toMatch(/^0\d{5}$/)
      yield* connection.sessions.confirm("session", Redacted.make(code))
      expect(last().text).toContain(`"code":"${code}"`)
    })
  )

  it.effect("is not used before it is confirmed: a person is asked, and nothing is sent", () =>
    Effect.gen(function* () {
      const { call, connection, server } = yield* client(withEmail)
      const none = yield* Effect.flip(call("list_feeds"))
      expect(none.message).toContain("has no session")
      yield* connection.sessions.open("session")
      const sent = server.requests.received
      const unconfirmed = yield* Effect.flip(call("list_feeds"))
      expect(unconfirmed.message).toContain("was not answered")
      expect([none.reason._tag, unconfirmed.reason._tag]).toEqual(["Unauthorized", "Unauthorized"])
      expect(server.requests.received).toBe(sent)
    })
  )

  it.effect("stays unconfirmed after a wrong code, which is not shown, and takes the right one then", () =>
    Effect.gen(function* () {
      const { call, connection, server } = yield* client(withEmail)
      yield* connection.sessions.open("session")
      const wrong = yield* Effect.flip(connection.sessions.confirm("session", Redacted.make("987654")))
      expect(wrong.upstream.message).toBe("incorrect verification code")
      expect(JSON.stringify(wrong)).not.toContain("987654")
      yield* connection.sessions.confirm("session", Redacted.make(server.accounts.mailbox.last?.code ?? ""))
      yield* call("list_feeds")
    })
  )

  const confirmed = (sessionSeconds: number) =>
    Effect.gen(function* () {
      const made = yield* client({ ...withEmail, server: { sessionSeconds } })
      yield* made.connection.sessions.open("session")
      const code = made.server.accounts.mailbox.last?.code ?? ""
      yield* made.connection.sessions.confirm("session", Redacted.make(code))
      made.server.requests.clear()
      return made
    })

  it.effect("is extended before it ends, once, and lasts as long again", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* confirmed(3600)
      const read = connection.call("list_feeds", {})
      yield* TestClock.adjust("40 minutes")
      yield* read
      expect(server.requests.lines).toEqual(["GET /api/feeds/v1/list"])
      yield* TestClock.adjust("15 minutes")
      yield* Effect.all([read, read, read], { concurrency: 3 })
      const extended = server.requests.matching("/api/auth/v2/session/extend", "PUT")
      expect(extended.map((request) => proofs(request))).toEqual([["authorization"]])
      yield* TestClock.adjust("40 minutes")
      yield* read
      expect(server.requests.matching("/api/auth/v2/session/extend").length).toBe(1)
    })
  )

  it.effect("that has ended is not used: a person is asked for a new one, and nothing is sent", () =>
    Effect.gen(function* () {
      const { connection, server } = yield* confirmed(3600)
      yield* TestClock.adjust("61 minutes")
      const error = yield* Effect.flip(connection.call("list_feeds", {}))
      expect(error.message).toContain("expired")
      expect(error.message).toContain('"sallyport connections login intel"')
      expect(server.requests.lines).toEqual([])
    })
  )

  it.effect("that the service ended is forgotten, and no other one is opened without a person", () =>
    Effect.gen(function* () {
      const { call, server } = yield* confirmed(3600)
      server.accounts.closeSession(server.accounts.sessions.at(-1)?.id ?? "")
      const refused = yield* Effect.flip(call("list_feeds"))
      expect([refused.reason._tag, refused.attempts]).toEqual(["Unauthorized", 1])
      const next = yield* Effect.flip(call("list_feeds"))
      expect(next.message).toContain("has no session")
      expect(server.requests.lines).toEqual(["GET /api/feeds/v1/list"])
      expect(server.accounts.mailbox.all.length).toBe(1)
    })
  )

  for (const expireAt of [1800, "1800", "1970-01-01T00:30:00Z"])
    it.effect(`ends when expireAt says so: ${JSON.stringify(expireAt)}`, () =>
      Effect.gen(function* () {
        const { connection, server } = yield* client(withEmail)
        const opened = {
          bearer: "b".repeat(32),
          sessionID: "s-1",
          expireAt,
          verificationCodeID: "v-1"
        }
        server.faults.add(Fault.reply(Reply.json(opened)), { path: "/api/auth/v2/session" })
        server.faults.add(Fault.reply(Reply.json({ message: "acknowledged" })), { times: Infinity })
        yield* connection.sessions.open("session")
        yield* connection.sessions.confirm("session", Redacted.make("000001"))
        yield* TestClock.adjust("31 minutes")
        const error = yield* Effect.flip(connection.call("get_session", {}))
        expect(error.message).toContain("expired")
      })
    )

  it.effect("has a bearer of any length, and none of it is in an error", () =>
    Effect.gen(function* () {
      const { call, connection, server } = yield* client(withEmail)
      const bearer = "0123456789abcdef".repeat(4)
      const opened = { bearer, sessionID: "s-1", expireAt: 7200, verificationCodeID: "v-1", kind: "standard" }
      server.faults.add(Fault.reply(Reply.json(opened)), { path: "/api/auth/v2/session" })
      server.faults.add(Fault.reply(Reply.json({ message: "acknowledged" })))
      yield* connection.sessions.open("session")
      yield* connection.sessions.confirm("session", Redacted.make("000001"))
      server.faults.add(Fault.status(500, { body: { error: `no session for ${bearer}` } }), {
        times: Infinity
      })
      const error = yield* Effect.flip(call("list_feeds"))
      expect(server.requests.last?.header("authorization")).toBe(`Bearer ${bearer}`)
      expect(error.upstream.message).toBe("no session for <redacted>")
    })
  )
})

describe("sessions and key pairs as actions", () => {
  it.effect("open a session without credentials, verify it, extend it, list it and close it", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client({ secrets: bearing })
      const opened = yield* call("open_session", { email: "robin@soc.example" })
      expect(proofs(last())).toEqual([])
      const { code = "", verificationCodeID = "" } = server.accounts.mailbox.last ?? {}
      expect(at(opened, "verificationCodeID")).toBe(verificationCodeID)
      expect(yield* call("verify_session", { verification_code_id: verificationCodeID, code })).toEqual({
        message: "acknowledged"
      })
      expect(proofs(last())).toEqual([])
      yield* call("extend_session")
      const listed = yield* call("list_sessions")
      expect(at(listed, "sessions", 0, "current")).toBe(true)
      expect(at(yield* call("get_session"), "roles")).toEqual(["user", "reporter", "trusted"])
      yield* call("close_session", { session_id: String(at(opened, "sessionID")) })
      expect(server.accounts.sessions.length).toBe(1)
    })
  )

  it.effect("make a key pair that works once it is verified, and delete it", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client({ secrets: bearing })
      const made = yield* call("create_keypair", { name: "soc", days: 30 })
      expect(last().json).toEqual({ name: "soc", days: 30 })
      const { code = "", verificationCodeID = "" } = server.accounts.mailbox.last ?? {}
      yield* call("verify_keypair", { verification_code_id: verificationCodeID, code })
      expect(proofs(last())).toEqual(["authorization"])
      expect(server.accounts.keypairs.at(-1)?.verified).toBe(true)
      expect(JSON.stringify(yield* call("list_keypairs"))).not.toContain(String(at(made, "apiSecret")))
      yield* call("delete_keypair", { key_id: String(at(made, "keyID")) })
      expect(server.accounts.keypairs.length).toBe(1)
    })
  )

  it.effect("show what is unverified as what the service says of it", () =>
    Effect.gen(function* () {
      const owner = yield* client({ secrets: bearing })
      const made = yield* owner.call("create_keypair", { name: "soc", days: 30 })
      const { call } = yield* client({
        config: { base_url: owner.server.baseUrl },
        secrets: () => ({ api_key: String(at(made, "apiKey")), api_secret: String(at(made, "apiSecret")) })
      })
      const error = yield* Effect.flip(call("get_keypair"))
      expect([error.reason._tag, error.upstream.message]).toEqual(["Forbidden", "unauthorized: not verified"])
    })
  )

  it.effect("never open two sessions for one call: what was mailed is mailed", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client({ secrets: bearing })
      server.faults.add(Fault.reset({ carriedOut: true }), { times: Infinity })
      const error = yield* Effect.flip(call("open_session", { email: "robin@soc.example" }))
      expect([error.outcomeUnknown, error.attempts]).toEqual([true, 1])
      expect(server.accounts.mailbox.all.length).toBe(1)
    })
  )

  for (const status of [200, 202])
    it.effect(`take ${status} for done, with any body or none`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client({ secrets: bearing })
        for (const reply of [Reply.json({ message: "done", extra: 1 }, { status }), Reply.empty(status)]) {
          server.faults.add(Fault.reply(reply))
          expect(at(yield* call("extend_session"), "message")).toMatch(/^(done|acknowledged)$/)
        }
      })
    )

  for (const expireAt of [1798761600, "1798761600"])
    it.effect(`take ${JSON.stringify(expireAt)} for the end of a key pair`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.reply(Reply.json({ apiKey: "k", keyID: "1", expireAt })))
        expect(at(yield* call("get_keypair"), "expireAt")).toBe(expireAt)
      })
    )
})
