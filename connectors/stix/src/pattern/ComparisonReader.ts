import { readPath } from "./PathReader.ts"
import { quotedPiece } from "./PatternError.ts"
import type { PatternTokens } from "./PatternTokens.ts"
import type {
  ComparisonExpression,
  ComparisonOperator,
  Literal,
  Located,
  ObjectPath,
  PropertyTest
} from "./StixPattern.ts"

/** Reads what stands in the brackets of an observation: tests joined by `OR`, tighter by `AND`, with parentheses. */
export const readComparison = (tokens: PatternTokens): ComparisonExpression | undefined =>
  readChain(tokens, "OR", "or", () => readChain(tokens, "AND", "and", () => readOperand(tokens)))

/** Reads operands with the keyword between them; one alone is given as it is. */
export const readChain = <A extends Located, const K extends string>(
  tokens: PatternTokens,
  keyword: string,
  kind: K,
  readOperand: () => A | undefined
): A | (Located & { readonly kind: K; readonly operands: ReadonlyArray<A> }) | undefined => {
  const { start } = tokens.current
  const first = readOperand()
  if (first === undefined || !tokens.isAt(keyword)) return first
  const operands = [first]
  while (tokens.accept(keyword)) {
    const operand = readOperand()
    if (operand === undefined) return undefined
    operands.push(operand)
  }
  return { kind, operands, start, end: tokens.lastEnd }
}

const readOperand = (tokens: PatternTokens): ComparisonExpression | undefined =>
  tokens.isAt("(") ? tokens.inParentheses(() => readComparison(tokens)) : readTest(tokens)

const readTest = (tokens: PatternTokens): PropertyTest | undefined => {
  const { start } = tokens.current
  if (tokens.isAt("EXISTS") || tokens.isAt("NOT")) return readExistence(tokens, start)
  const path = readPath(tokens)
  if (path === undefined) return undefined
  const negated = tokens.accept("NOT")
  return tokens.accept("IN")
    ? readMembership(tokens, path, negated, start)
    : readRelation(tokens, path, negated, start)
}

const readExistence = (tokens: PatternTokens, start: number): PropertyTest | undefined => {
  const negated = tokens.accept("NOT")
  if (!tokens.accept("EXISTS")) {
    return tokens.failExpecting([quotedPiece("EXISTS")], "NOT stands between the path and its operator")
  }
  const path = readPath(tokens)
  return path && { kind: "exists", path, negated, start, end: tokens.lastEnd }
}

const readMembership = (
  tokens: PatternTokens,
  path: ObjectPath,
  negated: boolean,
  start: number
): PropertyTest | undefined => {
  if (!tokens.expect("(")) return undefined
  const values: Array<Literal> = []
  while (!tokens.accept(")")) {
    if (values.length > 0 && !tokens.expect(",", quotedPiece(")"))) return undefined
    const value = readLiteral(tokens, literals.all)
    if (value === undefined) return undefined
    values.push(value)
  }
  return { kind: "in", path, negated, values, start, end: tokens.lastEnd }
}

const readRelation = (
  tokens: PatternTokens,
  path: ObjectPath,
  negated: boolean,
  start: number
): PropertyTest | undefined => {
  const found = tokens.current.kind === "keyword" || tokens.current.kind === "symbol"
  const relation = found ? relations.get(tokens.current.value) : undefined
  if (relation === undefined) return tokens.failExpecting(negated ? afterNot : afterPath)
  tokens.take()
  const operand = readLiteral(tokens, relation.takes)
  const { operator } = relation
  return operand && { kind: "comparison", path, negated, operator, operand, start, end: tokens.lastEnd }
}

interface LiteralClass {
  readonly noun: string
  readonly kinds: ReadonlySet<string>
}

const ordered = ["string", "integer", "float", "timestamp", "hex", "binary"] as const

const literals = {
  all: { noun: "a literal", kinds: new Set([...ordered, "boolean"]) },
  ordered: { noun: "a literal that has an order", kinds: new Set(ordered) },
  string: { noun: "a string", kinds: new Set(["string"]) }
} satisfies Record<string, LiteralClass>

const relations: ReadonlyMap<
  string,
  { readonly operator: ComparisonOperator; readonly takes: LiteralClass }
> = new Map([
  ["=", { operator: "=", takes: literals.all }],
  ["==", { operator: "=", takes: literals.all }],
  ["!=", { operator: "!=", takes: literals.all }],
  ["<>", { operator: "!=", takes: literals.all }],
  ["<", { operator: "<", takes: literals.ordered }],
  ["<=", { operator: "<=", takes: literals.ordered }],
  [">", { operator: ">", takes: literals.ordered }],
  [">=", { operator: ">=", takes: literals.ordered }],
  ["LIKE", { operator: "LIKE", takes: literals.string }],
  ["MATCHES", { operator: "MATCHES", takes: literals.string }],
  ["ISSUBSET", { operator: "ISSUBSET", takes: literals.string }],
  ["ISSUPERSET", { operator: "ISSUPERSET", takes: literals.string }]
])

const afterNot = [...relations.keys(), "IN"].map(quotedPiece)
const afterPath = [...afterNot, ...["NOT", ".", "["].map(quotedPiece)]

const readLiteral = (tokens: PatternTokens, { noun, kinds }: LiteralClass): Literal | undefined => {
  const { kind, start, end, value } = tokens.current
  if (kinds.has("boolean") && (tokens.isAt("true") || tokens.isAt("false"))) {
    tokens.take()
    return { kind: "boolean", value: value === "true", start, end }
  }
  const literal = ordered.find((candidate) => candidate === kind)
  if (literal === undefined || !kinds.has(literal)) return tokens.failExpecting([noun])
  tokens.take()
  return { kind: literal, value, start, end }
}
