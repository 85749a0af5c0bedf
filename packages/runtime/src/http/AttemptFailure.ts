import {
  ConnectorError,
  type ConnectorReason,
  messageLimit,
  scrubDetail,
  type UpstreamDetail
} from "../ConnectorError.ts"
import { SecretScrubber } from "../SecretScrubber.ts"
import type { HttpRequest } from "./HttpRequest.ts"
import { sensitiveValues } from "./RequestHeaders.ts"
import { type FailureKind, isRepeatable, isWrite } from "./RetryPolicy.ts"

/** Why one attempt failed. `problem` continues the sentence "CONNECTOR …" and says what to do; it is our own text. */
export interface AttemptFailure extends FailureKind {
  readonly reason: ConnectorReason
  readonly problem: string
  /** What the upstream says, as it came: not bounded, not scrubbed. */
  readonly upstream?: UpstreamDetail
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfter?: number
}

/** What all attempts of a call came to. */
export interface Attempts {
  readonly count: number
  /** Whether any of them may have been carried out. */
  readonly ambiguous: boolean
  /** Why there was no further attempt, if not because the failure is final. */
  readonly gaveUp?: string
}

/** The error of a call whose last attempt failed like this. Upstream text is scrubbed of everything sensitive. */
export function connectorError(
  request: HttpRequest,
  failure: AttemptFailure,
  attempts: Attempts
): ConnectorError {
  const scrubber = SecretScrubber.make(sensitiveValues(request))
  const upstream = scrubDetail(scrubber, failure.upstream ?? {})
  const outcomeUnknown = attempts.ambiguous && isWrite(request)
  return new ConnectorError({
    connector: request.connector,
    action: request.action,
    reason: failure.reason,
    // Our own words too: they may name an origin or a content type that the upstream chose.
    message:
      scrubber.text(message(request, failure, upstream, attempts, outcomeUnknown), messageLimit) ??
      request.connector,
    ...(failure.status === undefined ? {} : { status: failure.status }),
    upstream,
    attempts: attempts.count,
    retryable: failure.transient && (isRepeatable(request) || !outcomeUnknown),
    outcomeUnknown
  })
}

function message(
  request: HttpRequest,
  failure: AttemptFailure,
  upstream: UpstreamDetail,
  attempts: Attempts,
  outcomeUnknown: boolean
): string {
  const parts = [`${request.connector} ${failure.problem}`]
  if (upstream.message !== undefined) parts.push(`it says ${JSON.stringify(upstream.message)}`)
  if (upstream.code !== undefined) parts.push(`its code is ${upstream.code}`)
  if (upstream.id !== undefined) parts.push(`its error id is ${upstream.id}`)
  if (attempts.count > 1) parts.push(`tried ${attempts.count} times`)
  if (attempts.gaveUp !== undefined) parts.push(attempts.gaveUp)
  if (outcomeUnknown) parts.push("whether it was carried out is not known")
  return parts.join("; ")
}
