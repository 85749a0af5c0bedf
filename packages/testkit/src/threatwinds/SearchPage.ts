import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import { fieldOf, type JsonObject, textsOf } from "../json/JsonText.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { isAnalysed, sortable, valueAt } from "./SearchClause.ts"
import { invalid } from "./ThreatWindsReplies.ts"
import { wholeNumber } from "./ThreatWindsRoute.ts"

/** How many results a search serves by page. */
export const searchWindow = 10_000

/** A page of what was found. */
export interface SearchPage {
  readonly items: number
  readonly pages: number
  readonly results: ReadonlyArray<JsonObject>
}

/** The page that the query asks for: `limit`, `page`, `sort`, `order`, and in the body `search_after` and `source`. */
export function searchPage(
  request: ReceivedRequest,
  body: JsonObject,
  found: ReadonlyArray<JsonObject>,
  maxLimit: number
): SearchPage | undefined {
  const limit = wholeNumber(request, "limit", 10, 1, maxLimit)
  const page = wholeNumber(request, "page", 1, 1, searchWindow)
  if (limit * page > searchWindow) throw invalid("Result window is too large")
  const sort = request.parameter("sort")
  const sorted = inOrder(found, sort ?? "@timestamp", orderOf(request))
  const after = body["search_after"]
  const rest = after === undefined ? sorted : behind(sorted, after, sort, orderOf(request))
  const start = after === undefined ? (page - 1) * limit : 0
  const results = collapsed(rest, body["collapse"])
    .slice(start, start + limit)
    .map((document) => {
      const shown = filtered(document, body["source"])
      return sort === undefined ? shown : { ...shown, sort: [valueAt(document, sort) ?? null] }
    })
  if (results.length === 0) return undefined
  return { items: found.length, pages: Math.ceil(found.length / limit), results }
}

function orderOf(request: ReceivedRequest): 1 | -1 {
  const order = request.parameter("order") ?? "asc"
  if (order !== "asc" && order !== "desc") throw invalid("order must be asc or desc")
  return order === "asc" ? 1 : -1
}

function inOrder(found: ReadonlyArray<JsonObject>, sort: string, order: 1 | -1): ReadonlyArray<JsonObject> {
  if (isAnalysed(sort))
    throw invalid(`Text fields cannot be sorted by: use a keyword field instead of [${sort}]`)
  return found.toSorted((left, right) => order * compare(valueAt(left, sort), valueAt(right, sort)))
}

function behind(
  sorted: ReadonlyArray<JsonObject>,
  after: Json,
  sort: string | undefined,
  order: 1 | -1
): ReadonlyArray<JsonObject> {
  if (!isJsonList(after) || sort === undefined) throw invalid("search_after needs a list and a sort")
  const [last] = after
  return sorted.filter((document) => order * compare(valueAt(document, sort), last) > 0)
}

function compare(left: Json | undefined, right: Json | undefined): number {
  const [one, two] = [sortable(left), sortable(right)]
  return one < two ? -1 : Number(one > two)
}

/** Of those with the same value of a field only the first. */
function collapsed(found: ReadonlyArray<JsonObject>, collapse: Json | undefined): ReadonlyArray<JsonObject> {
  const field = fieldOf(collapse, "field")
  if (typeof field !== "string") return found
  const seen = new Set<Json>()
  return found.filter((document) => {
    const value = valueAt(document, field) ?? null
    if (seen.has(value)) return false
    seen.add(value)
    return true
  })
}

/** Only the fields that `source` asks for: whole ones, or such as `attributes.ip`. */
function filtered(document: JsonObject, source: Json | undefined): JsonObject {
  if (!isJsonObject(source)) return document
  const includes = textsOf(source, "includes")
  const excludes = textsOf(source, "excludes")
  const isShown = (path: string): boolean =>
    (includes.length === 0 || includes.some((name) => covers(name, path))) &&
    !excludes.some((name) => covers(name, path))
  const fields = Object.entries(document).flatMap(([name, value]): Array<[string, Json]> => {
    if (!isJsonObject(value)) return isShown(name) ? [[name, value]] : []
    const inner = Object.entries(value).filter(([part]) => isShown(`${name}.${part}`))
    return inner.length === 0 ? [] : [[name, Object.fromEntries(inner)]]
  })
  return Object.fromEntries(fields)
}

const covers = (name: string, path: string): boolean =>
  name === path || path.startsWith(`${name}.`) || name === "*"
