/** What an attribute holds: text, or a number where the data type is numeric. */
export type AttributeValue = string | number

/** The one way to write a value, or why it has none: a clause that follows "the value" and never quotes it. */
export type Canonical<A extends AttributeValue = AttributeValue> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly reason: string }

/** The rule of a data type whose values are text. `canonical` is given well-formed text that is not empty. */
export interface TextRule {
  readonly kind: "text"
  readonly canonical: (text: string) => Canonical<string>
}

/** The rule of a data type whose values are numbers, which may be given as decimal text. */
export interface NumberRule {
  readonly kind: "number"
  readonly canonical: (value: AttributeValue) => Canonical<number>
  /** The text of a canonical value whose hash is in the entity's id. */
  readonly hashedText: (value: number) => string
}

/**
 * How ThreatWinds checks and writes the values of one data type. Each rule is that of threatwinds/go-sdk, package
 * `entities` (cfb97dc, 2026-08-18), in our own code; where a rule is stricter, its comment says so. Applying a rule
 * to what it accepted changes nothing. Every rule takes time linear in the text.
 */
export type AttributeRule = TextRule | NumberRule

/** The rule that gives the canonical text. */
export const textRule = (canonical: TextRule["canonical"]): TextRule => ({ kind: "text", canonical })

/** The value, which is canonical. */
export const accepted = <A extends AttributeValue>(value: A): { readonly ok: true; readonly value: A } => ({
  ok: true,
  value
})

/** A refusal; the reason reads on after "the value", such as `must not be empty`. */
export const refused = (reason: string): { readonly ok: false; readonly reason: string } => ({
  ok: false,
  reason
})
