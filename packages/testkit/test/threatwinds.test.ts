import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import * as zlib from "node:zlib"
import { entityId, Fault, SimulatedThreatWinds } from "../src/index.ts"
import { at, listAt, type Sending, textAt, texts } from "./Client.ts"
import { type Body, bearing, call, keyed, reports } from "./ThreatWindsCalls.ts"

describe("who a request to a simulated ThreatWinds is from", () => {
  it.effect("is shown by a bearer or by a key pair, never by both", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make()
      const outcome = (headers: Sending["headers"], path = "/search/v1/entity/none") =>
        Effect.map(call(threatwinds, "GET", path, undefined, headers), ({ headers: answered, status }) => [
          status,
          answered["x-error"]
        ])
      expect(yield* outcome(keyed(threatwinds))).toEqual([204, undefined])
      expect(yield* outcome(bearing(threatwinds.bearer))).toEqual([204, undefined])
      expect(yield* outcome({})).toEqual([401, "authentication required"])
      expect(yield* outcome({ authorization: "Basic x" })).toEqual([401, "incorrect authorization header"])
      expect(yield* outcome(bearing("wrong"))).toEqual([401, "unauthorized"])
      expect(yield* outcome({ "api-key": threatwinds.apiKey, "api-secret": "wrong" })).toEqual([
        401,
        "unauthorized"
      ])
      const both = { ...keyed(threatwinds), ...bearing(threatwinds.bearer) }
      expect(yield* outcome(both)).toEqual([400, "a bearer and a key pair exclude each other"])
      expect(yield* outcome({ ...keyed(threatwinds), groups: "x" })).toEqual([
        400,
        "groups is added by the gateway"
      ])
      expect(yield* outcome(keyed(threatwinds), "/auth/v2/session")).toEqual([401, "authentication required"])
      expect(yield* outcome(bearing(threatwinds.bearer), "/auth/v2/keypair")).toEqual([
        401,
        "authentication required"
      ])
    })
  )

  it.effect("is a session once the mailed code was sent back, until it ends by the server's clock", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({
        sessionSeconds: 600,
        now: "2026-03-01T00:00:00Z"
      })
      const opened = yield* call(threatwinds, "POST", "/auth/v2/session", { email: "robin@soc.example" }, {})
      expect([opened.status, at(opened.json, "expireAt")]).toEqual([202, Date.UTC(2026, 2, 1, 0, 10) / 1000])
      const headers = bearing(textAt(opened.json, "bearer"))
      const session = () => call(threatwinds, "GET", "/auth/v2/session", undefined, headers)
      expect((yield* session()).status).toBe(403)
      const mail = threatwinds.accounts.mailbox.last
      expect(mail?.code).toMatch(/^0\d{5}$/)
      expect(mail?.verificationCodeID).toBe(textAt(opened.json, "verificationCodeID"))
      const verify = (code: string) =>
        call(
          threatwinds,
          "PUT",
          "/auth/v2/session/verification",
          { verificationCodeID: textAt(opened.json, "verificationCodeID"), code },
          {}
        )
      expect((yield* verify("wrong")).status).toBe(400)
      expect((yield* verify(mail?.code ?? "")).json).toEqual({ message: "acknowledged" })
      expect(textAt((yield* session()).json, "alias")).toBe("robin")
      threatwinds.clock.advance("9 minutes")
      yield* call(threatwinds, "PUT", "/auth/v2/session/extend", undefined, headers)
      threatwinds.clock.advance("9 minutes")
      expect(at((yield* session()).json, "expireAt")).toBe(Date.UTC(2026, 2, 1, 0, 19) / 1000)
      threatwinds.clock.advance("2 minutes")
      expect((yield* session()).status).toBe(401)
      expect(
        (yield* call(threatwinds, "POST", "/auth/v2/session", { email: "x@soc.example" }, {})).status
      ).toBe(404)
    })
  )

  it.effect("is a key pair once it is verified, until it is deleted", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make()
      const own = bearing(threatwinds.bearer)
      const made = yield* call(threatwinds, "POST", "/auth/v2/keypair", { name: "soc", days: 2 }, own)
      const headers = { "api-key": textAt(made.json, "apiKey"), "api-secret": textAt(made.json, "apiSecret") }
      const check = () => call(threatwinds, "GET", "/auth/v2/keypair", undefined, headers)
      expect((yield* check()).status).toBe(403)
      const { code = "", verificationCodeID = "" } = threatwinds.accounts.mailbox.last ?? {}
      yield* call(threatwinds, "PUT", "/auth/v2/keypair/verification", { verificationCodeID, code }, own)
      expect(textAt((yield* check()).json, "keyName")).toBe("soc")
      const list = yield* call(threatwinds, "GET", "/auth/v2/keypairs", undefined, own)
      expect(list.text).not.toContain(textAt(made.json, "apiSecret"))
      expect(texts(listAt(list.json, "keys"), "keyID")).toContain(textAt(made.json, "keyID"))
      yield* call(threatwinds, "DELETE", `/auth/v2/keypair/${textAt(made.json, "keyID")}`, undefined, own)
      expect((yield* check()).status).toBe(401)
    })
  )

  it.effect("has roles, without which it is refused in x-error with an id", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ roles: ["user"] })
      const report = { type: "ip", attributes: { ip: "203.0.113.1" } }
      const refused = yield* call(threatwinds, "POST", "/ingest/v1/entity", report)
      expect([refused.status, refused.headers["x-error"]]).toEqual([
        403,
        "unauthorized: the role reporter is required"
      ])
      expect(refused.headers["x-error-id"]).toMatch(/./)
      expect(textAt(refused.json, "error", "error_id")).toBe(refused.headers["x-error-id"])
      expect((yield* call(threatwinds, "GET", "/ingest/v1/definitions")).status).toBe(403)
      threatwinds.accounts.roles = ["reporter"]
      expect((yield* call(threatwinds, "POST", "/ingest/v1/entity", report)).status).toBe(202)
    })
  )
})

describe("a report to a simulated ThreatWinds", () => {
  it.effect("is acknowledged without an id, and stored when it is settled", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: [], ingest: "held" })
      const sent = yield* call(threatwinds, "POST", "/ingest/v1/entity", reports[0])
      expect([sent.status, sent.json]).toEqual([202, { message: "acknowledged" }])
      expect(threatwinds.entities.all).toEqual([])
      expect(threatwinds.settle()).toBe(1)
      expect(threatwinds.entities.all.map(({ type }) => type)).toEqual(["ip", "asn"])
      expect(threatwinds.entities.relations.length).toBe(1)
      expect(threatwinds.settle()).toBe(0)
    })
  )

  it.effect("is refused at once when it is wrong, with all that comes with it", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: [] })
      const wrong: ReadonlyArray<Body> = [
        { type: "ip", value: "203.0.113.9", attributes: { asn: 1 } },
        { type: "ip" },
        { type: "ip", attributes: { ip: "203.0.113.9" }, reputation: -4 },
        {
          type: "ip",
          attributes: { ip: "203.0.113.9" },
          associations: [{ mode: "x", type: "a", attributes: { a: "b" } }]
        },
        { type: "ip", attributes: { ip: "203.0.113.9" }, associations: {} }
      ]
      for (const report of wrong)
        expect((yield* call(threatwinds, "POST", "/ingest/v1/entity", report)).status).toBe(400)
      expect([threatwinds.entities.all, threatwinds.effects.all]).toEqual([[], []])
    })
  )

  it.effect("of something well known never makes it bad", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: [] })
      const report = { type: "domain", attributes: { domain: "example.com" } }
      yield* call(threatwinds, "POST", "/ingest/v1/well-known", report)
      yield* call(threatwinds, "POST", "/ingest/v1/entity", { ...report, reputation: -3 })
      expect(threatwinds.entities.find("domain", "example.com")).toMatchObject({
        reputation: 0,
        wellKnown: true
      })
    })
  )

  it.effect("is a comment each time, also when its answer was lost, and has the key that was sent", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const entityID = entityId("ip", "203.0.113.9")
      const comment = () =>
        call(
          threatwinds,
          "POST",
          "/ingest/v1/comment",
          { entityID, comment: "seen again" },
          { ...keyed(threatwinds), "Idempotency-Key": "run-1" }
        )
      threatwinds.faults.add(Fault.reset({ carriedOut: true }), { path: "/api/ingest/v1/comment" })
      expect(yield* Effect.flip(comment())).toBeInstanceOf(Error)
      expect(threatwinds.effects.of("comment").map(({ idempotencyKey }) => idempotencyKey)).toEqual(["run-1"])
      yield* comment()
      expect(threatwinds.effects.of("comment").length).toBe(2)
      const { json } = yield* call(threatwinds, "GET", `/search/v1/comments/${entityID}?limit=1&page=2`)
      expect([at(json, "items"), at(json, "pages"), textAt(json, "results", 0, "parentID")]).toEqual([
        2,
        2,
        "00000000-0000-0000-0000-000000000000"
      ])
    })
  )

  it.effect("is a relation of two entities that exist, once however often it is sent", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports: reports.slice(0, 2) })
      const [entityID, relatedEntityID] = [entityId("ip", "203.0.113.9"), entityId("ip", "198.51.100.7")]
      const before = threatwinds.entities.relations.length
      const relate = (body: Body) =>
        Effect.map(call(threatwinds, "POST", "/ingest/v1/association", body), ({ status }) => status)
      expect(yield* relate({ entityID, relatedEntityID })).toBe(202)
      expect(yield* relate({ entityID, relatedEntityID })).toBe(202)
      expect(threatwinds.entities.relations.length).toBe(before + 1)
      expect(yield* relate({ entityID, relatedEntityID: "ip-none" })).toBe(404)
    })
  )

  it.effect("is a scan once: asking again tells how far it is", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make()
      const scan = (target: string) =>
        Effect.map(call(threatwinds, "POST", "/ingest/v1/scan", { target }), ({ json, status }) => [
          status,
          textAt(json, "status")
        ])
      expect(yield* scan("203.0.113.9")).toEqual([202, "new"])
      expect(yield* scan("203.0.113.9")).toEqual([200, "queued"])
      threatwinds.scans.move("203.0.113.9", "done")
      expect(yield* scan("203.0.113.9")).toEqual([200, "done"])
      expect(yield* scan("no name")).toEqual([400, ""])
      expect([threatwinds.scans.size, threatwinds.effects.of("scan").length]).toEqual([1, 1])
    })
  )
})

describe("a feed of a simulated ThreatWinds", () => {
  it.effect("is lines of JSON by the day and an archive otherwise, with its checksum", () =>
    Effect.gen(function* () {
      const threatwinds = yield* SimulatedThreatWinds.make({ reports })
      const daily = yield* call(threatwinds, "GET", "/feeds/v1/download/list/level3/daily/domain")
      const id = entityId("domain", "login.example")
      const line = `{"id":"${id}","domain":"login.example","reputation":-2}\n`
      expect([daily.headers["content-type"], daily.text]).toEqual(["application/x-ndjson", line])
      const all = yield* call(threatwinds, "GET", "/feeds/v1/download/list/level1/accumulative/domain")
      const tar = zlib.gunzipSync(all.bytes)
      expect(tar.subarray(512, 512 + line.length).toString()).toBe(line)
      expect(tar.subarray(257, 262).toString()).toBe("ustar")
      expect(tar.length % 512).toBe(0)
      const sum = yield* call(
        threatwinds,
        "GET",
        "/feeds/v1/download/checksum?level=level1&type=accumulative&name=domain"
      )
      expect(sum.text.trim()).toBe(createHash("sha256").update(all.bytes).digest("hex"))
      expect((yield* call(threatwinds, "GET", "/feeds/v1/download/list/level1/daily/Domain")).status).toBe(
        204
      )
    })
  )
})
