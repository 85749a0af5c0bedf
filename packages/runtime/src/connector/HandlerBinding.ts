import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"
import type { ConnectorError } from "../ConnectorError.ts"
import { type ActionContext, actionContext } from "./ActionContext.ts"
import type { CodedPoll, CodeHandlers } from "./CodeHandlers.ts"
import type { ActionHandler, ConnectorHandlers, TriggerHandler } from "./ConnectorService.ts"
import type { Operations } from "./Operations.ts"

/**
 * Handlers by name, without needs of their own: each has the services of `services`, which win over those of its caller,
 * and a scope that ends with its call. Spans that it opens belong to the call, not to whoever made the layer.
 */
export const bindHandlers = <O extends Operations, R>(
  handlers: CodeHandlers<O>,
  services: Context.Context<R>
): ConnectorHandlers => {
  // The compiler cannot look into a conditional type for an `O` that it does not know. Whatever `O` is, its handlers are
  // functions of these shapes, and what they are called with fits the schemas from which `O` was generated.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { actions = {}, triggers = {} } = handlers as UntypedHandlers<O, R | Scope.Scope>
  const bind = <A, E>(effect: Effect.Effect<A, E, R | Scope.Scope>): Effect.Effect<A, E> =>
    Effect.scopedWith((scope) =>
      Effect.updateContext(effect, (call: Context.Context<never>) => {
        const provided = Context.add(Context.merge(call, services), Scope.Scope, scope)
        // Every call has a span. The layer may have been built within one that ended long ago.
        const span = Context.getOrUndefined(call, Tracer.ParentSpan)
        return span === undefined ? provided : Context.add(provided, Tracer.ParentSpan, span)
      })
    )
  return {
    actions: new Map(
      Object.entries(actions).map(([name, handler]): [string, ActionHandler] => [
        name,
        (input, context) => bind(handler(input, actionContext<O>(context)))
      ])
    ),
    triggers: new Map(
      Object.entries(triggers).map(([name, handler]): [string, TriggerHandler] => [
        name,
        (input, state, context) => bind(handler(input, state, actionContext<O>(context)))
      ])
    )
  }
}

interface UntypedHandlers<O extends Operations, R> {
  readonly actions?: {
    readonly [name: string]: (
      input: unknown,
      context: ActionContext<O>
    ) => Effect.Effect<unknown, ConnectorError, R>
  }
  readonly triggers?: {
    readonly [name: string]: (
      input: unknown,
      state: Parameters<TriggerHandler>[1],
      context: ActionContext<O>
    ) => Effect.Effect<CodedPoll<unknown>, ConnectorError, R>
  }
}
