import type { ServerResponse } from "node:http"
import type { Socket } from "node:net"
import * as zlib from "node:zlib"
import type { Exchange } from "./Exchange.ts"
import type { ReceivedRequest } from "./ReceivedRequest.ts"
import { bytesOf, type Reply } from "./Reply.ts"

/** An exchange over a connection of Node's server. */
export class HttpExchange implements Exchange {
  readonly request: ReceivedRequest
  readonly #response: ServerResponse
  readonly #handle: () => Reply
  readonly #gzip: boolean

  constructor(request: ReceivedRequest, response: ServerResponse, handle: () => Reply, gzip: boolean) {
    this.request = request
    this.#response = response
    this.#handle = handle
    this.#gzip = gzip
  }

  /** See `Exchange`. */
  carryOut(): Reply {
    return this.#handle()
  }

  /** See `Exchange`. */
  send(reply: Reply): void {
    const { body, encoding } = this.#encoded(reply)
    this.head(reply, body.length, encoding)
    this.#response.end(body)
  }

  /** See `Exchange`. */
  head(reply: Reply, length: number | undefined, encoding?: string): void {
    this.request.status = reply.status
    for (const [name, value] of reply.headers) this.#response.setHeader(name, value)
    if (encoding !== undefined) this.#response.setHeader("Content-Encoding", encoding)
    const isBodyless = reply.status === 204 || reply.status === 304
    if (length !== undefined && !isBodyless) this.#response.setHeader("Content-Length", length)
    this.#response.writeHead(reply.status)
    if (length !== 0) this.#response.flushHeaders()
  }

  /** See `Exchange`. */
  write(bytes: Uint8Array, then?: () => void): void {
    this.#response.write(bytes, then)
  }

  /** See `Exchange`. */
  end(bytes?: Uint8Array): void {
    this.#response.end(bytes)
  }

  /** See `Exchange`. */
  reset(): void {
    this.#socket?.resetAndDestroy()
  }

  /** See `Exchange`. */
  cut(): void {
    this.#socket?.destroy()
  }

  /** See `Exchange`. */
  whenClosed(run: () => void): void {
    this.#response.once("close", run)
  }

  get #socket(): Socket | null {
    return this.#response.socket
  }

  #encoded(reply: Reply): { readonly body: Uint8Array; readonly encoding: string | undefined } {
    const body = bytesOf(reply)
    const isEncoded = reply.headers.some(([name]) => name.toLowerCase() === "content-encoding")
    if (!this.#gzip || isEncoded || body.length === 0 || !takesGzip(this.request))
      return { body, encoding: undefined }
    return { body: zlib.gzipSync(body, { level: 1 }), encoding: "gzip" }
  }
}

/** Does the client name gzip in `Accept-Encoding`, and not with a weight of nothing? */
function takesGzip(request: ReceivedRequest): boolean {
  const accepted = request.header("accept-encoding") ?? ""
  return accepted.split(",").some((item) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(item))
}
