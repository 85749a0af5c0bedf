import type { Json } from "@sallyport/language"
import { Reply } from "../server/Reply.ts"
import type { Entity, EntityRelation, EntityStore } from "./EntityStore.ts"
import { entityJson } from "./SearchRoutes.ts"
import { type ThreatWindsRoute, wholeNumber } from "./ThreatWindsRoute.ts"

/** What is known about an entity and what surrounds it. */
export function analyticsRoutes(store: EntityStore, none: Reply): ReadonlyArray<ThreatWindsRoute> {
  const base = "/api/analytics/v1"
  return [
    {
      method: "GET",
      path: `${base}/entity/{id}/details`,
      proof: "any",
      handle: (_, parameters) => {
        const entity = store.get(parameters.get("id"))
        return entity === undefined ? none : Reply.json(details(store, entity))
      }
    },
    {
      method: "GET",
      path: `${base}/entity/{id}/relations`,
      proof: "any",
      handle: (request, parameters) => {
        const entity = store.get(parameters.get("id"))
        const name = request.parameter("depth") === undefined ? "levels" : "depth"
        const depth = wholeNumber(request, name, 3, 1, 5)
        const limit = wholeNumber(request, "limit", 50, 1, 100)
        return entity === undefined ? none : Reply.json(graph(store, entity, depth, limit))
      }
    }
  ]
}

function details(store: EntityStore, entity: Entity): Json {
  const { [entity.type]: _, ...metadata } = entity.attributes
  const country = entity.attributes["country"]
  return {
    attributes: {
      ...summary(entity),
      best_reputation: reputationWord(entity.bestReputation),
      best_reputation_score: entity.bestReputation,
      worst_reputation: reputationWord(entity.worstReputation),
      worst_reputation_score: entity.worstReputation,
      accuracy: accuracyWords[entity.accuracy] ?? "unknown",
      accuracy_score: entity.accuracy,
      first_seen: entity["@timestamp"],
      last_seen: entity.lastSeen,
      tags: entity.tags
    },
    // As the service: an empty list when there is nothing, an object otherwise.
    metadata: Object.keys(metadata).length === 0 ? [] : metadata,
    geolocations: country === undefined ? [] : [{ country, latitude: 0, longitude: 0 }],
    latest_associations: store.relatedTo(entity.id).slice(0, 10).map(summary),
    extended_metadata: []
  }
}

const summary = (entity: Entity) => ({
  id: entity.id,
  type: entity.type,
  value: entity.attributes[entity.type] ?? "",
  label: entity.type,
  description: `A ${entity.type}`,
  reputation: reputationWord(entity.reputation),
  reputation_score: entity.reputation
})

const reputationWord = (reputation: number): string => reputationWords[reputation + 3] ?? "indefinable"

const reputationWords = ["extremely bad", "bad", "poor", "neutral", "normal", "good", "excellent"]

const accuracyWords = ["low", "medium", "high", "very high"]

/** Breadth first. A limit cuts nodes off; relations to them stay. */
function graph(store: EntityStore, start: Entity, depth: number, limit: number): Json {
  const nodes = new Map([[start.id, start]])
  const relations = new Map<string, EntityRelation>()
  let edge: ReadonlyArray<string> = [start.id]
  for (let level = 0; level < depth && edge.length > 0; level++) {
    const next: Array<string> = []
    for (const relation of store.relations) {
      const { source, target } = relation
      if (!edge.includes(source) && !edge.includes(target)) continue
      relations.set(relation.id, relation)
      const other = store.get(edge.includes(source) ? target : source)
      if (other === undefined || nodes.has(other.id) || nodes.size >= limit) continue
      nodes.set(other.id, other)
      next.push(other.id)
    }
    edge = next
  }
  return {
    nodes: [...nodes.values()].map(entityJson),
    relations: [...relations.values()].map(({ source, target }) => ({ source, target }))
  }
}
