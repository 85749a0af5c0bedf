import { textOf } from "../json/JsonText.ts"
import type { ServerClock } from "../server/ServerClock.ts"
import { patternValues } from "../stix/PatternValues.ts"
import type { StixObject } from "../stix/StixObject.ts"
import { StoredObject } from "./StoredObject.ts"

/**
 * All objects of the simulated service, in the order in which they were changed. An object that is published again moves
 * to the end, as it does in a feed that is ordered by time of change.
 */
export class ObjectStore {
  readonly #clock: ServerClock
  readonly #keepsOldVersions: boolean
  readonly #places: Array<StoredObject | undefined> = []
  readonly #placeOf = new Map<string, number>()
  readonly #links = new Map<string, Set<string>>()
  readonly #indicators = new Map<string, Set<string>>()
  #indexed = 0

  constructor(clock: ServerClock, keepsOldVersions: boolean) {
    this.#clock = clock
    this.#keepsOldVersions = keepsOldVersions
  }

  /** How many objects there are, by id. */
  get size(): number {
    return this.#placeOf.size
  }

  /** The end of the order: the place that the next object gets. */
  get end(): number {
    return this.#places.length
  }

  /** What is at a place; undefined where an object was that has moved on. */
  at(place: number): StoredObject | undefined {
    return this.#places[place]
  }

  /** The newest version of an object. */
  get(id: string): StoredObject | undefined {
    const place = this.#placeOf.get(id)
    return place === undefined ? undefined : this.#places[place]
  }

  /** Adds objects behind all others, among themselves by their time of change. Gives how many. */
  publish(objects: Iterable<StixObject>): number {
    const added: Array<StoredObject> = []
    for (const object of objects) added.push(new StoredObject(object, added.at(-1)?.changed ?? ""))
    added.sort((left, right) => (left.changed < right.changed ? -1 : Number(left.changed > right.changed)))
    for (const object of added) {
      const old = this.#placeOf.get(object.id)
      if (old !== undefined && !this.#keepsOldVersions) this.#places[old] = undefined
      this.#placeOf.set(object.id, this.#places.push(object) - 1)
    }
    return added.length
  }

  /** Changes fields of an object, with a `modified` of now unless one is given. False when there is none. */
  update(id: string, fields: { readonly [name: string]: StixObject[string] }): boolean {
    const stored = this.get(id)
    if (stored === undefined) return false
    const { object } = stored
    this.publish([{ ...object, modified: this.#clock.text, ...fields, type: object.type, id }])
    return true
  }

  /** Marks an object as revoked. False when there is none. */
  revoke(id: string): boolean {
    return this.update(id, { revoked: true })
  }

  /** The relationships from and to an object. */
  linksOf(id: string): ReadonlyArray<StoredObject> {
    this.#index()
    return this.#live(this.#links.get(id))
  }

  /** The indicators whose pattern compares with that value. Hashes and names differ not by case. */
  indicatorsOf(type: string, value: string): ReadonlyArray<StoredObject> {
    this.#index()
    return this.#live(this.#indicators.get(indicatorKey(type, value)))
  }

  #live(ids: ReadonlySet<string> | undefined): ReadonlyArray<StoredObject> {
    return [...(ids ?? [])].flatMap((id) => this.get(id) ?? [])
  }

  /** Only when somebody asks: a feed of 200,000 objects needs none of it. */
  #index(): void {
    for (; this.#indexed < this.#places.length; this.#indexed++) {
      const stored = this.#places[this.#indexed]
      if (stored?.type === "relationship") {
        for (const end of ["source_ref", "target_ref"])
          add(this.#links, textOf(stored.object, end) ?? "", stored.id)
      } else if (stored?.type === "indicator") {
        for (const { type, value } of patternValues(textOf(stored.object, "pattern") ?? ""))
          add(this.#indicators, indicatorKey(type, value), stored.id)
      }
    }
  }
}

const indicatorKey = (type: string, value: string): string =>
  `${type} ${type === "url" ? value : value.toLowerCase()}`

function add(map: Map<string, Set<string>>, key: string, id: string): void {
  const ids = map.get(key)
  if (ids === undefined) map.set(key, new Set([id]))
  else ids.add(id)
}
