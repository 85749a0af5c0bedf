import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import { type JsonObject, textOf, textsOf } from "../json/JsonText.ts"
import type { SeededRandom } from "../random/SeededRandom.ts"
import type { ServerClock } from "../server/ServerClock.ts"
import { canonicalValue, entityId, relationId } from "./EntityId.ts"
import { invalid } from "./ThreatWindsReplies.ts"

/** An entity as search gives it. */
export interface Entity {
  readonly id: string
  readonly type: string
  readonly "@timestamp": string
  readonly reputation: number
  readonly bestReputation: number
  readonly worstReputation: number
  readonly accuracy: number
  readonly lastSeen: string
  readonly tags: ReadonlyArray<string> | null
  readonly visibleBy: ReadonlyArray<string>
  readonly wellKnown: boolean
  readonly attributes: JsonObject
}

/** Two entities that are related. */
export interface EntityRelation {
  readonly id: string
  readonly source: string
  readonly target: string
}

/** A comment as search gives it. */
export interface EntityComment {
  readonly id: string
  readonly entityID: string
  readonly comment: string
  readonly userID: string
  readonly parentID: string
  readonly "@timestamp": string
  readonly visibleBy: ReadonlyArray<string>
}

/** The comment that comments without a parent answer. */
export const noParent = "00000000-0000-0000-0000-000000000000"

/** What the simulated service knows. */
export class EntityStore {
  readonly comments: Array<EntityComment> = []
  /** One record for each report of an entity, oldest first. */
  readonly history: Array<JsonObject> = []
  readonly #clock: ServerClock
  readonly #random: SeededRandom
  readonly #entities = new Map<string, Entity>()
  readonly #relations = new Map<string, EntityRelation>()

  constructor(clock: ServerClock, random: SeededRandom) {
    this.#clock = clock
    this.#random = random
  }

  /** All entities, in the order in which they were reported first. */
  get all(): ReadonlyArray<Entity> {
    return [...this.#entities.values()]
  }

  /** All relations. */
  get relations(): ReadonlyArray<EntityRelation> {
    return [...this.#relations.values()]
  }

  /** An entity by its id. */
  get(id: string): Entity | undefined {
    return this.#entities.get(id)
  }

  /** An entity by its type and main value. */
  find(type: string, value: string): Entity | undefined {
    return this.get(entityId(type, value))
  }

  /** The entities that are related to one. */
  relatedTo(id: string): ReadonlyArray<Entity> {
    return this.relations.flatMap(({ source, target }) => {
      const other = source === id ? target : target === id ? source : undefined
      return other === undefined ? [] : (this.get(other) ?? [])
    })
  }

  /** Relates two entities; doing it twice changes nothing. */
  relate(source: string, target: string): void {
    const id = relationId(source, target)
    this.#relations.set(id, { id, source, target })
  }

  /** Adds a comment, each time another one. */
  comment(
    entityID: string,
    comment: string,
    userID: string,
    parentID: string,
    visibleBy: ReadonlyArray<string>
  ): void {
    const id = this.#random.uuid()
    this.comments.push({ id, entityID, comment, userID, parentID, "@timestamp": this.#clock.text, visibleBy })
  }

  /**
   * Stores a report with all that comes with it, and gives the id. A report of an entity that is there is joined to it.
   * A report that is wrong is refused as a whole.
   */
  ingest(report: JsonObject, wellKnown: boolean = false): string {
    this.check(report)
    return this.#store(report, wellKnown)
  }

  /** Refuses a report that is wrong, without storing anything. */
  check(report: JsonObject): void {
    checkReport(report, 0)
  }

  // The depth was checked.
  #store(report: JsonObject, wellKnown: boolean): string {
    const type = textOf(report, "type") ?? ""
    const attributes = attributesOf(report)
    const id = this.#merge(type, attributes, report, wellKnown)
    const associations = report["associations"]
    for (const item of isJsonList(associations) ? associations : [])
      if (isJsonObject(item)) this.relate(id, this.#store(item, false))
    for (const name of textsOf(report, "correlate")) {
      const value = attributes[name]
      if (value !== undefined && name !== type)
        this.relate(id, this.#merge(name, { [name]: value }, {}, false))
    }
    return id
  }

  #merge(type: string, attributes: JsonObject, report: JsonObject, wellKnown: boolean): string {
    const value = mainValue(attributes, type)
    const id = entityId(type, value)
    const old = this.#entities.get(id)
    const now = this.#clock.text
    const given = report["reputation"]
    const asked = typeof given === "number" ? given : (old?.reputation ?? 0)
    const isWellKnown = wellKnown || old?.wellKnown === true
    const reputation = isWellKnown ? Math.max(asked, 0) : asked
    const tags = [...new Set([...(old?.tags ?? []), ...textsOf(report, "tags")])]
    const visibleBy = textsOf(report, "visibleBy")
    const entity: Entity = {
      id,
      type,
      "@timestamp": now,
      reputation,
      bestReputation: Math.max(reputation, old?.bestReputation ?? 0),
      worstReputation: Math.min(reputation, old?.worstReputation ?? 0),
      accuracy: Math.min(3, (old?.accuracy ?? 0) + 1),
      lastSeen: now,
      // As the service: no tags are null.
      tags: tags.length === 0 ? null : tags,
      visibleBy: visibleBy.length > 0 ? visibleBy : (old?.visibleBy ?? ["public"]),
      wellKnown: isWellKnown,
      attributes: { ...old?.attributes, ...attributes, [type]: shown(attributes[type], type) }
    }
    this.#entities.set(id, entity)
    this.history.push({
      ...entity,
      id: this.#random.uuid(),
      entityID: id,
      attributes: { value: shown(attributes[type], type) }
    })
    return id
  }
}

/** How deep associations may lie in each other. */
const maxAssociationDepth = 8

function checkReport(report: JsonObject, depth: number): void {
  const type = textOf(report, "type")
  if (type === undefined || type === "") throw invalid("type is required")
  if (depth > maxAssociationDepth) throw invalid("associations lie too deep")
  if (mainValue(attributesOf(report), type) === "") throw invalid(`attributes.${type} is required`)
  const reputation = report["reputation"] ?? 0
  if (typeof reputation !== "number" || !Number.isInteger(reputation) || Math.abs(reputation) > 3)
    throw invalid("reputation must be a whole number from -3 to 3")
  const associations = report["associations"] ?? []
  if (!isJsonList(associations)) throw invalid("associations must be a list")
  for (const item of associations) {
    if (!isJsonObject(item)) throw invalid("an association must be an object")
    if (item["mode"] !== "aggregation" && item["mode"] !== "association")
      throw invalid("mode must be aggregation or association")
    checkReport(item, depth + 1)
  }
}

function attributesOf(report: JsonObject): JsonObject {
  const attributes = report["attributes"]
  if (!isJsonObject(attributes)) throw invalid("attributes are required")
  return attributes
}

/** The main value as text; empty when there is none. */
function mainValue(attributes: JsonObject, type: string): string {
  const value = Object.hasOwn(attributes, type) ? attributes[type] : undefined
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : ""
}

const shown = (value: Json | undefined, type: string): Json =>
  typeof value === "string" ? canonicalValue(type, value) : (value ?? null)
