import { type ConnectorError, isJsonList, type Json } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type { ActionFailure } from "./ActionFailure.ts"

/** Objects as callers give them: a list, a bundle, or one object. */
export type ObjectsInput = ReadonlyArray<Json> | { readonly [name: string]: Json }

/**
 * The objects of a bundle, which may have none; of a list its members; any other object alone. Fails with
 * `InvalidInput` when the `objects` of a bundle are no list.
 */
export const objectsOf = (
  input: ObjectsInput,
  { error }: ActionFailure
): Effect.Effect<ReadonlyArray<Json>, ConnectorError> => {
  if (isJsonList(input)) return Effect.succeed(input)
  const isBundle = Object.hasOwn(input, "type") && input["type"] === "bundle"
  const objects = isBundle ? ((Object.hasOwn(input, "objects") ? input["objects"] : null) ?? []) : [input]
  return isJsonList(objects)
    ? Effect.succeed(objects)
    : Effect.fail(error({ _tag: "InvalidInput" }, 'was not called: the "objects" of the bundle are no list'))
}
