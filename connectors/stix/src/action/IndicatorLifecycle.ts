import type { ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type { JsonObject } from "../object/FieldReader.ts"
import { type Lifecycle, lifecycleAt } from "../object/Lifecycle.ts"
import type { ActionFailure } from "./ActionFailure.ts"
import { pointInTime } from "./PointInTime.ts"

/** The input of `lifecycle`. */
export interface LifecycleInput {
  readonly object: JsonObject
  /** RFC 3339; now without it. */
  readonly at?: string
}

/**
 * `lifecycle`: where an indicator is in its life; see `lifecycleAt`. Fails with `InvalidInput` only when `at` names no
 * point in time.
 */
export const lifecycle = (
  { object, at }: LifecycleInput,
  failure: ActionFailure
): Effect.Effect<Lifecycle, ConnectorError> =>
  Effect.map(pointInTime(at, failure), (time) => lifecycleAt(object, time))
