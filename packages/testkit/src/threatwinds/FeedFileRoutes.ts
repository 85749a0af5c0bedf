import { createHash } from "node:crypto"
import { Reply } from "../server/Reply.ts"
import type { EntityStore } from "./EntityStore.ts"
import { feedFile, type ThreatWindsFeed, threatWindsFeeds } from "./FeedFile.ts"
import type { ThreatWindsRoute } from "./ThreatWindsRoute.ts"

/** Feeds as files, made of what is known when they are asked for. */
export function feedFileRoutes(store: EntityStore, none: Reply): ReadonlyArray<ThreatWindsRoute> {
  const base = "/api/feeds/v1"
  return [
    {
      method: "GET",
      path: `${base}/list`,
      proof: "any",
      handle: () => Reply.json(threatWindsFeeds.map((feed) => ({ ...feed })))
    },
    {
      method: "GET",
      path: `${base}/download/list/{level}/{type}/{name}`,
      proof: "any",
      handle: (_, parameters) => {
        const feed = find(parameters.get("level"), parameters.get("type"), parameters.get("name"))
        if (feed === undefined) return none
        const contentType = feed.type === "daily" ? "application/x-ndjson" : "application/gzip"
        return Reply.bytes(feedFile(feed, store.all), contentType)
      }
    },
    {
      method: "GET",
      path: `${base}/download/checksum`,
      proof: "any",
      handle: (request) => {
        const [level = "", type = "", name = ""] = ["level", "type", "name"].map((key) =>
          request.parameter(key)
        )
        const feed = find(level, type, name)
        if (feed === undefined) return none
        // Which algorithm the service uses is not documented.
        return Reply.text(`${createHash("sha256").update(feedFile(feed, store.all)).digest("hex")}\n`)
      }
    }
  ]
}

const find = (level: string, type: string, name: string): ThreatWindsFeed | undefined =>
  threatWindsFeeds.find((feed) => feed.accuracy === level && feed.type === type && feed.name === name)
