import type { Json, Variables } from "@sallyport/language"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { schemeNeeds, type SchemeNeeds } from "../connection/AuthReadiness.ts"
import { type ConnectionContext, type HttpContext, refused } from "../connector/ConnectionContext.ts"
import type { CallOptions } from "../connector/ConnectorService.ts"
import type { ConnectorError } from "../ConnectorError.ts"
import type { ReplyReader } from "../http/HttpReply.ts"
import type { HttpRequest } from "../http/HttpRequest.ts"
import type { RequestTarget } from "../http/RequestTarget.ts"
import type { CheckedAuth, CheckedRequest } from "../manifest/CheckedManifest.ts"
import { hasSession, Sessions } from "../session/Sessions.ts"
import type { ActionContract } from "./ActionContract.ts"
import { buildRequest, headerFields, type HeaderFields } from "./RequestBuilder.ts"
import { partsAt, sensitiveVariables, textsIn } from "./Sensitivity.ts"

/** One call of a declared action. */
export interface DeclaredCall {
  readonly contract: ActionContract
  readonly request: CheckedRequest
  /** Decoded, with defaults. */
  readonly input: { readonly [name: string]: Json }
  readonly options: CallOptions
  /** Where to, if the upstream itself said it. */
  readonly target?: RequestTarget
}

/** Makes the HTTP calls of declared actions through one connection. */
export class ActionCaller {
  /** The sessions of the connection. */
  readonly sessions: Sessions
  readonly #context: ConnectionContext
  readonly #http: HttpContext
  readonly #needs = new Map<string, SchemeNeeds>()
  readonly #fields = new Map<string, Result.Result<HeaderFields, string>>()

  constructor(context: ConnectionContext, http: HttpContext) {
    this.#context = context
    this.#http = http
    this.sessions = new Sessions(context, http)
  }

  /** The variables of an action's expressions, but for the response. */
  variables(input: Json): Variables {
    return { config: this.#context.connection.config, input }
  }

  /** The address of a link that the upstream gave, or a sentence that says why it is not followed. */
  follow(link: string): Result.Result<RequestTarget, string> {
    return Result.flatMap(this.#http.base.target({ path: "/" }), (root) => this.#http.base.follow(link, root))
  }

  /** The first scheme of the action that can be used; undefined for an action that proves nothing. */
  schemeOf({ action: { auth } }: ActionContract): Result.Result<CheckedAuth | undefined, string> {
    if (auth.length === 0) return Result.succeed(undefined)
    const usable = auth.find((name) => this.#needsOf(name)?.isReady === true)
    return usable === undefined
      ? Result.fail(this.#withoutScheme(auth))
      : Result.succeed(this.#context.manifest.auth.get(usable))
  }

  /** Whether all is given that a scheme reads. */
  canUse({ name }: CheckedAuth): boolean {
    return this.#needsOf(name)?.isReady === true
  }

  /** Sends the request, and reads what was expected. A session that the service refused is opened anew, once. */
  call<A>(call: DeclaredCall, read: ReplyReader<A>): Effect.Effect<A, ConnectorError> {
    const scheme = this.schemeOf(call.contract)
    if (Result.isFailure(scheme))
      return Effect.fail(
        refused(
          this.#context,
          call.contract.action.name,
          { _tag: "Unauthorized" },
          `was not called: ${scheme.failure}`
        )
      )
    const chosen = scheme.success
    if (chosen === undefined || !hasSession(chosen)) return this.#send(call, chosen, undefined, read)
    const withSession = Effect.flatMap(this.sessions.current(chosen), (session) =>
      this.#send(call, chosen, session, read)
    )
    return Effect.catchIf(
      withSession,
      ({ attempts, reason }) => reason._tag === "Unauthorized" && attempts > 0,
      (error) =>
        Effect.flatMap(this.sessions.refused(chosen), (again) => (again ? withSession : Effect.fail(error)))
    )
  }

  #send<A>(
    call: DeclaredCall,
    scheme: CheckedAuth | undefined,
    session: Json | undefined,
    read: ReplyReader<A>
  ): Effect.Effect<A, ConnectorError> {
    const { contract, input } = call
    const prepared = this.#prepare(call, scheme, session)
    if (Result.isFailure(prepared))
      return Effect.fail(
        refused(
          this.#context,
          contract.action.name,
          { _tag: "InvalidInput" },
          `was not called: ${prepared.failure}`
        )
      )
    const sensitive = (): ReadonlyArray<Redacted.Redacted> => [
      ...this.#context.connection.secrets.values(),
      ...textsIn(session),
      ...contract.sensitivePaths.flatMap((path) => partsAt(input, path).flatMap(textsIn))
    ]
    return this.#context.transport.callReading({ ...prepared.success, sensitive }, this.#policies(call), read)
  }

  #prepare(
    { contract, input, request, target }: DeclaredCall,
    scheme: CheckedAuth | undefined,
    session: Json | undefined
  ): Result.Result<HttpRequest, string> {
    const { action, expect, sensitiveInputs } = contract
    const { base, describe } = this.#http
    const fields = this.#fieldsOf(scheme, session)
    if (Result.isFailure(fields)) return Result.fail(fields.failure)
    const built = buildRequest(request, {
      base,
      input,
      variables: {
        ...this.variables(input),
        secrets: this.#context.secrets,
        ...(session !== undefined && { session })
      },
      sensitivity: { variables: sensitiveVariables, inputs: sensitiveInputs },
      fields: fields.success
    })
    return Result.map(built, (parts) => ({
      ...parts,
      ...(target !== undefined && { target }),
      connector: this.#context.manifest.manifest.connector,
      action: action.name,
      effect: action.effect,
      idempotent: action.idempotent,
      expect,
      describe
    }))
  }

  /** The headers of the connection and of a scheme. Only those of a session ever change. */
  #fieldsOf(scheme: CheckedAuth | undefined, session: Json | undefined): Result.Result<HeaderFields, string> {
    const name = scheme?.name ?? ""
    const known = session === undefined ? this.#fields.get(name) : undefined
    if (known !== undefined) return known
    const { connection, secrets } = this.#context
    const fields = headerFields([this.#http.declared.headers, scheme?.headers ?? new Map()], {
      variables: { config: connection.config, secrets, ...(session !== undefined && { session }) },
      sensitivity: { variables: sensitiveVariables, inputs: new Set() }
    })
    if (session === undefined) this.#fields.set(name, fields)
    return fields
  }

  #policies({ contract, options }: DeclaredCall) {
    const { budget, gate } = this.#http
    const { deadline: own, retry, timeout } = contract
    const deadline =
      options.deadline === undefined ? own : Duration.min(own, Duration.fromInputUnsafe(options.deadline))
    return { gate, budget, retry, timeout: Duration.min(timeout, deadline), deadline }
  }

  /** Neither settings nor secrets of an open connection change. */
  #needsOf(name: string): SchemeNeeds | undefined {
    const known = this.#needs.get(name)
    if (known !== undefined) return known
    const [needs] = schemeNeeds(this.#context.manifest, [name], this.#context.connection)
    if (needs !== undefined) this.#needs.set(name, needs)
    return needs
  }

  #withoutScheme(schemes: ReadonlyArray<string>): string {
    const { connection } = this.#context
    const ways = schemes.flatMap((name) => {
      const missing = this.#needsOf(name)?.missing ?? []
      return missing.length === 0 ? [] : [missing.join(" and ")]
    })
    const help = ways.length === 0 ? "" : `: give it ${ways.join(", or ")}`
    return `the connection "${connection.name}" cannot prove who it is${help}`
  }
}
