import * as Effect from "effect/Effect"
import type * as Tracer from "effect/Tracer"
import type { ConnectorError } from "../ConnectorError.ts"
import { type AttemptFailure, connectorError } from "./AttemptFailure.ts"
import type { ExchangeReply } from "./HttpExchange.ts"
import type { HttpMetrics, WaitKind } from "./HttpMetrics.ts"
import type { HttpReply } from "./HttpReply.ts"
import type { HttpRequest } from "./HttpRequest.ts"

/** How far one call is: kept over its attempts, and written to its span. Belongs to one fiber. */
export class CallProgress {
  readonly request: HttpRequest
  readonly #metrics: HttpMetrics
  readonly #span: Tracer.Span
  #attempts = 0
  #ambiguous = false
  #waited = 0

  constructor(request: HttpRequest, metrics: HttpMetrics, span: Tracer.Span) {
    this.request = request
    this.#metrics = metrics
    this.#span = span
  }

  /** How many attempts have begun to send. */
  get attempts(): number {
    return this.#attempts
  }

  /** A further attempt begins to send. */
  sends(): void {
    this.#attempts++
    this.#span.attribute("sallyport.attempts", this.#attempts)
  }

  /** An attempt failed. Once a write may have been carried out, no later attempt can undo that. */
  failed(failure: AttemptFailure): void {
    this.#ambiguous ||= failure.ambiguous
  }

  /** A further attempt begins, because the one before failed like this. */
  repeats(failure: AttemptFailure): Effect.Effect<void> {
    return this.#metrics.retry(this.request, failure.reason)
  }

  /** Adds a wait to the span and the metrics. Less than a millisecond is none. */
  waited(kind: WaitKind, millis: number): Effect.Effect<void> {
    if (millis < 1) return Effect.void
    return Effect.suspend(() => {
      this.#waited += millis
      this.#span.attribute("sallyport.waited_ms", Math.round(this.#waited))
      return this.#metrics.wait(this.request, kind, millis)
    })
  }

  /** The reply of the whole call. */
  reply(reply: ExchangeReply): HttpReply {
    this.#span.attribute("http.response.status_code", reply.status)
    return { ...reply, attempts: this.#attempts }
  }

  /** The error of the whole call. `gaveUp` says why there was no further attempt. */
  error(failure: AttemptFailure, gaveUp?: string): ConnectorError {
    if (failure.status !== undefined) this.#span.attribute("http.response.status_code", failure.status)
    this.#span.attribute("error.type", failure.reason._tag)
    return connectorError(this.request, failure, {
      count: this.#attempts,
      ambiguous: this.#ambiguous,
      ...(gaveUp === undefined ? {} : { gaveUp })
    })
  }
}
