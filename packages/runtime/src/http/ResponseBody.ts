import * as Effect from "effect/Effect"
import { decodeContent, type EncodingProblem } from "./ContentEncoding.ts"
import type { WireResponse } from "./WireExchange.ts"
import type { WireFailure } from "./WireFailure.ts"

/**
 * The whole body, its content encoding undone, at most `limit` bytes both before and after that. Reading stops and the
 * connection is dropped as soon as there is more.
 */
export function responseBytes(
  response: WireResponse,
  limit: number
): Effect.Effect<Uint8Array, EncodingProblem | WireFailure> {
  const encoding = response.headers["content-encoding"]
  const bytes = wireBytes(response, limit)
  return encoding === undefined
    ? bytes
    : Effect.flatMap(bytes, (encoded) => decodeContent(encoded, encoding, limit))
}

/** Reads a body that nobody wants, so that the connection can be used again; drops the connection if it is long. */
export function discardBody(response: WireResponse): Effect.Effect<void> {
  return Effect.ignore(wireBytes(response, discardLimit))
}

/** A longer body costs more than a new connection. */
const discardLimit = 65_536

/** A length that is too much is known before any of it has come. */
function wireBytes(
  response: WireResponse,
  limit: number
): Effect.Effect<Uint8Array, EncodingProblem | WireFailure> {
  const length = response.headers["content-length"]
  return length !== undefined && !(Number(length) <= limit)
    ? Effect.andThen(response.drop, tooLarge)
    : response.bytes(limit)
}

const tooLarge = Effect.fail<EncodingProblem>({ _tag: "TooLarge" })
