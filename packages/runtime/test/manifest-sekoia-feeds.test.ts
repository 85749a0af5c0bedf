import { describe, expect, it } from "@effect/vitest"
import { actionOf } from "./ManifestText.ts"
import {
  manifest,
  evaluate,
  applied,
  targetOf,
  outputOf,
  nextOf,
  feed,
  uuid,
  problemsOfInput
} from "./SekoiaManifest.ts"

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
