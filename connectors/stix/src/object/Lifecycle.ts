import type { FieldProblem } from "./FieldReader.ts"
import { readIndicator } from "./Indicator.ts"
import { compareTimestamps, type Timestamp } from "./Timestamp.ts"

/** Where an indicator is in its life at some point in time. */
export interface Lifecycle {
  /** `revoked` wins over `expired`, and that over `not-yet-active`. */
  readonly state: "active" | "not-yet-active" | "expired" | "revoked"
  /**
   * What a list of values does: `add`; `remove`, even if the value was never seen there; `wait` until `valid_from`.
   * Removing is of this indicator: another live one may carry the same value.
   */
  readonly action: "add" | "remove" | "wait"
  /** Sekoia's `x_ic_deprecated`: treat as of low priority. */
  readonly deprecated: boolean
  /** A malformed time counts as absent, which for `valid_until` means no expiry. */
  readonly problems: ReadonlyArray<FieldProblem>
}

/**
 * The life cycle of an indicator at a point in time: expired from `valid_until` on, not yet active before `valid_from`.
 * Never throws; an input that is no object is active, with nothing to act on.
 */
export const lifecycleAt = (input: unknown, at: Timestamp): Lifecycle => {
  const { revoked, validFrom, validUntil, deprecated, problems } = readIndicator(input)
  const rest = { deprecated, problems }
  if (revoked) return { state: "revoked", action: "remove", ...rest }
  if (validUntil !== undefined && compareTimestamps(validUntil, at) <= 0) {
    return { state: "expired", action: "remove", ...rest }
  }
  return validFrom !== undefined && compareTimestamps(validFrom, at) > 0
    ? { state: "not-yet-active", action: "wait", ...rest }
    : { state: "active", action: "add", ...rest }
}
