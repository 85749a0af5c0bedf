import { type Json, showType, SourceFile, Type } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { BaseUrl } from "../src/http/BaseUrl.ts"
import type { QueryValue } from "../src/http/QueryString.ts"
import { type CompiledValue, evaluateValue } from "../src/manifest/CompiledValue.ts"
import { manifestDigest } from "../src/manifest/ManifestDigest.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { statusKeyFor } from "../src/manifest/StatusKey.ts"
import { EventCollector } from "../src/trigger/EventCollector.ts"
import { actionOf, triggerOf } from "./ManifestText.ts"

const path = "manifests/sekoia.yaml"
const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")
const loaded = loadManifest(new SourceFile(path, text))
const manifest = (() => {
  if (loaded.manifest === undefined)
    throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"))
  return loaded.manifest
})()

type JsonObject = { readonly [name: string]: Json }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !isList(value)

/** `Array.isArray` alone does not narrow a readonly array. */
const isList = (value: Json | undefined): value is ReadonlyArray<Json> => Array.isArray(value)

const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"

const evaluate = (value: CompiledValue | undefined, variables: JsonObject): Json | undefined => {
  if (value === undefined) throw new Error("nothing was compiled")
  const outcome = evaluateValue(value, variables)
  if (!outcome.ok) throw new Error(outcome.diagnostic.message)
  return outcome.value
}

/** An input with its defaults filled in. */
const applied = (action: string, input: JsonObject): JsonObject => {
  const defaults: { [name: string]: Json } = {}
  for (const [name, property] of actionOf(manifest, action).input.properties)
    if (property.default !== undefined) defaults[name] = property.default
  return { ...defaults, ...input }
}

const queryValue = (value: Json | undefined): QueryValue => {
  if (value === undefined || value === null || isScalar(value)) return value
  if (isList(value) && value.every(isScalar)) return value
  throw new Error("this cannot stand in a URL")
}

/** A list in a path is a comma list. */
const pathValue = (value: Json | undefined): string => {
  const values = isList(value) ? value : [value ?? ""]
  if (!values.every(isScalar)) throw new Error("this cannot stand in a path")
  return values.map(String).join(",")
}

const base = (url: string): BaseUrl => Result.getOrThrow(BaseUrl.parse(url))

/** The address that an action asks for, as it goes over the wire. */
const targetOf = (action: string, given: JsonObject, at = "https://api.sekoia.io"): string => {
  const { request } = actionOf(manifest, action)
  if (request === undefined) throw new Error("there is no request")
  const input = applied(action, given)
  const query: { [name: string]: QueryValue } = {}
  for (const [name, value] of request.query) query[name] = queryValue(evaluate(value, { input, config: {} }))
  const params: { [name: string]: string } = {}
  for (const part of request.path)
    if (typeof part !== "string") params[part.input] = pathValue(input[part.input])
  const template = request.path.map((part) => (typeof part === "string" ? part : `{${part.input}}`)).join("")
  return Result.getOrThrow(base(at).target({ path: template, params, query })).href
}

/** The query parameters of an address, and how often each of them stands there. */
const parametersOf = (target: string): ReadonlyArray<readonly [string, string]> => [
  ...new URL(target).searchParams
]

/** What an action makes of a response. */
const outputOf = (
  action: string,
  given: JsonObject,
  {
    body,
    headers = {},
    status = 200
  }: { readonly status?: number; readonly headers?: JsonObject; readonly body: Json }
): Json | undefined => {
  const { responses } = actionOf(manifest, action)
  const rule = responses.get(statusKeyFor(status, responses.keys()) ?? "")
  if (rule === undefined) return "this status is a failure"
  const variables = { input: applied(action, given), config: {}, response: { status, headers, body } }
  return rule.output === undefined ? body : evaluate(rule.output, variables)
}

/** Whether paging goes on behind a page, and with which cursor. */
const nextOf = (
  action: string,
  given: JsonObject,
  output: Json,
  body: Json = null
): { readonly cursor: Json; readonly stops: boolean } => {
  const { paginate } = actionOf(manifest, action)
  const response = { status: 200, headers: {}, body }
  const variables = { input: applied(action, given), config: {}, output, response }
  return {
    cursor: evaluate(paginate?.cursor?.value, variables) ?? null,
    stops: paginate?.stop !== undefined && evaluate(paginate.stop, variables) === true
  }
}

const feed = "d6092c37-d8d7-45c3-8aff-c4dc26030608"
const uuid = "0b9e2a64-5c1d-4f83-9a07-3d1f6e28c455"

/** The problems of the manifest with a call of an action as its connection check: inputs of calls are checked there. */
const problemsOfInput = (action: string, input: JsonObject): ReadonlyArray<string> => {
  const { source } = manifest
  if (!isObject(source) || !isObject(source["connection"])) throw new Error("the manifest is no object")
  const connection = { ...source["connection"], check: { action, with: input } }
  const changed = JSON.stringify({ ...source, connection })
  return loadManifest(new SourceFile(path, changed)).diagnostics.map(({ code }) => code)
}

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

describe("list_objects", () => {
  const target = (input: JsonObject) => targetOf("list_objects", input)

  it("asks for the default feed without a slash at the end, and says both filters explicitly", () => {
    expect(target({})).toBe(
      `https://api.sekoia.io/v2/inthreat/collections/${feed}/objects?limit=2000&include_revoked=true&skip_expired=false&format=json`
    )
  })

  it("sends each filter once, lists with commas, booleans in small letters", () => {
    const href = target({
      types: ["indicator", "relationship"],
      observable_types: ["ipv4-addr", "network-traffic"],
      include_revoked: false,
      skip_expired: true,
      convert_network_traffic: false,
      return_all_fields: true
    })
    expect(href).toContain("match%5Btype%5D=indicator%2Crelationship&")
    const parameters = parametersOf(href)
    expect(Object.fromEntries(parameters)).toEqual({
      limit: "2000",
      "match[type]": "indicator,relationship",
      "match[observable_type]": "ipv4-addr,network-traffic",
      include_revoked: "false",
      skip_expired: "true",
      convert_network_traffic: "false",
      return_all_fields: "true",
      format: "json"
    })
    expect(parameters.length).toBe(8)
  })

  it("leaves an empty list of types out", () => {
    expect(target({ types: [] })).toBe(target({}))
  })

  it("sends modified_after on the first page and never beside a cursor", () => {
    const modified_after = "2026-01-01T00:00:00.5+01:00"
    expect(target({ modified_after })).toContain("modified_after=2026-01-01T00%3A00%3A00.5%2B01%3A00")
    expect(target({ modified_after, cursor: "c" })).not.toContain("modified_after")
    expect(target({ modified_after, cursor: "c" })).toContain("cursor=c&")
  })

  it("sends a cursor as it was given, percent-encoded", () => {
    const cursor = "MjAy/Ni0+wMg==&limit=1#%2F é"
    const href = target({ cursor })
    expect(href).toContain("cursor=MjAy%2FNi0%2BwMg%3D%3D%26limit%3D1%23%252F%20%C3%A9&")
    expect(new URL(href).searchParams.getAll("cursor")).toEqual([cursor])
    expect(new URL(href).searchParams.getAll("limit")).toEqual(["2000"])
  })

  it("refuses a limit that the service might cap silently, and an empty cursor", () => {
    expect(problemsOfInput("list_objects", { limit: 2000 })).toEqual([])
    for (const input of [{ limit: 2001 }, { limit: 0 }, { limit: 1.5 }, { cursor: "" }])
      expect(problemsOfInput("list_objects", input)).toEqual(["SP0334"])
  })

  it("takes a UUID or feed--UUID as the feed, and nothing that could leave the path", () => {
    for (const feed_id of [feed, `feed--${feed}`, feed.toUpperCase()])
      expect(problemsOfInput("list_objects", { feed_id })).toEqual([])
    for (const feed_id of [
      "",
      "..",
      `${feed}/..`,
      `../${feed}`,
      `${feed}?x=1`,
      `${feed}#x`,
      `${feed}\n`,
      ` ${feed}`
    ])
      expect(problemsOfInput("list_objects", { feed_id })).toEqual(["SP0334"])
  })

  it("refuses a time that is none, and a type that feeds do not have", () => {
    const wrong: ReadonlyArray<JsonObject> = [
      { modified_after: "yesterday" },
      { modified_after: "2026-01-01" },
      { types: ["indicators"] },
      { types: ["indicator", "indicator"] },
      { observable_types: ["url,file"] }
    ]
    for (const input of wrong) expect(problemsOfInput("list_objects", input)).toEqual(["SP0334"])
  })

  it("goes on behind a full page and ends behind a short one, whose cursor is still there", () => {
    const item = { type: "tool", id: `tool--${uuid}` }
    expect(nextOf("list_objects", { limit: 2 }, { items: [item, item], next_cursor: "n" })).toEqual({
      cursor: "n",
      stops: false
    })
    expect(nextOf("list_objects", { limit: 2 }, { items: [item], next_cursor: "n" })).toEqual({
      cursor: "n",
      stops: true
    })
    expect(nextOf("list_objects", {}, { items: [], next_cursor: "n" })).toEqual({ cursor: "n", stops: true })
  })

  it("takes a cursor that is null or missing as none", () => {
    for (const page of [{ items: [], next_cursor: null }, { items: [] }])
      expect(nextOf("list_objects", {}, page).cursor).toBe(null)
  })
})

describe("feed_lines, feed_rows and feed_custom", () => {
  it("say which format they are, but custom, which only a feed's definition can be", () => {
    const formatOf = (action: string) =>
      new URL(targetOf(action, { feed_id: feed })).searchParams.get("format")
    expect(["feed_lines", "feed_rows", "feed_custom"].map(formatOf)).toEqual(["text", "csv", null])
  })

  it("send no modified_after beside a cursor either", () => {
    const input = { feed_id: feed, modified_after: "2026-01-01T00:00:00Z" }
    for (const action of ["feed_lines", "feed_rows", "feed_custom"]) {
      expect(targetOf(action, input)).toContain("modified_after=2026-01-01T00%3A00%3A00Z")
      expect(targetOf(action, { ...input, cursor: "a=" })).not.toContain("modified_after")
      expect(targetOf(action, { ...input, cursor: "a=" })).toContain("cursor=a%3D&")
    }
  })

  it("take up to 10000 for text and 2000 for the others", () => {
    expect(problemsOfInput("feed_lines", { limit: 10_000 })).toEqual([])
    expect(problemsOfInput("feed_lines", { limit: 10_001 })).toEqual(["SP0334"])
    expect(problemsOfInput("feed_rows", { limit: 2_001 })).toEqual(["SP0334"])
    expect(problemsOfInput("feed_custom", { feed_id: feed, limit: 2_001 })).toEqual(["SP0334"])
  })

  it("read the cursor from the header, and none where the header is missing", () => {
    const body = "a\n"
    expect(outputOf("feed_lines", {}, { body, headers: { cursor: "n" } })).toEqual({
      lines: ["a"],
      cursor: "n"
    })
    expect(outputOf("feed_lines", {}, { body })).toEqual({ lines: ["a"] })
    expect(outputOf("feed_custom", {}, { body, headers: { cursor: "n" } })).toEqual({
      text: body,
      cursor: "n"
    })
    const rows = [{ name: "a" }]
    expect(outputOf("feed_rows", {}, { body: rows, headers: { cursor: "n" } })).toEqual({ rows, cursor: "n" })
  })

  it("count lines alike whether the last one ends or not", () => {
    for (const body of ["a\nb", "a\nb\n", "a\r\nb\r\n"])
      expect(outputOf("feed_lines", {}, { body })).toEqual({ lines: ["a", "b"] })
    for (const body of ["", "\n"]) expect(outputOf("feed_lines", {}, { body })).toEqual({ lines: [] })
  })

  it("read a page of the largest size within the budget of expressions", () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `host-${index}.${"x".repeat(200)}.example`)
    expect(outputOf("feed_lines", {}, { body: lines.join("\n") })).toEqual({ lines })
  })

  it("go on behind 2000 lines though more was asked for: the service may give no more", () => {
    const stops = (limit: number, body: string): boolean => {
      const output = outputOf("feed_lines", {}, { body, headers: { cursor: "n" } }) ?? null
      return nextOf("feed_lines", { limit }, output, body).stops
    }
    const page = (size: number): string => Array.from({ length: size }, String).join("\n")
    for (const end of ["", "\n"]) {
      expect(stops(10_000, page(2_000) + end)).toBe(false)
      expect(stops(10_000, page(1_999) + end)).toBe(true)
      expect(stops(10, page(10) + end)).toBe(false)
      expect(stops(10, page(9) + end)).toBe(true)
    }
    const longest = `${"x".repeat(200)}.example\n`.repeat(10_000)
    expect(stops(10_000, longest)).toBe(false)
  })

  it("do not count the objects of a custom text: only an empty one has no items", () => {
    const { paginate } = actionOf(manifest, "feed_custom")
    expect(paginate?.stop).toBe(undefined)
    expect(evaluate(paginate?.items, { output: { text: "a\n\nb" } })).toEqual(["a\n\nb"])
    expect(evaluate(paginate?.items, { output: { text: "" } })).toEqual([])
  })
})

describe("the feed actions", () => {
  it("create a feed that is read oldest first, with both filters said", () => {
    const { json } = actionOf(manifest, "create_feed").request ?? {}
    const input = applied("create_feed", { title: "t", types: ["indicator"] })
    expect(evaluate(json, { input, config: {} })).toEqual({
      title: "t",
      types: ["indicator"],
      format: "json",
      include_revoked: true,
      skip_expired: false,
      sort_order: "asc"
    })
  })

  it("send every filter that is given", () => {
    const { json } = actionOf(manifest, "create_feed").request ?? {}
    const given = {
      title: "t",
      description: "d",
      types: ["indicator"],
      observable_types: ["url"],
      tlps: [`marking-definition--${uuid}`],
      sources: [`identity--${uuid}`],
      sectors: [`identity--${uuid}`],
      locations: [`location--${uuid}`],
      labels: ["l"],
      format: "custom",
      fields: ["id"],
      template: "$id, $name",
      include_revoked: false,
      skip_expired: true,
      sort_order: "desc"
    }
    expect(problemsOfInput("create_feed", given)).toEqual([])
    expect(evaluate(json, { input: given, config: {} })).toEqual(given)
  })

  it("read a feed whether the answer wraps it or not", () => {
    const made = { id: feed, title: "t" }
    for (const action of ["create_feed", "get_feed", "update_feed"]) {
      expect(outputOf(action, { feed_id: feed }, { body: { data: made } })).toEqual(made)
      expect(outputOf(action, { feed_id: feed }, { body: made })).toEqual(made)
    }
    expect(outputOf("create_feed", {}, { status: 201, body: { data: made } })).toEqual(made)
  })

  it("say the same about a feed when it is changed as when it is created", () => {
    const create = actionOf(manifest, "create_feed")
    const update = actionOf(manifest, "update_feed")
    const { feed_id: _id, ...rest } = Object.fromEntries(
      [...update.input.properties].map(([name, { default: value }]) => [name, value])
    )
    expect(rest).toEqual(
      Object.fromEntries([...create.input.properties].map(([name, { default: value }]) => [name, value]))
    )
    const input = applied("update_feed", { feed_id: feed, title: "t" })
    expect(evaluate(update.request?.json, { input, config: {} })).toEqual(
      evaluate(create.request?.json, { input, config: {} })
    )
  })

  it("are never done again after an unknown outcome where that makes a second feed", () => {
    expect(actionOf(manifest, "create_feed")).toMatchObject({ effect: "write", idempotent: false })
  })

  it("take a feed that is not there as not deleted, so that deleting again is no failure", () => {
    expect(outputOf("delete_feed", { feed_id: feed }, { status: 204, body: null })).toEqual({ deleted: true })
    expect(outputOf("delete_feed", { feed_id: feed }, { status: 404, body: {} })).toEqual({ deleted: false })
    expect(outputOf("delete_feed", { feed_id: feed }, { status: 403, body: {} })).toBe(
      "this status is a failure"
    )
  })

  it("list feeds page by page, by an offset", () => {
    const { pathname, search } = new URL(
      targetOf("list_feeds", { term: "a&b", ids: [feed, uuid], offset: 20 })
    )
    expect(pathname + search).toBe(
      `/v2/inthreat/feeds?limit=100&offset=20&term=a%26b&match%5Bid%5D=${feed}%2C${uuid}`
    )
    const items = [{ id: feed }, { id: uuid }]
    expect(nextOf("list_feeds", { limit: 2, offset: 4 }, { items, total: 7 })).toEqual({
      cursor: 6,
      stops: false
    })
    expect(nextOf("list_feeds", { limit: 2, offset: 4 }, { items, total: 6 })).toEqual({
      cursor: 6,
      stops: true
    })
    expect(nextOf("list_feeds", { limit: 3 }, { items })).toEqual({ cursor: 2, stops: true })
  })
})

describe("get_objects and get_relationships", () => {
  const tool = { type: "tool", id: `tool--${uuid}`, name: "t" }
  const relationship = `relationship--${uuid}`

  it("ask for one or several ids in the path", () => {
    const other = "malware--e2f0a7c1-93b4-4d5e-8c26-17f0d9b3a641"
    expect(targetOf("get_objects", { ids: [tool.id] })).toBe(
      `https://api.sekoia.io/v2/inthreat/objects/${tool.id}`
    )
    expect(targetOf("get_objects", { ids: [tool.id, other] })).toBe(
      `https://api.sekoia.io/v2/inthreat/objects/${tool.id}%2C${other}`
    )
    expect(targetOf("get_relationships", { ids: [relationship] })).toBe(
      `https://api.sekoia.io/v2/inthreat/relationships/${relationship}`
    )
  })

  it("take a relationship only at its own endpoint, and every other object only at the other one", () => {
    expect(problemsOfInput("get_objects", { ids: [relationship] })).toEqual(["SP0334"])
    expect(problemsOfInput("get_relationships", { ids: [tool.id] })).toEqual(["SP0334"])
    expect(problemsOfInput("get_object_context", { object_id: relationship })).toEqual(["SP0334"])
    expect(problemsOfInput("get_objects", { ids: [tool.id, `sighting--${uuid}`, `x-own--${uuid}`] })).toEqual(
      []
    )
    expect(problemsOfInput("get_relationships", { ids: [relationship] })).toEqual([])
  })

  it("refuse no ids, an id twice, too many, and what could leave the path", () => {
    const many = Array.from({ length: 41 }, (_, index) => `tool--${uuid.slice(0, -2)}${10 + index}`)
    const wrong: ReadonlyArray<ReadonlyArray<string>> = [
      [],
      [tool.id, tool.id],
      many,
      ["../feeds"],
      [`${tool.id}/context`],
      [`${tool.id},${tool.id}`],
      [""]
    ]
    for (const ids of wrong) expect(problemsOfInput("get_objects", { ids })).toContain("SP0334")
    expect(problemsOfInput("get_objects", { ids: many.slice(1) })).toEqual([])
  })

  it("read data as an object or a list, items and _items", () => {
    for (const body of [{ data: tool }, { data: [tool] }, { items: [tool] }, { _items: [tool] }])
      expect(outputOf("get_objects", { ids: [tool.id] }, { body })).toEqual({ items: [tool], missing: [] })
    const edge = { type: "relationship", id: relationship }
    for (const body of [{ data: edge }, { data: [edge] }, { items: [edge] }, { _items: [edge] }])
      expect(outputOf("get_relationships", { ids: [relationship] }, { body })).toEqual({
        items: [edge],
        missing: []
      })
  })

  it("name the ids that nothing came for", () => {
    const other = `malware--${uuid}`
    expect(outputOf("get_objects", { ids: [other, tool.id] }, { body: { items: [tool] } })).toEqual({
      items: [tool],
      missing: [other]
    })
  })

  it("leave an object that is not there a failure", () => {
    expect(outputOf("get_objects", { ids: [tool.id] }, { status: 404, body: {} })).toBe(
      "this status is a failure"
    )
  })
})

describe("the context of objects and indicators", () => {
  it("is asked for by id without a slash at the end", () => {
    expect(targetOf("get_object_context", { object_id: `indicator--${uuid}` })).toBe(
      `https://api.sekoia.io/v2/inthreat/objects/indicator--${uuid}/context`
    )
  })

  it("is asked for by value, percent-encoded", () => {
    const value = "http://a.example/x?q=1&r=%2F#top + ü"
    for (const [action, ending] of [
      ["get_indicator_context", "/context"],
      ["find_indicators", ""]
    ] as const)
      expect(targetOf(action, { type: "url", value })).toBe(
        `https://api.sekoia.io/v2/inthreat/indicators${ending}?type=url&value=http%3A%2F%2Fa.example%2Fx%3Fq%3D1%26r%3D%252F%23top%20%2B%20%C3%BC`
      )
  })

  it("knows 24 types of observables, network-traffic not among them", () => {
    const type = Type.resolve(
      actionOf(manifest, "get_indicator_context").input.given.properties.get("type")?.type ?? Type.dyn
    )
    const names = type.kind === "string" ? (type.values ?? []) : []
    expect(new Set(names).size).toBe(24)
    expect(names).not.toContain("network-traffic")
    expect(
      problemsOfInput("get_indicator_context", { type: "file", value: "d41d8cd98f00b204e9800998ecf8427e" })
    ).toEqual([])
    expect(problemsOfInput("get_indicator_context", { type: "network-traffic", value: "x" })).toEqual([
      "SP0334"
    ])
    expect(problemsOfInput("get_indicator_context", { type: "url", value: "" })).toEqual(["SP0334"])
  })

  it("is an empty result for an indicator that is not known", () => {
    const body = { has_more: false, items: [] }
    expect(outputOf("get_indicator_context", { type: "url", value: "x" }, { body })).toEqual(body)
  })

  it("says whether there is more than was given, also when the service does not", () => {
    const items = [{ type: "bundle", objects: [] }]
    expect(outputOf("get_indicator_context", {}, { body: { items, has_more: true } })).toEqual({
      items,
      has_more: true
    })
    expect(outputOf("get_indicator_context", {}, { body: { items } })).toEqual({ items, has_more: false })
  })

  it("has objects in a bundle even where the service leaves them out", () => {
    const bundle = Type.resolve(actionOf(manifest, "get_object_context").output.applied)
    expect(bundle.kind === "record" && bundle.properties.get("objects")?.required).toBe(true)
    const given = Type.resolve(actionOf(manifest, "get_object_context").output.given)
    expect(given.kind === "record" && given.properties.get("objects")?.required).toBe(false)
  })
})

describe("the objects of Sekoia", () => {
  const property = (type: string, name: string): string | undefined => {
    const record = Type.resolve(manifest.types.get(type) ?? Type.dyn)
    const found = record.kind === "record" ? record.properties.get(name) : undefined
    return found === undefined ? undefined : `${showType(found.type)}${found.required ? "" : "?"}`
  }

  it("have a confidence that may be null or missing", () => {
    expect(property("Indicator", "confidence")).toBe("int | null?")
  })

  it("may end never, and may have no sources", () => {
    expect(property("Indicator", "valid_until")).toMatch(/\?$/)
    expect(property("Indicator", "x_inthreat_sources_refs")).toMatch(/\?$/)
    expect(property("ExternalReference", "external_id")).toBe("string | null?")
  })

  it("are told apart by their type, all 20 of feeds and any other", () => {
    const union = Type.resolve(manifest.types.get("StixObject") ?? Type.dyn)
    expect(union.kind === "union" ? [union.discriminator, union.members.length] : []).toEqual(["type", 21])
  })

  it("keep fields that are not known, each of them", () => {
    const types = manifest.manifest.types ?? {}
    const open = types["StixObject"]
    const branches = isObject(open) && isList(open["oneOf"]) ? open["oneOf"] : []
    for (const branch of branches) {
      const pointer = isObject(branch) ? branch["$ref"] : ""
      const name = typeof pointer === "string" ? pointer.replace("#/types/", "") : ""
      expect(types[name], name).toMatchObject({ "x-keep-unknown": true })
    }
    expect(branches.length).toBe(21)
  })
})

describe("the feed trigger", () => {
  const trigger = triggerOf(manifest, "feed")
  const withOf = (given: JsonObject): JsonObject => {
    const defaults: { [name: string]: Json } = {}
    for (const [name, { default: value }] of trigger.input.properties)
      if (value !== undefined) defaults[name] = value
    const variables = { input: { ...defaults, ...given }, config: {}, state: { initial_sync_done: false } }
    const input: { [name: string]: Json } = {}
    for (const [name, value] of trigger.poll?.with ?? []) {
      const found = evaluate(value, variables)
      if (found !== undefined) input[name] = found
    }
    return input
  }

  it("polls pages of the largest size and asks for revoked objects from the start", () => {
    expect(withOf({})).toEqual({ feed_id: feed, limit: 2000, include_revoked: true, skip_expired: false })
  })

  it("hands its filters on, and where to begin", () => {
    const given = {
      feed_id: uuid,
      types: ["indicator"],
      observable_types: ["url"],
      modified_after: "2026-01-01T00:00:00Z",
      include_revoked: false,
      skip_expired: true,
      limit: 10
    }
    expect(withOf(given)).toEqual(given)
  })

  it("keeps the cursor", () => {
    expect([trigger.keep, trigger.poll?.action]).toEqual(["cursor", "list_objects"])
  })

  it("takes each change of an object for another event", () => {
    const event = {
      type: "indicator",
      id: "i",
      created: "2026-01-01T00:00:00Z",
      modified: "2026-01-01T00:00:23.5Z"
    }
    const version = (event: Json) => {
      const events = new EventCollector(trigger)
      events.add(event)
      return events.events[0]?.key
    }
    expect(version(event)).toBe("i@2026-01-01T00:00:23.500Z")
    expect(version({ ...event, modified: "2026-01-01T00:00:24Z" })).not.toBe(version(event))
  })

  it("has a key for objects that never change", () => {
    const marking = { type: "marking-definition", id: "m", created: "2026-01-01T00:00:00Z" }
    const version = (event: Json) => {
      const events = new EventCollector(trigger)
      events.add(event)
      return events.events[0]?.key
    }
    expect(version(marking)).toBe("m@2026-01-01T00:00:00Z")
    expect(version({ type: "ipv4-addr", id: "a" })).toBe("a@1970-01-01T00:00:00Z")
  })

  it("orders by points in time, whatever the width of their fractions and their zone", () => {
    const orderOf = (modified: string) =>
      evaluate(trigger.order, { event: { type: "tool", id: "t", created: "2026-01-01T00:00:00Z", modified } })
    expect(orderOf("2026-01-01T01:00:23.50+01:00")).toBe(orderOf("2026-01-01T00:00:23.5Z"))
    expect(orderOf("2026-01-01T00:00:23.123456Z")).not.toBe(orderOf("2026-01-01T00:00:23.123Z"))
  })
})
