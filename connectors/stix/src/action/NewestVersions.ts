import type { ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { newestVersions as newest, type ObjectVersions } from "../object/ObjectVersions.ts"
import type { ActionFailure } from "./ActionFailure.ts"
import { type ObjectsInput, objectsOf } from "./ObjectList.ts"

/** The input of `newest_versions`. */
export interface NewestVersionsInput {
  readonly objects: ObjectsInput
}

/**
 * `newest_versions`: each object once, in its newest version; see `newestVersions`. Fails with `InvalidInput` only when
 * the `objects` of a bundle are no list.
 */
export const newestVersions = (
  { objects }: NewestVersionsInput,
  failure: ActionFailure
): Effect.Effect<ObjectVersions, ConnectorError> => Effect.map(objectsOf(objects, failure), newest)
