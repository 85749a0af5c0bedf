import * as Effect from "effect/Effect"
import type * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import type * as Headers from "effect/http/Headers"
import * as Stream from "effect/Stream"
import { decodeContent, type EncodingProblem } from "./ContentEncoding.ts"

/** A response with its header fields read once: the response makes them anew at every look. */
export interface Received {
  readonly response: HttpClientResponse.HttpClientResponse
  readonly headers: Headers.Headers
}

/**
 * The whole body, its content encoding undone, at most `limit` bytes both before and after that. Reading stops and the
 * connection is dropped as soon as there is more.
 */
export function responseBytes(
  received: Received,
  limit: number
): Effect.Effect<Uint8Array, EncodingProblem | HttpClientError.HttpClientError> {
  const encoding = received.headers["content-encoding"]
  const bytes = wireBytes(received, limit)
  return encoding === undefined
    ? bytes
    : Effect.flatMap(bytes, (encoded) => decodeContent(encoded, encoding, limit))
}

/** Reads a body that nobody wants, so that the connection can be used again; drops the connection if it is long. */
export function discardBody(received: Received): Effect.Effect<void> {
  return Effect.ignore(wireBytes(received, discardLimit))
}

/** A longer body costs more than a new connection. */
const discardLimit = 65_536

function wireBytes(
  received: Received,
  limit: number
): Effect.Effect<Uint8Array, EncodingProblem | HttpClientError.HttpClientError> {
  const { headers, response } = received
  const length = headers["content-length"]
  // With a length that fits there is nothing to watch: the parser ends the body there. This is the fast way.
  if (length !== undefined && /^\d{1,15}$/u.test(length) && Number(length) <= limit) {
    return Effect.map(response.arrayBuffer, (buffer) => new Uint8Array(buffer))
  }
  return length === undefined ? collect(response, limit) : Effect.andThen(drop(response), tooLarge)
}

const tooLarge = Effect.fail<EncodingProblem>({ _tag: "TooLarge" })

function collect(
  response: HttpClientResponse.HttpClientResponse,
  limit: number
): Effect.Effect<Uint8Array, EncodingProblem | HttpClientError.HttpClientError> {
  return Effect.suspend(() => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    return Stream.runForEachArray(response.stream, (arrived) => {
      for (const chunk of arrived) {
        chunks.push(chunk)
        size += chunk.length
      }
      return size > limit ? tooLarge : Effect.void
    }).pipe(Effect.map(() => Buffer.concat(chunks, size)))
  })
}

/** Leaving the stream before its end closes the connection. */
function drop(response: HttpClientResponse.HttpClientResponse): Effect.Effect<void> {
  return Effect.ignore(Stream.runForEachArray(response.stream, () => Effect.fail("enough")))
}
