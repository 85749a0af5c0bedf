import { type Json, isJsonList, isJsonObject } from "@sallyport/language"
import { fieldOf, type JsonObject, textOf } from "../json/JsonText.ts"
import type { SeededRandom } from "../random/SeededRandom.ts"
import type { ServerClock } from "../server/ServerClock.ts"
import { invalid } from "./SekoiaReplies.ts"

/** What a feed is defined as. */
export interface SekoiaFeed {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly types: ReadonlyArray<string>
  readonly observable_types: ReadonlyArray<string>
  readonly sources: ReadonlyArray<string>
  readonly tlps: ReadonlyArray<string>
  readonly labels: ReadonlyArray<string>
  readonly sectors: ReadonlyArray<string>
  readonly locations: ReadonlyArray<string>
  readonly format: "json" | "csv" | "text" | "custom"
  readonly fields: ReadonlyArray<string>
  readonly template: string | null
  readonly include_revoked: boolean
  readonly skip_expired: boolean
  readonly sort_order: "asc" | "desc"
  readonly created: string
  readonly modified: string
  readonly community_uuid: string
}

/** The feed that every community has. It has no filters and cannot be deleted. */
export const defaultFeedId = "d6092c37-d8d7-45c3-8aff-c4dc26030608"

/** The feeds of the simulated service, in the order in which they were created. */
export class FeedRegistry {
  readonly #feeds = new Map<string, SekoiaFeed>()
  readonly #clock: ServerClock
  readonly #random: SeededRandom
  readonly #community: string

  constructor(clock: ServerClock, random: SeededRandom) {
    this.#clock = clock
    this.#random = random
    this.#community = random.uuid()
    this.#put(defaultFeedId, { title: "Default feed", sort_order: "asc" }, clock.text)
  }

  /** All feeds. */
  get all(): ReadonlyArray<SekoiaFeed> {
    return [...this.#feeds.values()]
  }

  /** A feed by its id, with or without `feed--`. */
  get(id: string): SekoiaFeed | undefined {
    return this.#feeds.get(plainId(id))
  }

  /** Creates a feed, also when there is one like it. A definition that is wrong ends the request. */
  create(definition: Json | undefined): SekoiaFeed {
    return this.#put(this.#random.uuid(), definition, this.#clock.text)
  }

  /** Replaces a definition; what is not given gets its default. Undefined when there is no such feed. */
  replace(id: string, definition: Json | undefined): SekoiaFeed | undefined {
    const feed = this.get(id)
    return feed === undefined ? undefined : this.#put(feed.id, definition, feed.created)
  }

  /** Deletes a feed. False when there is none. */
  delete(id: string): boolean {
    if (plainId(id) === defaultFeedId) throw invalid("the default feed cannot be deleted")
    return this.#feeds.delete(plainId(id))
  }

  #put(id: string, definition: Json | undefined, created: string): SekoiaFeed {
    if (!isJsonObject(definition)) throw invalid("the body must be an object")
    const format = oneOf(definition, "format", ["json", "csv", "text", "custom"], "json")
    const template = textOf(definition, "template") ?? null
    if (format === "custom" && template === null) throw invalid("a custom feed needs a template")
    const feed: SekoiaFeed = {
      id,
      title: textOf(definition, "title") ?? "",
      description: textOf(definition, "description") ?? "",
      types: listOf(definition, "types"),
      observable_types: listOf(definition, "observable_types"),
      sources: listOf(definition, "sources"),
      tlps: listOf(definition, "tlps"),
      labels: listOf(definition, "labels"),
      sectors: listOf(definition, "sectors"),
      locations: listOf(definition, "locations"),
      format,
      fields: listOf(definition, "fields"),
      template,
      include_revoked: flag(definition, "include_revoked", true),
      skip_expired: flag(definition, "skip_expired", false),
      sort_order: oneOf(definition, "sort_order", ["asc", "desc"], "desc"),
      created,
      modified: this.#clock.text,
      community_uuid: this.#community
    }
    this.#feeds.set(id, feed)
    return feed
  }
}

const plainId = (id: string): string => id.toLowerCase().replace(/^feed--/, "")

function listOf(definition: JsonObject, name: string): ReadonlyArray<string> {
  const value = fieldOf(definition, name)
  if (value === undefined) return []
  if (!isJsonList(value) || !value.every((item) => typeof item === "string"))
    throw invalid(`${name} must be a list of texts`)
  return value
}

function flag(definition: JsonObject, name: string, otherwise: boolean): boolean {
  const value = fieldOf(definition, name) ?? otherwise
  if (typeof value !== "boolean") throw invalid(`${name} must be true or false`)
  return value
}

function oneOf<const A extends string>(
  definition: JsonObject,
  name: string,
  choices: ReadonlyArray<A>,
  otherwise: A
): A {
  const value = fieldOf(definition, name)
  if (value === undefined) return otherwise
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw invalid(`${name} must be one of ${choices.join(", ")}`)
  return found
}
