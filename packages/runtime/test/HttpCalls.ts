import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import { BaseUrl, type TargetParts } from "../src/http/BaseUrl.ts"
import { ConnectionGate } from "../src/http/ConnectionGate.ts"
import type { HttpPolicies } from "../src/http/HttpPolicies.ts"
import type { HttpRequest } from "../src/http/HttpRequest.ts"
import { HttpWire } from "../src/http/HttpWire.ts"
import { RateBudget } from "../src/http/RateBudget.ts"
import type { WireResponse } from "../src/http/WireExchange.ts"
import { RetryPolicy } from "../src/http/RetryPolicy.ts"

/** A GET of `/x` that expects JSON, changed as said. */
export function request(
  origin: string,
  change: Partial<HttpRequest> & { readonly parts?: TargetParts } = {}
): HttpRequest {
  const { parts, ...rest } = change
  return {
    connector: "acme",
    action: "read_thing",
    method: "GET",
    effect: "read",
    target: Result.getOrThrow(Result.getOrThrow(BaseUrl.parse(origin)).target(parts ?? { path: "/x" })),
    expect: [{ status: 200, as: "json" }],
    ...rest
  }
}

/** A POST of `{"a":1}` that changes something. */
export function write(origin: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return request(origin, {
    method: "POST",
    effect: "write",
    action: "make_thing",
    body: { contentType: "application/json", bytes: Buffer.from('{"a":1}') },
    ...change
  })
}

/** Policies of a connection of its own: no limits, no repetition, changed as said. */
export function policies(change: Partial<HttpPolicies> = {}): HttpPolicies {
  return {
    gate: new ConnectionGate(100),
    budget: new RateBudget(),
    retry: RetryPolicy.never,
    timeout: "30 seconds",
    deadline: "10 minutes",
    ...change
  }
}

/** What a scripted client answers: a response, or the error that Node would give. */
export interface ScriptedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How long the answer takes on the clock of the test. */
  readonly after?: Duration.Input
}

/** A wire without a network, so that all time is the clock's. It records when each request was sent, in milliseconds. */
export function scripted(answer: (index: number) => ScriptedAnswer): {
  readonly wire: HttpWire["Service"]
  readonly sentAt: ReadonlyArray<number>
} {
  const sentAt: Array<number> = []
  const send: HttpWire["Service"]["send"] = () =>
    Effect.clockWith((clock) => {
      const { after, body, headers, status } = answer(sentAt.push(clock.currentTimeMillisUnsafe()) - 1)
      const response: WireResponse = {
        status,
        headers: { "content-type": "application/json", ...headers },
        bytes: () => Effect.succeed(Buffer.from(body ?? "{}")),
        drop: Effect.void
      }
      return Effect.as(Effect.sleep(after ?? Duration.zero), response)
    })
  return { wire: HttpWire.of({ send }), sentAt }
}

/**
 * Moves the clock of the test forward in steps until the fiber has ended. Time goes on while sockets work, so this is
 * for scripted clients and for what must run into a time limit.
 */
export function advance<A, E>(fiber: Fiber.Fiber<A, E>, step: Duration.Input): Effect.Effect<void> {
  return Effect.suspend(() =>
    fiber.pollUnsafe() === undefined
      ? Effect.andThen(
          Effect.andThen(TestClock.adjust(step), turn),
          Effect.suspend(() => advance(fiber, step))
        )
      : Effect.void
  )
}

/** Lets everything happen that does not wait for time: sockets, promises, other fibers. */
export const turn: Effect.Effect<void> = Effect.promise(
  () => new Promise<void>((resolve) => setImmediate(resolve))
)
