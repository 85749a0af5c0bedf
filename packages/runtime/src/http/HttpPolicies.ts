import type * as Duration from "effect/Duration"
import type { ConnectionGate } from "./ConnectionGate.ts"
import type { RateBudget } from "./RateBudget.ts"
import type { RetryPolicy } from "./RetryPolicy.ts"

/** How a call is carried out. Gate and budget belong to the connection and are shared by all its callers. */
export interface HttpPolicies {
  readonly gate: ConnectionGate
  readonly budget: RateBudget
  readonly retry: RetryPolicy
  /** The longest one attempt may take, from connecting to the last byte of the body. */
  readonly timeout: Duration.Input
  /** The longest the call may take, with all attempts and all waiting. */
  readonly deadline: Duration.Input
  /** The longest body that is accepted, in bytes, before and after content decoding. Default: 64 MiB. */
  readonly maxBodyBytes?: number
}

/** The longest body that is accepted unless a policy says otherwise, in bytes. */
export const defaultMaxBodyBytes = 64 * 1024 * 1024
