import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { UpstreamDetail } from "../ConnectorError.ts"
import type { AttemptFailure } from "./AttemptFailure.ts"
import { decodeBody, isJson, mediaType } from "./BodyDecoder.ts"
import type { EncodingProblem } from "./ContentEncoding.ts"
import type { BodyFormat, ErrorReply, HttpRequest } from "./HttpRequest.ts"
import type { ReplyBody } from "./HttpReply.ts"
import { isRedirect, redirect } from "./Redirect.ts"
import type { HttpWire } from "./HttpWire.ts"
import { discardBody, responseBytes } from "./ResponseBody.ts"
import { retryAfterMillis } from "./RetryAfter.ts"
import { statusFailure } from "./StatusFailure.ts"
import { transportFailure } from "./TransportFailure.ts"
import type { WireResponse } from "./WireExchange.ts"
import { WireFailure } from "./WireFailure.ts"

/** An answer that was expected, of one attempt. */
export interface ExchangeReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: ReplyBody
}

/** What one attempt needs besides the request. */
export interface ExchangeOptions {
  readonly headers: Readonly<Record<string, string>>
  /** The longest body that is read, in bytes after content decoding. */
  readonly maxBodyBytes: number
  /** Runs before the request of a redirect is sent. */
  readonly beforeRedirect: Effect.Effect<void, AttemptFailure>
  /** Runs as soon as a 429 is seen, before its body is read. `retryAfter` in milliseconds. */
  readonly onRateLimited: (retryAfter: number | undefined) => Effect.Effect<void>
}

/** Sends a request once, follows redirects within its origin, and reads the answer. Does not wait and not repeat. */
export const exchange = Effect.fnUntraced(function* (
  wire: HttpWire["Service"],
  request: HttpRequest,
  options: ExchangeOptions
): Effect.fn.Return<ExchangeReply, AttemptFailure> {
  let step: Step = { href: request.target.href, method: request.method, withBody: true }
  // After 303 the write has been answered; what fails later does not undo it.
  let carriedOut = false
  for (let hops = 0; ; hops++) {
    if (hops > 0) yield* orAmbiguous(carriedOut, options.beforeRedirect)
    const response: WireResponse = yield* orAmbiguous(carriedOut, send(wire, request, step, options.headers))
    if (!isRedirect(response.status) || formatOf(request, response.status) !== undefined) {
      return yield* orAmbiguous(carriedOut, judge(request, response, options))
    }
    yield* discardBody(response)
    const next = redirect(step, response.status, response.headers["location"], hops)
    if (next._tag === "Refuse") return yield* orAmbiguous(carriedOut, Effect.fail(next.failure))
    carriedOut ||= response.status === 303 && next.method !== step.method
    step = { ...next, withBody: next.withBody && step.withBody }
  }
})

interface Step {
  readonly href: string
  readonly method: string
  readonly withBody: boolean
}

function orAmbiguous<A>(
  carriedOut: boolean,
  effect: Effect.Effect<A, AttemptFailure>
): Effect.Effect<A, AttemptFailure> {
  return carriedOut ? Effect.mapError(effect, (failure) => ({ ...failure, ambiguous: true })) : effect
}

function send(
  wire: HttpWire["Service"],
  { body }: HttpRequest,
  step: Step,
  headers: Readonly<Record<string, string>>
): Effect.Effect<WireResponse, AttemptFailure> {
  const sent = body !== undefined && step.withBody ? body.bytes : undefined
  const { "content-type": _type, ...bare } = headers
  return Effect.mapError(
    wire.send({
      method: step.method,
      href: step.href,
      headers: body === undefined || sent !== undefined ? headers : bare,
      body: sent
    }),
    transportFailure
  )
}

/** Expected or not, and read accordingly. */
function judge(
  request: HttpRequest,
  received: WireResponse,
  options: ExchangeOptions
): Effect.Effect<ExchangeReply, AttemptFailure> {
  const { headers, status } = received
  const format = formatOf(request, status)
  if (format === undefined) return Effect.flatMap(unexpected(request, received, options), Effect.fail)
  const reply = (body: ReplyBody): ExchangeReply => ({ status, headers, body })
  if (format === "none") return Effect.as(discardBody(received), reply({ as: "none" }))
  return Effect.matchEffect(responseBytes(received, options.maxBodyBytes), {
    onFailure: (error) => Effect.fail(unreadable(status, error, options.maxBodyBytes)),
    onSuccess: (bytes) => {
      const decoded = decodeBody(bytes, headers["content-type"], format)
      return Result.isSuccess(decoded)
        ? Effect.succeed(reply(decoded.success))
        : Effect.fail(malformed(status, decoded.failure))
    }
  })
}

function formatOf(request: HttpRequest, status: number): BodyFormat | undefined {
  const exact = request.expect.find((expectation) => expectation.status === status)
  if (exact !== undefined) return exact.as
  const group = `${Math.floor(status / 100)}xx`
  return request.expect.find((expectation) => expectation.status === group)?.as
}

/** The longest body of an error that is looked at, in bytes. */
const errorBodyLimit = 65_536
/** How long the body of an error may take: the status is known already, and it is what matters. */
const errorBodyTime = "5 seconds"

const unexpected = Effect.fnUntraced(function* (
  request: HttpRequest,
  received: WireResponse,
  options: ExchangeOptions
): Effect.fn.Return<AttemptFailure> {
  const { headers, status } = received
  const retryAfter = retryAfterMillis(headers["retry-after"], yield* Clock.currentTimeMillis)
  if (status === 429) yield* options.onRateLimited(retryAfter)
  const bytes = yield* responseBytes(received, errorBodyLimit).pipe(
    Effect.timeoutOption(errorBodyTime),
    Effect.orElseSucceed(() => Option.none<Uint8Array>())
  )
  const { describe } = request
  if (describe === undefined) return statusFailure(status, retryAfter, {})
  const body = Option.match(bytes, {
    onNone: () => null,
    onSome: (read) => errorBody(read, headers["content-type"])
  })
  return statusFailure(status, retryAfter, detailOf(describe, { status, headers, body }))
})

function errorBody(bytes: Uint8Array, contentType: string | undefined): unknown {
  const type = mediaType(contentType)
  const read = decodeBody(bytes, contentType, isJson(type) || type === undefined ? "json" : "text")
  if (Result.isFailure(read)) return null
  if (read.success.as === "json") return read.success.value
  return read.success.as === "text" && type === "text/plain" ? read.success.text : null
}

/** A description that fails on what the upstream sent must not hide the failure that it should describe. */
function detailOf(describe: (reply: ErrorReply) => UpstreamDetail, reply: ErrorReply): UpstreamDetail {
  return Result.getOrElse(
    Result.try(() => describe(reply)),
    () => ({})
  )
}

function unreadable(status: number, error: EncodingProblem | WireFailure, limit: number): AttemptFailure {
  if (error instanceof WireFailure) return transportFailure(error)
  switch (error._tag) {
    case "TooLarge":
      return malformed(status, `with a body of more than ${limit} bytes`)
    case "Broken":
      return malformed(status, "with a compressed body that is damaged")
    case "Unsupported":
      return malformed(status, "with a content encoding that was not asked for")
  }
}

/** The failure of an answer that cannot be read. `what` continues the sentence "answered STATUS …". */
export function malformed(status: number, what: string): AttemptFailure {
  return {
    reason: { _tag: "Malformed" },
    problem: `answered ${status} ${what}`,
    status,
    transient: false,
    // It was answered, so a write was probably carried out; the answer that would tell cannot be read.
    ambiguous: true
  }
}
