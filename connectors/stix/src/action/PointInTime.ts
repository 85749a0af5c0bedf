import type { ConnectorError } from "@sallyport/runtime"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { parseTimestamp, type Timestamp } from "../object/Timestamp.ts"
import type { ActionFailure } from "./ActionFailure.ts"

/**
 * The point in time that an action is about: what the input names, or else now. RFC 3339 with another offset than `Z`
 * is taken with three digits of its fraction. Fails with `InvalidInput` when the text names no point in time.
 */
export const pointInTime = (
  at: string | undefined,
  { error }: ActionFailure
): Effect.Effect<Timestamp, ConnectorError> => {
  const named = at === undefined ? undefined : parseTimestamp(at)
  if (named !== undefined) return Effect.succeed(named)
  const moment = at === undefined ? Effect.map(DateTime.now, Option.some) : Effect.succeed(DateTime.make(at))
  return Effect.flatMap(moment, (found) => {
    const timestamp = Option.isSome(found) ? parseTimestamp(DateTime.formatIso(found.value)) : undefined
    return timestamp === undefined
      ? Effect.fail(error({ _tag: "InvalidInput" }, '"at" is a time such as 2026-01-31T08:00:00Z'))
      : Effect.succeed(timestamp)
  })
}
