import { type Json, suggest, isJsonObject, isJsonList } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { ActionCaller, type DeclaredCall } from "../action/ActionCaller.ts"
import { actionPages } from "../action/ActionPages.ts"
import { evaluate } from "../action/RequestBuilder.ts"
import { readResponse, showProblems } from "../action/ResponseReader.ts"
import type { Connection } from "../connection/Connection.ts"
import type { ConnectionError } from "../connection/ConnectionError.ts"
import type { ConnectorError } from "../ConnectorError.ts"
import { HttpTransport } from "../http/HttpTransport.ts"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { manifestDigest } from "../manifest/ManifestDigest.ts"
import { hasSession } from "../session/Sessions.ts"
import { SessionVault } from "../session/SessionVault.ts"
import { TriggerPoller } from "../trigger/TriggerPoller.ts"
import { fingerprintOf, firstState, readState } from "../trigger/TriggerState.ts"
import { CodedCaller } from "./CodedCaller.ts"
import { type ConnectionContext, connectionContext, refused } from "./ConnectionContext.ts"
import { ConnectorContracts } from "./ConnectorContracts.ts"
import type {
  ActionPage,
  CallOptions,
  ConnectorHandlers,
  ConnectorService,
  OpenConnection,
  Poll,
  SessionControl
} from "./ConnectorService.ts"
import { PlainHttp } from "./PlainHttp.ts"

/**
 * A connector of a manifest and the code for what the manifest leaves to code. The handlers must be exactly those: a
 * missing one dies when it is called, which the types of `Connector.layer` rule out.
 */
export const openConnector = Effect.fnUntraced(function* (
  manifest: CheckedManifest,
  handlers: ConnectorHandlers
): Effect.fn.Return<ConnectorService, never, HttpTransport | SessionVault> {
  const transport = yield* HttpTransport
  const vault = yield* SessionVault
  const allowHttp = yield* PlainHttp
  const contracts = new ConnectorContracts(manifest)
  const open = (connection: Connection): Effect.Effect<OpenConnection, ConnectionError, Scope.Scope> =>
    Effect.map(
      connectionContext(manifest, connection, { transport, vault, allowHttp }),
      (context) => new DeclaredConnection(context, contracts, handlers)
    )
  return { name: manifest.manifest.connector, manifest, digest: manifestDigest(manifest), open }
})

class DeclaredConnection implements OpenConnection {
  readonly connection: Connection
  readonly manifest: CheckedManifest
  readonly sessions: SessionControl
  readonly #context: ConnectionContext
  readonly #contracts: ConnectorContracts
  readonly #caller: ActionCaller | undefined
  readonly #coded: CodedCaller

  constructor(context: ConnectionContext, contracts: ConnectorContracts, handlers: ConnectorHandlers) {
    this.connection = context.connection
    this.manifest = context.manifest
    this.#context = context
    this.#contracts = contracts
    this.#caller = context.http === undefined ? undefined : new ActionCaller(context, context.http)
    this.#coded = new CodedCaller(context, handlers, (action, input) => this.call(action, input))
    this.sessions = this.#sessionControl()
  }

  readonly call: OpenConnection["call"] = (action, input, options = {}) =>
    Effect.suspend(() => {
      const prepared = this.#prepare(action, input, options)
      if (Result.isFailure(prepared)) return Effect.fail(prepared.failure)
      const call = prepared.success
      const { caller } = call
      if (caller === undefined) return this.#coded.action(call.contract, call.input, options)
      const variables = caller.variables(call.input)
      return caller.call(call, (reply) =>
        Result.mapBoth(readResponse(call.contract, reply, variables), {
          onSuccess: ({ output }) => output,
          onFailure: ({ problem }) => problem
        })
      )
    })

  readonly pages: OpenConnection["pages"] = (action, input, options = {}) =>
    Stream.suspend((): Stream.Stream<ActionPage, ConnectorError> => {
      const prepared = this.#prepare(action, input, options)
      if (Result.isFailure(prepared)) return Stream.fail(prepared.failure)
      const call = prepared.success
      const { paginate } = call.contract.action
      if (call.caller !== undefined && paginate !== undefined) return actionPages(call.caller, call, paginate)
      return Stream.fromEffect(
        Effect.map(this.call(action, input, options), (output) => ({
          output,
          items: isJsonList(output) ? output : [output]
        }))
      )
    })

  readonly poll: OpenConnection["poll"] = (trigger, input, kept, options = {}) =>
    Effect.suspend((): Effect.Effect<Poll, ConnectorError> => {
      const source = this.#contracts.trigger(trigger)
      if (source === undefined)
        return Effect.fail(this.#unknown("trigger", trigger, this.manifest.triggers.keys()))
      const wrong = (problem: string): Effect.Effect<never, ConnectorError> =>
        Effect.fail(refused(this.#context, trigger, { _tag: "InvalidInput" }, `was not polled: ${problem}`))
      const given = source.input.decode(input ?? {})
      if (Result.isFailure(given)) return wrong(showProblems(given.failure, "input"))
      const { config } = this.connection
      const fingerprint = fingerprintOf(this.manifest.manifest.connector, trigger, given.success, config)
      const read = readState(kept, trigger, fingerprint)
      if (Result.isFailure(read)) return wrong(read.failure)
      const isChanged = read.success.fingerprint !== fingerprint
      const state = isChanged ? firstState(trigger, fingerprint) : read.success
      const polled =
        source.declared === undefined || this.#caller === undefined
          ? this.#coded.trigger(source, given.success, state, options)
          : new TriggerPoller(this.#context, this.#caller).poll(
              source.declared,
              given.success,
              state,
              options
            )
      return isChanged
        ? Effect.map(polled, (poll) => ({ ...poll, warnings: [changed(trigger), ...poll.warnings] }))
        : polled
    })

  get check(): Effect.Effect<Json | undefined, ConnectorError> {
    const { checks } = this.manifest
    const check = checks.find(({ action }) => this.#canProve(action)) ?? checks[0]
    if (check === undefined) return Effect.succeed(undefined)
    return Effect.suspend(() => {
      const input = new Map<string, Json>()
      for (const [name, value] of check.with) {
        const outcome = evaluate(value, { config: this.connection.config })
        if (Result.isFailure(outcome))
          return Effect.fail(
            refused(
              this.#context,
              check.action,
              { _tag: "InvalidInput" },
              `was not called: ${outcome.failure}`
            )
          )
        if (outcome.success !== undefined) input.set(name, outcome.success)
      }
      return this.call(check.action, Object.fromEntries(input))
    })
  }

  /** The call of an action, or why there is none. Without a caller it is left to code. */
  #prepare(
    name: string,
    input: unknown,
    options: CallOptions
  ): Result.Result<
    | (DeclaredCall & { readonly caller: ActionCaller })
    | (Omit<DeclaredCall, "request"> & { readonly caller: undefined }),
    ConnectorError
  > {
    const contract = this.#contracts.action(name)
    if (contract === undefined)
      return Result.fail(this.#unknown("action", name, this.manifest.actions.keys()))
    const decoded = contract.input.decode(input ?? {})
    if (Result.isFailure(decoded)) {
      const problem = `was not called: ${showProblems(decoded.failure, "input")}`
      return Result.fail(refused(this.#context, name, { _tag: "InvalidInput" }, problem))
    }
    const call = { contract, input: isJsonObject(decoded.success) ? decoded.success : {}, options }
    const { request } = contract.action
    return this.#caller === undefined || request === undefined
      ? Result.succeed({ ...call, caller: undefined })
      : Result.succeed({ ...call, request, caller: this.#caller })
  }

  #canProve(action: string): boolean {
    const contract = this.#contracts.action(action)
    return (
      contract !== undefined &&
      this.#caller !== undefined &&
      Result.isSuccess(this.#caller.schemeOf(contract))
    )
  }

  #unknown(kind: "action" | "trigger", name: string, known: Iterable<string>): ConnectorError {
    const meant = suggest(name, known)
    const help = meant === undefined ? "" : `; did you mean "${meant}"?`
    return refused(
      this.#context,
      name.slice(0, 100),
      { _tag: "InvalidInput" },
      `has no ${kind} "${name.slice(0, 100)}"${help}`
    )
  }

  #sessionControl(): SessionControl {
    const caller = this.#caller
    const schemes = [...this.manifest.auth.values()].filter(hasSession)
    if (caller !== undefined)
      return caller.sessions.control(schemes.filter((scheme) => caller.canUse(scheme)))
    const none = Effect.fail(refused(this.#context, "session", { _tag: "InvalidInput" }, "has no sessions"))
    return { schemes: [], open: () => none, confirm: () => none, forget: () => none }
  }
}

const changed = (trigger: string): string =>
  `${trigger}: the configuration is not the one that the state was made with, so it begins anew`
