import { fieldOf, isJsonObject, type JsonObject } from "./FieldReader.ts"
import { compareTimestamps, parseTimestamp, type Timestamp } from "./Timestamp.ts"

/**
 * How a delivered object stands to the version of it that is known. `undated`: one of the two has no readable
 * `modified`, so the later delivery replaces the earlier.
 */
export type VersionVerdict = "new" | "newer" | "undated" | "duplicate" | "stale"

/** Compares the `modified` of a delivered object with that of the version that is known. */
export const judgeVersion = (known: JsonObject | undefined, delivered: JsonObject): VersionVerdict => {
  if (known === undefined) return "new"
  const [before, now] = [modifiedOf(known), modifiedOf(delivered)]
  if (before === undefined || now === undefined) return "undated"
  const order = compareTimestamps(now, before)
  if (order === 0) return "duplicate"
  return order > 0 ? "newer" : "stale"
}

/** Objects with each id once, and what became of every delivery. */
export interface ObjectVersions<A = JsonObject> {
  /** The newest version of each id, in the order in which the ids came first. */
  readonly newest: ReadonlyArray<A>
  /** The verdict on each input, in the order of the inputs; `unusable` is no object or has no `id`. */
  readonly verdicts: ReadonlyArray<VersionVerdict | "unusable">
}

/** The newest version of each object of a delivery, which may hold an object more than once. Never throws. */
export const newestVersions = <A>(inputs: ReadonlyArray<A>): ObjectVersions<A & JsonObject> => {
  const newest = new Map<string, A & JsonObject>()
  const verdicts = inputs.map((input) => {
    const id = isJsonObject(input) ? fieldOf(input, "id") : undefined
    if (!isJsonObject(input) || typeof id !== "string" || id === "") return "unusable"
    const verdict = judgeVersion(newest.get(id), input)
    if (verdict !== "duplicate" && verdict !== "stale") newest.set(id, input)
    return verdict
  })
  return { newest: [...newest.values()], verdicts }
}

const modifiedOf = (object: JsonObject): Timestamp | undefined => {
  const modified = fieldOf(object, "modified")
  return typeof modified === "string" ? parseTimestamp(modified) : undefined
}
