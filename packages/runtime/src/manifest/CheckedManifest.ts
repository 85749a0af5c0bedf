import type { Json, SourceFile, Span, Type } from "@sallyport/language"
import type { ActionEffect } from "./Action.ts"
import type { CompiledValue, ExpressionValue } from "./CompiledValue.ts"
import type { Manifest } from "./Manifest.ts"
import type { Method } from "./RequestTemplate.ts"
import type { BodyFormat } from "./ResponseRule.ts"
import type { SecretPath } from "./SecretProperties.ts"

/**
 * A manifest in which nothing is wrong: its vocabulary decoded, its schemas read, its expressions compiled, each with its
 * place. Nothing in it is ever changed.
 */
export interface CheckedManifest {
  readonly file: SourceFile
  /** The manifest as data, without comments, formatting and places. */
  readonly source: Json
  /** The vocabulary, decoded: summaries, durations, retry rules, schemas as JSON. */
  readonly manifest: Manifest
  readonly config: CheckedProperties
  /** The secrets by name. */
  readonly secrets: ReadonlyMap<string, CheckedSecret>
  /** The calls that try a connection, in the order of preference. */
  readonly checks: ReadonlyArray<CheckedCall>
  /** The definitions under `types`, for whoever gives values. */
  readonly types: ReadonlyMap<string, Type.Type>
  readonly http: CheckedHttp | undefined
  readonly auth: ReadonlyMap<string, CheckedAuth>
  readonly actions: ReadonlyMap<string, CheckedAction>
  readonly triggers: ReadonlyMap<string, CheckedTrigger>
}

/** The types of a schema: for whoever gives a value, and for whoever receives it with its defaults filled in. */
export interface CheckedSchema<T extends Type.Type = Type.Type> {
  readonly given: T
  readonly applied: T
}

/** A map of names to schemas. */
export interface CheckedProperties extends CheckedSchema<Type.RecordType> {
  readonly properties: ReadonlyMap<string, CheckedProperty>
}

/** One property of a map of names to schemas; its name is without the `?`. */
export interface CheckedProperty {
  /** False for what is marked with a `?` or has a default. */
  readonly isRequired: boolean
  readonly schema: Json
  readonly default?: Json
  /** Where its key stands. */
  readonly span: Span
}

/** A secret of a connection. */
export interface CheckedSecret {
  readonly isRequired: boolean
  readonly description: string | undefined
  readonly span: Span
}

/** A call of an action with its input. */
export interface CheckedCall {
  readonly action: string
  readonly with: ReadonlyMap<string, CompiledValue>
}

/** What holds for all requests. Variables: `config`, in headers also `secrets`, in errors only `response`. */
export interface CheckedHttp {
  readonly base: CompiledValue
  readonly headers: ReadonlyMap<string, CompiledValue>
  /** The schemes of actions that do not name one, in the order of preference. */
  readonly auth: ReadonlyArray<string>
  readonly errors: { readonly [field in "message" | "code" | "id"]?: CompiledValue }
}

/** A part of a path: text as it is, or the name of an input whose value stands there, percent-encoded. */
export type PathPart = string | { readonly input: string }

/** A request. Variables: `config`, `secrets`, and `input` in actions, `session` and `answer` in sessions. */
export interface CheckedRequest {
  readonly method: Method
  readonly path: ReadonlyArray<PathPart>
  readonly query: ReadonlyMap<string, CompiledValue>
  readonly headers: ReadonlyMap<string, CompiledValue>
  readonly json: CompiledValue | undefined
  readonly form: ReadonlyMap<string, CompiledValue> | undefined
}

/** How a response becomes the output. Variables: `response`, `input`, `config`. */
export interface CheckedResponse {
  readonly as: BodyFormat
  /** The types of the body where it is described. */
  readonly body: CheckedSchema | undefined
  /** Undefined: the body is the output. */
  readonly output: CompiledValue | undefined
}

/** How to go on to the next page. Variables: `output`, `response`, `input`, `config`. */
export interface CheckedPagination {
  readonly items: ExpressionValue
  readonly item: Type.Type
  /** By a cursor: what it is, and the input that takes it. */
  readonly cursor: { readonly value: ExpressionValue; readonly into: string } | undefined
  /** By the URL of the next page. */
  readonly next: ExpressionValue | undefined
  readonly stop: ExpressionValue | undefined
}

/** One operation. */
export interface CheckedAction {
  readonly name: string
  readonly effect: ActionEffect
  readonly idempotent: boolean
  /** The schemes it may use, in the order of preference; empty for none. */
  readonly auth: ReadonlyArray<string>
  readonly input: CheckedProperties
  readonly output: CheckedSchema
  /** Undefined when code does it. */
  readonly request: CheckedRequest | undefined
  /** By status key; `2xx` is always there, or some status in it. */
  readonly responses: ReadonlyMap<string, CheckedResponse>
  readonly paginate: CheckedPagination | undefined
  /** Where `x-secret` values are in the input, each path beginning with the input's name. */
  readonly secretInputs: ReadonlyArray<SecretPath>
  /** Where `x-secret` values are in the output; see `SecretPath` for `*` and `**`. */
  readonly secretOutputs: ReadonlyArray<SecretPath>
  /** Where its name stands, to go to. */
  readonly span: Span
}

/** A way to prove who one is. Variables: `config`, `secrets` (all of them given), in a session also `session`. */
export interface CheckedAuth {
  readonly name: string
  /** The secrets it reads: it can be used when all of them are given. */
  readonly secrets: ReadonlyArray<string>
  readonly headers: ReadonlyMap<string, CompiledValue>
  readonly session: CheckedSession | undefined
  readonly span: Span
}

/** How a session is opened, confirmed and extended. */
export interface CheckedSession {
  readonly open: CheckedRequest
  /** The types of what `open` answers: the variable `session`. */
  readonly body: CheckedSchema
  /** The request sees `answer`, a text, too. */
  readonly confirm: { readonly ask: CompiledValue; readonly request: CheckedRequest } | undefined
  readonly extend: CheckedRequest | undefined
  readonly expires: ExpressionValue | undefined
}

/** A source of events. */
export interface CheckedTrigger {
  readonly name: string
  readonly input: CheckedProperties
  readonly event: CheckedSchema
  /** Undefined when code polls. Variables: `input`, `config`, `state` (see `pollState`). */
  readonly poll: CheckedCall | undefined
  /** The input of the action that takes the cursor which is kept between polls. */
  readonly keep: string | undefined
  /** Variables: `event`. */
  readonly key: ExpressionValue | undefined
  /** Variables: `event`. */
  readonly order: ExpressionValue | undefined
  /** Where `x-secret` values are in an event; see `SecretPath` for `*` and `**`. */
  readonly secretEvents: ReadonlyArray<SecretPath>
  /** Where its name stands, to go to. */
  readonly span: Span
}
