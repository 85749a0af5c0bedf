import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type { ConnectorError } from "../src/ConnectorError.ts"
import type { HttpPolicies } from "../src/http/HttpPolicies.ts"
import type { HttpRequest } from "../src/http/HttpRequest.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { RetryPolicy } from "../src/http/RetryPolicy.ts"
import { policies, turn } from "./HttpCalls.ts"
import { type Answer, loopback } from "./LoopbackServer.ts"

/** Calls through the transport of the context, with policies changed as said. */
export const call = Effect.fnUntraced(function* (prepared: HttpRequest, change: Partial<HttpPolicies> = {}) {
  const transport = yield* HttpTransport
  return yield* transport.call(prepared, policies(change))
})

/** The error that a call must fail with. */
export const failing = (prepared: HttpRequest, change: Partial<HttpPolicies> = {}) =>
  Effect.flip(call(prepared, change))

/** Runs against a server and a pool of their own. */
export const against = <A, E>(
  answer: Answer,
  use: (server: Effect.Success<ReturnType<typeof loopback>>) => Effect.Effect<A, E, HttpTransport>
) => Effect.scoped(Effect.flatMap(loopback(answer), use).pipe(Effect.provide(HttpTransport.layer())))

/** Sockets take real time, so nothing on the wire waits on the clock of the test unless the test is about that. */
export const atOnce = new RetryPolicy({ attempts: 3, backoff: 0 })

/** Answers `{"ok":true}`. */
export const json: Answer = (response) => {
  response.setHeader("content-type", "application/json")
  response.end('{"ok":true}')
}

/** What a manifest's `errors` would do. */
export function describeReply(
  reply: Parameters<NonNullable<HttpRequest["describe"]>>[0]
): ConnectorError["upstream"] {
  const message = textOf(reply.body, "message")
  const code = textOf(reply.body, "code")
  const id = reply.headers["x-error-id"]
  return {
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(id === undefined ? {} : { id })
  }
}

/** Waits for the other side, one turn of the event loop after the other. The time limit of the test ends what never comes. */
export function until(condition: () => boolean): Effect.Effect<void> {
  return Effect.suspend(() => (condition() ? Effect.void : Effect.andThen(turn, until(condition))))
}

function textOf(body: unknown, key: string): string | undefined {
  const value: unknown = Predicate.hasProperty(body, key) ? body[key] : undefined
  return typeof value === "string" ? value : undefined
}
