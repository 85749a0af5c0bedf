import type { ServerResponse } from "node:http"
import type { Socket } from "node:net"
import * as zlib from "node:zlib"
import type { ReceivedRequest } from "./ReceivedRequest.ts"
import type { Reply } from "./Reply.ts"

/** One request and the ways to answer it, the wrong ones too. */
export class Exchange {
  readonly request: ReceivedRequest
  readonly response: ServerResponse
  readonly #handle: () => Reply
  readonly #gzip: boolean

  constructor(request: ReceivedRequest, response: ServerResponse, handle: () => Reply, gzip: boolean) {
    this.request = request
    this.response = response
    this.#handle = handle
    this.#gzip = gzip
  }

  /** Carries the request out, with its side effects, and gives the answer without sending it. Call it once. */
  carryOut(): Reply {
    return this.#handle()
  }

  /** Sends a complete answer; compressed where the server does that and the client takes it. */
  send(reply: Reply): void {
    const { body, encoding } = this.#encoded(reply)
    this.head(reply, body.length, encoding)
    this.response.end(body)
  }

  /** Sends status and headers. Without a length, the body is chunked. */
  head(reply: Reply, length: number | undefined, encoding?: string): void {
    this.request.status = reply.status
    for (const [name, value] of reply.headers) this.response.setHeader(name, value)
    if (encoding !== undefined) this.response.setHeader("Content-Encoding", encoding)
    const isBodyless = reply.status === 204 || reply.status === 304
    if (length !== undefined && !isBodyless) this.response.setHeader("Content-Length", length)
    this.response.writeHead(reply.status)
    if (length !== 0) this.response.flushHeaders()
  }

  /** Cuts the connection with a reset. */
  reset(): void {
    this.#socket?.resetAndDestroy()
  }

  /** Closes the connection without ending the answer. */
  cut(): void {
    this.#socket?.destroy()
  }

  /** Runs it when the client or the server closes the connection. */
  whenClosed(run: () => void): void {
    this.response.once("close", run)
  }

  get #socket(): Socket | null {
    return this.response.socket
  }

  #encoded(reply: Reply): { readonly body: Buffer; readonly encoding: string | undefined } {
    const body = bytesOf(reply)
    const isEncoded = reply.headers.some(([name]) => name.toLowerCase() === "content-encoding")
    if (!this.#gzip || isEncoded || body.length === 0 || !takesGzip(this.request))
      return { body, encoding: undefined }
    return { body: zlib.gzipSync(body, { level: 1 }), encoding: "gzip" }
  }
}

/** The bytes of an answer's body. */
export const bytesOf = ({ body }: Reply): Buffer => (typeof body === "string" ? Buffer.from(body) : body)

/** Does the client name gzip in `Accept-Encoding`, and not with a weight of nothing? */
function takesGzip(request: ReceivedRequest): boolean {
  const accepted = request.header("accept-encoding") ?? ""
  return accepted.split(",").some((item) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(item))
}
