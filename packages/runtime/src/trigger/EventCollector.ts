import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { type Json, jsonOf, Optional, Timestamp, type Value } from "@sallyport/language"
import type { PolledEvent } from "../connector/ConnectorService.ts"
import type { CheckedTrigger } from "../manifest/CheckedManifest.ts"
import type { ExpressionValue } from "../manifest/CompiledValue.ts"
import { canonicalJson } from "../manifest/ManifestDigest.ts"

/**
 * Makes the events of one page. The key of an event is what `key` of the trigger gives, the identity of a thing, and
 * behind an `@` what `order` gives, its version. Times are written in one way, so that `…:23Z` and `…:23.000Z` are one
 * version. Without `key` the identity is a hash of the whole event. Of several versions of a thing the newest is an event,
 * at the place where it came; of equal ones the last.
 */
export class EventCollector {
  readonly #trigger: Pick<CheckedTrigger, "key" | "order">
  readonly #events: Array<PolledEvent | undefined> = []
  readonly #versions: Array<Version> = []
  /** Where the newest event of each identity is. */
  readonly #places = new Map<string, number>()

  constructor(trigger: Pick<CheckedTrigger, "key" | "order">) {
    this.#trigger = trigger
  }

  /** Takes an event in. What is wrong with one whose key or version cannot be told. */
  add(event: Json): string | undefined {
    const variables = { event }
    const name = evaluated(this.#trigger.key, variables)
    if (name instanceof Failed) return `its key cannot be told: ${name.message}`
    const order = evaluated(this.#trigger.order, variables)
    if (order instanceof Failed) return `its order cannot be told: ${order.message}`
    const identity = typeof name === "string" ? bounded(name) : hash(canonicalJson(event))
    const version = versionOf(order)
    const place = this.#places.get(identity)
    if (place !== undefined) {
      if (isOlder(version, this.#versions[place])) return undefined
      this.#events[place] = undefined
    }
    this.#places.set(identity, this.#events.length)
    this.#events.push({ key: keyOf(identity, version), event })
    this.#versions.push(version)
    return undefined
  }

  /** The events that were taken in, in their order. */
  get events(): ReadonlyArray<PolledEvent> {
    return this.#events.filter((event) => event !== undefined)
  }
}

type Version = Timestamp | string | number | undefined

const versionOf = (order: Value | undefined): Version =>
  order instanceof Timestamp || typeof order === "string" || typeof order === "number" ? order : undefined

const keyOf = (identity: string, version: Version): string => {
  if (version === undefined) return identity
  const text = version instanceof Timestamp ? jsonOf(version) : String(version)
  return typeof text === "string" ? `${identity}@${bounded(text)}` : identity
}

const isOlder = (a: Version, b: Version): boolean => {
  if (a instanceof Timestamp && b instanceof Timestamp)
    return a.seconds === b.seconds ? a.nanos < b.nanos : a.seconds < b.seconds
  if (typeof a === "number" && typeof b === "number") return a < b
  return typeof a === "string" && typeof b === "string" && a < b
}

const evaluated = (
  expression: ExpressionValue | undefined,
  variables: { readonly event: Json }
): Value | undefined | Failed => {
  if (expression === undefined) return undefined
  const outcome = expression.program.evaluate(variables)
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
