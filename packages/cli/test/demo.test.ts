import { describe, expect, it } from "@effect/vitest"
import { SimulatedSekoia, SimulatedThreatWinds, stixFixtures } from "@sallyport/testkit"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { document, repository, sallyport, start, temporaryDirectory } from "./Sallyport.ts"

const Counts = Schema.Record(Schema.String, Schema.Int)
const Report = Schema.Struct({
  services: Schema.String,
  feed: Schema.Struct({
    pages: Schema.Int,
    objects: Schema.Int,
    rejected: Schema.Int,
    more: Schema.Boolean
  }),
  objects: Schema.Struct({ indicators: Schema.Int, others: Schema.Int }),
  observables: Schema.Struct({
    found: Schema.Int,
    kinds: Counts,
    reportable: Schema.Int,
    refused: Counts,
    without: Counts
  }),
  lookups: Schema.Struct({ asked: Schema.Int, known: Schema.Int, indicated: Schema.Int }),
  reports: Schema.Struct({
    sent: Schema.Boolean,
    planned: Schema.Int,
    reported: Schema.Int,
    entities: Schema.Int,
    refused: Schema.Array(Schema.String),
    comments: Schema.Int
  }),
  calls: Schema.Struct({ calls: Schema.Int, retries: Counts, waitedMillis: Counts }),
  recorded: Schema.optionalKey(
    Schema.Struct({
      requests: Schema.Struct({ sekoia: Schema.Int, threatwinds: Schema.Int }),
      objects: Schema.Int,
      entities: Schema.Int,
      comments: Schema.Int
    })
  ),
  wouldSend: Schema.optionalKey(Schema.Array(Schema.Struct({ type: Schema.String })))
})
const decode = Schema.decodeUnknownSync(Report)

const sum = (counts: typeof Counts.Type): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

/** A directory to run in that is also the home, so that whatever is written is seen. */
const emptyWorld = Effect.map(temporaryDirectory, (cwd) => ({
  cwd,
  env: { HOME: cwd, SALLYPORT_MANIFESTS: join(repository, "manifests") }
}))

/** Services outside of the demo, whose objects were changed in the last days. */
const liveWorld = Effect.gen(function* () {
  const modified = DateTime.formatIso(DateTime.subtract(yield* DateTime.now, { days: 1 }))
  const objects = stixFixtures({ objects: 60 }).map((object) => ({ ...object, modified }))
  const sekoia = yield* SimulatedSekoia.make({ objects })
  const threatwinds = yield* SimulatedThreatWinds.make()
  const { cwd, env } = yield* emptyWorld
  const places = {
    ...env,
    SEKOIA_BASE_URL: sekoia.baseUrl,
    THREATWINDS_BASE_URL: threatwinds.baseUrl
  }
  const keys = {
    SEKOIA_API_KEY: sekoia.apiKey,
    THREATWINDS_API_KEY: threatwinds.apiKey,
    THREATWINDS_API_SECRET: threatwinds.apiSecret
  }
  return { sekoia, threatwinds, cwd, places, env: { ...places, ...keys } }
})

describe("sallyport demo", () => {
  it.live("adds up, agrees with what the services recorded, and leaves nothing behind", () =>
    Effect.gen(function* () {
      const { cwd, env } = yield* emptyWorld
      // Of the person who runs it nothing is used: neither keys nor addresses nor proxies.
      const own = { SEKOIA_BASE_URL: "http://127.0.0.1:1", HTTPS_PROXY: "http://127.0.0.1:1" }
      const ended = yield* sallyport(["demo", "--json", "--objects", "150"], { cwd, env: { ...env, ...own } })
      expect(ended.code).toBe(0)
      const { calls, feed, lookups, objects, observables, recorded, reports } = decode(document(ended))
      expect(feed).toMatchObject({ pages: 3, rejected: 1, more: false })
      expect(objects.indicators + objects.others).toBe(feed.objects)
      expect(sum(observables.kinds)).toBe(observables.found)
      expect(observables.reportable + sum(observables.refused)).toBe(observables.found)
      for (const reason of ["marking", "revoked", "expired", "not-yet-active", "refused-value"])
        expect(observables.refused[reason], reason).toBeGreaterThan(0)
      expect(sum(observables.without)).toBeLessThan(objects.indicators)
      expect(reports.reported + reports.refused.length).toBe(reports.planned)
      expect(reports.planned).toBeGreaterThan(10)
      expect(reports.planned).toBeLessThanOrEqual(observables.reportable)
      expect(reports.comments).toBeGreaterThan(0)
      expect(lookups).toMatchObject({ asked: 8 })
      expect(lookups.indicated).toBeGreaterThan(0)
      expect(calls.retries).toEqual({ RateLimited: 1, Upstream: 1 })
      expect(calls.calls).toBe(feed.pages + lookups.asked + reports.reported + reports.comments)
      expect(recorded).toMatchObject({
        objects: feed.objects,
        entities: reports.reported,
        comments: reports.comments
      })
      expect((recorded?.requests.sekoia ?? 0) + (recorded?.requests.threatwinds ?? 0)).toBe(
        calls.calls + sum(calls.retries)
      )
      // That it ended also says that no process of it is left: that would hold its streams open.
      expect(readdirSync(cwd)).toEqual([])
    })
  )

  it.live("says in plain lines what it does, and in a table what came of it", () =>
    Effect.gen(function* () {
      const { cwd, env } = yield* emptyWorld
      const { code, err, out } = yield* sallyport(["demo", "--objects", "60"], { cwd, env })
      expect(code).toBe(0)
      expect(err.split("\n")).toMatchObject([
        expect.stringMatching(/^Sekoia and ThreatWinds are simulated/),
        "Read 60 objects of sekoia.feed in 2 pages.",
        expect.stringMatching(/^Found \d+ observables in \d+ indicators; \d+ may be reported\.$/),
        expect.stringMatching(/^Looked up 8 values; /),
        expect.stringMatching(/^Reporting \d+ entities to ThreatWinds, at most 10 a second: /),
        ""
      ])
      expect(out).toMatch(/^ {2}objects read +60 +2 pages: /m)
      expect(out).toMatch(/^ {2}items set aside +1 /m)
      expect(out).toMatch(/^ {2}HTTP calls +\d+ +2 repeated: /m)
      expect(out).toContain("The simulated services counted the same: 60 objects, ")
      expect(out).toContain("pnpm sallyport demo --live")
      expect(out + err).not.toMatch(/[\r\u001b]/)
    })
  )

  it.live("ends when it is interrupted", () =>
    Effect.gen(function* () {
      const { cwd, env } = yield* emptyWorld
      const demo = yield* start(["demo", "--json", "--objects", "2000"], { cwd, env })
      yield* demo.reported("Reporting ")
      demo.process.kill("SIGINT")
      const ended = yield* demo.ended
      expect(ended.code).toBe(130)
      expect(document(ended)).toMatchObject({ error: { reason: "Interrupted" } })
      expect(readdirSync(cwd)).toEqual([])
    })
  )
})

describe("sallyport demo --live", () => {
  it.live("names every key that is missing, and sends nothing", () =>
    Effect.gen(function* () {
      const { cwd, places, sekoia, threatwinds } = yield* liveWorld
      const ended = yield* sallyport(["demo", "--live"], { cwd, env: places })
      expect(ended).toMatchObject({ code: 2, out: "" })
      for (const name of ["SEKOIA_API_KEY", "THREATWINDS_API_KEY", "THREATWINDS_API_SECRET"])
        expect(ended.err).toContain(name)
      const json = yield* sallyport(["demo", "--live", "--json"], { cwd, env: places })
      expect(json.code).toBe(2)
      expect(document(json)).toMatchObject({ error: { reason: "Connection" } })
      const write = yield* sallyport(["demo", "--write", "--json"], { cwd, env: places })
      expect(write.code).toBe(2)
      expect(document(write)).toMatchObject({ error: { reason: "Usage" } })
      expect([...sekoia.requests.lines, ...threatwinds.requests.lines]).toEqual([])
    })
  )

  it.live("reads one page and shows what it would send; with --write it is sent", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia, threatwinds } = yield* liveWorld
      const args = ["demo", "--live", "--json", "--objects", "40"]
      const read = decode(document(yield* sallyport(args, { cwd, env })))
      expect(read).toMatchObject({
        services: "live",
        feed: { pages: 1, objects: 40, more: true },
        reports: { sent: false, reported: 0, comments: 0 }
      })
      expect(read.reports.planned).toBeGreaterThan(0)
      expect(read.wouldSend).toHaveLength(read.reports.planned)
      expect(sekoia.requests.matching("/v2/inthreat/collections")).toHaveLength(1)
      expect(threatwinds.requests.lines.filter((line) => !line.startsWith("GET "))).toEqual([])
      const text = yield* sallyport(["demo", "--live", "--objects", "40"], { cwd, env })
      expect(text.out).toContain("Nothing was sent to ThreatWinds. With --write, these would be:")
      expect(threatwinds.effects.all).toEqual([])
      const written = decode(document(yield* sallyport([...args, "--write"], { cwd, env })))
      expect(written.reports).toMatchObject({ sent: true, planned: read.reports.planned })
      expect(written.wouldSend).toBeUndefined()
      expect(threatwinds.effects.of("entity")).toHaveLength(written.reports.reported)
      expect(threatwinds.effects.of("comment")).toHaveLength(written.reports.comments)
      expect(written.reports.reported).toBe(read.reports.planned)
      expect(written.reports.comments).toBeGreaterThan(0)
      expect(readdirSync(cwd)).toEqual([])
    })
  )

  it.live("ends with 1 when a service refuses, and says which", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* liveWorld
      sekoia.keys.set(sekoia.apiKey, { state: "revoked" })
      const ended = yield* sallyport(["demo", "--live", "--json"], { cwd, env })
      expect(ended.code).toBe(1)
      expect(document(ended)).toMatchObject({
        error: { reason: "Unauthorized", connector: "sekoia", status: 401 }
      })
    })
  )
})
