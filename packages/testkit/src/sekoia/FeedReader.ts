import { textsOf } from "../json/JsonText.ts"
import type { FeedQuery } from "./FeedQuery.ts"
import type { SekoiaFeed } from "./FeedRegistry.ts"
import type { ObjectStore } from "./ObjectStore.ts"
import type { StoredObject } from "./StoredObject.ts"

/** A page of a feed, and where the next one begins: also behind the last one. */
export interface FeedPage {
  readonly objects: ReadonlyArray<StoredObject>
  readonly next: number
}

/** Reads a page: from the oldest change to the youngest, the other way round in a feed that is defined so. */
export function readFeed(store: ObjectStore, feed: SekoiaFeed, query: FeedQuery, now: string): FeedPage {
  const accepts = filterOf(feed, query, now)
  const objects: Array<StoredObject> = []
  if (feed.sort_order === "desc") {
    let place = query.place ?? store.end
    while (place > 0 && objects.length < query.limit) {
      const object = store.at(--place)
      if (object !== undefined && accepts(object)) objects.push(object)
    }
    return { objects, next: place }
  }
  let place = query.place ?? 0
  while (place < store.end && objects.length < query.limit) {
    const object = store.at(place++)
    if (object !== undefined && accepts(object)) objects.push(object)
  }
  return { objects, next: place }
}

function filterOf(feed: SekoiaFeed, query: FeedQuery, now: string): (object: StoredObject) => boolean {
  const references = referenceFilters.filter(({ filter }) => feed[filter].length > 0)
  return (object) => {
    if (!within(query.types, object.type) || !within(nonEmpty(feed.types), object.type)) return false
    if (!meets(query.observableTypes, object.observableTypes)) return false
    if (!meets(nonEmpty(feed.observable_types), object.observableTypes)) return false
    if (query.modifiedAfter !== undefined && object.changed <= query.modifiedAfter) return false
    if (object.isRevoked && !query.includeRevoked) return false
    if (query.skipExpired && object.validUntil !== undefined && object.validUntil <= now) return false
    if (references.length === 0) return true
    const whole = object.object
    return references.every(({ field, filter }) => meets(feed[filter], textsOf(whole, field)))
  }
}

/** Filters of a feed, and the field of objects that each of them is about. */
const referenceFilters = [
  { filter: "tlps", field: "object_marking_refs" },
  { filter: "sources", field: "x_inthreat_sources_refs" },
  { filter: "sectors", field: "x_ic_impacted_sectors" },
  { filter: "locations", field: "x_ic_impacted_locations" },
  { filter: "labels", field: "labels" }
] as const

const nonEmpty = (list: ReadonlyArray<string>): ReadonlyArray<string> | undefined =>
  list.length === 0 ? undefined : list

const within = (wanted: ReadonlyArray<string> | undefined, value: string): boolean =>
  wanted === undefined || wanted.includes(value)

const meets = (wanted: ReadonlyArray<string> | undefined, values: ReadonlyArray<string>): boolean =>
  wanted === undefined || values.some((value) => wanted.includes(value))
