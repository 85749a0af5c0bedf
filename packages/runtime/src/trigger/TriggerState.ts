import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import type { Json } from "@sallyport/language"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { canonicalJson } from "../manifest/ManifestDigest.ts"

const Cursor = Schema.Union([Schema.String, Schema.Finite])

/**
 * How far a trigger is. Whoever keeps it need not understand it, and may not show it: it holds a cursor.
 *
 * - `fingerprint`: a hash of the trigger's input and of the connection's settings
 * - `initial_sync_done`: whether all that was there at first has been read once
 * - `cursor`: the last one that the service gave, kept between polls
 * - `page`, `link`: where the pass that is under way goes on, for services whose cursors mean nothing later
 * - `trail`: see `CursorTrail`
 * - `own`: the state of a trigger that code polls
 */
export const TriggerState = Schema.Struct({
  version: Schema.Literal(1),
  trigger: Schema.String,
  fingerprint: Schema.String,
  initial_sync_done: Schema.Boolean,
  cursor: Schema.optionalKey(Cursor),
  page: Schema.optionalKey(Cursor),
  link: Schema.optionalKey(Schema.String),
  trail: Schema.optionalKey(
    Schema.Struct({ mark: Schema.String, power: Schema.Finite, steps: Schema.Finite })
  ),
  own: Schema.optionalKey(Schema.Json)
})
/** How far a trigger is. */
export type TriggerState = typeof TriggerState.Type

/** Where a trigger begins. */
export const firstState = (trigger: string, fingerprint: string): TriggerState => ({
  version: 1,
  trigger,
  fingerprint,
  initial_sync_done: false
})

/**
 * The state that was kept, or the first one if there is none. Fails with a sentence when it is no state, or that of another
 * trigger.
 */
export const readState = (
  kept: Json | undefined,
  trigger: string,
  fingerprint: string
): Result.Result<TriggerState, string> => {
  if (kept === undefined || kept === null) return Result.succeed(firstState(trigger, fingerprint))
  const state = decode(kept)
  if (Result.isFailure(state)) return Result.fail("the state that it is given is no state of a trigger")
  return state.success.trigger === trigger
    ? Result.succeed(state.success)
    : Result.fail(`the state that it is given is that of "${state.success.trigger.slice(0, 120)}"`)
}

/** What a trigger reads and from where, as a hash. Secrets are not part of it: a new key reads the same. */
export const fingerprintOf = (connector: string, trigger: string, input: Json, config: Json): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson([connector, trigger, input, config])))).slice(0, 32)

const decode = Schema.decodeUnknownResult(TriggerState)
