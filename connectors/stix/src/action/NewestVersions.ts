import { type ConnectorError, isJsonObject } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type { NewestVersionsInput, NewestVersionsOutput } from "../manifest.gen.ts"
import { newestVersions as newest } from "../object/ObjectVersions.ts"
import type { ActionFailure } from "./ActionFailure.ts"
import { objectsOf } from "./ObjectList.ts"

/**
 * `newest_versions`: each object once, in its newest version; see `newestVersions`. Fails with `InvalidInput` only when
 * the `objects` of a bundle are no list.
 */
export const newestVersions = (
  { objects }: NewestVersionsInput,
  failure: ActionFailure
): Effect.Effect<NewestVersionsOutput, ConnectorError> =>
  Effect.map(objectsOf(objects, failure), (list) => {
    const { newest: found, verdicts } = newest(list)
    return { newest: found.filter(isJsonObject), verdicts }
  })
