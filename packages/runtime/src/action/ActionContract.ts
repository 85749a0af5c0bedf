import * as Duration from "effect/Duration"
import type { BodyFormat, Expectation, StatusClass } from "../http/HttpRequest.ts"
import { RetryPolicy } from "../http/RetryPolicy.ts"
import type { CheckedAction, CheckedManifest, CheckedResponse } from "../manifest/CheckedManifest.ts"
import { type CompiledValue, readsIn } from "../manifest/CompiledValue.ts"
import { actionInputCodec, actionOutputCodec, bodyCodecs } from "../manifest/ManifestCodecs.ts"
import type { RetryRule } from "../manifest/RetryRule.ts"
import type { SecretPath } from "../manifest/SecretProperties.ts"
import type { ValueCodec } from "../schema/ValueCodec.ts"

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
  constructor(checked: CheckedManifest, action: CheckedAction) {
    const { http, actions } = checked.manifest
    const written = actions?.[action.name]
    this.action = action
    this.input = actionInputCodec(checked, action.name)
    this.output = written?.output === undefined ? undefined : actionOutputCodec(checked, action.name)
    this.bodies = bodyCodecs(checked, action.name)
    this.expect = [...action.responses].map(([key, rule]) => ({
      status: statusOf(key),
      as: formatOf(rule, action, this.output !== undefined)
    }))
    this.retry = retryPolicy(written?.retry ?? http?.retry)
    this.deadline = written?.timeout ?? http?.timeout ?? defaultTimeout
    // Where a call may be repeated, one attempt that hangs must leave time for another.
    this.timeout = this.retry.attempts > 1 ? Duration.times(this.deadline, 0.5) : this.deadline
    const into = action.paginate?.cursor?.into
    this.sensitivePaths = into === undefined ? action.secretInputs : [...action.secretInputs, [into]]
    this.sensitiveInputs = new Set(this.sensitivePaths.flatMap(([name]) => name ?? []))
  }
}

/** Time for a call whose manifest says nothing. */
const defaultTimeout = Duration.seconds(60)

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
