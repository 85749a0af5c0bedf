import type { Json } from "@sallyport/language"
import type { JsonObject } from "../json/JsonText.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { Reply } from "../server/Reply.ts"
import type { Entity, EntityStore } from "./EntityStore.ts"
import { aggregations } from "./SearchAggregation.ts"
import { analysed, queryCondition, wordsOf } from "./SearchClause.ts"
import { searchPage, searchWindow } from "./SearchPage.ts"
import { invalid } from "./ThreatWindsReplies.ts"
import { bodyOf, requiredText, type ThreatWindsRoute } from "./ThreatWindsRoute.ts"

/** Search, history, look-up and comments. `none` is what is answered when there is nothing. */
export function searchRoutes(store: EntityStore, none: Reply): ReadonlyArray<ThreatWindsRoute> {
  const base = "/api/search/v1"
  const paged = (
    request: ReceivedRequest,
    body: JsonObject,
    found: ReadonlyArray<JsonObject>,
    max: number
  ): Reply => {
    const aggregated = aggregations(body["aggs"], found)
    const page = searchPage(request, body, found, max)
    return page === undefined ? none : Reply.json({ ...page, aggregations: aggregated })
  }
  const simple = (documents: () => ReadonlyArray<JsonObject>) => (request: ReceivedRequest) => {
    const body = bodyOf(request)
    return paged(request, body, documents().filter(simpleCondition(body)), 1000)
  }
  const advanced = (documents: () => ReadonlyArray<JsonObject>) => (request: ReceivedRequest) => {
    const body = bodyOf(request)
    return paged(request, body, documents().filter(queryCondition(body["query"])), searchWindow)
  }
  const one = (entity: Entity | undefined): Reply =>
    entity === undefined ? none : Reply.json(entityJson(entity))
  const entities = () => store.all.map(entityJson)
  const history = () => store.history
  return [
    { method: "POST", path: `${base}/entities/simple`, proof: "any", handle: simple(entities) },
    { method: "POST", path: `${base}/entities/advanced`, proof: "any", handle: advanced(entities) },
    { method: "POST", path: `${base}/entities/history/simple`, proof: "any", handle: simple(history) },
    { method: "POST", path: `${base}/entities/history/advanced`, proof: "any", handle: advanced(history) },
    {
      method: "GET",
      path: `${base}/entity/{id}`,
      proof: "any",
      handle: (_, parameters) => one(store.get(parameters.get("id")))
    },
    {
      method: "POST",
      path: `${base}/entity`,
      proof: "any",
      handle: (request) => {
        const body = bodyOf(request)
        const value = body["value"]
        if (typeof value !== "string" && typeof value !== "number") throw invalid("value is required")
        return one(store.find(requiredText(body, "type"), String(value)))
      }
    },
    {
      method: "GET",
      path: `${base}/entity/{id}/relations`,
      proof: "any",
      handle: (request, parameters) => {
        const types = request.parameter("types")?.split(",")
        const related = store.relatedTo(parameters.get("id"))
        const found = types === undefined ? related : related.filter(({ type }) => types.includes(type))
        return paged(request, {}, found.map(entityJson), 1000)
      }
    },
    {
      method: "GET",
      path: `${base}/comments/{id}`,
      proof: "any",
      handle: (request, parameters) => {
        const id = parameters.get("id")
        const comments = store.comments
          .filter(({ entityID }) => entityID === id)
          .map((comment) => ({ ...comment }))
        const page = searchPage(request, {}, comments, 1000)
        return page === undefined ? none : Reply.json({ ...page })
      }
    }
  ]
}

/** An entity as it is answered. */
export const entityJson = (entity: Entity): JsonObject => ({ ...entity })

/** Any word will do, so an address finds much that only resembles it, as it does at the service. */
function simpleCondition(body: JsonObject): (document: JsonObject) => boolean {
  const wanted = analysed(requiredText(body, "query"))
  const least = (name: string): ((document: JsonObject) => boolean) => {
    const bound: Json = body[name] ?? null
    if (bound === null) return () => true
    if (typeof bound !== "number") throw invalid(`${name} must be a number`)
    return (document) => Number(document[name]) >= bound
  }
  const [accuracy, reputation] = [least("accuracy"), least("reputation")]
  return (document) => {
    if (!accuracy(document) || !reputation(document)) return false
    const words = wordsOf([
      document["type"] ?? null,
      document["tags"] ?? null,
      document["attributes"] ?? null
    ])
    return wanted.some((word) => words.has(word))
  }
}
