import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as http from "node:http"
import * as https from "node:https"
import type { AddressInfo, Server, Socket } from "node:net"
import type { Certificate } from "./Certificate.ts"

/** What came over the wire, as it came. */
export interface ReceivedRequest {
  readonly method: string
  /** The request target, not decoded. */
  readonly target: string
  /** Names and values in turn, as they were written. */
  readonly rawHeaders: ReadonlyArray<string>
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

/** A server of Node on 127.0.0.1, with all it received. */
export interface LoopbackServer {
  readonly origin: string
  readonly port: number
  readonly received: ReadonlyArray<ReceivedRequest>
  /** How many connections were opened. */
  readonly connections: () => number
  /** How many of them are open. */
  readonly open: () => number
}

/** Answers one request. `index` counts from 0. */
export type Answer = (
  response: http.ServerResponse,
  request: ReceivedRequest,
  index: number,
  socket: Socket
) => void

/** A server that answers like this until the scope ends. With a certificate it speaks TLS. */
export function loopback(
  answer: Answer,
  certificate?: Certificate
): Effect.Effect<LoopbackServer, never, Scope.Scope> {
  const received: Array<ReceivedRequest> = []
  const listener: http.RequestListener = (request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const record = {
        method: request.method ?? "",
        target: request.url ?? "",
        rawHeaders: request.rawHeaders,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8")
      }
      const index = received.push(record) - 1
      answer(response, record, index, request.socket)
    })
  }
  const server =
    certificate === undefined
      ? http.createServer(listener)
      : https.createServer({ cert: certificate.cert, key: certificate.key }, listener)
  // A client that refuses the certificate is part of the test.
  server.on("tlsClientError", () => undefined)
  return Effect.map(listening(server), ({ counted, port }) => ({
    origin: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    port,
    received,
    connections: () => counted.total,
    open: () => counted.open
  }))
}

/** Any server, listening on a free port of 127.0.0.1 until the scope ends; its connections are cut then. */
export function listening(
  server: Server
): Effect.Effect<
  { readonly port: number; readonly counted: { readonly total: number; readonly open: number } },
  never,
  Scope.Scope
> {
  const sockets = new Set<Socket>()
  const counted = { total: 0, open: 0 }
  server.on("connection", (socket: Socket) => {
    counted.total++
    counted.open++
    sockets.add(socket)
    socket.on("error", () => undefined)
    socket.on("close", () => {
      counted.open--
      sockets.delete(socket)
    })
  })
  return Effect.acquireRelease(
    Effect.callback<{ readonly port: number; readonly counted: typeof counted }>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed({ port: portOf(server.address()), counted })))
    }),
    () =>
      Effect.callback<void>((resume) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resume(Effect.void))
      })
  )
}

/** A port that nobody listens on. */
export const freePort: Effect.Effect<number> = Effect.scoped(
  Effect.suspend(() => Effect.map(listening(http.createServer()), ({ port }) => port))
)

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port")
  return address.port
}
