import type { Json } from "@sallyport/language"

/** A complete answer. */
export interface Reply {
  readonly status: number
  /** Sent with exactly these names. `Content-Length` is added. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string | Uint8Array
}

/** What an answer may say beside its body. */
export interface ReplyOptions {
  /** Default: 200. */
  readonly status?: number
  readonly headers?: ReadonlyArray<readonly [name: string, value: string]>
}

/** Answers. */
export const Reply = {
  /** A value as JSON. */
  json: (value: Json, options: ReplyOptions = {}): Reply => Reply.jsonText(JSON.stringify(value), options),
  /** What is JSON already, or pretends to be. */
  jsonText: (body: string | Uint8Array, options: ReplyOptions = {}): Reply =>
    reply(body, "application/json", options),
  /** Plain text. */
  text: (body: string, options: ReplyOptions = {}): Reply =>
    reply(body, "text/plain; charset=utf-8", options),
  /** A page such as proxies send. */
  html: (title: string, options: ReplyOptions = {}): Reply =>
    reply(
      `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
      "text/html; charset=utf-8",
      options
    ),
  /** Bytes or text of any type. */
  bytes: (body: string | Uint8Array, contentType: string, options: ReplyOptions = {}): Reply =>
    reply(body, contentType, options),
  /** No body and no content type. */
  empty: (status: number, headers: ReplyOptions["headers"] = []): Reply => ({ status, headers, body: "" })
} as const

/** The bytes of an answer's body. */
export const bytesOf = ({ body }: Reply): Uint8Array => (typeof body === "string" ? Buffer.from(body) : body)

/** Ends the handling of a request with this answer: thrown by a handler, never seen outside of the server. */
export class Refusal extends Error {
  override readonly name = "Refusal"
  readonly reply: Reply

  constructor(reply: Reply) {
    super(`answered with ${reply.status}`)
    this.reply = reply
  }
}

function reply(body: string | Uint8Array, contentType: string, options: ReplyOptions): Reply {
  return {
    status: options.status ?? 200,
    headers: [["Content-Type", contentType], ...(options.headers ?? [])],
    body
  }
}
