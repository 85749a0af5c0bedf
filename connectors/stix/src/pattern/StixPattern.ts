/**
 * The tree of a STIX 2.1 pattern (section 9 of the specification, `STIXPattern.g4` of OASIS). Parentheses are not kept:
 * the nesting says the same. Every node tells where it stands.
 */
export type StixPattern = ObservationExpression

/** UTF-16 offsets in the pattern's text: from `start` (inclusive) to `end` (exclusive). */
export interface Located {
  readonly start: number
  readonly end: number
}

/** What stands between and around brackets: observations joined by `AND`, `OR` and `FOLLOWEDBY`, with qualifiers. */
export type ObservationExpression = Observation | CombinedObservations | QualifiedObservation

/** `[ … ]`: one observation that meets the comparison. */
export interface Observation extends Located {
  readonly kind: "observation"
  readonly comparison: ComparisonExpression
}

/** Two or more operands, in the order of the text; `FOLLOWEDBY` binds loosest, `AND` tightest. */
export interface CombinedObservations extends Located {
  readonly kind: "and" | "or" | "followedby"
  readonly operands: ReadonlyArray<ObservationExpression>
}

/** An expression with one qualifier or more behind it, in the order of the text. */
export interface QualifiedObservation extends Located {
  readonly kind: "qualified"
  readonly expression: ObservationExpression
  readonly qualifiers: ReadonlyArray<Qualifier>
}

/** The numbers are decimal text as written, so that none loses digits. */
export type Qualifier =
  | (Located & { readonly kind: "within"; readonly seconds: string })
  | (Located & { readonly kind: "repeats"; readonly times: string })
  | (Located & { readonly kind: "start-stop"; readonly from: string; readonly to: string })

/** What stands in brackets: comparisons joined by `AND` and `OR`. */
export type ComparisonExpression = CombinedComparisons | PropertyTest

/** Two or more operands, in the order of the text; `AND` binds tighter than `OR`. */
export interface CombinedComparisons extends Located {
  readonly kind: "and" | "or"
  readonly operands: ReadonlyArray<ComparisonExpression>
}

/** One test of one property. `negated` is the `NOT` of the text. */
export type PropertyTest = Comparison | Membership | Existence

/** One comparison of an object path. */
export interface Comparison extends Located {
  readonly kind: "comparison"
  readonly path: ObjectPath
  readonly negated: boolean
  readonly operator: ComparisonOperator
  readonly operand: Literal
}

/** `path IN (…)`; the list may be empty. */
export interface Membership extends Located {
  readonly kind: "in"
  readonly path: ObjectPath
  readonly negated: boolean
  readonly values: ReadonlyArray<Literal>
}

/** `EXISTS path`. */
export interface Existence extends Located {
  readonly kind: "exists"
  readonly path: ObjectPath
  readonly negated: boolean
}

/** `==` is read as `=`, `<>` as `!=`. The words take a string, those with `<` and `>` anything but a boolean. */
export type ComparisonOperator =
  | "="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "LIKE"
  | "MATCHES"
  | "ISSUBSET"
  | "ISSUPERSET"

/** `type:property.property[0][*]`; the first step is a property. */
export interface ObjectPath extends Located {
  readonly objectType: string
  readonly steps: ReadonlyArray<PathStep>
}

/** `name` is without quotes and escapes; `index` is decimal text as written; `any` is `[*]`. */
export type PathStep =
  | (Located & { readonly kind: "property"; readonly name: string })
  | (Located & { readonly kind: "index"; readonly index: string })
  | (Located & { readonly kind: "any" })

/**
 * `string`: without quotes and escapes. `integer` and `float`: decimal text as written. `hex` and `binary`: the digits
 * and the Base64 as written. `timestamp`: what stands between the quotes.
 */
export type Literal =
  | (Located & {
      readonly kind: "string" | "integer" | "float" | "hex" | "binary" | "timestamp"
      readonly value: string
    })
  | (Located & { readonly kind: "boolean"; readonly value: boolean })

/** What a pattern may ask of the parser: longer or deeper ones are refused. */
export const patternLimits = {
  /** UTF-16 units of the text. */
  length: 65_536,
  /** Parentheses in parentheses, both kinds together. */
  depth: 100
} as const
