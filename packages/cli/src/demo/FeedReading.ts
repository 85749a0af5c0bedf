import type { Json, OpenConnection, Poll } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { connectorFailure } from "../ConnectorFailure.ts"
import type { Failure } from "../Failure.ts"
import { counted } from "./CountedNoun.ts"
import type { DemoProgress } from "./DemoProgress.ts"

/** What is read of the feed. */
export interface FeedRequest {
  /** Objects in a page. */
  readonly limit: number
  readonly maxPages: number
  /** RFC 3339: where to begin. Undefined: at the beginning of the feed. */
  readonly modifiedAfter: string | undefined
}

/** What came of it. */
export interface FeedReading {
  readonly pages: number
  readonly objects: ReadonlyArray<Json>
  /** Items that do not fit the schema, which were set aside. */
  readonly rejected: number
  /** Whether there is more behind what was read. */
  readonly more: boolean
}

/** Polls `sekoia.feed` until there is no more. The state is kept in memory only. */
export const readFeed = Effect.fn("readFeed")(function* (
  sekoia: OpenConnection,
  { limit, maxPages, modifiedAfter }: FeedRequest,
  progress: DemoProgress
): Effect.fn.Return<FeedReading, Failure> {
  const objects: Array<Json> = []
  let state: Json | undefined
  let rejected = 0
  let pages = 0
  let more = true
  const input = { limit, ...(modifiedAfter === undefined ? {} : { modified_after: modifiedAfter }) }
  while (more && pages < maxPages) {
    yield* progress.show(`Reading page ${pages + 1} of the feed: ${counted(objects.length, "object")} so far`)
    const poll: Poll = yield* sekoia.poll("feed", input, state).pipe(Effect.mapError(connectorFailure))
    for (const { event } of poll.events) objects.push(event)
    rejected += poll.rejected.length
    state = poll.state
    more = poll.more
    pages++
  }
  return { pages, objects, rejected, more }
})
