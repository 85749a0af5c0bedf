import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { ConnectorError } from "../ConnectorError.ts"
import type { AttemptFailure } from "./AttemptFailure.ts"
import type { CallProgress } from "./CallProgress.ts"
import { exchange, type ExchangeReply, malformed } from "./HttpExchange.ts"
import { defaultMaxBodyBytes, type HttpPolicies } from "./HttpPolicies.ts"
import type { HttpWire } from "./HttpWire.ts"
import type { ReplyReader } from "./HttpReply.ts"
import { monotonicMillis } from "./MonotonicTime.ts"
import { requestHeaders } from "./RequestHeaders.ts"

/** Carries out one call: attempts, and the waits before and between them, until it is answered or given up. */
export const httpCall = Effect.fnUntraced(function* <A>(
  wire: HttpWire["Service"],
  userAgent: string,
  policies: HttpPolicies,
  progress: CallProgress,
  read: ReplyReader<A>
): Effect.fn.Return<A, ConnectorError> {
  const { request } = progress
  const headers = requestHeaders(request, userAgent)
  if (Result.isFailure(headers)) return yield* progress.error(notSent(headers.failure))
  const end = (yield* monotonicMillis) + Duration.toMillis(policies.deadline)
  const attempt: Attempt = { wire, headers: headers.success, policies, progress, end }
  let last: AttemptFailure | undefined
  for (;;) {
    const before = progress.attempts
    const result = yield* Effect.result(inTurn(attempt))
    if (Result.isSuccess(result)) {
      const value = read(progress.reply(result.success))
      if (Result.isSuccess(value)) return value.success
      const unreadable = malformed(result.success.status, value.failure)
      progress.failed(unreadable)
      return yield* progress.error(unreadable)
    }
    const failure = result.failure
    // Waiting for a further attempt took the rest of the time: what the one before said tells more.
    if (progress.attempts === before) {
      return yield* last === undefined ? progress.error(failure) : progress.error(last, outOfTime)
    }
    progress.failed(failure)
    last = failure
    if (progress.attempts >= policies.retry.attempts || !policies.retry.allows(request, failure)) {
      return yield* progress.error(failure)
    }
    const wait = yield* waitAfter(attempt, failure)
    if ((yield* monotonicMillis) + wait >= end) return yield* progress.error(failure, outOfTime)
    yield* Effect.logDebug(`repeating a request in ${wait} ms after ${failure.reason._tag}`).pipe(
      Effect.annotateLogs({
        connector: request.connector,
        action: request.action,
        attempts: progress.attempts
      })
    )
    yield* Effect.sleep(wait)
    yield* progress.waited("backoff", wait)
    yield* progress.repeats(failure)
  }
})

const outOfTime = "there was no time left to try again"

interface Attempt {
  readonly wire: HttpWire["Service"]
  readonly headers: Readonly<Record<string, string>>
  readonly policies: HttpPolicies
  readonly progress: CallProgress
  /** When the whole call must have ended, on the clock of `monotonicMillis`. */
  readonly end: number
}

/** One attempt, with its waits for a place and for the rate budget, within what is left of the deadline. */
function inTurn(attempt: Attempt): Effect.Effect<ExchangeReply, AttemptFailure> {
  const { end, policies } = attempt
  return Effect.flatMap(monotonicMillis, (time) =>
    Effect.flatMap(policies.budget.pausedFor, (pause) =>
      pause > 0 && time + pause >= end
        ? Effect.fail(paused(pause))
        : // First the place, then the budget: what the budget has granted is sent at once.
          policies.gate.run(
            end - time,
            (waited) => granted(attempt, waited),
            Effect.suspend(() => late(attempt, "gate", end - time))
          )
    )
  )
}

function granted(attempt: Attempt, waited: number): Effect.Effect<ExchangeReply, AttemptFailure> {
  return attempt.progress
    .waited("gate", waited)
    .pipe(
      Effect.andThen(budget(attempt)),
      Effect.andThen(Effect.flatMap(monotonicMillis, (time) => sent(attempt, time)))
    )
}

function budget(attempt: Attempt): Effect.Effect<void, AttemptFailure> {
  const { end, policies, progress } = attempt
  return Effect.flatMap(monotonicMillis, (time) =>
    Effect.flatMap(
      policies.budget.take(
        end - time,
        Effect.suspend(() => late(attempt, "budget", end - time))
      ),
      (waited) => progress.waited("budget", waited)
    )
  )
}

/** From the first byte to the last, within the time of an attempt and of the call. */
function sent(attempt: Attempt, time: number): Effect.Effect<ExchangeReply, AttemptFailure> {
  const { policies, progress } = attempt
  const own = Duration.toMillis(policies.timeout)
  const left = Math.max(0, attempt.end - time)
  progress.sends()
  const sending = exchange(attempt.wire, progress.request, {
    headers: attempt.headers,
    maxBodyBytes: policies.maxBodyBytes ?? defaultMaxBodyBytes,
    beforeRedirect: Effect.suspend(() => budget(attempt)),
    onRateLimited: (retryAfter) =>
      Effect.flatMap(policies.retry.wait(progress.attempts, retryAfter), (wait) =>
        policies.budget.pause(wait)
      )
  })
  return Effect.timeoutOrElse(sending, {
    duration: Math.min(own, left),
    orElse: () =>
      Effect.fail<AttemptFailure>({
        reason: { _tag: "Timeout" },
        problem: `did not answer completely ${own <= left ? `within ${own} ms` : "before the deadline of the call"}`,
        transient: true,
        timedOut: true,
        ambiguous: true
      })
  })
}

/** The deadline came while the call waited: counted as a wait, and nothing was sent. */
function late(
  attempt: Attempt,
  kind: "gate" | "budget",
  waited: number
): Effect.Effect<never, AttemptFailure> {
  const problem =
    kind === "gate"
      ? "was not called: all places for calls of this connection were taken until the deadline"
      : "was not called: the rate budget of the connection left no room until the deadline"
  const failure: AttemptFailure = {
    reason: { _tag: "Timeout" },
    problem,
    transient: true,
    ambiguous: false
  }
  return Effect.andThen(attempt.progress.waited(kind, waited), Effect.fail(failure))
}

/** After a 429 all callers wait for the same moment; after anything else this call waits alone. In whole milliseconds. */
function waitAfter(attempt: Attempt, failure: AttemptFailure): Effect.Effect<number> {
  const { policies, progress } = attempt
  const wait =
    failure.status === 429
      ? policies.budget.pausedFor
      : policies.retry.wait(progress.attempts, failure.retryAfter)
  return Effect.map(wait, Math.ceil)
}

/** The connection is paused for longer than this call may take: waiting would be in vain. */
function paused(millis: number): AttemptFailure {
  return {
    reason: { _tag: "RateLimited", retryAfter: Math.ceil(millis / 1000) },
    problem:
      "was not called: it limits the rate of requests, and the connection is paused beyond the deadline",
    transient: true,
    ambiguous: false,
    retryAfter: millis
  }
}

/** A request that was refused here. */
function notSent(problem: string): AttemptFailure {
  return {
    reason: { _tag: "InvalidInput" },
    problem: `was not called: ${problem}`,
    transient: false,
    ambiguous: false
  }
}
