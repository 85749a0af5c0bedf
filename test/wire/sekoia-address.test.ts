import { describe, expect, it } from "@effect/vitest"
import { makeConnection } from "@sallyport/runtime"
import { defaultFeedId, fixtureAuthor, SimulatedSekoia, stixFixtures } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { openSekoia, sekoiaClient, sekoiaManifest, textAt } from "./SekoiaClient.ts"

/** A connection with this base URL, or why there is none. */
const made = (config: { readonly [name: string]: string }) =>
  makeConnection(sekoiaManifest, {
    name: "sekoia",
    config,
    secrets: { api_key: Redacted.make("key-of-ours") }
  })

const fixtureId = (type: string): string => stixFixtures().find((object) => object.type === type)?.id ?? ""

describe("the address of a call", () => {
  it.effect(
    "is below /v2/inthreat for every action but the check, each with the key as one bearer token [1.1] [1.2]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient()
        const called = new Set<string>()
        const call = (name: string, input: { readonly [name: string]: unknown } = {}) => {
          called.add(name)
          return connection.call(name, input)
        }
        const report = fixtureId("report")
        const sha256 = textAt(sekoia.objects.get(report)?.object, "x_inthreat_uploaded_files", 0, "sha256")
        yield* call("check_key")
        yield* call("list_objects")
        yield* call("feed_lines")
        yield* call("feed_rows")
        const feed_id = textAt(yield* call("create_feed", { format: "custom", template: "$name\n" }), "id")
        yield* call("feed_custom", { feed_id })
        yield* call("list_feeds")
        yield* call("get_feed", { feed_id })
        yield* call("update_feed", { feed_id, title: "other" })
        yield* call("delete_feed", { feed_id })
        yield* call("get_objects", { ids: [fixtureAuthor] })
        yield* call("get_relationships", { ids: [fixtureId("relationship")] })
        yield* call("get_object_file", { object_id: report, sha256 })
        yield* call("get_object_context", { object_id: fixtureAuthor })
        yield* call("get_indicator_context", { type: "url", value: "https://a.example/" })
        yield* call("find_indicators", { type: "url", value: "https://a.example/" })
        expect([...sekoiaManifest.actions.keys()].filter((name) => !called.has(name))).toEqual([])
        const elsewhere = sekoia.requests.all.filter(({ target }) => !target.startsWith("/v2/inthreat/"))
        expect(elsewhere.map(({ target }) => target)).toEqual(["/v1/auth/validate"])
        for (const { rawHeaders } of sekoia.requests.all) {
          const names = rawHeaders.filter((_, place) => place % 2 === 0).map((name) => name.toLowerCase())
          expect(names.filter((name) => name === "authorization")).toEqual(["authorization"])
          expect(rawHeaders[names.indexOf("authorization") * 2 + 1]).toBe(`Bearer ${sekoia.apiKey}`)
        }
        expect(sekoia.defects).toEqual([])
      })
  )

  for (const end of ["", "/", "//"])
    it.effect(`keeps the prefix of a base URL that ends in "/api${end}", once [1.4] [1.6]`, () =>
      Effect.gen(function* () {
        const sekoia = yield* SimulatedSekoia.make({ prefix: "/api", objects: [] })
        const connection = yield* openSekoia(sekoia.baseUrl + end, sekoia.apiKey)
        yield* connection.call("get_feed", { feed_id: defaultFeedId })
        yield* connection.check
        expect(sekoia.requests.lines).toEqual([
          `GET /api/v2/inthreat/feeds/${defaultFeedId}`,
          "GET /api/v1/auth/validate"
        ])
      })
    )

  it.effect("has no doubled slash where the base URL ends in one [1.4]", () =>
    Effect.gen(function* () {
      const sekoia = yield* SimulatedSekoia.make({ objects: [] })
      const connection = yield* openSekoia(`${sekoia.baseUrl}/`, sekoia.apiKey)
      yield* connection.call("get_feed", { feed_id: defaultFeedId })
      expect(sekoia.requests.lines).toEqual([`GET /v2/inthreat/feeds/${defaultFeedId}`])
    })
  )

  it("is that of the guide unless another is configured, which is taken as it is [1.1] [1.5] [12.2]", () => {
    expect(Result.getOrThrow(made({})).config).toEqual({ base_url: "https://api.sekoia.io" })
    for (const base_url of [
      "https://app.sekoia.io/api",
      "https://app.fra2.sekoia.io/api",
      "https://api.usa1.sekoia.io"
    ])
      expect(Result.getOrThrow(made({ base_url })).config).toEqual({ base_url })
  })

  it("is never plain http to another machine, and never holds credentials, a query or a fragment", () => {
    for (const base_url of [
      "http://api.sekoia.io",
      "http://10.0.0.1/api",
      "http://127.0.0.1.sekoia.io",
      "ftp://api.sekoia.io",
      "//api.sekoia.io",
      "api.sekoia.io",
      "https://robin:hunter2secret@api.sekoia.io",
      "https://api.sekoia.io/?key=hunter2secret",
      "https://api.sekoia.io/#hunter2secret",
      "https:\\\\api.sekoia.io"
    ]) {
      const refused = made({ base_url })
      expect(Result.isFailure(refused), base_url).toBe(true)
      expect(JSON.stringify(refused)).not.toContain("hunter2secret")
    }
    for (const base_url of ["http://localhost:8080", "http://127.0.0.1:8080/api", "http://[::1]:8080"])
      expect(Result.isSuccess(made({ base_url })), base_url).toBe(true)
  })

  it.effect("of the check says who the key is for, and none of the other claims of the token [1.8]", () =>
    Effect.gen(function* () {
      const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
      expect(yield* connection.check).toEqual({ identity: "apikey:simulated" })
      expect(sekoia.requests.lines).toEqual(["GET /v1/auth/validate"])
    })
  )
})
