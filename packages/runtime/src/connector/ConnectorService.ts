import type { Json } from "@sallyport/language"
import type * as Effect from "effect/Effect"
import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { Connection } from "../connection/Connection.ts"
import type { ConnectionError } from "../connection/ConnectionError.ts"
import type { ConnectorError, ConnectorReason } from "../ConnectorError.ts"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import type { ValueProblem } from "../schema/ValueProblem.ts"

/** A connector: its contract, and what carries it out. */
export interface ConnectorService {
  readonly name: string
  readonly manifest: CheckedManifest
  /** Names the contract by its content; see `manifestDigest`. */
  readonly digest: string
  /**
   * Makes a connection usable. Rate budget, pause, places for requests and sessions belong to what is returned: open a
   * connection once and share it.
   */
  readonly open: (connection: Connection) => Effect.Effect<OpenConnection, ConnectionError, Scope.Scope>
}

/** A connection that can be used. Everything fails with a `ConnectorError` and nothing else, and has a span. */
export interface OpenConnection {
  readonly connection: Connection
  readonly manifest: CheckedManifest
  /**
   * Calls an action once; of a paged one, that is the page that the input asks for. The input is checked and completed
   * before anything is sent, the output before it is given.
   */
  readonly call: (
    action: string,
    input: unknown,
    options?: CallOptions
  ) => Effect.Effect<Json, ConnectorError>
  /** All pages of a paged action, one call each, from the page that the input asks for; of any other action its one. */
  readonly pages: (
    action: string,
    input: unknown,
    options?: CallOptions
  ) => Stream.Stream<ActionPage, ConnectorError>
  /** Asks a trigger for what is new since `state`; without one, from the beginning. */
  readonly poll: (
    trigger: string,
    input: unknown,
    state: Json | undefined,
    options?: CallOptions
  ) => Effect.Effect<Poll, ConnectorError>
  /**
   * Makes the call that the manifest names under `connection.check`, the first that this connection can prove who it is for;
   * undefined when it names none.
   */
  readonly check: Effect.Effect<Json | undefined, ConnectorError>
  /** Opens, confirms and forgets the sessions of the connection. */
  readonly sessions: SessionControl
}

/** What a caller may say about one call. */
export interface CallOptions {
  /** The longest the call may take, attempts and waits included, if that is shorter than what the manifest says. */
  readonly deadline?: Duration.Input
  /** The same for every repetition of one and the same step; handlers see it. */
  readonly idempotencyKey?: string
}

/** One page of a paged action. */
export interface ActionPage {
  readonly output: Json
  readonly items: ReadonlyArray<Json>
  /** Something that a person should know, such as that paging ended because a cursor came twice. */
  readonly warning?: string
}

/** What a trigger has new. Commit `events`, `rejected` and `state` together, or none of them. */
export interface Poll {
  readonly events: ReadonlyArray<PolledEvent>
  /** Items that are no events because they do not fit the schema. */
  readonly rejected: ReadonlyArray<RejectedItem>
  /** What the next poll is given. Holds a cursor: never show it, never log it. */
  readonly state: Json
  /** Whether there is more at once; otherwise poll again after `every`. */
  readonly more: boolean
  /** What a person should know, such as that the configuration changed and the trigger began anew. */
  readonly warnings: ReadonlyArray<string>
}

/** An event and what it is known by. */
export interface PolledEvent {
  /** The same whenever the same version of the same thing comes again; different otherwise. */
  readonly key: string
  readonly event: Json
}

/** An item that is set aside: nothing of it is lost, and the others of its page go on. */
export interface RejectedItem {
  /** Its place in the page, from 0. */
  readonly index: number
  readonly problems: ReadonlyArray<ValueProblem>
  /** As it came. It may hold anything, secrets too. */
  readonly item: Redacted.Redacted<unknown>
}

/** Sessions of a connection; see `open` and `confirm` under `auth` in the manifest. */
export interface SessionControl {
  /** The schemes that have sessions and can be used with the secrets of this connection. */
  readonly schemes: ReadonlyArray<string>
  /** Opens a session. With a question, it cannot be used before `confirm` was given the answer. */
  readonly open: (scheme: string) => Effect.Effect<OpenedSession, ConnectorError>
  /** Sends the answer to the question of the session that was opened last. */
  readonly confirm: (scheme: string, answer: Redacted.Redacted) => Effect.Effect<void, ConnectorError>
  /** Forgets a session. The service is not told. */
  readonly forget: (scheme: string) => Effect.Effect<void, ConnectorError>
}

/** A session that was opened. */
export interface OpenedSession {
  /** The question that a person must answer, if there is one. */
  readonly question: string | undefined
}

/** The code of a connector, by the names of the manifest: exactly what is marked `implementation: code`. */
export interface ConnectorHandlers<R = never> {
  readonly actions: ReadonlyMap<string, ActionHandler<R>>
  readonly triggers: ReadonlyMap<string, TriggerHandler<R>>
}

/** Does one action. The input fits its schema, with defaults; what it gives is checked against the output's schema. */
export type ActionHandler<R = never> = (
  input: Json,
  context: HandlerContext
) => Effect.Effect<unknown, ConnectorError, R>

/** Polls one trigger. `state` is what the poll before gave, or undefined. Events are checked against their schema. */
export type TriggerHandler<R = never> = (
  input: Json,
  state: Json | undefined,
  context: HandlerContext
) => Effect.Effect<
  { readonly events: ReadonlyArray<unknown>; readonly state: Json; readonly more: boolean },
  ConnectorError,
  R
>

/** What a handler may use of the connection that it is called for. */
export interface HandlerContext {
  readonly connection: Connection
  /** Calls another action of the same connector through the same connection. */
  readonly call: (action: string, input: unknown) => Effect.Effect<Json, ConnectorError>
  /** The error of this action. The message continues the sentence "CONNECTOR …". `outcomeUnknown` and `retryable` are false and nothing was sent unless it is said. */
  readonly error: (reason: ConnectorReason, message: string) => ConnectorError
  readonly idempotencyKey: string | undefined
}
