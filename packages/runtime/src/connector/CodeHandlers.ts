import type { Json } from "@sallyport/language"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { ConnectorError } from "../ConnectorError.ts"
import type { ActionContext } from "./ActionContext.ts"
import type { CodedAction, CodedTrigger, Operations } from "./Operations.ts"

/**
 * The code of a connector: a handler for each operation that its manifest marks `implementation: code`, and for no
 * other. The keys `actions` and `triggers` may be left out where there is none.
 */
export type CodeHandlers<O extends Operations> = Group<
  "actions",
  { readonly [A in CodedAction<O>]: CodedActionHandler<O, A, unknown> }
> &
  Group<"triggers", { readonly [T in CodedTrigger<O>]: CodedTriggerHandler<O, T, unknown> }>

/**
 * Does an action. The input has been checked and completed; what it gives is checked and completed before anybody sees
 * it. Its scope is that of one call.
 */
export type CodedActionHandler<O extends Operations, A extends CodedAction<O>, R = never> = (
  input: O["actions"][A]["input"],
  context: ActionContext<O>
) => Effect.Effect<O["actions"][A]["result"], ConnectorError, R>

/** Polls a trigger from `state`, which is what the poll before gave, or undefined. Its scope is that of one poll. */
export type CodedTriggerHandler<O extends Operations, T extends CodedTrigger<O>, R = never> = (
  input: O["triggers"][T]["input"],
  state: Json | undefined,
  context: ActionContext<O>
) => Effect.Effect<CodedPoll<O["triggers"][T]["result"]>, ConnectorError, R>

/** What a coded trigger has new. */
export interface CodedPoll<Event> {
  readonly events: ReadonlyArray<Event>
  /** What the next poll is given. */
  readonly state: Json
  /** Whether there is more at once. */
  readonly more: boolean
}

/** What handlers need besides their arguments, their scopes apart. */
export type HandlerServices<H> = Exclude<
  GroupServices<H, "actions"> | GroupServices<H, "triggers">,
  Scope.Scope
>

/**
 * Refuses handlers of what the manifest does not leave to code: each gets a type that says why, which no function fits,
 * so that the compiler reports it where it stands.
 */
export type NothingUndeclared<O extends Operations, H> = {
  readonly [G in keyof H]: G extends "actions"
    ? Refused<H[G], CodedAction<O>, keyof O["actions"], "action">
    : G extends "triggers"
      ? Refused<H[G], CodedTrigger<O>, keyof O["triggers"], "trigger">
      : "handlers stand under actions or triggers"
}

type Refused<Handlers, Coded, Declared, Kind extends string> = {
  readonly [K in keyof Handlers]: K extends Coded
    ? unknown
    : K extends Declared
      ? `the manifest does not mark this ${Kind} implementation: code, so it takes no handler`
      : `the manifest declares no ${Kind} ${K & string}`
}

/** A key that may be left out when nothing need stand under it. */
type Group<Key extends string, Handlers> = [keyof Handlers] extends [never]
  ? { readonly [K in Key]?: Handlers }
  : { readonly [K in Key]: Handlers }

type GroupServices<H, Key extends string> = H extends { readonly [K in Key]: infer Handlers }
  ? ServicesOf<Handlers[keyof Handlers]>
  : never

type ServicesOf<Handler> = Handler extends (...args: never) => Effect.Effect<unknown, unknown, infer R>
  ? // What the compiler takes where a handler is wrong, which it says there.
    unknown extends R
    ? never
    : R
  : never
