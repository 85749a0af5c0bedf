import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type { ConnectorError } from "../ConnectorError.ts"
import { CallProgress } from "./CallProgress.ts"
import { httpCall } from "./HttpCall.ts"
import { HttpMetrics } from "./HttpMetrics.ts"
import type { HttpPolicies } from "./HttpPolicies.ts"
import type { HttpPoolError, HttpPoolOptions } from "./HttpPool.ts"
import { HttpWire } from "./HttpWire.ts"
import type { HttpReply, ReplyReader } from "./HttpReply.ts"
import type { HttpRequest } from "./HttpRequest.ts"

/** What all calls of a transport have in common. */
export interface HttpTransportOptions {
  /** The `User-Agent`, unless a request names one. Default: `sallyport`. */
  readonly userAgent?: string
}

/**
 * Carries out prepared requests: within a deadline, a rate budget and a concurrency limit, repeated where that is safe,
 * and judged. Fails with a `ConnectorError` and nothing else.
 *
 * A call has one span, `CONNECTOR.ACTION`, and counts in `HttpMetrics`. Neither they nor logs nor errors hold a secret,
 * a cursor, a query string or a body. Interrupting a call closes its connection.
 */
export class HttpTransport extends Context.Service<
  HttpTransport,
  {
    readonly call: (request: HttpRequest, policies: HttpPolicies) => Effect.Effect<HttpReply, ConnectorError>
    /** As `call`, and makes something of the answer within the same span. */
    readonly callReading: <A>(
      request: HttpRequest,
      policies: HttpPolicies,
      read: ReplyReader<A>
    ) => Effect.Effect<A, ConnectorError>
  }
>()("@sallyport/runtime/http/HttpTransport") {
  /** On the `HttpWire` of the context. */
  static readonly layerWire = (
    options: HttpTransportOptions = {}
  ): Layer.Layer<HttpTransport, never, HttpWire> =>
    Layer.effect(
      HttpTransport,
      Effect.map(HttpWire, (wire) => {
        const parts = { wire, userAgent: options.userAgent ?? "sallyport", metrics: new HttpMetrics() }
        return HttpTransport.of({
          call: (request, policies) => call(parts, request, policies, Result.succeed),
          callReading: (request, policies, read) => call(parts, request, policies, read)
        })
      })
    )

  /** On a pool of connections of its own, closed with the scope. */
  static readonly layer = (
    options: HttpTransportOptions & HttpPoolOptions = {}
  ): Layer.Layer<HttpTransport, HttpPoolError> =>
    Layer.provide(HttpTransport.layerWire(options), HttpWire.layer(options))
}

interface Parts {
  readonly wire: HttpWire["Service"]
  readonly userAgent: string
  readonly metrics: HttpMetrics
}

function call<A>(
  { metrics, userAgent, wire }: Parts,
  request: HttpRequest,
  policies: HttpPolicies,
  read: ReplyReader<A>
): Effect.Effect<A, ConnectorError> {
  const attributes = {
    "sallyport.connector": request.connector,
    "sallyport.action": request.action,
    "http.request.method": request.method
  }
  return Effect.useSpan(`${request.connector}.${request.action}`, { kind: "client", attributes }, (span) =>
    httpCall(wire, userAgent, policies, new CallProgress(request, metrics, span), read).pipe(
      Effect.tapError((error) => metrics.error(request, error.reason)),
      Effect.ensuring(metrics.call(request)),
      Effect.withParentSpan(span, { captureStackTrace: false })
    )
  )
}
