import { type Json, showType } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import { type CompiledValue, evaluateValue } from "../src/manifest/CompiledValue.ts"
import { statusKeyFor } from "../src/manifest/StatusKey.ts"
import { actionOf, checked, fixture, places, problemsOf, triggerOf } from "./ManifestText.ts"

const manifest = fixture()

const valueOf = (
  value: CompiledValue | undefined,
  variables: Parameters<typeof evaluateValue>[1]
): unknown => {
  if (value === undefined) return "nothing was compiled"
  const outcome = evaluateValue(value, variables)
  return outcome.ok ? outcome.value : outcome.diagnostic.code
}

const queryOf = (name: string, input: { readonly [name: string]: string | number | boolean }): object => {
  const query = actionOf(manifest, name).request?.query ?? new Map<string, CompiledValue>()
  return Object.fromEntries(
    [...query].map(([key, value]) => [key, valueOf(value, { input, config: {}, secrets: {} })])
  )
}

const head = 'connector: example\nversion: 1.0.0\ntitle: Example\nhttp: { base: "https://api.example.com" }\n'

describe("a manifest with everything in it", () => {
  it("has nothing wrong with it and is decoded", () => {
    const { http } = manifest.manifest
    expect(manifest.manifest.connector).toBe("acme_desk")
    expect(http?.timeout === undefined ? undefined : Duration.toMillis(http.timeout)).toBe(45_000)
    expect(http?.retry?.backoff === undefined ? undefined : Duration.toMillis(http.retry.backoff)).toBe(500)
    expect(http?.retry?.on).toEqual([429, 500, 502, 503, "network", "timeout"])
    const every = manifest.manifest.triggers?.["tickets"]?.poll?.every
    expect(every === undefined ? undefined : Duration.toMinutes(every)).toBe(5)
  })

  it("has the effect of GET taken for granted, and every other one as it is said", () => {
    const effects = [...manifest.actions].map(([name, { effect, idempotent }]) => [name, effect, idempotent])
    expect(effects).toEqual([
      ["whoami", "read", false],
      ["list_tickets", "read", false],
      ["export_tickets", "read", false],
      ["get_note", "read", false],
      ["search", "read", false],
      ["comment", "write", false],
      ["delete_ticket", "destructive", true],
      ["create_token", "write", false],
      ["summarize", "read", false]
    ])
  })

  it("asks callers for what has no default, and gives handlers what has one", () => {
    const { applied, given, properties } = actionOf(manifest, "search").input
    expect(showType(given)).toBe("{ term: string, page?: int }")
    expect(showType(applied)).toBe("{ term: string, page: int }")
    expect(properties.get("page")).toMatchObject({ isRequired: false, default: 1 })
    expect(showType(manifest.config.given)).toBe("{ base_url?: string, team: string, email?: string }")
    expect(showType(manifest.config.applied)).toBe("{ base_url: string, team: string, email?: string }")
  })

  it("resolves who may authenticate: the action's own scheme, none, or the connection's in order", () => {
    expect(actionOf(manifest, "search").auth).toEqual(["key", "session"])
    expect(actionOf(manifest, "delete_ticket").auth).toEqual(["session"])
    expect(actionOf(manifest, "create_token").auth).toEqual([])
    expect([...manifest.auth].map(([name, { secrets }]) => [name, secrets])).toEqual([
      ["key", ["api_key"]],
      ["session", ["password"]]
    ])
  })

  it("knows where secrets are in outputs, through references", () => {
    expect(actionOf(manifest, "create_token").secretOutputs).toEqual([["token"]])
    expect(actionOf(manifest, "list_tickets").secretOutputs).toEqual([])
  })

  it("knows where actions and triggers stand", () => {
    const textAt = ({
      span
    }: {
      readonly span: (typeof manifest.actions extends ReadonlyMap<string, infer A> ? A : never)["span"]
    }) => span.file.text.slice(span.start, span.end)
    expect(textAt(actionOf(manifest, "get_note"))).toBe("get_note")
    expect(textAt(triggerOf(manifest, "tickets"))).toBe("tickets")
  })

  it("keeps the parts of a path apart", () => {
    expect(actionOf(manifest, "get_note").request?.path).toEqual(["/tickets/", { input: "ids" }, "/note"])
  })
})

describe("the expressions of a manifest", () => {
  it("leave an optional input that is missing out, without a guard", () => {
    expect(queryOf("list_tickets", { limit: 100, include_closed: false })).toEqual({
      limit: 100,
      cursor: undefined,
      "match[severity]": undefined,
      changed_after: undefined,
      closed: false,
      sort: ["updated_at", "id"]
    })
  })

  it("keep the type of a whole value, and see what is there", () => {
    const input = { limit: 2, include_closed: true, cursor: "abc", changed_after: "2026-01-01T00:00:00Z" }
    expect(queryOf("list_tickets", input)).toMatchObject({
      limit: 2,
      cursor: "abc",
      changed_after: null,
      closed: true
    })
    const { cursor: _cursor, ...first } = input
    expect(queryOf("list_tickets", first)).toMatchObject({ changed_after: "2026-01-01T00:00:00Z" })
  })

  it("make the output of a response, and leave a header that is missing out", () => {
    const { responses } = actionOf(manifest, "export_tickets")
    const output = responses.get("200")?.output
    const body = [{ id: "1" }]
    const response = (headers: { readonly [name: string]: string }) => ({
      response: { status: 200, headers, body }
    })
    expect(valueOf(output, response({ cursor: "n" }))).toEqual({ rows: body, cursor: "n" })
    expect(valueOf(output, response({}))).toEqual({ rows: body })
    expect(valueOf(responses.get("204")?.output, {})).toEqual({ rows: [] })
  })

  it("read a cursor that is missing as no cursor", () => {
    const cursor = actionOf(manifest, "list_tickets").paginate?.cursor?.value
    expect(valueOf(cursor, { output: { items: [] } })).toBe(undefined)
    expect(valueOf(cursor, { output: { items: [], next_cursor: "n" } })).toBe("n")
  })

  it("read errors from whatever the body is", () => {
    const message = manifest.http?.errors.message
    const withBody = (body: string | null | { readonly error: { readonly message: string } }) => ({
      response: { status: 500, headers: {}, body }
    })
    expect(valueOf(message, withBody({ error: { message: "no" } }))).toBe("no")
    expect(valueOf(message, withBody(null))).toBe(undefined)
    expect(valueOf(message, withBody("<html>"))).toBe(undefined)
  })

  it("read what is missing by name or number as absent, where nothing need be there", () => {
    const { http } = checked(
      `connector: example\nversion: 1.0.0\ntitle: Example\nhttp: { base: "https://a.example", errors: { id: "\${{ response.headers['x-id'] }}", code: "\${{ response.body.errors[0].code }}" } }\n`
    )
    const failed = (headers: { readonly [name: string]: string }, body: Json) => ({
      response: { status: 400, headers, body }
    })
    const found = failed({ "x-id": "7" }, { errors: [{ code: "E" }] })
    expect([valueOf(http?.errors.id, found), valueOf(http?.errors.code, found)]).toEqual(["7", "E"])
    const missing = failed({}, { errors: [] })
    expect([valueOf(http?.errors.id, missing), valueOf(http?.errors.code, missing)]).toEqual([
      undefined,
      undefined
    ])
  })

  it("may be a text with several of them where one is expected", () => {
    const { key } = triggerOf(
      checked(
        `${head}triggers:\n  t:\n    summary: s\n    event: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }\n    key: "\${{ event.a }}@\${{ event.b }}"\n    implementation: code\n`
      ),
      "t"
    )
    expect(valueOf(key, { event: { a: "x", b: "y" } })).toBe("x@y")
  })

  it("are no expressions behind $${{", () => {
    const text = `${head}actions:\n  a:\n    summary: s\n    effect: write\n    request: { POST: /a, json: { t: "$\${{ input.x }}" } }\n`
    expect(valueOf(actionOf(checked(text), "a").request?.json, {})).toEqual({ t: "${{ input.x }}" })
  })
})

describe("secrets", () => {
  const withSecret = (rest: string) =>
    `connector: example\nversion: 1.0.0\ntitle: Example\nconnection: { secrets: { key: {} } }\n${rest}\n`
  const request = (rest: string) =>
    withSecret(
      `http: { base: "https://api.example.com" }\nactions: { a: { summary: s, effect: write, output: { type: string }, ${rest} } }`
    )

  it("may be read in headers, queries and bodies", () => {
    const value = '"${{ secrets.key }}"'
    for (const part of [
      `headers: { h: ${value} }`,
      `query: { q: ${value} }`,
      `json: [${value}]`,
      `form: { f: ${value} }`
    ])
      expect(places(request(`request: { POST: /a, ${part} }`))).toEqual([])
  })

  it("may be read nowhere else", () => {
    const others = [
      withSecret('http: { base: "https://api.example.com", errors: { message: "${{ secrets.key }}" } }'),
      withSecret('http: { base: "https://${{ secrets.key }}" }'),
      request('request: { POST: /a }, response: { 200: { output: "${{ secrets.key }}" } }'),
      request('request: { POST: /a }, paginate: { items: "[secrets.key]", next: "secrets.key" }'),
      withSecret(
        "triggers: { t: { summary: s, event: { type: string }, key: secrets.key, implementation: code } }"
      )
    ]
    for (const text of others) {
      const codes = problemsOf(text).map(({ code }) => code)
      expect(new Set(codes)).toEqual(new Set(["SP0324"]))
    }
  })

  it("are not what a variable of a macro is called", () => {
    const text = request(
      "request: { POST: /a }, response: { 200: { output: \"${{ ['a'].map(secrets, secrets)[0] }}\" } }"
    )
    expect(places(text)).toEqual([])
  })
})

describe("the rule of a status", () => {
  it("wins over that of its class", () => {
    expect(statusKeyFor(204, ["2xx", "204"])).toBe("204")
    expect(statusKeyFor(200, ["204", "2xx"])).toBe("2xx")
    expect(statusKeyFor(404, ["2xx", "204"])).toBe(undefined)
  })

  it("is JSON for 2xx when no success has one", () => {
    expect([...actionOf(manifest, "get_note").responses.keys()]).toEqual(["2xx", "404"])
    expect(actionOf(manifest, "whoami").responses.get("2xx")).toEqual({
      as: "json",
      body: undefined,
      output: undefined
    })
  })
})
