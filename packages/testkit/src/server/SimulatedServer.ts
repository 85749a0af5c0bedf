import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as http from "node:http"
import type { AddressInfo, Socket } from "node:net"
import type { Exchange } from "./Exchange.ts"
import { FaultScript } from "./FaultScript.ts"
import { HttpExchange } from "./HttpExchange.ts"
import { ReceivedRequest } from "./ReceivedRequest.ts"
import { Reply } from "./Reply.ts"
import { RequestLog } from "./RequestLog.ts"

/** A server of Node on 127.0.0.1: what came to it, and what goes wrong with it. */
export interface SimulatedServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  /** The origin with the prefix: what a connection is configured with. */
  readonly baseUrl: string
  readonly port: number
  readonly requests: RequestLog
  readonly faults: FaultScript
  /** How many connections were opened since the start. */
  readonly connections: () => number
  /** How many connections are open. */
  readonly openConnections: () => number
  /** What the simulation itself did wrong; always empty unless it has a mistake. Each was answered with 500. */
  readonly defects: ReadonlyArray<unknown>
}

/** How a server behaves, whatever it serves. */
export interface SimulatedServerOptions {
  /** The path that the API is behind: empty, or such as `/api`. Everything else is a 404 of HTML. Default: empty. */
  readonly prefix?: string
  /** Real milliseconds before each answer, whatever the clock of a test. Default: 0. */
  readonly latencyMillis?: number
  /** Whether answers are compressed for clients that take gzip. Default: false. */
  readonly gzip?: boolean
  /** How many requests are kept in `requests`. Default: 10,000. */
  readonly maxRecorded?: number
  /** Where it listens. Default: 0, any free port. */
  readonly port?: number
}

/** The largest request body that is read; a larger one is answered with 413. */
const maxRequestBytes = 16 * 1024 * 1024

/**
 * Serves until the scope ends; then open connections are cut. A port that is taken is a defect: it is a mistake of
 * whoever asks for it.
 */
export const simulatedServer = (
  handle: (request: ReceivedRequest) => Reply,
  options: SimulatedServerOptions = {}
): Effect.Effect<SimulatedServer, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<RunningServer>((resume) => {
        const running = new RunningServer(handle, options)
        running.server.once("error", (error) => resume(Effect.die(error)))
        running.server.listen(options.port ?? 0, "127.0.0.1", () => resume(Effect.succeed(running)))
      }),
      (running) => Effect.callback<void>((resume) => running.close(() => resume(Effect.void)))
    ),
    (running) => {
      const { connections, defects, faults, openConnections, port, requests } = running
      const origin = `http://127.0.0.1:${port}`
      const baseUrl = origin + (options.prefix ?? "")
      return { origin, baseUrl, port, requests, faults, connections, openConnections, defects }
    }
  )

class RunningServer {
  readonly server: http.Server
  readonly requests: RequestLog
  readonly faults: FaultScript = new FaultScript()
  readonly defects: Array<unknown> = []
  readonly #sockets = new Set<Socket>()
  readonly #handle: (request: ReceivedRequest) => Reply
  readonly #options: SimulatedServerOptions
  #connections = 0

  constructor(handle: (request: ReceivedRequest) => Reply, options: SimulatedServerOptions) {
    this.#handle = handle
    this.#options = options
    this.requests = new RequestLog(options.maxRecorded ?? 10_000)
    this.server = http.createServer((request, response) => this.#read(request, response))
    this.server.on("connection", (socket: Socket) => {
      this.#connections++
      this.#sockets.add(socket)
      // A client that goes away is no failure of the server.
      socket.on("error", () => undefined)
      socket.on("close", () => this.#sockets.delete(socket))
    })
  }

  readonly connections = (): number => this.#connections
  readonly openConnections = (): number => this.#sockets.size

  get port(): number {
    const address: AddressInfo | string | null = this.server.address()
    if (address === null || typeof address === "string") throw new Error("a server that listens has a port")
    return address.port
  }

  close(then: () => void): void {
    for (const socket of this.#sockets) socket.destroy()
    this.server.close(then)
  }

  #read(incoming: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Array<Buffer> = []
    let size = 0
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxRequestBytes) chunks.push(chunk)
    })
    incoming.on("end", () => {
      const request = new ReceivedRequest({
        index: this.requests.received,
        method: incoming.method ?? "",
        target: incoming.url ?? "",
        prefix: this.#options.prefix ?? "",
        rawHeaders: incoming.rawHeaders,
        headers: incoming.headers,
        body: Buffer.concat(chunks)
      })
      this.requests.add(request)
      const handle = size > maxRequestBytes ? () => tooLarge : () => this.#answer(request)
      const exchange = new HttpExchange(request, response, handle, this.#options.gzip === true)
      this.#later(() => this.#play(exchange))
    })
  }

  #later(run: () => void): void {
    const { latencyMillis = 0 } = this.#options
    if (latencyMillis === 0) run()
    else setTimeout(run, latencyMillis)
  }

  #play(exchange: Exchange): void {
    const fault = this.faults.take(exchange.request)
    if (fault === undefined) return exchange.send(exchange.carryOut())
    exchange.request.fault = fault.name
    fault.play(exchange)
  }

  #answer(request: ReceivedRequest): Reply {
    const { prefix = "" } = this.#options
    if (!request.target.startsWith(`${prefix}/`)) return Reply.html("404 Not Found", { status: 404 })
    try {
      return this.#handle(request)
    } catch (defect) {
      this.defects.push(defect)
      return Reply.text("the simulation has a mistake", { status: 500 })
    }
  }
}

const tooLarge: Reply = Reply.html("413 Content Too Large", { status: 413 })
