import type { ObservableKind } from "./ObservableKind.ts"

/** A value of a pattern that can be looked up. */
export interface Observable {
  readonly kind: ObservableKind
  /** The value of the pattern, escapes undone, otherwise untouched. */
  readonly value: string
  /** The value in the one way to write it: what to compare and to send. */
  readonly canonical: string
  /** The type of STIX object to look it up by, which is what Sekoia asks for: `file` for every hash. */
  readonly stixType: string
  /** The path that was tested, such as `file:hashes.'SHA-256'`. */
  readonly path: string
  /**
   * `alternative`: one of several hashes of the same thing, any of which identifies it; they share their `group`.
   * `single`: stands for itself.
   */
  readonly role: "single" | "alternative"
  /** Tells groups of alternatives of one indicator apart. */
  readonly group?: number
  /** The pattern asks for more than this value (`AND`, `FOLLOWEDBY`, a qualifier): do not block on it alone. */
  readonly compound: boolean
  /** The pattern holds tests that gave no value: the observables are not all of it. */
  readonly partial: boolean
  /** Ports that the pattern asks for together with this address, such as `82/tcp`; `tcp` when it names no protocol. */
  readonly ports?: ReadonlyArray<string>
}

/** Why a part of an indicator, or all of it, gave no value. */
export type SkipReason =
  /** `type` is not `indicator`, or the input is no object. */
  | "not-an-indicator"
  | "no-pattern"
  /** `pattern_type` is there and is not `stix`: YARA, Sigma, Snort, … */
  | "other-pattern-language"
  /** The pattern cannot be read; the error is in the extraction. */
  | "invalid-pattern"
  /** The test is under `NOT`. */
  | "negated"
  /** Another operator than equality and `IN`, and not `ISSUBSET` of a block of addresses. */
  | "operator"
  /** `[0]` or `[*]` in the path. */
  | "index"
  /** `hashes[*]`: which hash it is cannot be told. */
  | "untyped-hash"
  /** A path that nothing looks up. */
  | "unmapped-path"
  /** The literal is of another kind than the property. */
  | "literal-type"
  | "empty-value"
  /** More than 64 KiB in UTF-8. */
  | "value-too-long"
  /** The value is none of its kind, such as `f00` for SHA-256. */
  | "invalid-value"

/** A part of an indicator that gave no value. */
export interface Skipped {
  readonly reason: SkipReason
  /** One sentence for a person. */
  readonly detail: string
  /** The path that was tested, where there is one. */
  readonly path?: string
}
