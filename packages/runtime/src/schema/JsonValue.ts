import type { Json } from "@sallyport/language"
import { valueLimits } from "./ValueProblem.ts"

/** An object of unknown values, to be read by own keys only. */
export type UnknownRecord = { readonly [name: string]: unknown }

/** An object that is no list. */
export const isRecord = (value: unknown): value is UnknownRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** `Array.isArray` alone gives a list of `any`. */
export const isArray = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value)

/**
 * Is it a JSON value of at most `valueLimits.depth` levels? Without recursion; what several places share is looked at
 * again only where it lies deeper, so sharing costs little and a circle is found at the limit.
 */
export const isJson = (value: unknown): value is Json => {
  if (!isCollection(value)) return isScalar(value)
  const deepest = new Map<object, number>([[value, 1]])
  const waiting: Array<object> = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const depth = deepest.get(next) ?? 1
    if (depth > valueLimits.depth) return false
    for (const part of isArray(next) ? next : Object.values(next)) {
      const inner: unknown = part
      if (!isCollection(inner)) {
        if (!isScalar(inner)) return false
      } else if ((deepest.get(inner) ?? 0) <= depth) {
        deepest.set(inner, depth + 1)
        waiting.push(inner)
      }
    }
  }
  return true
}

const isCollection = (value: unknown): value is object => typeof value === "object" && value !== null

const isScalar = (value: unknown): boolean =>
  value === null ||
  typeof value === "string" ||
  typeof value === "boolean" ||
  (typeof value === "number" && Number.isFinite(value))
