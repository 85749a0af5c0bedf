import { type Json, isJsonObject } from "@sallyport/language"
import * as Duration from "effect/Duration"
import type { BodyFormat, Expectation, StatusClass } from "../http/HttpRequest.ts"
import { RetryPolicy } from "../http/RetryPolicy.ts"
import type { CheckedAction, CheckedManifest, CheckedResponse } from "../manifest/CheckedManifest.ts"
import { type CompiledValue, readsIn } from "../manifest/CompiledValue.ts"
import type { RetryRule } from "../manifest/RetryRule.ts"
import type { SecretPath } from "../manifest/SecretProperties.ts"
import {
  type Definitions,
  inputCodec,
  outputCodec,
  propertiesCodec,
  type ValueCodec
} from "../schema/ValueCodec.ts"

/** What of an action does not depend on a connection: made once, when the action is first called. */
export class ActionContract {
  readonly action: CheckedAction
  readonly input: ValueCodec
  /** Undefined for an action that gives null. */
  readonly output: ValueCodec | undefined
  /** The codecs of described bodies, by status key. */
  readonly bodies: ReadonlyMap<string, ValueCodec>
  readonly expect: ReadonlyArray<Expectation>
  readonly retry: RetryPolicy
  /** How long a call may take in all. */
  readonly deadline: Duration.Duration
  /** How long one attempt of it may take. */
  readonly timeout: Duration.Duration
  /** Where the input has what is never shown: what is marked `x-secret`, and the cursor. */
  readonly sensitivePaths: ReadonlyArray<SecretPath>
  /** The inputs that have such a place. */
  readonly sensitiveInputs: ReadonlySet<string>

  /** The action must be one of the manifest. */
  constructor({ manifest, source }: CheckedManifest, action: CheckedAction) {
    const written = manifest.actions?.[action.name]
    const definitions = definitionsOf(source)
    this.action = action
    this.input = propertiesCodec(jsonMap(written?.input), definitions)
    this.output = written?.output === undefined ? undefined : outputCodec(written.output, definitions)
    this.bodies = new Map(
      Object.entries(written?.response ?? {}).flatMap(([key, rule]) =>
        rule.body === undefined ? [] : [[key, outputCodec(rule.body, definitions)] as const]
      )
    )
    this.expect = [...action.responses].map(([key, rule]) => ({
      status: statusOf(key),
      as: formatOf(rule, action, this.output !== undefined)
    }))
    this.retry = retryPolicy(written?.retry ?? manifest.http?.retry)
    this.deadline = written?.timeout ?? manifest.http?.timeout ?? defaultTimeout
    // Where a call may be repeated, one attempt that hangs must leave time for another.
    this.timeout = this.retry.attempts > 1 ? Duration.times(this.deadline, 0.5) : this.deadline
    const into = action.paginate?.cursor?.into
    this.sensitivePaths = into === undefined ? action.secretInputs : [...action.secretInputs, [into]]
    this.sensitiveInputs = new Set(this.sensitivePaths.flatMap(([name]) => name ?? []))
  }
}

/** The document that the schemas of a manifest refer to. */
const definitionsOf = (source: Json): Definitions => (isJsonObject(source) ? source : {})

/** The codec of what a trigger takes. */
export const triggerInputCodec = ({ manifest, source }: CheckedManifest, trigger: string): ValueCodec =>
  propertiesCodec(jsonMap(manifest.triggers?.[trigger]?.input), definitionsOf(source))

/** The codec of what a trigger gives, for whoever receives it. */
export const eventCodec = ({ manifest, source }: CheckedManifest, trigger: string): ValueCodec =>
  outputCodec(manifest.triggers?.[trigger]?.event ?? {}, definitionsOf(source))

/** The codec of what opens a session answers. */
export const sessionCodec = ({ manifest, source }: CheckedManifest, scheme: string): ValueCodec =>
  inputOrAnything(manifest.auth?.[scheme]?.open?.body, definitionsOf(source))

/** Time for a call whose manifest says nothing. */
const defaultTimeout = Duration.seconds(60)

const inputOrAnything = (schema: Json | undefined, definitions: Definitions): ValueCodec =>
  schema === undefined ? inputCodec({}, definitions) : outputCodec(schema, definitions)

const jsonMap = (schemas: { readonly [name: string]: Json } | undefined): { readonly [name: string]: Json } =>
  schemas ?? {}

const statusOf = (key: string): number | StatusClass => {
  switch (key) {
    case "2xx":
    case "3xx":
    case "4xx":
    case "5xx":
      return key
    default:
      return Number(key)
  }
}

/** A body that nothing looks at is not read: what was done has not failed because its answer is no JSON. */
const formatOf = (rule: CheckedResponse, action: CheckedAction, hasOutput: boolean): BodyFormat => {
  const isOutput = rule.output === undefined && hasOutput
  if (!isOutput && rule.body === undefined && !readers(rule, action).some(readsBody)) return "none"
  switch (rule.as) {
    case "json":
      return "json-or-nothing"
    case "csv":
      return "text"
    default:
      return rule.as
  }
}

const readers = ({ output }: CheckedResponse, { paginate }: CheckedAction): ReadonlyArray<CompiledValue> =>
  [output, paginate?.items, paginate?.cursor?.value, paginate?.next, paginate?.stop].filter(
    (value) => value !== undefined
  )

const readsBody = (value: CompiledValue): boolean =>
  readsIn(value).some(({ name, path }) => name === "response" && (path[0] ?? "body") === "body")

const retryPolicy = (rule: typeof RetryRule.Type | undefined): RetryPolicy =>
  rule === undefined
    ? RetryPolicy.never
    : new RetryPolicy({
        attempts: rule.attempts ?? 3,
        statuses: rule.on.filter((cause) => typeof cause === "number"),
        network: rule.on.includes("network"),
        timeouts: rule.on.includes("timeout"),
        honorRetryAfter: rule.honor === "retry-after",
        ...(rule.backoff !== undefined && { backoff: rule.backoff }),
        ...(rule.max !== undefined && { max: rule.max })
      })
