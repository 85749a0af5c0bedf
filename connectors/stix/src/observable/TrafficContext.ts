import type { ComparisonExpression, Literal, PropertyTest } from "../pattern/StixPattern.ts"
import { meaningOf, type PathMeaning, type TrafficEnd } from "./PathMeaning.ts"

/** What an `AND` says of the two ends of a connection beside their addresses. */
export interface TrafficContext {
  /** The STIX type of the address, such as `ipv4-addr`. */
  readonly types: ReadonlyMap<TrafficEnd, string>
  readonly ports: ReadonlyMap<TrafficEnd, ReadonlyArray<number>>
  /** `tcp` and `udp`, as far as the pattern names them. */
  readonly transports: ReadonlyArray<string>
  /** The tests of this `AND` that say it; they are no values of their own. */
  readonly tests: ReadonlySet<ComparisonExpression>
}

/** Outside of every `AND`. */
export const noTraffic: TrafficContext = {
  types: new Map(),
  ports: new Map(),
  transports: [],
  tests: new Set()
}

/**
 * The context for the operands of an `AND` that stands in `outer`. Only `ends` count, those whose address an operand
 * asks for.
 */
export const trafficOf = (
  operands: ReadonlyArray<ComparisonExpression>,
  ends: ReadonlySet<TrafficEnd>,
  outer: TrafficContext
): TrafficContext => {
  const facts = operands.flatMap((operand) => ("operands" in operand ? [] : factOf(operand)))
  if (facts.length === 0 || ends.size === 0) return outer
  const types = new Map(outer.types)
  const ports = new Map(outer.ports)
  const tests = new Set<ComparisonExpression>()
  for (const { test, meaning, values } of facts) {
    if (meaning.means === "protocol" || !ends.has(meaning.end)) continue
    if (meaning.means === "port") ports.set(meaning.end, values.map(Number))
    else types.set(meaning.end, values.join(""))
    tests.add(test)
  }
  const protocolFacts = ports.size === 0 ? [] : facts.filter(({ meaning }) => meaning.means === "protocol")
  for (const { test } of protocolFacts) tests.add(test)
  const named = new Set([...outer.transports, ...protocolFacts.flatMap(({ values }) => values)])
  return { types, ports, transports: withPorts.filter((transport) => named.has(transport)), tests }
}

/** Is it a test of the type of an address, which says no more than the address does? */
export const isTypeTest = (expression: ComparisonExpression): boolean =>
  !("operands" in expression) && meaningOf(expression.path).means === "address-type"

/** The ports of an end as ThreatWinds writes them, such as `82/tcp`. A pattern that names no transport means TCP. */
export const portsOf = ({ ports, transports }: TrafficContext, end: TrafficEnd): ReadonlyArray<string> => {
  const used = transports.length > 0 ? transports : ["tcp"]
  return (ports.get(end) ?? []).flatMap((port) => used.map((transport) => `${port}/${transport}`))
}

/** The protocols that have ports and that ThreatWinds knows. */
const withPorts = ["tcp", "udp"]

/**
 * How many values a list may hold. An end has one type, and every address carries all of its ports: a longer list is
 * reported instead.
 */
const maxValues = { "address-type": 1, port: 32, protocol: 32 } as const

interface Fact {
  readonly test: PropertyTest
  readonly meaning: Extract<PathMeaning, { readonly means: "address-type" | "port" | "protocol" }>
  readonly values: ReadonlyArray<string>
}

/** What the test says of a connection; nothing when it is negated, of another operator or of another literal. */
const factOf = (test: PropertyTest): ReadonlyArray<Fact> => {
  const meaning = meaningOf(test.path)
  const isFact = meaning.means === "address-type" || meaning.means === "port" || meaning.means === "protocol"
  if (!isFact || test.negated || test.kind === "exists") return []
  if (test.kind === "comparison" && test.operator !== "=") return []
  const literals = test.kind === "in" ? test.values : [test.operand]
  const values = literals.flatMap((literal) => (meaning.means === "port" ? portOf(literal) : wordOf(literal)))
  const isComplete = values.length === literals.length && values.length > 0
  const isShort = values.length <= maxValues[meaning.means]
  return isComplete && isShort ? [{ test, meaning, values }] : []
}

const portOf = ({ kind, value }: Literal): ReadonlyArray<string> => {
  const port = kind === "integer" ? Number(value) : -1
  return port >= 0 && port <= 65_535 ? [String(port)] : []
}

const wordOf = ({ kind, value }: Literal): ReadonlyArray<string> => (kind === "string" ? [value] : [])
