import type * as Redacted from "effect/Redacted"
import type { UpstreamDetail } from "../ConnectorError.ts"
import type { RequestTarget } from "./RequestTarget.ts"
import type { Repeatability } from "./RetryPolicy.ts"

/**
 * How a body is read.
 *
 * - `json`: strictly (RFC 8259, UTF-8); an empty body or HTML is `Malformed`
 * - `json-or-nothing`: as `json`, but an empty body is null
 * - `text`: in the charset of the content type, UTF-8 if it names none; wrong bytes are `Malformed`
 * - `bytes`: as they are, after content decoding
 * - `none`: not at all
 */
export type BodyFormat = "json" | "json-or-nothing" | "text" | "bytes" | "none"

/** A class of statuses: those that begin with the same digit. */
export type StatusClass = "2xx" | "3xx" | "4xx" | "5xx"

/** An answer that counts as success. An exact status comes before its class. */
export interface Expectation {
  readonly status: number | StatusClass
  readonly as: BodyFormat
}

/** An answer that does not count as success, for reading what the upstream says about it. */
export interface ErrorReply {
  readonly status: number
  /** Names in lower case; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** A JSON value, the text of a `text/plain` body, or `null` for anything else (HTML, empty, too large, broken). */
  readonly body: unknown
}

/** A request that is ready to be sent, and what is needed to judge its answer. */
export interface HttpRequest extends Repeatability {
  /** Who calls; both stand in errors, spans and metrics. */
  readonly connector: string
  readonly action: string
  readonly target: RequestTarget
  /** Header fields of the connection and the action. What is `Redacted` is scrubbed from every error. */
  readonly headers?: Readonly<Record<string, string | Redacted.Redacted>>
  /** Sent with its length; kept in memory, so that it can be sent again. */
  readonly body?: { readonly contentType: string; readonly bytes: Uint8Array }
  readonly expect: ReadonlyArray<Expectation>
  /** What the upstream says about a failure. The result is bounded and scrubbed here; it may be anything. */
  readonly describe?: (reply: ErrorReply) => UpstreamDetail
  /** More values that may not appear in an error: secrets of the connection, cursors in the body. */
  readonly sensitive?: () => ReadonlyArray<Redacted.Redacted>
}
