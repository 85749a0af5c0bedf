import type { Json } from "@sallyport/language"
import { Refusal, Reply } from "../server/Reply.ts"
import type { ServerClock } from "../server/ServerClock.ts"
import { timeKey } from "../stix/TimeKey.ts"
import { FeedCursor } from "./FeedCursor.ts"
import { feedReply } from "./FeedFormat.ts"
import { commaList, feedQuery, wholeNumber } from "./FeedQuery.ts"
import { readFeed } from "./FeedReader.ts"
import type { FeedRegistry, SekoiaFeed } from "./FeedRegistry.ts"
import type { ObjectStore } from "./ObjectStore.ts"
import type { SekoiaRoute } from "./SekoiaRoute.ts"
import { sekoiaReplies } from "./SekoiaReplies.ts"

/** What the routes of feeds work on. */
export interface FeedRouteParts {
  readonly feeds: FeedRegistry
  readonly store: ObjectStore
  readonly clock: ServerClock
  readonly overLimit: "cap" | "reject"
  readonly feedAnswer: "wrapped" | "bare"
}

/** Feeds: what they hold, and what they are defined as. */
export function feedRoutes(parts: FeedRouteParts): ReadonlyArray<SekoiaRoute> {
  const { clock, feeds, store } = parts
  const one = (feed: SekoiaFeed | undefined, status = 200): Reply => {
    if (feed === undefined) throw new Refusal(sekoiaReplies.unknownObject)
    return Reply.json(parts.feedAnswer === "wrapped" ? { data: feedJson(feed) } : feedJson(feed), { status })
  }
  return [
    {
      method: "GET",
      path: "/v2/inthreat/collections/{id}/objects",
      permission: "view intelligence",
      handle: (request, parameters) => {
        const feed = feeds.get(parameters.get("id"))
        if (feed === undefined) return sekoiaReplies.unknownCollection
        const query = feedQuery(request, feed, parts.overLimit)
        const page = readFeed(store, feed, query, timeKey(clock.text) ?? "")
        return feedReply(feed, query.format, page.objects, FeedCursor.write(feed.id, page.next))
      }
    },
    {
      method: "GET",
      path: "/v2/inthreat/feeds",
      permission: "view feeds",
      handle: (request) => {
        const limit = wholeNumber(request.parameter("limit"), "limit", 20, 1, 100)
        const offset = wholeNumber(request.parameter("offset"), "offset", 0, 0, 10_000)
        const term = request.parameter("term")?.toLowerCase()
        const ids = commaList(request.parameter("match[id]"))?.map((id) => feeds.get(id)?.id)
        const found = feeds.all.filter(
          (feed) =>
            (ids === undefined || ids.includes(feed.id)) &&
            (term === undefined || `${feed.title}\n${feed.description}`.toLowerCase().includes(term))
        )
        const items = found.slice(offset, offset + limit).map(feedJson)
        return Reply.json({ items, total: found.length })
      }
    },
    {
      method: "POST",
      path: "/v2/inthreat/feeds",
      permission: "manage feeds",
      handle: (request) => one(feeds.create(request.json), 201)
    },
    {
      method: "GET",
      path: "/v2/inthreat/feeds/{id}",
      permission: "view feeds",
      handle: (_, parameters) => one(feeds.get(parameters.get("id")))
    },
    {
      method: "PUT",
      path: "/v2/inthreat/feeds/{id}",
      permission: "manage feeds",
      handle: (request, parameters) => one(feeds.replace(parameters.get("id"), request.json))
    },
    {
      method: "DELETE",
      path: "/v2/inthreat/feeds/{id}",
      permission: "manage feeds",
      handle: (_, parameters) =>
        feeds.delete(parameters.get("id")) ? Reply.empty(204) : sekoiaReplies.unknownObject
    }
  ]
}

const feedJson = (feed: SekoiaFeed): Json => ({ ...feed })
