import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { type Json, jsonOf, Optional, Timestamp, type Value } from "@sallyport/language"
import * as Result from "effect/Result"
import type { PolledEvent } from "../connector/ConnectorService.ts"
import type { CheckedTrigger } from "../manifest/CheckedManifest.ts"
import { canonicalJson } from "../manifest/ManifestDigest.ts"

/** One version of a thing that a trigger tells of. */
export interface EventVersion extends PolledEvent {
  /** What the thing is known by, whatever its version. */
  readonly identity: string
  readonly order: Timestamp | string | number | undefined
}

/**
 * The event with its key: what `key` of the trigger gives, and behind an `@` what `order` gives. Times are written in one
 * way, so that `…:23Z` and `…:23.000Z` are one version. Without `key`, a hash of the whole event.
 */
export const eventVersion = (
  { key, order }: Pick<CheckedTrigger, "key" | "order">,
  event: Json
): Result.Result<EventVersion, string> =>
  Result.gen(function* () {
    const name = key === undefined ? undefined : yield* evaluated(key.program.evaluate({ event }), "key")
    const version =
      order === undefined ? undefined : yield* evaluated(order.program.evaluate({ event }), "order")
    const identity = typeof name === "string" ? bounded(name) : hash(canonicalJson(event))
    const at =
      version instanceof Timestamp || typeof version === "string" || typeof version === "number"
        ? version
        : undefined
    const text = at === undefined ? undefined : jsonOf(at)
    const suffix = typeof text === "string" || typeof text === "number" ? `@${bounded(String(text))}` : ""
    return { identity, key: `${identity}${suffix}`, order: at, event }
  })

/** The newest version of each thing, at the place where it stands; of equal ones the last. */
export const newestVersions = (events: ReadonlyArray<EventVersion>): ReadonlyArray<EventVersion> => {
  const newest = new Map<string, EventVersion>()
  for (const event of events) {
    const other = newest.get(event.identity)
    if (other !== undefined && isOlder(event, other)) continue
    // Taken out first, so that the newest version stands where it came.
    newest.delete(event.identity)
    newest.set(event.identity, event)
  }
  return [...newest.values()]
}

const isOlder = ({ order: a }: EventVersion, { order: b }: EventVersion): boolean => {
  if (a instanceof Timestamp && b instanceof Timestamp)
    return a.seconds === b.seconds ? a.nanos < b.nanos : a.seconds < b.seconds
  if (typeof a === "number" && typeof b === "number") return a < b
  return typeof a === "string" && typeof b === "string" && a < b
}

const evaluated = (
  outcome:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly diagnostic: { readonly message: string } },
  what: string
): Result.Result<Value | undefined, string> => {
  if (!outcome.ok) return Result.fail(`its ${what} cannot be told: ${outcome.diagnostic.message}`)
  const { value } = outcome
  return Result.succeed(value instanceof Optional ? value.value : value)
}

/** Keys are stored with every event. */
const bounded = (text: string): string => (text.length <= longestKey ? text : hash(text))

const longestKey = 512

const hash = (text: string): string => `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`
