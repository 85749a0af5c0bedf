import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Dispatcher } from "undici"
import { httpPool, type HttpPoolError, type HttpPoolOptions } from "./HttpPool.ts"
import { WireExchange, type WireResponse } from "./WireExchange.ts"
import type { WireFailure } from "./WireFailure.ts"

/** One request, ready for the wire. */
export interface WireRequest {
  readonly method: Dispatcher.HttpMethod
  readonly href: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/**
 * Sends one request as it is and gives the head of the answer: no redirects, no decoding, no repetition, no time limit.
 * Interrupting closes the connection. It stands on undici's dispatcher itself: `HttpClient` of Effect above it, with its
 * streams and abort signals, takes as long again as all the rest of a call.
 */
export class HttpWire extends Context.Service<
  HttpWire,
  { readonly send: (request: WireRequest) => Effect.Effect<WireResponse, WireFailure> }
>()("@sallyport/runtime/http/HttpWire") {
  /** On a pool of connections of its own, closed with the scope. */
  static readonly layer = (options: HttpPoolOptions = {}): Layer.Layer<HttpWire, HttpPoolError> =>
    Layer.effect(
      HttpWire,
      Effect.map(httpPool(options), (dispatcher) =>
        HttpWire.of({ send: (request) => send(dispatcher, request, options.proxy !== undefined) })
      )
    )
}

const send = (
  dispatcher: Dispatcher,
  { body, headers, href, method }: WireRequest,
  isProxied: boolean
): Effect.Effect<WireResponse, WireFailure> => {
  const url = new URL(href)
  return WireExchange.send(
    dispatcher,
    { origin: url.origin, path: url.pathname + url.search, method, headers, body: body ?? null },
    isProxied
  )
}
