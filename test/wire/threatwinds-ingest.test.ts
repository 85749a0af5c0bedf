import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import { AnswerFault, entityId, Fault, type IngestEffect, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { at, bearing, client, reports, sizeOf } from "./ThreatWindsClient.ts"

type Body = { readonly [name: string]: Json }

const known = entityId("ip", "203.0.113.9")
const other = entityId("domain", "login.example")

const report: Body = {
  type: "ip",
  attributes: { ip: "192.0.2.55", text: "manual", value: "high", asn: 64500 },
  associations: [
    {
      mode: "aggregation",
      type: "domain",
      attributes: { domain: "c2.example" },
      associations: [{ mode: "association", type: "malware", attributes: { malware: "x" } }]
    }
  ],
  reputation: -3,
  correlate: ["asn"],
  tags: ["scanner"]
}

describe("a report of an entity", () => {
  it.effect("is sent as it is, with the service's names, and acknowledged without an id", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const output = yield* call("ingest_entity", { ...report, visible_by: ["soc"] })
      expect(output).toEqual({ message: "acknowledged" })
      expect([last().method, last().target]).toEqual(["POST", "/api/ingest/v1/entity"])
      expect(last().json).toEqual({ ...report, visibleBy: ["soc"] })
      expect(last().status).toBe(202)
      expect(server.entities.find("ip", "192.0.2.55")?.visibleBy).toEqual(["soc"])
      expect(server.entities.find("malware", "x")).toBeDefined()
    })
  )

  it.effect("sends nothing for what is not given: the caller's groups see it then", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      yield* call("ingest_entity", { type: "ip", attributes: { ip: "192.0.2.55" } })
      expect(last().json).toEqual({ type: "ip", attributes: { ip: "192.0.2.55" } })
    })
  )

  it.effect("is known only some time after it was acknowledged", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client({ server: { reports, ingest: "held" } })
      yield* call("ingest_entity", report)
      expect(yield* call("lookup_entity", { type: "ip", value: "192.0.2.55" })).toBe(null)
      server.settle()
      expect(at(yield* call("lookup_entity", { type: "ip", value: "192.0.2.55" }), "reputation")).toBe(-3)
    })
  )

  it.effect("without its main attribute is refused by the service, in its words, and not repeated", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const error = yield* Effect.flip(call("ingest_entity", { type: "ip", attributes: { asn: 1 } }))
      expect([error.reason._tag, error.status, error.upstream.message]).toEqual([
        "InvalidInput",
        400,
        "attributes.ip is required"
      ])
      expect([error.attempts, error.outcomeUnknown, error.retryable]).toEqual([1, false, false])
      expect(server.effects.all).toEqual([])
    })
  )

  for (const [what, wrong] of [
    ["a value beside the type", { value: "192.0.2.55" }],
    ["a reputation of 4", { reputation: 4 }],
    ["a reputation of -4", { reputation: -4 }],
    ["a fraction as reputation", { reputation: -0.5 }],
    ["an unknown mode", { associations: [{ mode: "link", type: "ip", attributes: { ip: "192.0.2.1" } }] }],
    ["no attributes", { attributes: {} }]
  ] as const)
    it.effect(`is refused with ${what}, before anything is sent`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        const error = yield* Effect.flip(call("ingest_entity", { ...report, ...wrong }))
        expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
        expect(server.requests.lines).toEqual([])
      })
    )

  for (const status of [200, 202])
    it.effect(`is taken with ${status}, whatever the body is`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.reply(Reply.empty(status)))
        expect(yield* call("ingest_entity", report)).toEqual({ message: "acknowledged" })
      })
    )

  for (const status of [401, 403, 422])
    it.effect(`that is answered with ${status} is not sent again`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.status(status), { times: Infinity })
        const error = yield* Effect.flip(call("ingest_entity", report))
        expect([error.status, error.attempts, error.retryable]).toEqual([status, 1, false])
      })
    )

  it.effect("of something well known goes its own way, and is never bad", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const input = { type: "domain", attributes: { domain: "example.org" } }
      yield* call("ingest_well_known", input)
      expect([last().target, last().json]).toEqual(["/api/ingest/v1/well-known", input])
      yield* call("ingest_entity", { ...input, reputation: -3 })
      expect(server.entities.find("domain", "example.org")?.reputation).toBe(0)
      const error = yield* Effect.flip(call("ingest_well_known", { ...input, reputation: -1 }))
      expect(error.attempts).toBe(0)
    })
  )
})

describe("an association", () => {
  it.effect("has the two ids under the service's names, and is one however often it is sent", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const before = server.entities.relations.length
      for (const _ of [1, 2]) yield* call("add_association", { entity_id: known, related_entity_id: other })
      expect([last().target, last().json]).toEqual([
        "/api/ingest/v1/association",
        { entityID: known, relatedEntityID: other }
      ])
      expect(server.entities.relations.length).toBe(before + 1)
    })
  )

  it.effect("of an entity that does not exist is not found", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const error = yield* Effect.flip(
        call("add_association", { entity_id: known, related_entity_id: "ip-unknown" })
      )
      expect([error.reason._tag, error.upstream.message]).toEqual(["NotFound", "entity not found"])
    })
  )
})

describe("a comment", () => {
  it.effect("has the names of the quickstart", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const input = { entity_id: known, comment: "seen", parent_id: "c-1", visible_by: ["soc"] }
      yield* call("add_comment", input)
      expect([last().target, last().json]).toEqual([
        "/api/ingest/v1/comment",
        { entityID: known, comment: "seen", parentID: "c-1", visibleBy: ["soc"] }
      ])
      expect(server.entities.comments.map(({ comment }) => comment)).toEqual(["seen"])
    })
  )

  it.effect("leaves out parent and groups that are not given", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      yield* call("add_comment", { entity_id: known, comment: "seen" })
      expect(last().json).toEqual({ entityID: known, comment: "seen" })
    })
  )
})

describe("the definitions", () => {
  it.effect("may have their attributes as texts or as objects", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const mixed = [
        { type: "ip", description: "An address", attributes: ["asn", "country"] },
        { type: "domain", attributes: [{ name: "whois-registrar", required: false }], label: "new" },
        { type: "password", attributes: null }
      ]
      server.faults.add(Fault.reply(Reply.json(mixed)))
      expect(yield* call("definitions")).toEqual(mixed)
      expect(sizeOf(yield* call("definitions"))).toBeGreaterThan(5)
    })
  )

  it.effect("need a role, and the error says what the service says of it", () =>
    Effect.gen(function* () {
      const { call } = yield* client({ server: { reports, roles: ["user"] } })
      const error = yield* Effect.flip(call("definitions"))
      expect([error.reason._tag, error.upstream.message]).toEqual([
        "Forbidden",
        "unauthorized: the role trusted is required"
      ])
      expect(error.message).toContain("the role trusted is required")
    })
  )
})

describe("a scan", () => {
  it.effect("is new with 202, and what was started before with 200", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const first = yield* call("start_scan", { target: "203.0.113.9" })
      expect([last().target, last().json, last().status]).toEqual([
        "/api/ingest/v1/scan",
        { target: "203.0.113.9" },
        202
      ])
      server.scans.move("203.0.113.9", "running")
      const second = yield* call("start_scan", { target: "203.0.113.9" })
      expect([at(first, "status"), at(second, "status"), last().status]).toEqual(["new", "running", 200])
      expect(at(second, "id")).toBe(at(first, "id"))
    })
  )

  it.effect("may have a webhook with headers, whose values are never shown", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      const webhook = {
        url: "https://soar.example/hook",
        headers: [{ key: "x-token", value: "hook-secret-4711" }]
      }
      yield* call("start_scan", { target: "login.example.com", webhook })
      expect(at(last().json, "webhook")).toEqual(webhook)
      server.faults.add(Fault.status(400, { body: { error: "bad header hook-secret-4711" } }))
      const error = yield* Effect.flip(call("start_scan", { target: "a.example.com", webhook }))
      expect(JSON.stringify(error)).not.toContain("hook-secret-4711")
    })
  )

  it.effect("of what is no address and no name is refused in the service's words", () =>
    Effect.gen(function* () {
      const { call } = yield* client()
      const error = yield* Effect.flip(call("start_scan", { target: "no name" }))
      expect(error.upstream.message).toBe("target must be an IP address or a full domain name")
    })
  )
})

interface Write {
  readonly action: string
  readonly input: Body
  readonly kind: IngestEffect["kind"]
}

/** What must be done once, and what may be done twice. */
const once: ReadonlyArray<Write> = [
  { action: "add_comment", input: { entity_id: known, comment: "seen" }, kind: "comment" },
  { action: "start_scan", input: { target: "203.0.113.9" }, kind: "scan" }
]
const again: ReadonlyArray<Write> = [
  { action: "ingest_entity", input: report, kind: "entity" },
  {
    action: "ingest_well_known",
    input: { type: "domain", attributes: { domain: "example.org" } },
    kind: "well-known"
  },
  {
    action: "add_association",
    input: { entity_id: known, related_entity_id: other },
    kind: "association"
  }
]

const lost = [
  ["the connection is reset", () => Fault.reset({ carriedOut: true })],
  ["the connection is closed", () => Fault.hangUp({ carriedOut: true })],
  ["a gateway gives up with 504", () => Fault.statusAfterwards(504)],
  ["a gateway answers 502", () => Fault.statusAfterwards(502)],
  ["a proxy answers 503", () => Fault.statusAfterwards(503)],
  ["the answer is cut", () => Fault.truncated()],
  ["the chunked answer is cut", () => Fault.truncated({ chunked: true })],
  ["the answer is reset", () => Fault.resetMidway()]
] as const

describe("a write that was done, and whose answer was lost because", () => {
  for (const [what, fault] of lost) {
    for (const { action, input, kind } of once)
      it.effect(`${what}, is done once: ${action}`, () =>
        Effect.gen(function* () {
          const { call, server } = yield* client()
          server.faults.add(fault(), { times: Infinity })
          const error = yield* Effect.flip(call(action, input))
          expect([error.outcomeUnknown, error.retryable, error.attempts]).toEqual([true, false, 1])
          expect(error.message).toContain("whether it was carried out is not known")
          expect(server.effects.of(kind).length).toBe(1)
        })
      )

    for (const { action, input, kind } of again)
      it.effect(`${what}, is sent again: ${action}`, () =>
        Effect.gen(function* () {
          const { call, server } = yield* client()
          server.faults.add(fault())
          expect(yield* call(action, input)).toEqual({ message: "acknowledged" })
          expect(server.effects.of(kind).length).toBe(2)
          expect(server.requests.received).toBe(2)
        })
      )
  }

  for (const { action, input, kind } of once) {
    it.effect(`it is a web page, is done once: ${action}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(AnswerFault.html(), { times: Infinity })
        const error = yield* Effect.flip(call(action, input))
        expect([error.reason._tag, error.outcomeUnknown, error.attempts]).toEqual(["Malformed", true, 1])
        expect(server.effects.of(kind).length).toBe(1)
      })
    )

    it.effect(`it is a 500, is done once: ${action}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.statusAfterwards(500), { times: Infinity })
        const error = yield* Effect.flip(call(action, input))
        expect([error.status, error.outcomeUnknown, error.attempts]).toEqual([500, true, 1])
        expect(server.effects.of(kind).length).toBe(1)
      })
    )

    it.effect(`nothing ever came, is done once and gives up in time: ${action}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add({ name: "deaf", play: (exchange) => void exchange.carryOut() }, { times: Infinity })
        const error = yield* Effect.flip(call(action, input))
        expect([error.reason._tag, error.outcomeUnknown, error.attempts]).toEqual(["Timeout", true, 1])
        expect(server.effects.of(kind).length).toBe(1)
      })
    )

    it.effect(`the connection has a bearer, is done once: ${action}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client({ secrets: bearing })
        server.faults.add(Fault.reset({ carriedOut: true }), { times: Infinity })
        expect((yield* Effect.flip(call(action, input))).outcomeUnknown).toBe(true)
        expect(server.effects.of(kind).length).toBe(1)
      })
    )
  }
})

describe("a write that was certainly not done", () => {
  for (const { action, input, kind } of [...once, ...again])
    it.effect(`because the rate was limited is sent again, and done once: ${action}`, () =>
      Effect.gen(function* () {
        const { call, server } = yield* client()
        server.faults.add(Fault.status(429, { retryAfter: 2 }), { times: 2 })
        yield* call(action, input)
        expect(server.requests.received).toBe(3)
        expect(server.effects.of(kind).length).toBe(1)
      })
    )
})
