import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { type Json, jsonOf, Optional, Timestamp, type Value } from "@sallyport/language"
import * as Result from "effect/Result"
import type { PolledEvent } from "../connector/ConnectorService.ts"
import type { CheckedTrigger } from "../manifest/CheckedManifest.ts"
import type { ExpressionValue } from "../manifest/CompiledValue.ts"
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
): Result.Result<EventVersion, string> => {
  const name = evaluated(key, event)
  if (name instanceof Failed) return Result.fail(`its key cannot be told: ${name.message}`)
  const version = evaluated(order, event)
  if (version instanceof Failed) return Result.fail(`its order cannot be told: ${version.message}`)
  const identity = typeof name === "string" ? bounded(name) : hash(canonicalJson(event))
  if (version instanceof Timestamp || typeof version === "string" || typeof version === "number") {
    const text = version instanceof Timestamp ? jsonOf(version) : String(version)
    const suffix = typeof text === "string" ? bounded(text) : ""
    return Result.succeed({ identity, key: `${identity}@${suffix}`, order: version, event })
  }
  return Result.succeed({ identity, key: identity, order: undefined, event })
}

/** The newest version of each thing, at the place where it stands; of equal ones the last. */
export const newestVersions = (events: ReadonlyArray<EventVersion>): ReadonlyArray<EventVersion> => {
  const places = new Map<string, number>()
  const newest: Array<EventVersion | undefined> = []
  for (const event of events) {
    const place = places.get(event.identity)
    const other = place === undefined ? undefined : newest[place]
    if (other !== undefined && isOlder(event, other)) continue
    // The newest version stands where it came, not where an older one did.
    if (place !== undefined) newest[place] = undefined
    places.set(event.identity, newest.push(event) - 1)
  }
  return places.size === events.length ? events : newest.filter((event) => event !== undefined)
}

const isOlder = ({ order: a }: EventVersion, { order: b }: EventVersion): boolean => {
  if (a instanceof Timestamp && b instanceof Timestamp)
    return a.seconds === b.seconds ? a.nanos < b.nanos : a.seconds < b.seconds
  if (typeof a === "number" && typeof b === "number") return a < b
  return typeof a === "string" && typeof b === "string" && a < b
}

const evaluated = (expression: ExpressionValue | undefined, event: Json): Value | undefined | Failed => {
  if (expression === undefined) return undefined
  const outcome = expression.program.evaluate({ event })
  if (!outcome.ok) return new Failed(outcome.diagnostic.message)
  return outcome.value instanceof Optional ? outcome.value.value : outcome.value
}

/** Why an expression has no value. */
class Failed {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Keys are stored with every event. */
const bounded = (text: string): string => (text.length <= longestKey ? text : hash(text))

const longestKey = 512

const hash = (text: string): string => `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`
