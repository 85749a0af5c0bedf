import type * as Result from "effect/Result"

/** A body, read as it was expected. */
export type ReplyBody =
  | { readonly as: "json"; readonly value: unknown }
  | { readonly as: "text"; readonly text: string }
  | { readonly as: "bytes"; readonly bytes: Uint8Array }
  | { readonly as: "none" }

/** An answer that was expected. */
export interface HttpReply {
  readonly status: number
  /** Names in lower case; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: ReplyBody
  /** How many times the request was sent, this one included; redirects do not count. */
  readonly attempts: number
}

/**
 * Makes something of an answer that was expected. Fails with the rest of the sentence "answered STATUS …", without any part
 * of the body: the call is `Malformed` then, and not repeated.
 */
export type ReplyReader<A> = (reply: HttpReply) => Result.Result<A, string>
