import { type Json, showType, SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { type CompiledValue, evaluateValue } from "../src/manifest/CompiledValue.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { statusKeyFor } from "../src/manifest/StatusKey.ts"
import { actionOf, checked } from "./ManifestText.ts"

type Variables = Parameters<typeof evaluateValue>[1]
type Values = { readonly [name: string]: Json }

const text = readFileSync(new URL("../../../manifests/threatwinds.yaml", import.meta.url), "utf8")
const manifest = checked(text, "threatwinds.yaml")
const config: Values = { base_url: "https://api.example.com", relations_parameter: "depth" }

/** What a value gives; the code of the problem when it fails. */
const valueOf = (value: CompiledValue | undefined, variables: Variables): unknown => {
  if (value === undefined) return "nothing was compiled"
  const outcome = evaluateValue(value, variables)
  return outcome.ok ? outcome.value : outcome.diagnostic.code
}

const requestOf = (name: string) => {
  const { request } = actionOf(manifest, name)
  if (request === undefined) throw new Error(`${name} makes no request`)
  return request
}

const bodyOf = (name: string, input: Values): unknown => valueOf(requestOf(name).json, { input, config })

const queryOf = (name: string, input: Values, settings: Values = config): object =>
  Object.fromEntries(
    [...requestOf(name).query].map(([key, value]) => [key, valueOf(value, { input, config: settings })])
  )

const targetOf = (name: string): string => {
  const { method, path } = requestOf(name)
  return `${method} ${path.map((part) => (typeof part === "string" ? part : `{${part.input}}`)).join("")}`
}

/** The output of a response, as its rule says; a status without a rule is a failure. */
const outputOf = (name: string, status: number, body: Json, headers: Values = {}): unknown => {
  const { responses } = actionOf(manifest, name)
  const rule = responses.get(statusKeyFor(status, responses.keys()) ?? "")
  if (rule === undefined) return "failure"
  if (rule.output === undefined) return body
  return valueOf(rule.output, { response: { status, headers, body }, input: {}, config })
}

/** The problems that the manifest has with another text in the first place where one stands. */
const withInstead = (from: string, to: string): ReadonlyArray<string> => {
  if (!text.includes(from)) throw new Error(`the manifest does not hold ${from}`)
  return loadManifest(new SourceFile("threatwinds.yaml", text.replace(from, to))).diagnostics.map(
    ({ code }) => code
  )
}

const ip = "ip-6896eba5c88ed496934ccd4986c63e35dc5f89210f182d4dadd9b218a09337e1"

describe("the manifest of ThreatWinds", () => {
  it("has nothing wrong with it", () => {
    expect(loadManifest(new SourceFile("threatwinds.yaml", text)).diagnostics).toEqual([])
  })

  it("calls the service where its guide says it is, and every action at its path", () => {
    expect(manifest.config.properties.get("base_url")?.default).toBe("https://intelligence.threatwinds.com")
    const targets = [...manifest.actions.values()]
      .filter(({ request }) => request !== undefined)
      .map(({ name }) => [name, targetOf(name)])
    expect(Object.fromEntries(targets)).toEqual({
      open_session: "POST /api/auth/v2/session",
      verify_session: "PUT /api/auth/v2/session/verification",
      get_session: "GET /api/auth/v2/session",
      list_sessions: "GET /api/auth/v2/sessions",
      extend_session: "PUT /api/auth/v2/session/extend",
      close_session: "DELETE /api/auth/v2/session/{session_id}",
      create_keypair: "POST /api/auth/v2/keypair",
      verify_keypair: "PUT /api/auth/v2/keypair/verification",
      get_keypair: "GET /api/auth/v2/keypair",
      list_keypairs: "GET /api/auth/v2/keypairs",
      delete_keypair: "DELETE /api/auth/v2/keypair/{key_id}",
      search_simple: "POST /api/search/v1/entities/simple",
      search_advanced: "POST /api/search/v1/entities/advanced",
      history_simple: "POST /api/search/v1/entities/history/simple",
      history_advanced: "POST /api/search/v1/entities/history/advanced",
      get_entity: "GET /api/search/v1/entity/{entity_id}",
      lookup_entity: "POST /api/search/v1/entity",
      related_entities: "GET /api/search/v1/entity/{entity_id}/relations",
      list_comments: "GET /api/search/v1/comments/{entity_id}",
      entity_details: "GET /api/analytics/v1/entity/{entity_id}/details",
      entity_relations: "GET /api/analytics/v1/entity/{entity_id}/relations",
      definitions: "GET /api/ingest/v1/definitions",
      ingest_entity: "POST /api/ingest/v1/entity",
      ingest_well_known: "POST /api/ingest/v1/well-known",
      add_association: "POST /api/ingest/v1/association",
      add_comment: "POST /api/ingest/v1/comment",
      start_scan: "POST /api/ingest/v1/scan",
      list_feeds: "GET /api/feeds/v1/list",
      download_feed: "GET /api/feeds/v1/download/list/{level}/{type}/{name}",
      feed_checksum: "GET /api/feeds/v1/download/checksum"
    })
  })

  it("leaves one action to code, which takes what the declared one takes", () => {
    const coded = [...manifest.actions.values()].filter(({ request }) => request === undefined)
    expect(coded.map(({ name }) => name)).toEqual(["report_entity"])
    const [report, ingest] = [actionOf(manifest, "report_entity"), actionOf(manifest, "ingest_entity")]
    expect(showType(report.input.given)).toBe(showType(ingest.input.given))
    expect(showType(report.output.given)).toBe("ReportedEntity")
  })

  it("has an example of every action, and a response of the service gives the output beside it", () => {
    for (const [name, { examples = [] }] of Object.entries(manifest.manifest.actions ?? {})) {
      expect(examples, name).not.toEqual([])
      for (const { output, response } of examples) {
        if (response === undefined) continue
        const { body = null, headers = {}, status = 200 } = response
        const { responses } = actionOf(manifest, name)
        const isBytes = responses.get(statusKeyFor(status, responses.keys()) ?? "")?.as === "bytes"
        const read = isBytes && typeof body === "string" ? Buffer.from(body).toString("base64") : body
        expect(outputOf(name, status, read, headers), `${name} ${status}`).toEqual(output)
      }
    }
  })

  it("has examples whose ids are those that the service would compute", () => {
    const hash = (value: string) => createHash("sha3-256").update(value).digest("hex")
    const ids = new Set(text.match(/\b[a-z]+-[0-9a-f]{64}\b/g))
    expect(ids).toEqual(
      new Set([
        `ip-${hash("203.0.113.9")}`,
        `domain-${hash("login.example.com")}`,
        `domain-${hash("example.com")}`
      ])
    )
  })
})

describe("what ThreatWinds actions do to the world", () => {
  const named = (effect: string, idempotent: boolean): ReadonlyArray<string> =>
    [...manifest.actions.values()]
      .filter((action) => action.effect === effect && action.idempotent === idempotent)
      .map(({ name }) => name)

  it("is nothing for searches and look-ups, although they are sent with POST", () => {
    const posts = named("read", false).filter((name) => targetOf(name).startsWith("POST"))
    expect(posts).toEqual([
      "search_simple",
      "search_advanced",
      "history_simple",
      "history_advanced",
      "lookup_entity"
    ])
  })

  it("may be repeated for reports and associations, whose ids are made of what they hold", () => {
    expect(named("write", true)).toEqual([
      "extend_session",
      "ingest_entity",
      "report_entity",
      "ingest_well_known",
      "add_association"
    ])
  })

  it("is never repeated after an unknown outcome for a comment and a scan", () => {
    expect(named("write", false)).toEqual([
      "open_session",
      "verify_session",
      "create_keypair",
      "verify_keypair",
      "add_comment",
      "start_scan"
    ])
  })

  it("is destructive for closing sessions and deleting key pairs", () => {
    expect(named("destructive", true)).toEqual(["close_session", "delete_keypair"])
    expect(named("destructive", false)).toEqual([])
  })

  it("is not tried again after a 500, which the official clients do not do either", () => {
    expect(manifest.manifest.http?.retry?.on).toEqual([429, 502, 503, 504, "network", "timeout"])
    expect(manifest.manifest.http?.retry?.attempts).toBe(4)
  })
})

describe("credentials of ThreatWinds", () => {
  it("are a key pair, a bearer or a session, never two of them", () => {
    expect(manifest.http?.auth).toEqual(["key_pair", "bearer", "session"])
    const schemes = [...manifest.auth.values()]
    expect(
      schemes.map(({ headers, name, secrets }) => ({ name, secrets, headers: [...headers.keys()] }))
    ).toEqual([
      { name: "key_pair", secrets: ["api_key", "api_secret"], headers: ["api-key", "api-secret"] },
      { name: "bearer", secrets: ["bearer"], headers: ["authorization"] },
      { name: "session", secrets: [], headers: ["authorization"] }
    ])
    expect([...manifest.secrets.values()].map(({ isRequired }) => isRequired)).toEqual([false, false, false])
  })

  it("are none for opening and verifying a session, and a bearer for managing sessions and key pairs", () => {
    const signed = [...manifest.actions.values()].filter(({ auth }) => auth.length < 3)
    expect(Object.fromEntries(signed.map(({ auth, name }) => [name, auth]))).toEqual({
      open_session: [],
      verify_session: [],
      get_session: ["bearer", "session"],
      list_sessions: ["bearer", "session"],
      extend_session: ["bearer", "session"],
      close_session: ["bearer", "session"],
      create_keypair: ["bearer", "session"],
      verify_keypair: ["bearer", "session"],
      get_keypair: ["key_pair"],
      list_keypairs: ["bearer", "session"],
      delete_keypair: ["bearer", "session"]
    })
  })

  it("are tried by asking for the key pair", () => {
    expect(manifest.checks.map(({ action }) => action)).toEqual(["get_keypair", "get_session"])
  })

  it("are the only secrets in outputs: a new session's bearer, and both parts of a key pair", () => {
    const secret = [...manifest.actions.values()].filter(({ secretOutputs }) => secretOutputs.length > 0)
    expect(secret.map(({ name, secretOutputs }) => [name, secretOutputs])).toEqual([
      ["open_session", [["bearer"]]],
      ["create_keypair", [["apiKey"], ["apiSecret"]]],
      ["get_keypair", [["apiKey"]]],
      ["list_keypairs", [["keys", "*", "apiKey"]]]
    ])
  })

  it("are told apart in inputs, at any depth", () => {
    const secret = [...manifest.actions.values()].filter(({ secretInputs }) => secretInputs.length > 0)
    expect(secret.map(({ name, secretInputs }) => [name, secretInputs])).toEqual([
      ["verify_session", [["code"]]],
      ["verify_keypair", [["code"]]],
      ["start_scan", [["webhook", "headers", "*", "value"]]]
    ])
  })

  it("never come with the headers that the gateway adds itself", () => {
    const requests = [...manifest.actions.values()].flatMap(({ request }) => request ?? [])
    const names = [manifest.http?.headers, ...requests.map(({ headers }) => headers)].flatMap((headers) => [
      ...(headers?.keys() ?? [])
    ])
    expect(new Set(names)).toEqual(new Set(["accept"]))
  })
})

describe("a session of ThreatWinds", () => {
  const session = manifest.auth.get("session")?.session
  const opened = { bearer: "b", sessionID: "s", expireAt: 1, verificationCodeID: "v" }

  it("is not opened without an e-mail address: the request fails before it is made", () => {
    expect(valueOf(session?.open.json, { config: { ...config, email: "robin@soc.example" } })).toEqual({
      email: "robin@soc.example"
    })
    expect(valueOf(session?.open.json, { config })).toMatch(/^SP\d{4}$/)
  })

  it("is confirmed with the code as a text, so that zeros at its beginning are kept", () => {
    const variables = { config, session: opened, answer: "012345" }
    expect(valueOf(session?.confirm?.request.json, variables)).toEqual({
      verificationCodeID: "v",
      code: "012345"
    })
    expect(bodyOf("verify_session", { verification_code_id: "v", code: "012345" })).toEqual({
      verificationCodeID: "v",
      code: "012345"
    })
  })

  it("expires at a number of seconds, whether that comes as a number or a text", () => {
    const expires = (expireAt: Json) => valueOf(session?.expires, { session: { ...opened, expireAt } })
    expect(expires(1798761600)).toBe(1798761600)
    expect(expires("1798761600")).toBe(1798761600)
    expect(expires("2027-01-01T00:00:00Z")).toBe("2027-01-01T00:00:00Z")
  })
})

describe("a search at ThreatWinds", () => {
  const searches = ["search_simple", "search_advanced", "history_simple", "history_advanced"]

  it("sends what was asked for and nothing else", () => {
    for (const name of ["search_simple", "history_simple"]) {
      expect(bodyOf(name, { query: "example.com", limit: 10, page: 1 })).toEqual({ query: "example.com" })
      const full = { query: "x", accuracy: 1, reputation: -2, source: { includes: ["id"], excludes: [] } }
      expect(bodyOf(name, { ...full, limit: 10, page: 1 })).toEqual(full)
      expect(queryOf(name, { ...full, limit: 5, page: 2, sort: "@timestamp", order: "desc" })).toEqual({
        limit: 5,
        page: 2,
        sort: "@timestamp",
        order: "desc"
      })
    }
  })

  it("sends conditions as the lists they are", () => {
    const query = { must: [{ term: { "type.keyword": { value: "sha3-256" } } }], minimum_should_match: 1 }
    for (const name of ["search_advanced", "history_advanced"]) {
      expect(bodyOf(name, { query, limit: 10, page: 1 })).toEqual({ query })
      const more = {
        aggs: { types: { terms: { field: "type.keyword" } } },
        collapse: { field: "type.keyword" }
      }
      expect(bodyOf(name, { query, ...more, limit: 10, page: 1 })).toEqual({ query, ...more })
    }
  })

  it("asks for no page behind a last result, and for one such page only", () => {
    const input = { search_after: [3, "ip-1"], limit: 10, page: 1 }
    for (const name of ["search_advanced", "history_advanced"]) {
      expect(queryOf(name, input)).toMatchObject({ limit: 10, page: null })
      expect(bodyOf(name, input)).toEqual({ search_after: [3, "ip-1"] })
      const stop = actionOf(manifest, name).paginate?.stop
      expect(valueOf(stop, { input, output: { items: 90, pages: 9, results: [] } })).toBe(true)
    }
  })

  it("goes on page by page to the last one", () => {
    for (const name of [...searches, "related_entities", "list_comments"]) {
      const paging = actionOf(manifest, name).paginate
      const after = (page: number) => ({
        input: { page, limit: 10 },
        output: { items: 25, pages: 3, results: [] }
      })
      expect(paging?.cursor?.into).toBe("page")
      expect(valueOf(paging?.cursor?.value, after(1))).toBe(2)
      expect([1, 2, 3].map((page) => valueOf(paging?.stop, after(page)))).toEqual([false, false, true])
    }
  })

  it("starts at page 1 with 10 results", () => {
    for (const name of searches) {
      const { properties } = actionOf(manifest, name).input
      expect([properties.get("page")?.default, properties.get("limit")?.default]).toEqual([1, 10])
    }
  })

  it("is refused with a condition that is no list, of an unknown kind, or of two kinds at once", () => {
    const query = "query: { must: [{ exists: { field: attributes.cve } }] }"
    expect(withInstead(query, query)).toEqual([])
    expect(withInstead(query, "query: { must: { exists: { field: attributes.cve } } }")).toEqual(["SP0327"])
    expect(withInstead(query, "query: { must: [{ exist: { field: attributes.cve } }] }")).toEqual(["SP0327"])
    expect(withInstead(query, "query: { must: [{ exists: { field: a }, ids: { values: [b] } }] }")).toEqual([
      "SP0327"
    ])
  })

  it("takes reputations from -3 to 3, accuracies from 0 to 3, and at most 1,000 results of words", () => {
    const input = "{ query: login.example.com, accuracy: 1, limit: 1 }"
    const given = (rest: string) => withInstead(input, `{ query: login.example.com, ${rest} }`)
    expect(given("accuracy: 3, limit: 1000, reputation: -3")).toEqual([])
    for (const beyond of [
      "accuracy: 4",
      "accuracy: -1",
      "limit: 1001",
      "limit: 0",
      "page: 0",
      "reputation: -4"
    ])
      expect(given(beyond), beyond).toEqual(["SP0327"])
    expect(withInstead(input, '{ query: "" }')).toEqual(["SP0327"])
  })

  it("clamps nothing that is read", () => {
    const found = "reputation: -2\n                bestReputation: 0"
    expect(withInstead(found, found.replace("-2", "-5"))).toEqual([])
  })

  it("looks up a value with its type", () => {
    expect(bodyOf("lookup_entity", { type: "ip", value: "8.8.8.8" })).toEqual({
      type: "ip",
      value: "8.8.8.8"
    })
  })
})

describe("what ThreatWinds does not have", () => {
  const empty = { items: 0, pages: 0, results: [] }

  it("is an empty page, whether it answers 204 or 404", () => {
    const pages = ["search_simple", "search_advanced", "history_simple", "history_advanced"]
    for (const name of [...pages, "related_entities", "list_comments"])
      expect([outputOf(name, 204, null), outputOf(name, 404, "not found")]).toEqual([empty, empty])
  })

  it("is null for one entity, its details, a feed's file and its checksum", () => {
    for (const name of ["get_entity", "lookup_entity", "entity_details", "download_feed", "feed_checksum"])
      expect([outputOf(name, 204, null), outputOf(name, 404, "not found")]).toEqual([null, null])
  })

  it("is that whatever the body holds, even a web page", () => {
    for (const { name, responses } of manifest.actions.values()) {
      const nones = ["204", "404"].flatMap((key) => responses.get(key) ?? [])
      expect(new Set(nones.map((rule) => rule.as)), name).toEqual(new Set(nones.length === 0 ? [] : ["text"]))
      expect(nones.length === 0 || nones.length === 2, name).toBe(true)
    }
  })

  it("is a graph without nodes", () => {
    const graph = { nodes: [], relations: [] }
    for (const status of [204, 404]) expect(outputOf("entity_relations", status, null)).toEqual(graph)
  })

  it("is a failure where something is written or must be there", () => {
    for (const name of [
      "get_keypair",
      "definitions",
      "ingest_entity",
      "add_comment",
      "start_scan",
      "list_feeds"
    ])
      expect(outputOf(name, 404, null)).toBe("failure")
  })
})

describe("what is sent to ThreatWinds", () => {
  it("asks for the depth of relations by the seed's name, or by the other one, never by both", () => {
    const input = { entity_id: ip, depth: 3, limit: 10 }
    expect(queryOf("entity_relations", input)).toEqual({ depth: 3, levels: null, limit: 10 })
    expect(queryOf("entity_relations", input, { ...config, relations_parameter: "levels" })).toEqual({
      depth: null,
      levels: 3,
      limit: 10
    })
    expect(actionOf(manifest, "entity_relations").input.properties.get("depth")?.default).toBe(2)
  })

  it("has an entity's groups under the service's name, and nothing that was not given", () => {
    const attributes = { ip: "203.0.113.9" }
    expect(bodyOf("ingest_entity", { type: "ip", attributes })).toEqual({ type: "ip", attributes })
    expect(
      bodyOf("ingest_entity", { type: "ip", attributes, reputation: 0, tags: [], visible_by: ["public"] })
    ).toEqual({ type: "ip", attributes, reputation: 0, tags: [], visibleBy: ["public"] })
  })

  it("has a comment and an association under the seed's names", () => {
    expect(bodyOf("add_comment", { entity_id: ip, comment: "c" })).toEqual({ entityID: ip, comment: "c" })
    expect(
      bodyOf("add_comment", { entity_id: ip, comment: "c", parent_id: "p", visible_by: ["public"] })
    ).toEqual({ entityID: ip, comment: "c", parentID: "p", visibleBy: ["public"] })
    expect(bodyOf("add_association", { entity_id: ip, related_entity_id: "domain-1" })).toEqual({
      entityID: ip,
      relatedEntityID: "domain-1"
    })
  })

  it("has a scan's webhook only when there is one", () => {
    const webhook = { url: "https://soc.example/hook", headers: [{ key: "x-token", value: "t" }] }
    expect(bodyOf("start_scan", { target: "203.0.113.9" })).toEqual({ target: "203.0.113.9" })
    expect(bodyOf("start_scan", { target: "example.com", webhook })).toEqual({
      target: "example.com",
      webhook
    })
  })

  it("accepts the format that a feed of its type has", () => {
    const accept = (type: string) =>
      valueOf(requestOf("download_feed").headers.get("accept"), { input: { type }, config })
    expect([accept("accumulative"), accept("daily")]).toEqual(["application/gzip", "application/x-ndjson"])
  })
})

describe("an answer of ThreatWinds", () => {
  const acknowledged = [
    "verify_session",
    "extend_session",
    "close_session",
    "verify_keypair",
    "delete_keypair",
    "ingest_entity",
    "ingest_well_known",
    "add_association",
    "add_comment"
  ]

  it("that takes something may be a 200 or a 202, with or without a body", () => {
    for (const name of acknowledged) {
      expect(outputOf(name, 200, { message: "acknowledged" })).toEqual({ message: "acknowledged" })
      expect(outputOf(name, 202, { message: "queued" })).toEqual({ message: "queued" })
      expect(outputOf(name, 202, null)).toEqual({ message: "acknowledged" })
    }
  })

  it("to a scan is the task, a new one with 202 and one that there was with 200", () => {
    const task = { id: "t", status: "running" }
    expect([outputOf("start_scan", 202, task), outputOf("start_scan", 200, task)]).toEqual([task, task])
    expect(outputOf("start_scan", 204, null)).toBe("failure")
  })

  it("that is a checksum is its text without the line's end", () => {
    expect(outputOf("feed_checksum", 200, "abc\n")).toBe("abc")
    expect(actionOf(manifest, "feed_checksum").responses.get("2xx")?.as).toBe("text")
  })

  it("that is a file need not say what it is", () => {
    expect(outputOf("download_feed", 200, "AA==")).toEqual({ content: "AA==" })
    expect(outputOf("download_feed", 200, "AA==", { "content-type": "application/gzip" })).toEqual({
      content: "AA==",
      content_type: "application/gzip"
    })
  })
})

describe("an error of ThreatWinds", () => {
  const errorOf = (body: Json, headers: Values = {}) => {
    const response = { response: { status: 400, headers, body } }
    const { code, id, message } = manifest.http?.errors ?? {}
    return [valueOf(message, response), valueOf(code, response), valueOf(id, response)]
  }
  const headers = { "x-error": "from the header", "x-error-id": "h-1" }

  it("is the message of its body rather than the header's, and the id of the header rather than the body's", () => {
    const body = { error: { message: "from the body", type: "input", code: "bad_json", error_id: "b-1" } }
    expect(errorOf(body)).toEqual(["from the body", "bad_json", "b-1"])
    expect(errorOf(body, headers)).toEqual(["from the body", "bad_json", "h-1"])
  })

  it("is the text of an older body", () => {
    expect(errorOf({ uuid: "u-1", error: "authentication required" })).toEqual([
      "authentication required",
      undefined,
      "u-1"
    ])
  })

  it("is the header's text when the body says nothing", () => {
    const bodies: ReadonlyArray<Json> = [
      null,
      "<html>",
      [],
      {},
      { error: null },
      { error: {} },
      { error: { message: "" } }
    ]
    for (const body of bodies) {
      expect(errorOf(body, headers)).toEqual(["from the header", undefined, "h-1"])
      expect(errorOf(body)).toEqual([undefined, undefined, undefined])
    }
  })
})
