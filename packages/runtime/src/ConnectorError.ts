import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SecretScrubber } from "./SecretScrubber.ts"

/** What is wrong with a TLS connection. */
export const TlsProblem = Schema.Literals([
  "expired",
  "not-yet-valid",
  "self-signed",
  "wrong-host",
  "unknown-issuer",
  "revoked",
  "protocol"
])
/** What is wrong with a TLS connection. */
export type TlsProblem = typeof TlsProblem.Type

/**
 * Why a call failed:
 *
 * - `Unauthorized` (401), `Forbidden` (403), `NotFound` (404, 410), `RateLimited` (429)
 * - `InvalidInput`: the request was refused as wrong, by the upstream (400, 409, 422, …) or by us before sending
 * - `Upstream`: any other status that was not expected
 * - `Malformed`: an answer that cannot be read as what it should be
 * - `Network`, `Timeout`, `Tls`: no complete answer
 */
export const ConnectorReason = Schema.Union([
  Schema.TaggedStruct("Unauthorized", {}),
  Schema.TaggedStruct("Forbidden", {}),
  Schema.TaggedStruct("NotFound", {}),
  Schema.TaggedStruct("InvalidInput", {}),
  /** `retryAfter` in seconds, as the upstream said it; absent if it did not. */
  Schema.TaggedStruct("RateLimited", { retryAfter: Schema.optionalKey(Schema.Finite) }),
  Schema.TaggedStruct("Upstream", { status: Schema.Int }),
  Schema.TaggedStruct("Malformed", {}),
  Schema.TaggedStruct("Network", {}),
  Schema.TaggedStruct("Timeout", {}),
  Schema.TaggedStruct("Tls", { problem: TlsProblem })
])
/** Why a call failed. */
export type ConnectorReason = typeof ConnectorReason.Type

/** What the upstream itself says about a failure. Text of somebody else: bounded, one line each, without secrets. */
export const UpstreamDetail = Schema.Struct({
  message: Schema.optionalKey(Schema.String),
  code: Schema.optionalKey(Schema.String),
  id: Schema.optionalKey(Schema.String)
})
/** What the upstream itself says about a failure. */
export type UpstreamDetail = typeof UpstreamDetail.Type

/** The longest message of an upstream that is kept, in UTF-16 units. */
const upstreamMessageLimit = 300
/** The longest `message` of a `ConnectorError`, in UTF-16 units. */
export const messageLimit = 1000
/** The longest code and id of an upstream that are kept, in UTF-16 units. */
const upstreamCodeLimit = 100

/**
 * A call of a connector that failed. Serialisable, and safe to log, store and show: it holds no secret, cursor, body or
 * query string.
 *
 * - `message`: one sentence that a person can act on; it includes what the upstream said
 * - `status`: the HTTP status, if there was one
 * - `attempts`: how many times the request was sent or tried; 0 if it was refused before
 * - `retryable`: a repetition later may succeed and can do no harm
 * - `outcomeUnknown`: a write that may have happened
 */
export class ConnectorError extends Schema.TaggedError<ConnectorError>()("ConnectorError", {
  connector: Schema.String,
  action: Schema.String,
  reason: ConnectorReason,
  message: Schema.String,
  status: Schema.optionalKey(Schema.Int),
  upstream: UpstreamDetail,
  attempts: Schema.Int,
  retryable: Schema.Boolean,
  outcomeUnknown: Schema.Boolean
}) {
  /** The same error of a call that was begun: how often it was tried, and what may have come of it. */
  after(outcome: Pick<ConnectorError, "attempts" | "retryable" | "outcomeUnknown">): ConnectorError {
    const { action, connector, message, reason, status, upstream } = this
    const known = status === undefined ? {} : { status }
    return new ConnectorError({ connector, action, reason, message, ...known, upstream, ...outcome })
  }

  /** The same error without these values, in any of the forms that `SecretScrubber` knows. */
  redact(secrets: Iterable<Redacted.Redacted>): ConnectorError {
    const scrubber = SecretScrubber.make(secrets)
    return new ConnectorError({
      connector: this.connector,
      action: this.action,
      reason: this.reason,
      message: scrubber.text(this.message, messageLimit) ?? this.reason._tag,
      ...(this.status === undefined ? {} : { status: this.status }),
      upstream: scrubDetail(scrubber, this.upstream),
      attempts: this.attempts,
      retryable: this.retryable,
      outcomeUnknown: this.outcomeUnknown
    })
  }
}

/** The detail within its limits and without secrets. Parts that are empty then are left out. */
export function scrubDetail(scrubber: SecretScrubber, detail: UpstreamDetail): UpstreamDetail {
  const message = scrubber.text(detail.message ?? "", upstreamMessageLimit)
  const code = scrubber.text(detail.code ?? "", upstreamCodeLimit)
  const id = scrubber.text(detail.id ?? "", upstreamCodeLimit)
  return {
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(id === undefined ? {} : { id })
  }
}
