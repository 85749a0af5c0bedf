import type { ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { fieldOf, isJsonObject, type JsonObject } from "../object/FieldReader.ts"
import type { ActionFailure } from "./ActionFailure.ts"

/** Objects as callers give them: a list, a bundle, or one object. */
export type ObjectsInput = ReadonlyArray<unknown> | JsonObject

/**
 * The objects of a bundle, which may have none; of a list its members; any other object alone. Fails with
 * `InvalidInput` when the `objects` of a bundle are no list.
 */
export const objectsOf = (
  input: ObjectsInput,
  { error }: ActionFailure
): Effect.Effect<ReadonlyArray<unknown>, ConnectorError> => {
  const isBundle = isJsonObject(input) && fieldOf(input, "type") === "bundle"
  const objects: unknown = isBundle
    ? (fieldOf(input, "objects") ?? [])
    : Array.isArray(input)
      ? input
      : [input]
  return Array.isArray(objects)
    ? Effect.succeed(objects)
    : Effect.fail(error({ _tag: "InvalidInput" }, 'the "objects" of the bundle are no list'))
}
