import * as Effect from "effect/Effect"
import type { Dispatcher } from "undici"
import type { EncodingProblem } from "./ContentEncoding.ts"
import { type ExchangePhase, WireFailure } from "./WireFailure.ts"

/** The head of an answer, and its body while it is on its way. */
export interface WireResponse {
  readonly status: number
  /** Names in lower case; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as it came, at most `limit` bytes. The connection is dropped as soon as there is more. */
  readonly bytes: (limit: number) => Effect.Effect<Uint8Array, EncodingProblem | WireFailure>
  /** Drops the connection, whatever is still on its way. */
  readonly drop: Effect.Effect<void>
}

/** How much of a body is taken in before anybody asked for it, in bytes; then the upstream has to wait. */
const aheadLimit = 65_536

/** One request on the wire: undici tells it what comes, and two effects wait for head and body. */
export class WireExchange implements Dispatcher.DispatchHandler {
  readonly #chunks: Array<Uint8Array> = []
  readonly #isProxied: boolean
  #size = 0
  #limit: number | undefined
  #controller: Dispatcher.DispatchController | undefined
  #head: WireResponse | undefined
  #failure: WireFailure | undefined
  #isComplete = false
  #isOver = false
  /** Who waits, for the head or for the body. */
  #notify: (() => void) | undefined

  private constructor(isProxied: boolean) {
    this.#isProxied = isProxied
  }

  /** Sends the request and waits for the head of the answer. Interrupting drops the connection. */
  static send(
    dispatcher: Dispatcher,
    options: Dispatcher.DispatchOptions,
    isProxied = false
  ): Effect.Effect<WireResponse, WireFailure> {
    return Effect.callback<WireResponse, WireFailure>((resume) => {
      const exchange = new WireExchange(isProxied)
      exchange.#notify = () => {
        const failure = exchange.#failure
        if (exchange.#head !== undefined) resume(Effect.succeed(exchange.#head))
        else if (failure !== undefined) resume(Effect.fail(failure))
      }
      try {
        dispatcher.dispatch(options, exchange)
      } catch (cause) {
        exchange.#fail(cause)
      }
      return Effect.sync(() => exchange.#abort())
    })
  }

  /** Called by undici. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // Interrupted while it waited for a connection.
    if (this.#isOver) controller.abort(dropped)
  }

  /** Called by undici, for interim answers too. */
  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  ): void {
    if (status < 200) return
    this.#head = {
      status,
      headers: joined(headers),
      bytes: (limit) => this.#bytes(limit),
      drop: Effect.sync(() => this.#abort())
    }
    this.#tell()
  }

  /** Called by undici. */
  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#limit === undefined) {
      if (this.#size > aheadLimit) controller.pause()
    } else if (this.#size > this.#limit) this.#tell()
  }

  /** Called by undici. */
  onResponseEnd(): void {
    this.#isComplete = true
    this.#tell()
  }

  /** Called by undici. */
  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  #bytes(limit: number): Effect.Effect<Uint8Array, EncodingProblem | WireFailure> {
    return Effect.suspend(() => {
      this.#limit = limit
      const known = this.#outcome(limit)
      if (known !== undefined) return known
      this.#controller?.resume()
      return Effect.callback<Uint8Array, EncodingProblem | WireFailure>((resume) => {
        this.#notify = () => {
          const outcome = this.#outcome(limit)
          if (outcome !== undefined) resume(outcome)
        }
        return Effect.sync(() => this.#abort())
      })
    })
  }

  #outcome(limit: number): Effect.Effect<Uint8Array, EncodingProblem | WireFailure> | undefined {
    if (this.#size > limit) {
      this.#abort()
      return tooLarge
    }
    if (this.#failure !== undefined) return Effect.fail(this.#failure)
    if (!this.#isComplete) return undefined
    const [only] = this.#chunks
    return Effect.succeed(
      this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks, this.#size)
    )
  }

  #fail(cause: unknown): void {
    const phase: ExchangePhase = this.#head === undefined ? "request" : "body"
    this.#failure ??= new WireFailure(cause, phase, this.#isProxied)
    this.#tell()
  }

  #tell(): void {
    const notify = this.#notify
    if (this.#head !== undefined && this.#limit === undefined) this.#notify = undefined
    notify?.()
  }

  #abort(): void {
    if (this.#isOver || this.#isComplete) return
    this.#isOver = true
    this.#controller?.abort(dropped)
  }
}

const tooLarge = Effect.fail<EncodingProblem>({ _tag: "TooLarge" })

/** The reason that undici is given; nobody sees it. */
const dropped = new Error("the call ended before its answer")

const joined = (
  headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
): Readonly<Record<string, string>> => {
  const out: Record<string, string> = {}
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value !== undefined) out[name] = typeof value === "string" ? value : value.join(", ")
  }
  return out
}
