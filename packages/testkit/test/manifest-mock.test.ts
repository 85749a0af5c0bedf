import { describe, expect, it } from "@effect/vitest"
import { loadManifest } from "@sallyport/runtime"
import { SourceFile } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { ManifestMock, type MockedService, Reply } from "../src/index.ts"
import { acme } from "./fixtures/AcmeConnector.ts"
import { send, type Sending, textAt } from "./Client.ts"

const ask = (mock: MockedService, target: string, sending: Sending = {}) =>
  Effect.map(send(`${mock.origin}${target}`, sending), ({ json, status, text }) => [status, json ?? text])

describe("a mock of a manifest", () => {
  it.effect("answers with the example whose input makes exactly this request, under any base path", () =>
    Effect.gen(function* () {
      const mock = yield* ManifestMock.make(acme)
      expect(yield* ask(mock, "/things/a%2Fb?region=eu")).toEqual([200, { id: "a/b" }])
      expect(yield* ask(mock, "/any/base/things/a%2Fb?region=eu&fields=id%2Cat")).toEqual([
        200,
        { id: "a/b", at: 1 }
      ])
      expect(yield* ask(mock, "/things?page=2")).toEqual([200, []])
      const form = "name=a+b&all=yes"
      const headers = { "content-type": "application/x-www-form-urlencoded" }
      expect(yield* ask(mock, "/things/search", { method: "POST", body: form, headers })).toEqual([
        200,
        "found"
      ])
      const json = { name: "x", note: "secret-note" }
      expect(yield* ask(mock, "/things", { method: "POST", json })).toEqual([201, { id: "n-1" }])
    })
  )

  it.effect("answers a request that no example makes with the one that resembles it most", () =>
    Effect.gen(function* () {
      const mock = yield* ManifestMock.make(acme)
      expect(yield* ask(mock, "/things/other?fields=id%2Cat&region=us")).toEqual([200, { id: "a/b", at: 1 }])
      expect(yield* ask(mock, "/things/other")).toEqual([200, { id: "a/b" }])
    })
  )

  it.effect("answers with the example that was chosen, whatever is asked", () =>
    Effect.gen(function* () {
      const mock = yield* ManifestMock.make(acme)
      mock.answerWith("list_things", 1)
      expect(yield* ask(mock, "/things?page=1")).toEqual([200, []])
      expect(() => mock.answerWith("keep_thing", 0)).toThrow(RangeError)
      expect(() => mock.answerWith("list_things", 2)).toThrow("no example 2 with a response")
    })
  )

  it.effect("says what is missing: 404 without an action, 501 without an example", () =>
    Effect.gen(function* () {
      const mock = yield* ManifestMock.make(acme)
      expect(yield* ask(mock, "/nothing", { method: "PUT" })).toEqual([
        404,
        { message: "the manifest of acme has no action for PUT /nothing" }
      ])
      for (const [path, action] of [
        ["/kept/a", "keep_thing"],
        ["/bare", "bare_thing"]
      ])
        expect(yield* ask(mock, path ?? "")).toEqual([
          501,
          { message: `the action "${action}" has no example with a response` }
        ])
      expect(mock.defects).toEqual([])
    })
  )

  it.effect("records requests with the action that they were taken for, also those that a fault met", () =>
    Effect.gen(function* () {
      const mock = yield* ManifestMock.make(acme)
      yield* ask(mock, "/things?page=2")
      yield* ask(mock, "/nothing")
      mock.faults.add({ name: "held", play: (exchange) => exchange.send(Reply.empty(503)) })
      yield* ask(mock, "/base/eu/things/a")
      expect(mock.requestsOf("list_things").map(({ target }) => target)).toEqual(["/things?page=2"])
      expect(mock.requestsOf("get_thing").map(({ target }) => target)).toEqual(["/base/eu/things/a"])
      expect(mock.requests.all.map((request) => mock.actionOf(request))).toEqual([
        "list_things",
        undefined,
        "get_thing"
      ])
    })
  )

  it.effect("leaves to its owner what that answers itself", () =>
    Effect.gen(function* () {
      const mock = yield* ManifestMock.make(acme, {
        reply: ({ path }) => (path === "/token" ? Reply.json({ token: "t" }) : undefined)
      })
      expect(yield* ask(mock, "/token")).toEqual([200, { token: "t" }])
      expect(yield* ask(mock, "/things?page=2")).toEqual([200, []])
    })
  )

  it.effect("has a connection with its URL, what schemas offer, and a secret of its own for each name", () =>
    Effect.gen(function* () {
      const { baseUrl, connection } = yield* ManifestMock.make(acme, { prefix: "/p" })
      expect(connection.config).toEqual({ base_url: baseUrl, region: "eu" })
      expect([...connection.secrets.values()].map(Redacted.value)).toEqual([
        expect.stringMatching(/^invented-api_key-[0-9a-f]{24}$/)
      ])
      const own = yield* ManifestMock.make(acme, {
        name: "own",
        config: (url) => ({ base_url: `${url}/x`, tenant: "t" }),
        secrets: { api_key: "given" }
      })
      expect(own.connection.name).toBe("own")
      expect(own.connection.config).toEqual({ base_url: `${own.baseUrl}/x`, region: "eu", tenant: "t" })
      expect([...own.connection.secrets.values()].map(Redacted.value)).toEqual(["given"])
    })
  )

  it.effect("is not made without a value for a setting that is required", () =>
    Effect.gen(function* () {
      const text = acme.file.text.replace("tenant?:", "tenant:")
      const { manifest } = loadManifest(new SourceFile("acme.yaml", text))
      const error = yield* Effect.flip(ManifestMock.make(manifest ?? acme))
      expect(error.message).toContain("tenant")
      expect(textAt({ name: error.connection }, "name")).toBe("mock")
    })
  )

  it.effect("is not made when the settings lead to another service, which must never be asked", () =>
    Effect.gen(function* () {
      const other = { config: { base_url: "https://api.acme.example" } }
      const error = yield* Effect.flip(ManifestMock.make(acme, other))
      expect(error.message).toMatch(
        /^the base URL of acme does not lead to http:\/\/127\.0\.0\.1:\d+: say by `config`/
      )
    })
  )
})
