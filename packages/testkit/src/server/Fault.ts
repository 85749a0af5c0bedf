import * as zlib from "node:zlib"
import type { Exchange } from "./Exchange.ts"
import { bytesOf, Reply } from "./Reply.ts"

/** Something that goes wrong with one request. */
export interface Fault {
  /** What the request's record shows. */
  readonly name: string
  readonly play: (exchange: Exchange) => void
}

/** A fault that holds answers back until it is released. */
export interface HeldFault extends Fault {
  /** Lets all that is held go on, and whatever comes later go through. */
  readonly release: () => void
  /** How many requests are held at the moment. */
  readonly held: () => number
}

/** What the answer with a status may look like. */
export interface StatusFaultOptions {
  /** `Retry-After`: a number of seconds, or a text as it is, such as an HTTP date. None by default. */
  readonly retryAfter?: number | string
  /**
   * `html` as a proxy sends it, `text`, `empty`, or an object for JSON. Default: `json`, which is
   * `{"message": …, "code": …}`.
   */
  readonly body?: "json" | "html" | "text" | "empty" | { readonly [name: string]: string | number | null }
  readonly headers?: ReadonlyArray<readonly [name: string, value: string]>
}

/** When a connection breaks. */
export interface BrokenConnectionOptions {
  /** Whether the request is carried out first, so that its outcome is unknown to the client. Default: false. */
  readonly carriedOut?: boolean
}

/** Faults of the protocol. Those of what answers say are in `AnswerFault`. */
export const Fault = {
  /** Answers with this, without carrying the request out. */
  reply: (reply: Reply, name = `reply ${reply.status}`): Fault => ({
    name,
    play: (exchange) => exchange.send(reply)
  }),

  /** A status of failure, without carrying the request out. */
  status: (status: number, options: StatusFaultOptions = {}): Fault =>
    Fault.reply(statusReply(status, options), `status ${status}`),

  /** Carries the request out and then answers with a failure, as a gateway does that waited too long. */
  statusAfterwards: (status: number, options: StatusFaultOptions = {}): Fault => ({
    name: `status ${status} afterwards`,
    play: (exchange) => {
      exchange.carryOut()
      exchange.send(statusReply(status, options))
    }
  }),

  /** A redirect: to a path for the same origin, to a whole URL for another one. */
  redirect: (location: string, status: 301 | 302 | 303 | 307 | 308 = 302): Fault =>
    Fault.reply(Reply.empty(status, [["Location", location]]), `redirect ${status}`),

  /** Resets the connection before anything is answered. */
  reset: (options: BrokenConnectionOptions = {}): Fault => ({
    name: "reset",
    play: (exchange) => {
      if (options.carriedOut === true) exchange.carryOut()
      exchange.reset()
    }
  }),

  /** Closes the connection before anything is answered, as a server does that is shut down. */
  hangUp: (options: BrokenConnectionOptions = {}): Fault => ({
    name: "hang up",
    play: (exchange) => {
      if (options.carriedOut === true) exchange.carryOut()
      exchange.cut()
    }
  }),

  /** Carries the request out, sends the head and half of the body, and resets the connection. */
  resetMidway: (): Fault => ({
    name: "reset midway",
    play: (exchange) => sendHalf(exchange, "length", () => exchange.reset())
  }),

  /**
   * Carries the request out and sends less than it promised: half of the body, then the end of the connection. By its
   * `Content-Length`, or chunked without the last chunk.
   */
  truncated: (options: { readonly chunked?: boolean } = {}): Fault => ({
    name: options.chunked === true ? "truncated chunks" : "truncated",
    play: (exchange) =>
      sendHalf(exchange, options.chunked === true ? "chunked" : "length", () => exchange.cut())
  }),

  /** Sends nothing until it is released, then carries the request out. Without a release the client waits for ever. */
  silent: (): HeldFault => {
    const gate = new Gate()
    return {
      name: "silent",
      play: (exchange) => gate.hold(exchange, () => exchange.send(exchange.carryOut())),
      release: () => gate.open(),
      held: () => gate.held
    }
  },

  /** Carries the request out, sends head and half of the body, and the other half when it is released. */
  stalled: (): HeldFault => {
    const gate = new Gate()
    return {
      name: "stalled",
      play: (exchange) => {
        const reply = exchange.carryOut()
        const body = bytesOf(reply)
        exchange.head(reply, body.length)
        exchange.write(body.subarray(0, body.length >> 1))
        gate.hold(exchange, () => exchange.end(body.subarray(body.length >> 1)))
      },
      release: () => gate.open(),
      held: () => gate.held
    }
  },

  /**
   * Carries the request out and sends the body a few bytes at a time, so that no idle timeout ever ends it; the rest at
   * once when it is released. Real milliseconds, whatever the clock of a test. Default: one byte in 20 ms.
   */
  drip: (options: { readonly everyMillis?: number; readonly bytes?: number } = {}): HeldFault => {
    const gate = new Gate()
    return {
      name: "drip",
      play: (exchange) => {
        const reply = exchange.carryOut()
        const body = bytesOf(reply)
        const step = options.bytes ?? 1
        let sent = 0
        exchange.head(reply, body.length)
        const timer = setInterval(() => {
          exchange.write(body.subarray(sent, sent + step))
          sent += step
          if (sent >= body.length) exchange.end()
        }, options.everyMillis ?? 20)
        exchange.whenClosed(() => clearInterval(timer))
        gate.hold(exchange, () => {
          clearInterval(timer)
          exchange.end(body.subarray(sent))
        })
      },
      release: () => gate.open(),
      held: () => gate.held
    }
  },

  /** An answer with status 200 whose body is small on the wire and `bytes` of blanks unpacked. Default: 256 MiB. */
  gzipBomb: (options: { readonly bytes?: number; readonly contentType?: string } = {}): Fault => ({
    name: "gzip bomb",
    play: (exchange) => {
      const { bytes = 256 * mebibyte, contentType = "application/json" } = options
      exchange.send(Reply.bytes(bomb(bytes), contentType, { headers: [["Content-Encoding", "gzip"]] }))
    }
  }),

  /** Says that the body is gzip, and sends it as it is. */
  wrongEncoding: (): Fault => ({
    name: "wrong encoding",
    play: (exchange) => {
      const reply = exchange.carryOut()
      exchange.send({ ...reply, headers: [...reply.headers, ["Content-Encoding", "gzip"]] })
    }
  })
} as const

const mebibyte = 1024 * 1024

/** Members of gzip may follow each other, so a large one needs no memory. */
function bomb(bytes: number): Buffer {
  const member = zlib.gzipSync(Buffer.alloc(mebibyte, 0x20))
  const rest = zlib.gzipSync(Buffer.alloc(bytes % mebibyte, 0x20))
  return Buffer.concat([...Array.from({ length: Math.floor(bytes / mebibyte) }, () => member), rest])
}

function statusReply(status: number, options: StatusFaultOptions): Reply {
  const headers: Array<readonly [string, string]> = [...(options.headers ?? [])]
  if (options.retryAfter !== undefined) headers.push(["Retry-After", String(options.retryAfter)])
  const title = `${status} ${statusTexts.get(status) ?? "Error"}`
  const body = options.body ?? "json"
  if (body === "html") return Reply.html(title, { status, headers })
  if (body === "text") return Reply.text(title, { status, headers })
  if (body === "empty") return Reply.empty(status, headers)
  const value = body === "json" ? { message: statusTexts.get(status) ?? "Error", code: `SIM${status}` } : body
  return Reply.json(value, { status, headers })
}

const statusTexts: ReadonlyMap<number, string> = new Map([
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [408, "Request Timeout"],
  [429, "Too Many Requests"],
  [500, "Internal Server Error"],
  [502, "Bad Gateway"],
  [503, "Service Unavailable"],
  [504, "Gateway Timeout"]
])

/** What is promised is always more than what is sent, also for an answer that has no body. */
function sendHalf(exchange: Exchange, framing: "length" | "chunked", end: () => void): void {
  const reply = exchange.carryOut()
  const body = bytesOf(reply)
  const half = body.length === 0 ? Buffer.from(" ") : body.subarray(0, Math.ceil(body.length / 2))
  const status = reply.status === 204 ? 200 : reply.status
  exchange.head({ ...reply, status }, framing === "length" ? body.length + 64 : undefined)
  exchange.write(half, end)
}

/** Holds what shall go on later. */
class Gate {
  #isOpen = false
  readonly #waiting = new Set<() => void>()

  get held(): number {
    return this.#waiting.size
  }

  hold(exchange: Exchange, goOn: () => void): void {
    if (this.#isOpen) return goOn()
    this.#waiting.add(goOn)
    exchange.whenClosed(() => this.#waiting.delete(goOn))
  }

  open(): void {
    this.#isOpen = true
    for (const goOn of this.#waiting) goOn()
    this.#waiting.clear()
  }
}
