import type { ConnectorReason, UpstreamDetail } from "../ConnectorError.ts"
import type { AttemptFailure } from "./AttemptFailure.ts"

/** What a status that was not expected means. `retryAfter` in milliseconds. */
export function statusFailure(
  status: number,
  retryAfter: number | undefined,
  upstream: UpstreamDetail
): AttemptFailure {
  return {
    reason: reasonOf(status, retryAfter),
    problem: sentence(status),
    status,
    upstream,
    transient: status >= 500 || momentary.has(status),
    // A status of the 5xx class does not say how far the request got; neither does a time-out of the server.
    ambiguous: status >= 500 || status === 408,
    ...(retryAfter === undefined ? {} : { retryAfter })
  }
}

/** Request Timeout, Misdirected Request, Too Early, Too Many Requests: another time may do. */
const momentary: ReadonlySet<number> = new Set([408, 421, 425, 429])

/** The 4xx statuses that say the request itself is wrong. */
const wrongInput: ReadonlySet<number> = new Set([
  400, 405, 406, 409, 411, 412, 413, 414, 415, 416, 417, 422, 428, 431
])

function reasonOf(status: number, retryAfter: number | undefined): ConnectorReason {
  if (status === 401) return { _tag: "Unauthorized" }
  if (status === 403) return { _tag: "Forbidden" }
  if (status === 404 || status === 410) return { _tag: "NotFound" }
  if (status === 429) {
    return {
      _tag: "RateLimited",
      ...(retryAfter === undefined ? {} : { retryAfter: Math.ceil(retryAfter / 1000) })
    }
  }
  return wrongInput.has(status) ? { _tag: "InvalidInput" } : { _tag: "Upstream", status }
}

function sentence(status: number): string {
  if (status === 401) return "refused the credentials (401): check the secrets of the connection"
  if (status === 403) return "denied access (403): the credentials lack a permission for this action"
  if (status === 404 || status === 410) return `has no such thing (${status}): check the ids and the base URL`
  if (status === 429) return "limits the rate of requests (429): wait, or lower the rate of the connection"
  if (wrongInput.has(status)) return `refused the request as wrong (${status}): check the input`
  if (status >= 500) return `failed (${status}): try again later`
  return `answered with a status that is not expected (${status})`
}
