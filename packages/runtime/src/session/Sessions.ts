import { type Json, showSpan } from "@sallyport/language"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Semaphore from "effect/Semaphore"
import { sessionCodec } from "../manifest/ManifestCodecs.ts"
import { buildRequest, evaluate, headerFields } from "../action/RequestBuilder.ts"
import { showProblems } from "../action/ResponseReader.ts"
import { sensitiveVariables, textsIn } from "../action/Sensitivity.ts"
import { type ConnectionContext, type HttpContext, refused } from "../connector/ConnectionContext.ts"
import type { OpenedSession, SessionControl } from "../connector/ConnectorService.ts"
import type { ConnectorError } from "../ConnectorError.ts"
import type { BodyFormat } from "../http/HttpRequest.ts"
import type { HttpReply, ReplyReader } from "../http/HttpReply.ts"
import { RetryPolicy } from "../http/RetryPolicy.ts"
import type { CheckedAuth, CheckedRequest, CheckedSession } from "../manifest/CheckedManifest.ts"
import { instantOf } from "./SessionExpiry.ts"
import type { StoredSession } from "./SessionVault.ts"

/** A scheme that has a session. */
type SessionScheme = CheckedAuth & { readonly session: CheckedSession }

/**
 * The sessions of one connection: opened, confirmed, extended before they expire, and forgotten when the service refuses
 * them. A scheme without a question opens its sessions by itself; one with a question waits for a person.
 */
export class Sessions {
  readonly #context: ConnectionContext
  readonly #http: HttpContext
  /** One after another: two callers must not open or extend the same session twice. */
  readonly #turn = Semaphore.makeUnsafe(1)

  constructor(context: ConnectionContext, http: HttpContext) {
    this.#context = context
    this.#http = http
  }

  /** The session to prove oneself with, opened or extended if need be. */
  current(scheme: SessionScheme): Effect.Effect<Json, ConnectorError> {
    return this.#turn.withPermit(
      Effect.gen({ self: this }, function* () {
        const stored = yield* this.#get(scheme)
        const now = yield* DateTime.now
        if (stored === undefined || isOver(stored, now)) {
          if (scheme.session.confirm !== undefined)
            return yield* this.#missing(
              scheme,
              stored === undefined ? "has no session" : "has a session that expired"
            )
          yield* this.#open(scheme)
          const opened = yield* this.#get(scheme)
          return opened === undefined ? null : Redacted.value(opened.body)
        }
        if (!stored.confirmed)
          return yield* this.#missing(scheme, "has a session whose question was not answered")
        if (isEnding(stored, now)) yield* this.#extend(scheme, stored)
        return Redacted.value(stored.body)
      })
    )
  }

  /** The service refused the session: forget it. True when another one can be opened without a person. */
  refused(scheme: SessionScheme): Effect.Effect<boolean, ConnectorError> {
    return Effect.as(this.#remove(scheme), scheme.session.confirm === undefined)
  }

  /** What people do with sessions. */
  control(schemes: ReadonlyArray<SessionScheme>): SessionControl {
    const find = (name: string): Effect.Effect<SessionScheme, ConnectorError> => {
      const scheme = schemes.find((scheme) => scheme.name === name)
      return scheme === undefined
        ? Effect.fail(
            refused(
              this.#context,
              name,
              { _tag: "InvalidInput" },
              `has no session scheme "${name.slice(0, 60)}" that this connection can use`
            )
          )
        : Effect.succeed(scheme)
    }
    return {
      schemes: schemes.map(({ name }) => name),
      open: (name) => Effect.flatMap(find(name), (scheme) => this.#turn.withPermit(this.#open(scheme))),
      confirm: (name, answer) =>
        Effect.flatMap(find(name), (scheme) => this.#turn.withPermit(this.#confirm(scheme, answer))),
      forget: (name) => Effect.flatMap(find(name), (scheme) => this.#remove(scheme))
    }
  }

  #open(scheme: SessionScheme): Effect.Effect<OpenedSession, ConnectorError> {
    return Effect.gen({ self: this }, function* () {
      const { confirm, expires, open } = scheme.session
      const codec = sessionCodec(this.#context.manifest, scheme.name)
      const body = yield* this.#send(scheme, "open", open, { session: undefined, format: "json" }, (reply) =>
        Result.mapError(
          codec.decode(jsonOf(reply)),
          (problems) => `with a session that does not fit its schema: ${showProblems(problems)}`
        )
      )
      const opened = yield* DateTime.now
      const ends = expires === undefined ? undefined : instantOf(expires, body)
      const stored = {
        body: Redacted.make(body),
        confirmed: confirm === undefined,
        opened,
        expires: ends,
        service: this.#service
      }
      yield* this.#put(scheme, stored)
      if (confirm === undefined) return { question: undefined }
      const asked = evaluate(confirm.ask, { config: this.#context.connection.config, session: body })
      const question = Result.getOrUndefined(asked)
      return {
        question: typeof question === "string" ? question : `What proves the session "${scheme.name}"?`
      }
    })
  }

  #confirm(scheme: SessionScheme, answer: Redacted.Redacted): Effect.Effect<void, ConnectorError> {
    return Effect.gen({ self: this }, function* () {
      const stored = yield* this.#get(scheme)
      const { confirm } = scheme.session
      if (stored === undefined) return yield* this.#missing(scheme, "has no session to confirm")
      if (confirm === undefined || stored.confirmed) return
      const body = Redacted.value(stored.body)
      yield* this.#send(
        scheme,
        "confirm",
        confirm.request,
        { session: body, answer: Redacted.value(answer), format: "none" },
        () => Result.succeed(null)
      )
      yield* this.#put(scheme, { ...stored, confirmed: true })
    })
  }

  /** The time is that of the session at first: what an extension answers need not say when it ends. */
  #extend(scheme: SessionScheme, stored: StoredSession): Effect.Effect<void, ConnectorError> {
    return Effect.gen({ self: this }, function* () {
      const { extend } = scheme.session
      if (extend === undefined || stored.expires === undefined) return
      const session = Redacted.value(stored.body)
      const sent = yield* Effect.result(
        this.#send(scheme, "extend", extend, { session, format: "none" }, () => Result.succeed(null))
      )
      // The session is still good: only a refusal of it is the caller's concern.
      if (Result.isFailure(sent))
        return sent.failure.reason._tag === "Unauthorized" ? yield* sent.failure : undefined
      const opened = yield* DateTime.now
      const lifetime = DateTime.distance(stored.opened, stored.expires)
      yield* this.#put(scheme, { ...stored, opened, expires: DateTime.addDuration(opened, lifetime) })
    })
  }

  #send<A>(
    scheme: SessionScheme,
    step: "open" | "confirm" | "extend",
    request: CheckedRequest,
    given: { readonly session: Json | undefined; readonly answer?: string; readonly format: BodyFormat },
    read: ReplyReader<A>
  ): Effect.Effect<A, ConnectorError> {
    const { declared, describe } = this.#http
    const action = `${scheme.name}.${step}`
    const matter = this.#matter(given.session, given.answer)
    // Only a session that is there already can sign.
    const maps = step === "extend" ? [declared.headers, scheme.headers] : [declared.headers]
    const built = Result.flatMap(headerFields(maps, matter), (fields) =>
      buildRequest(request, { ...matter, fields })
    )
    if (Result.isFailure(built))
      return Effect.fail(
        refused(this.#context, action, { _tag: "InvalidInput" }, `was not called: ${built.failure}`)
      )
    return this.#context.transport.callReading(
      {
        ...built.success,
        connector: this.#context.manifest.manifest.connector,
        action,
        effect: "write",
        // To extend twice is to extend once; every opening may send another code.
        idempotent: step === "extend",
        expect: [{ status: "2xx", as: given.format }],
        describe,
        sensitive: () => [
          ...this.#context.connection.secrets.values(),
          ...textsIn(given.session),
          ...textsIn(given.answer)
        ]
      },
      {
        gate: this.#http.gate,
        budget: this.#http.budget,
        retry,
        timeout: "30 seconds",
        deadline: "60 seconds"
      },
      read
    )
  }

  #matter(session: Json | undefined, answer: string | undefined) {
    const { connection, secrets } = this.#context
    return {
      base: this.#http.base,
      variables: {
        config: connection.config,
        secrets,
        ...(session !== undefined && { session }),
        ...(answer !== undefined && { answer })
      },
      sensitivity: sessionSensitivity
    }
  }

  #missing({ name }: SessionScheme, what: string): Effect.Effect<never, ConnectorError> {
    const { connection } = this.#context
    return Effect.fail(
      refused(
        this.#context,
        `${name}.open`,
        { _tag: "Unauthorized" },
        `was not called: the connection "${connection.name}" ${what}; open one with "sallyport connections login ${connection.name}"`
      )
    )
  }

  #key({ name }: SessionScheme): { readonly connection: string; readonly scheme: string } {
    return { connection: this.#context.connection.name, scheme: name }
  }

  get #service(): string {
    return this.#http.base.origin + this.#http.base.prefix
  }

  /** A session of another address is none of ours. */
  #get(scheme: SessionScheme): Effect.Effect<StoredSession | undefined, ConnectorError> {
    return Effect.mapError(
      Effect.map(this.#context.vault.get(this.#key(scheme)), (stored) =>
        Option.getOrUndefined(Option.filter(stored, ({ service }) => service === this.#service))
      ),
      (error) => this.#unkept(scheme, error.message)
    )
  }

  #put(scheme: SessionScheme, session: StoredSession): Effect.Effect<void, ConnectorError> {
    return Effect.mapError(this.#context.vault.put(this.#key(scheme), session), (error) =>
      this.#unkept(scheme, error.message)
    )
  }

  #remove(scheme: SessionScheme): Effect.Effect<void, ConnectorError> {
    return Effect.mapError(this.#context.vault.remove(this.#key(scheme)), (error) =>
      this.#unkept(scheme, error.message)
    )
  }

  #unkept({ name, span }: SessionScheme, message: string): ConnectorError {
    return refused(
      this.#context,
      name,
      { _tag: "Unauthorized" },
      `cannot use its session (${showSpan(span)}): ${message}`
    )
  }
}

/** Does a scheme have sessions? */
export const hasSession = (scheme: CheckedAuth): scheme is SessionScheme => scheme.session !== undefined

const sessionSensitivity = { variables: sensitiveVariables, inputs: new Set<string>() }

/** A 429 and a lost extension may be repeated; the rest follows from the effect. */
const retry = new RetryPolicy({ attempts: 3 })

const isOver = ({ expires }: StoredSession, now: DateTime.Utc): boolean =>
  expires !== undefined && DateTime.isLessThanOrEqualTo(expires, now)

/** In the last fifth of its time, or the last minute of a short one, a session is extended. */
const isEnding = ({ expires, opened }: StoredSession, now: DateTime.Utc): boolean => {
  if (expires === undefined) return false
  const fifth = Duration.times(DateTime.distance(opened, expires), 0.2)
  const margin = Duration.max(fifth, Duration.minutes(1))
  return DateTime.isGreaterThanOrEqualTo(DateTime.addDuration(now, margin), expires)
}

const jsonOf = ({ body }: HttpReply): unknown => (body.as === "json" ? body.value : null)
