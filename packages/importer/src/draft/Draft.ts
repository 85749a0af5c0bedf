import type { JsonPlace } from "../json/JsonPlace.ts"
import { isList, isMap, type JsonValue } from "../json/JsonValue.ts"

/** A value of the manifest that is being written. Its maps can still be changed. */
export type Draft = null | boolean | number | string | ReadonlyArray<Draft> | DraftMap

/** A map of the manifest that is being written. */
export type DraftMap = Map<string, Draft>

/** Is it a map? */
export const isDraftMap = (draft: Draft | undefined): draft is DraftMap => draft instanceof Map

/** Is it a list? */
export const isDraftList = (draft: Draft | undefined): draft is ReadonlyArray<Draft> => Array.isArray(draft)

/** Where the schemas of a draft come from, so that what is wrong with one is reported at its source. */
export class Origins {
  readonly #places = new WeakMap<DraftMap, JsonPlace>()
  readonly #operations = new WeakMap<DraftMap, JsonPlace>()

  /** Notes where a schema comes from. */
  set(schema: DraftMap, place: JsonPlace): void {
    this.#places.set(schema, place)
  }

  /** Notes which file an action or trigger comes from. */
  setOperation(operation: DraftMap, place: JsonPlace): void {
    this.#operations.set(operation, place)
  }

  /** Which file an action or trigger comes from; undefined for another map. */
  ofOperation(operation: DraftMap): JsonPlace | undefined {
    return this.#operations.get(operation)
  }

  /** Where a schema comes from; undefined for a map that is no schema. */
  of(schema: DraftMap): JsonPlace | undefined {
    return this.#places.get(schema)
  }
}

/**
 * A value such as a default, as the manifest can hold it; undefined when it cannot: more than 8 levels, more than 1,000
 * values, or an integer that no double holds exactly.
 */
export const draftOf = (value: JsonValue): Draft | undefined => {
  const budget = { left: 1_000 }
  return copied(value, 8, budget)
}

const copied = (value: JsonValue, depth: number, budget: { left: number }): Draft | undefined => {
  if (--budget.left < 0) return undefined
  if (typeof value === "string") return value.isWellFormed() ? value : undefined
  if (typeof value === "number") return isExact(value) ? value : undefined
  if (isList(value)) {
    if (depth === 0) return undefined
    const items: Array<Draft> = []
    for (const item of value) {
      const copy = copied(item, depth - 1, budget)
      if (copy === undefined) return undefined
      items.push(copy)
    }
    return items
  }
  if (!isMap(value)) return value
  if (depth === 0) return undefined
  const copy: DraftMap = new Map()
  for (const [name, inner] of value) {
    const part = name.isWellFormed() && name.length <= 200 ? copied(inner, depth - 1, budget) : undefined
    if (part === undefined) return undefined
    copy.set(name, part)
  }
  return copy
}

/** Can the manifest hold the number? An integer beyond 2^53 may be another one than was written. */
export const isExact = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
