import { isPlainName } from "./PatternLexer.ts"
import type {
  ComparisonExpression,
  Literal,
  ObjectPath,
  ObservationExpression,
  PathStep,
  PropertyTest,
  QualifiedObservation,
  Qualifier,
  StixPattern
} from "./StixPattern.ts"

/**
 * The pattern as text in one way of writing: one space between words, no comments, parentheses and quotes only where
 * they are needed. `parsePattern` reads it as the same tree, but for the places.
 */
export const showPattern = (pattern: StixPattern): string => showObservations(pattern)

const showObservations = (expression: ObservationExpression): string => {
  switch (expression.kind) {
    case "observation":
      return `[${showComparison(expression.comparison)}]`
    case "qualified":
      return showQualified(expression)
    default:
      return expression.operands
        .map((operand) => inParentheses(showObservations(operand), binding(operand) <= binding(expression)))
        .join(` ${expression.kind.toUpperCase()} `)
  }
}

/** How tightly an expression holds together; an operand that holds no tighter than what joins it needs parentheses. */
const binding = ({ kind }: ObservationExpression | ComparisonExpression): number => {
  switch (kind) {
    case "followedby":
      return 1
    case "or":
      return 2
    case "and":
      return 3
    case "qualified":
      return 4
    default:
      return 5
  }
}

/** Behind parentheses a kind of qualifier may stand more than once, behind brackets it may not. */
const showQualified = ({ expression, qualifiers }: QualifiedObservation): string => {
  const repeats = new Set(qualifiers.map(({ kind }) => kind)).size < qualifiers.length
  const text = inParentheses(showObservations(expression), repeats || binding(expression) <= 4)
  return [text, ...qualifiers.map(showQualifier)].join(" ")
}

const showQualifier = (qualifier: Qualifier): string => {
  switch (qualifier.kind) {
    case "within":
      return `WITHIN ${qualifier.seconds} SECONDS`
    case "repeats":
      return `REPEATS ${qualifier.times} TIMES`
    case "start-stop":
      return `START t'${qualifier.from}' STOP t'${qualifier.to}'`
  }
}

const showComparison = (expression: ComparisonExpression): string =>
  "operands" in expression
    ? expression.operands
        .map((operand) => inParentheses(showComparison(operand), binding(operand) <= binding(expression)))
        .join(` ${expression.kind.toUpperCase()} `)
    : showTest(expression)

const showTest = (test: PropertyTest): string => {
  const not = test.negated ? "NOT " : ""
  const path = showPath(test.path)
  switch (test.kind) {
    case "exists":
      return `${not}EXISTS ${path}`
    case "in":
      return `${path} ${not}IN (${test.values.map(showLiteral).join(", ")})`
    case "comparison":
      return `${path} ${not}${test.operator} ${showLiteral(test.operand)}`
  }
}

/** The path as text, such as `file:hashes.'SHA-256'`. */
export const showPath = ({ objectType, steps }: ObjectPath): string =>
  `${objectType}:${steps.map(showStep).join("")}`

const showStep = (step: PathStep, position: number): string => {
  switch (step.kind) {
    case "any":
      return "[*]"
    case "index":
      return `[${step.index}]`
    case "property":
      return `${position === 0 ? "" : "."}${isPlainName(step.name) ? step.name : quoted(step.name)}`
  }
}

const prefixes = { string: "", timestamp: "t", hex: "h", binary: "b" } as const

const showLiteral = (literal: Literal): string => {
  switch (literal.kind) {
    case "boolean":
      return String(literal.value)
    case "integer":
    case "float":
      return literal.value
    default:
      return `${prefixes[literal.kind]}${quoted(literal.value)}`
  }
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (character) => `\\${character}`)}'`

const inParentheses = (text: string, isNeeded: boolean): string => (isNeeded ? `(${text})` : text)
