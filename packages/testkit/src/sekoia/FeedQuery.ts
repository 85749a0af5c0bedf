import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { timeKey } from "../stix/TimeKey.ts"
import { FeedCursor } from "./FeedCursor.ts"
import type { SekoiaFeed } from "./FeedRegistry.ts"
import { invalid } from "./SekoiaReplies.ts"

/** What one page of a feed is asked for. */
export interface FeedQuery {
  readonly limit: number
  /** Where to go on; undefined at the beginning. */
  readonly place: number | undefined
  readonly types: ReadonlyArray<string> | undefined
  readonly observableTypes: ReadonlyArray<string> | undefined
  /** As text that sorts. */
  readonly modifiedAfter: string | undefined
  readonly includeRevoked: boolean
  readonly skipExpired: boolean
  readonly format: SekoiaFeed["format"]
}

/** Reads the query of a request; ends it with 400 where the service would. Unknown parameters are passed over. */
export function feedQuery(
  request: ReceivedRequest,
  feed: SekoiaFeed,
  overLimit: "cap" | "reject"
): FeedQuery {
  const names = request.query.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalid(`${twice} is given twice`)
  const format = formatOf(request.parameter("format"), feed)
  const cursor = request.parameter("cursor")
  const after = request.parameter("modified_after")
  if (cursor !== undefined && after !== undefined)
    throw invalid("modified_after and cursor exclude each other")
  for (const name of ["convert_network_traffic", "return_all_fields", "latest"]) flag(request, name, false)
  return {
    limit: limitOf(request.parameter("limit"), format === "text" ? 10_000 : 2000, overLimit),
    place: cursor === undefined ? undefined : placeOf(cursor, feed),
    types: commaList(request.parameter("match[type]")),
    observableTypes: commaList(request.parameter("match[observable_type]")),
    modifiedAfter: after === undefined ? undefined : timeOf(after),
    includeRevoked: flag(request, "include_revoked", feed.include_revoked),
    skipExpired: flag(request, "skip_expired", feed.skip_expired),
    format
  }
}

/** A comma list; undefined when nothing is given. */
export const commaList = (text: string | undefined): ReadonlyArray<string> | undefined =>
  text === undefined || text === "" ? undefined : text.split(",")

/** A whole number between two bounds, or 400. */
export function wholeNumber(
  text: string | undefined,
  name: string,
  otherwise: number,
  min: number,
  max: number
): number {
  const value = text === undefined ? otherwise : /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (value < min || value > max) throw invalid(`${name} must be a whole number from ${min} to ${max}`)
  return value
}

function limitOf(text: string | undefined, most: number, overLimit: "cap" | "reject"): number {
  const limit = wholeNumber(text, "limit", 100, 1, overLimit === "cap" ? 999_999_999 : most)
  return Math.min(limit, most)
}

/** Lenient as the service is: its own connector sends `True`. */
function flag(request: ReceivedRequest, name: string, otherwise: boolean): boolean {
  const text = request.parameter(name)?.toLowerCase()
  if (text === undefined) return otherwise
  if (text === "true" || text === "1") return true
  if (text === "false" || text === "0") return false
  throw invalid(`${name} must be true or false`)
}

/** `custom` is no override, only what a feed is defined as. */
function formatOf(text: string | undefined, feed: SekoiaFeed): SekoiaFeed["format"] {
  if (text === undefined) return feed.format
  if (text === "json" || text === "csv" || text === "text") return text
  throw invalid("format must be json, csv or text")
}

function placeOf(cursor: string, feed: SekoiaFeed): number {
  const place = FeedCursor.read(feed.id, cursor)
  if (place === undefined) throw invalid("the cursor is invalid")
  return place
}

function timeOf(text: string): string {
  const key = timeKey(text)
  if (key === undefined) throw invalid("modified_after must be a time as RFC 3339")
  return key
}
