import type { Json } from "@sallyport/language"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { ActionContract } from "../action/ActionContract.ts"
import { showProblems } from "../action/ResponseReader.ts"
import type { ConnectorError } from "../ConnectorError.ts"
import { EventCollector } from "../trigger/EventCollector.ts"
import type { TriggerState } from "../trigger/TriggerState.ts"
import { type ConnectionContext, refused } from "./ConnectionContext.ts"
import type { TriggerContract } from "./ConnectorContracts.ts"
import type {
  CallOptions,
  ConnectorHandlers,
  HandlerContext,
  Poll,
  RejectedItem
} from "./ConnectorService.ts"

/** Calls what a manifest leaves to code, within a span, and checks what it gives. */
export class CodedCaller {
  readonly #context: ConnectionContext
  readonly #handlers: ConnectorHandlers
  readonly #call: HandlerContext["call"]

  constructor(context: ConnectionContext, handlers: ConnectorHandlers, call: HandlerContext["call"]) {
    this.#context = context
    this.#handlers = handlers
    this.#call = call
  }

  /** Does an action. The input is decoded, with defaults. */
  action(contract: ActionContract, input: Json, options: CallOptions): Effect.Effect<Json, ConnectorError> {
    const { effect, name } = contract.action
    const handler = this.#handlers.actions.get(name)
    if (handler === undefined) return Effect.die(new Error(`the action "${name}" has no code`))
    const deadline =
      options.deadline === undefined
        ? contract.deadline
        : Duration.min(contract.deadline, Duration.fromInputUnsafe(options.deadline))
    const limited = Effect.timeoutOrElse(handler(input, this.#handlerContext(name, options)), {
      duration: deadline,
      orElse: () => Effect.fail(this.#late(name, deadline, effect !== "read"))
    })
    const checked = Effect.flatMap(limited, (given) => {
      if (contract.output === undefined) return Effect.succeed<Json>(null)
      const output = contract.output.decode(given)
      return Result.isSuccess(output)
        ? Effect.succeed(output.success)
        : Effect.fail(this.#malformed(name, `its output does not fit: ${showProblems(output.failure)}`))
    })
    return this.#spanned(name, checked)
  }

  /** Polls a trigger. The input is decoded, with defaults. Events that do not fit are set aside. */
  trigger(
    { event, input: _input, trigger }: TriggerContract,
    input: Json,
    state: TriggerState,
    options: CallOptions
  ): Effect.Effect<Poll, ConnectorError> {
    const handler = this.#handlers.triggers.get(trigger.name)
    if (handler === undefined) return Effect.die(new Error(`the trigger "${trigger.name}" has no code`))
    const polled = Effect.map(
      handler(input, state.own, this.#handlerContext(trigger.name, options)),
      ({ events, more, state: own }): Poll => {
        const rejected: Array<RejectedItem> = []
        const collector = new EventCollector(trigger)
        for (const [index, item] of events.entries()) {
          const decoded = event.decode(item)
          const problem = Result.isSuccess(decoded) ? collector.add(decoded.success) : undefined
          const problems = Result.isFailure(decoded)
            ? decoded.failure
            : problem === undefined
              ? []
              : [{ path: [], message: problem }]
          if (problems.length > 0) rejected.push({ index, problems, item: Redacted.make<unknown>(item) })
        }
        return {
          events: collector.events,
          rejected,
          state: { ...state, initial_sync_done: state.initial_sync_done || !more, own },
          more,
          warnings: []
        }
      }
    )
    return this.#spanned(trigger.name, polled)
  }

  #handlerContext(name: string, { idempotencyKey }: CallOptions): HandlerContext {
    return {
      connection: this.#context.connection,
      call: this.#call,
      error: (reason, message) => refused(this.#context, name, reason, message),
      idempotencyKey
    }
  }

  #late(name: string, deadline: Duration.Duration, isWrite: boolean): ConnectorError {
    const error = refused(
      this.#context,
      name,
      { _tag: "Timeout" },
      `did not finish "${name}" within ${Duration.toMillis(deadline)} ms`
    )
    return error.after({ attempts: 1, retryable: !isWrite, outcomeUnknown: isWrite })
  }

  #malformed(name: string, problem: string): ConnectorError {
    return refused(this.#context, name, { _tag: "Malformed" }, problem).after({
      attempts: 1,
      retryable: false,
      outcomeUnknown: false
    })
  }

  #spanned<A>(name: string, effect: Effect.Effect<A, ConnectorError>): Effect.Effect<A, ConnectorError> {
    const connector = this.#context.manifest.manifest.connector
    return Effect.useSpan(
      `${connector}.${name}`,
      { attributes: { "sallyport.connector": connector, "sallyport.action": name } },
      (span) =>
        effect.pipe(
          Effect.tapError(({ reason }) => Effect.sync(() => span.attribute("error.type", reason._tag))),
          Effect.withParentSpan(span, { captureStackTrace: false })
        )
    )
  }
}
