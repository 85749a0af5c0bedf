import { describe, expect, it } from "@effect/vitest"
import { actionOf } from "./ManifestText.ts"
import {
  manifest,
  type JsonObject,
  evaluate,
  targetOf,
  parametersOf,
  outputOf,
  nextOf,
  feed,
  uuid,
  problemsOfInput
} from "./SekoiaManifest.ts"

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
