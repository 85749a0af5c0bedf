import { canonicalValue } from "../canonical/CanonicalValue.ts"
import { parseIpNetwork } from "../canonical/IpNetwork.ts"
import { partsOfUrl } from "../canonical/UrlText.ts"
import { quotedPiece } from "../pattern/PatternError.ts"
import { showPath } from "../pattern/PatternPrinter.ts"
import type {
  ComparisonExpression,
  Literal,
  ObservationExpression,
  PropertyTest,
  StixPattern
} from "../pattern/StixPattern.ts"
import { hashAlternatives } from "./HashAlternatives.ts"
import type { Observable, Skipped, SkipReason } from "./Observable.ts"
import type { ObservableKind } from "./ObservableKind.ts"
import { meaningOf, type PathMeaning, type TrafficEnd } from "./PathMeaning.ts"
import { isTypeTest, noTraffic, portsOf, type TrafficContext, trafficOf } from "./TrafficContext.ts"

/** What a pattern holds, before it is known whether it is all of it. */
export type FoundObservable = Omit<Observable, "partial">

/** Finds the values that a pattern asks for. Time is linear in the pattern, depth that of its parentheses. */
export class PatternReading {
  readonly found: Array<FoundObservable> = []
  readonly skipped: Array<Skipped> = []
  readonly #ends = new Map<ComparisonExpression, ReadonlySet<TrafficEnd>>()
  #groups = 0

  constructor(pattern: StixPattern) {
    this.#readObservations(pattern, false)
  }

  #readObservations(expression: ObservationExpression, compound: boolean): void {
    switch (expression.kind) {
      case "observation":
        return this.#readComparison(expression.comparison, { compound, traffic: noTraffic })
      case "qualified":
        return this.#readObservations(expression.expression, true)
      default: {
        const inner = compound || expression.kind !== "or"
        for (const operand of expression.operands) this.#readObservations(operand, inner)
      }
    }
  }

  #readComparison(expression: ComparisonExpression, scope: Scope): void {
    switch (expression.kind) {
      case "and":
        return this.#readAnd(flattened(expression, "and"), scope)
      case "or":
        return this.#readOr(flattened(expression, "or"), scope)
      default:
        this.#keep(this.#readTest(expression, scope))
    }
  }

  /** The type of an address is known from the address: it asks for nothing more. */
  #readAnd(operands: ReadonlyArray<ComparisonExpression>, scope: Scope): void {
    const ends = new Set(operands.flatMap((operand) => [...this.#endsOf(operand)]))
    const traffic = trafficOf(operands, ends, scope.traffic)
    const asking = operands.filter((operand) => !(traffic.tests.has(operand) && isTypeTest(operand)))
    const inner = { traffic, compound: scope.compound || asking.length > 1 }
    for (const operand of operands) if (!traffic.tests.has(operand)) this.#readComparison(operand, inner)
  }

  #readOr(operands: ReadonlyArray<ComparisonExpression>, scope: Scope): void {
    const readings = new Map<ComparisonExpression, Reading>()
    const single: Array<PropertyTest> = []
    for (const operand of operands) {
      if ("operands" in operand) continue
      const reading = this.#readTest(operand, scope)
      readings.set(operand, reading)
      if (reading.found.length === 1) single.push(operand)
    }
    const groups = new Map<ComparisonExpression, number>()
    for (const alternatives of hashAlternatives(single)) {
      for (const test of alternatives) groups.set(test, this.#groups)
      this.#groups++
    }
    for (const operand of operands) {
      const reading = readings.get(operand)
      if (reading === undefined) this.#readComparison(operand, scope)
      else this.#keep(inGroup(reading, groups.get(operand)))
    }
  }

  /** Which ends of a connection an expression asks the address of; kept, because every `AND` around it asks again. */
  #endsOf(expression: ComparisonExpression): ReadonlySet<TrafficEnd> {
    const known = this.#ends.get(expression)
    if (known !== undefined) return known
    const ends = new Set(
      "operands" in expression
        ? expression.operands.flatMap((operand) => [...this.#endsOf(operand)])
        : endOf(expression)
    )
    this.#ends.set(expression, ends)
    return ends
  }

  #readTest(test: PropertyTest, scope: Scope): Reading {
    const meaning = meaningOf(test.path)
    const path = showPath(test.path)
    const skip = (reason: SkipReason, detail: string): Reading => ({
      found: [],
      skipped: [{ reason, detail, path }]
    })
    if (meaning.means === "nothing") return skip(meaning.reason, meaning.detail)
    if (meaning.means !== "value" && meaning.means !== "address") {
      return skip("unmapped-path", "the test says nothing that an address beside it could carry")
    }
    if (test.negated) return skip("negated", "the test is negated")
    const literals = literalsOf(test, meaning)
    if (literals === undefined) return skip("operator", `${operatorOf(test)} gives no value to look up`)
    if (literals.length === 0) return skip("empty-value", "the list is empty")
    const readings = literals.map((literal) => this.#readLiteral(literal, { ...scope, meaning, path, test }))
    return {
      found: readings.flatMap(({ found }) => found),
      skipped: readings.flatMap(({ skipped }) => skipped)
    }
  }

  #readLiteral(literal: Literal, { meaning, path, test, traffic, compound }: TestScope): Reading {
    const kind =
      meaning.means === "value" ? meaning.kind : addressKindOf(literal, traffic.types.get(meaning.end))
    const result = valueOf(literal, kind)
    if ("reason" in result) return { found: [], skipped: [{ ...result, path }] }
    const ports = meaning.means === "address" ? portsOf(traffic, meaning.end) : []
    const { value, canonical } = result
    const stixType = stixTypeOf(result.kind, canonical, test.path.objectType)
    const observable = {
      kind: result.kind,
      value,
      canonical,
      stixType,
      path,
      role: "single",
      compound
    } as const
    return { found: [ports.length === 0 ? observable : { ...observable, ports }], skipped: [] }
  }

  #keep({ found, skipped }: Reading): void {
    this.found.push(...found)
    this.skipped.push(...skipped)
  }
}

interface Scope {
  readonly compound: boolean
  readonly traffic: TrafficContext
}

interface TestScope extends Scope {
  readonly meaning: Extract<PathMeaning, { readonly means: "value" | "address" }>
  readonly path: string
  readonly test: PropertyTest
}

interface Reading {
  readonly found: ReadonlyArray<FoundObservable>
  readonly skipped: ReadonlyArray<Skipped>
}

/** The operands with those of the same kind in parentheses opened: `a AND (b AND c)` asks for three things. */
const flattened = (
  expression: ComparisonExpression,
  kind: "and" | "or"
): ReadonlyArray<ComparisonExpression> =>
  expression.kind === kind ? expression.operands.flatMap((operand) => flattened(operand, kind)) : [expression]

const endOf = ({ path }: PropertyTest): ReadonlyArray<TrafficEnd> => {
  const meaning = meaningOf(path)
  return meaning.means === "address" ? [meaning.end] : []
}

const inGroup = ({ found, skipped }: Reading, group: number | undefined): Reading =>
  group === undefined
    ? { found, skipped }
    : { found: found.map((observable) => ({ ...observable, role: "alternative", group })), skipped }

const operatorOf = (test: PropertyTest): string =>
  test.kind === "comparison" ? test.operator : test.kind === "in" ? "IN" : "EXISTS"

/** The values that the test asks for; undefined when its operator asks for none. */
const literalsOf = (test: PropertyTest, meaning: PathMeaning): ReadonlyArray<Literal> | undefined => {
  if (test.kind === "exists") return undefined
  if (test.kind === "in") return test.values
  if (test.operator === "=") return [test.operand]
  return test.operator === "ISSUBSET" && takesAddress(meaning) && isBlock(test.operand)
    ? [test.operand]
    : undefined
}

const takesAddress = (meaning: PathMeaning): boolean =>
  meaning.means === "address" ||
  (meaning.means === "value" && (meaning.kind === "ipv4-addr" || meaning.kind === "ipv6-addr"))

const isBlock = ({ kind, value }: Literal): boolean =>
  kind === "string" && value.includes("/") && parseIpNetwork(value) !== undefined

/** What the types of STIX that an end of a connection may have are here. */
const referenced: ReadonlyMap<string, ObservableKind> = new Map([
  ["ipv4-addr", "ipv4-addr"],
  ["ipv6-addr", "ipv6-addr"],
  ["domain-name", "domain-name"],
  ["mac-addr", "mac-addr"],
  ["url", "url"]
])

/** The kind of an end's address: the type that the pattern names, otherwise the form of the value. */
const addressKindOf = ({ value }: Literal, type: string | undefined): ObservableKind => {
  const named = type === undefined ? undefined : referenced.get(type)
  if (named !== undefined) return named
  const text = String(value)
  if (parseIpNetwork(text) !== undefined) return "ipv4-addr"
  if (partsOfUrl(text.trim()) !== undefined) return "url"
  return canonicalValue("mac-addr", text) === undefined ? "domain-name" : "mac-addr"
}

/** 64 KiB in UTF-8, what ThreatWinds takes. */
const maxBytes = 65_536

type ValueReading =
  | { readonly kind: ObservableKind; readonly value: string; readonly canonical: string }
  | { readonly reason: SkipReason; readonly detail: string }

const valueOf = (literal: Literal, kind: ObservableKind): ValueReading => {
  const isNumber = literal.kind === "integer" && kind === "asn"
  if (literal.kind === "boolean" || !(literal.kind === "string" || isNumber)) {
    return { reason: "literal-type", detail: `the literal is of kind ${literal.kind}` }
  }
  const { value } = literal
  if (value.trim() === "") return { reason: "empty-value", detail: "the value is empty" }
  if (new TextEncoder().encode(value).length > maxBytes) {
    return { reason: "value-too-long", detail: `the value is longer than ${maxBytes} bytes` }
  }
  const canonical = canonicalValue(kind, value)
  return canonical === undefined
    ? { reason: "invalid-value", detail: `${quotedPiece(value)} is no value of kind ${kind}` }
    : { value, ...canonical }
}

/** The type of the object that holds the value; of an address its own version, of a connection the address. */
const stixTypeOf = (kind: ObservableKind, canonical: string, objectType: string): string => {
  if (kind === "cidr") return canonical.includes(":") ? "ipv6-addr" : "ipv4-addr"
  if (kind === "path") return "directory"
  return kind === "ipv4-addr" || kind === "ipv6-addr" || objectType === "network-traffic" ? kind : objectType
}
