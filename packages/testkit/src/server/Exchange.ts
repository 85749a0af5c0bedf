import type { ReceivedRequest } from "./ReceivedRequest.ts"
import type { Reply } from "./Reply.ts"

/** One request and the ways to answer it, the wrong ones too. */
export interface Exchange {
  readonly request: ReceivedRequest
  /** Carries the request out, with its side effects, and gives the answer without sending it. Call it once. */
  readonly carryOut: () => Reply
  /** Sends a complete answer; compressed where the server does that and the client takes it. */
  readonly send: (reply: Reply) => void
  /** Sends status and headers. Without a length, the body is chunked. */
  readonly head: (reply: Reply, length: number | undefined) => void
  /** Sends a part of the body; `then` runs when it is handed over to the network. */
  readonly write: (bytes: Uint8Array, then?: () => void) => void
  /** Sends the last part of the body. */
  readonly end: (bytes?: Uint8Array) => void
  /** Cuts the connection with a reset. */
  readonly reset: () => void
  /** Closes the connection without ending the answer. */
  readonly cut: () => void
  /** Runs it when the client or the server closes the connection, or the answer is complete. */
  readonly whenClosed: (run: () => void) => void
}
