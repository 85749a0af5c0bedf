import { type Json, isJsonObject } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { ActionCaller, DeclaredCall } from "../action/ActionCaller.ts"
import type { ActionContract } from "../action/ActionContract.ts"
import { type PageEnd, pageEnd } from "../action/PageEnd.ts"
import { evaluate } from "../action/RequestBuilder.ts"
import { showProblems } from "../action/ResponseReader.ts"
import { type ConnectionContext, refused } from "../connector/ConnectionContext.ts"
import type { CallOptions, Poll, RejectedItem } from "../connector/ConnectorService.ts"
import type { ConnectorError } from "../ConnectorError.ts"
import type { CheckedCall, CheckedRequest, CheckedTrigger } from "../manifest/CheckedManifest.ts"
import type { ValueCodec } from "../schema/ValueCodec.ts"
import { EventCollector } from "./EventCollector.ts"
import { type PolledPage, readPolledPage } from "./PolledPage.ts"
import type { TriggerState } from "./TriggerState.ts"

/** A trigger whose manifest says how it is polled. */
export interface DeclaredTrigger {
  readonly trigger: CheckedTrigger
  readonly poll: CheckedCall
  readonly contract: ActionContract
  readonly request: CheckedRequest
  readonly event: ValueCodec
}

/** Polls declared triggers through one connection: one page a poll. */
export class TriggerPoller {
  readonly #context: ConnectionContext
  readonly #caller: ActionCaller

  constructor(context: ConnectionContext, caller: ActionCaller) {
    this.#context = context
    this.#caller = caller
  }

  /** Reads the page that the state asks for. `input` is decoded, with defaults. */
  poll(
    declared: DeclaredTrigger,
    input: Json,
    state: TriggerState,
    options: CallOptions
  ): Effect.Effect<Poll, ConnectorError> {
    const call = this.#call(declared, input, state, options)
    if (Result.isFailure(call))
      return Effect.fail(
        refused(
          this.#context,
          declared.trigger.name,
          { _tag: "InvalidInput" },
          `was not polled: ${call.failure}`
        )
      )
    const variables = this.#caller.variables(call.success.input)
    return this.#caller.call(call.success, (reply) =>
      Result.flatMap(readPolledPage(declared.contract, declared.event, reply, variables), (page) =>
        Result.map(this.#end(declared, page, call.success, state), (end) =>
          pollOf(declared, page, end, state)
        )
      )
    )
  }

  #call(
    { contract, poll, request, trigger }: DeclaredTrigger,
    input: Json,
    state: TriggerState,
    options: CallOptions
  ): Result.Result<DeclaredCall, string> {
    const variables = {
      config: this.#context.connection.config,
      input,
      state: { initial_sync_done: state.initial_sync_done }
    }
    const given = new Map<string, Json>()
    for (const [name, value] of poll.with) {
      const outcome = evaluate(value, variables)
      if (Result.isFailure(outcome))
        return Result.fail(`its input "${name}" has no value: ${outcome.failure}`)
      if (outcome.success !== undefined) given.set(name, outcome.success)
    }
    const into = trigger.keep ?? contract.action.paginate?.cursor?.into
    const cursor = trigger.keep === undefined ? state.page : state.cursor
    if (into !== undefined && cursor !== undefined) given.set(into, cursor)
    const decoded = contract.input.decode(Object.fromEntries(given))
    if (Result.isFailure(decoded))
      return Result.fail(`the input of "${poll.action}" does not fit: ${showProblems(decoded.failure)}`)
    const target = state.link === undefined ? undefined : this.#caller.follow(state.link)
    if (target !== undefined && Result.isFailure(target)) return Result.fail(target.failure)
    return Result.succeed({
      contract,
      request,
      input: isJsonObject(decoded.success) ? decoded.success : {},
      options,
      ...(target !== undefined && { target: target.success })
    })
  }

  /** Where the pass stands behind the page. What is not paged has ended. */
  #end(
    { contract, trigger }: DeclaredTrigger,
    page: PolledPage,
    { input }: DeclaredCall,
    state: TriggerState
  ): Result.Result<PageEnd, string> {
    const { paginate } = contract.action
    if (paginate === undefined) return Result.succeed({ next: undefined, more: false, trail: undefined })
    return pageEnd(paginate, {
      variables: { ...this.#caller.variables(input), ...page.variables },
      size: page.size,
      asked: state.link ?? (trigger.keep === undefined ? state.page : state.cursor),
      trail: state.trail
    })
  }
}

const pollOf = ({ trigger }: DeclaredTrigger, page: PolledPage, end: PageEnd, state: TriggerState): Poll => {
  const rejected: Array<RejectedItem> = [...page.rejected]
  const collector = new EventCollector(trigger)
  for (const [place, item] of page.items.entries()) {
    const problem = collector.add(item)
    if (problem !== undefined)
      rejected.push({
        index: page.places?.[place] ?? place,
        problems: [{ path: [], message: problem }],
        item: Redacted.make<unknown>(item)
      })
  }
  return {
    events: collector.events,
    rejected: rejected.toSorted((a, b) => a.index - b.index),
    state: nextState(trigger, end, state),
    more: end.more,
    warnings: end.warning === undefined ? [] : [`${trigger.name}: ${end.warning}`]
  }
}

/**
 * A cursor that is kept is the last one that was given, by an empty page too; where none is given, the one before stays. Any
 * other way on is forgotten when the pass ends.
 */
const nextState = (
  { keep }: CheckedTrigger,
  { more, next, trail }: PageEnd,
  { link: _link, page: _page, trail: _trail, ...state }: TriggerState
): TriggerState => ({
  ...state,
  initial_sync_done: state.initial_sync_done || !more,
  ...(keep !== undefined && next?.kind === "cursor" && { cursor: next.cursor }),
  ...(keep === undefined && more && next?.kind === "cursor" && { page: next.cursor }),
  ...(more && next?.kind === "link" && { link: next.link }),
  ...(trail !== undefined && { trail })
})
