import { type Json, SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import { manifestDigest } from "../src/manifest/ManifestDigest.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { statusKeyFor } from "../src/manifest/StatusKey.ts"
import { actionOf } from "./ManifestText.ts"
import { path, text, loaded, manifest, evaluate, targetOf, outputOf, feed } from "./SekoiaManifest.ts"

describe("the manifest of Sekoia", () => {
  it("loads without a single diagnostic", () => {
    expect(loaded.diagnostics).toEqual([])
    expect(manifest.manifest.connector).toBe("sekoia")
  })

  it("has a digest that formatting, comments and aliases do not change", () => {
    const bare = text.replaceAll(/^ *#.*\n/gm, "")
    for (const other of [bare, JSON.stringify(manifest.source), JSON.stringify(manifest.source, null, 3)]) {
      const again = loadManifest(new SourceFile(path, other))
      expect(again.diagnostics).toEqual([])
      expect(again.manifest === undefined ? "" : manifestDigest(again.manifest)).toBe(
        manifestDigest(manifest)
      )
    }
    expect(bare).not.toBe(text)
  })

  it("has these actions, each with the effect that it has", () => {
    expect(
      [...manifest.actions].map(
        ([name, { effect, idempotent }]) => `${name} ${effect}${idempotent ? " again" : ""}`
      )
    ).toEqual([
      "check_key read",
      "list_objects read",
      "feed_lines read",
      "feed_rows read",
      "feed_custom read",
      "create_feed write",
      "list_feeds read",
      "get_feed read",
      "update_feed destructive again",
      "delete_feed destructive again",
      "get_objects read",
      "get_relationships read",
      "get_object_file read",
      "get_object_context read",
      "get_indicator_context read",
      "find_indicators read"
    ])
  })

  it("explains every action and shows it with an example", () => {
    for (const [name, { examples, summary }] of Object.entries(manifest.manifest.actions ?? {})) {
      expect(summary, name).not.toBe("")
      expect(examples?.length ?? 0, name).toBeGreaterThan(0)
    }
  })

  it("gives the output of every example from its response", () => {
    let seen = 0
    for (const [name, { examples = [] }] of Object.entries(manifest.manifest.actions ?? {})) {
      for (const { input = {}, output = null, response = {} } of examples) {
        const status = response.status ?? 200
        const { responses } = actionOf(manifest, name)
        const format = responses.get(statusKeyFor(status, responses.keys()) ?? "")?.as
        // Bodies of these are not what expressions see: the interpreter reads them first.
        if (format === "csv" || format === "bytes") continue
        const { body = null, headers = {} } = response
        expect(outputOf(name, input, { status, headers, body }), name).toEqual(output)
        seen++
      }
    }
    expect(seen).toBeGreaterThan(18)
  })

  it("tries a connection with the key check", () => {
    expect(manifest.checks.map(({ action }) => action)).toEqual(["check_key"])
  })
})

describe("the connection to Sekoia", () => {
  it("has a default address, which a setting replaces", () => {
    expect(manifest.config.properties.get("base_url")).toMatchObject({
      isRequired: false,
      default: "https://api.sekoia.io"
    })
    expect(evaluate(manifest.http?.base, { config: { base_url: "https://api.usa1.sekoia.io" } })).toBe(
      "https://api.usa1.sekoia.io"
    )
  })

  it("keeps the prefix of an address", () => {
    expect(targetOf("get_feed", { feed_id: feed }, "https://app.fra2.sekoia.io/api/")).toBe(
      `https://app.fra2.sekoia.io/api/v2/inthreat/feeds/${feed}`
    )
  })

  it("sends the key as a bearer token with every action, and needs it", () => {
    const scheme = manifest.auth.get("api_key")
    expect(evaluate(scheme?.headers.get("authorization"), { config: {}, secrets: { api_key: "k" } })).toBe(
      "Bearer k"
    )
    expect(manifest.secrets.get("api_key")?.isRequired).toBe(true)
    for (const [name, { auth }] of manifest.actions) expect(auth, name).toEqual(["api_key"])
  })

  it("repeats what may work later and never what is refused", () => {
    const retry = manifest.manifest.http?.retry
    expect(retry?.on).toEqual([408, 429, 500, 502, 503, 504, "network", "timeout"])
    expect(retry?.honor).toBe("retry-after")
    for (const status of [400, 401, 403, 404]) expect(retry?.on).not.toContain(status)
  })

  it("leaves room for a wait that the service asks for", () => {
    const { retry, timeout } = manifest.manifest.http ?? {}
    const millis = (given: Duration.Duration | undefined) =>
      given === undefined ? 0 : Duration.toMillis(given)
    expect(millis(timeout)).toBeGreaterThan(2 * millis(retry?.max))
  })

  it("reads errors from message and code, and from nothing when the body is a page, a text or empty", () => {
    const { code, message } = manifest.http?.errors ?? {}
    const response = (body: Json) => ({ response: { status: 401, headers: {}, body } })
    const expired = response({ message: "The token has expired", code: "T301" })
    expect(evaluate(message, expired)).toBe("The token has expired")
    expect(evaluate(code, expired)).toBe("T301")
    for (const body of [null, "<html><body>Bad gateway</body></html>", [], {}]) {
      expect(evaluate(message, response(body))).toBe(undefined)
      expect(evaluate(code, response(body))).toBe(undefined)
    }
  })

  it("gives no claim of the token in the key check", () => {
    const body = { identity: "apikey:1", csrf: "c", jti: "j", type: "access", user_claims: null }
    expect(outputOf("check_key", {}, { body })).toEqual({ identity: "apikey:1" })
    for (const other of [null, {}, [], "ok"]) expect(outputOf("check_key", {}, { body: other })).toEqual({})
  })
})
