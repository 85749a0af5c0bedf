import type {
  ComparisonExpression,
  Literal,
  ObjectPath,
  ObservationExpression,
  PathStep,
  Qualifier,
  StixPattern
} from "../src/pattern/StixPattern.ts"
import type { Chooser } from "./Property.ts"

/** Where a node stands does not matter here. */
const place = { start: 0, end: 0 }

/** A tree such as the parser gives, without places. */
export const patternOf = (chooser: Chooser): StixPattern => observationsOf(chooser, 4)

const observationsOf = (chooser: Chooser, depth: number): ObservationExpression => {
  switch (depth === 0 ? 0 : chooser.below(5)) {
    case 1:
    case 2: {
      const kind = chooser.pick("and", "or", "followedby")
      const operands = Array.from({ length: 2 + chooser.below(2) }, () => observationsOf(chooser, depth - 1))
      return { kind, operands, ...place }
    }
    case 3: {
      const expression = observationsOf(chooser, depth - 1)
      const qualifiers = Array.from({ length: 1 + chooser.below(3) }, () => qualifierOf(chooser))
      return { kind: "qualified", expression, qualifiers, ...place }
    }
    default:
      return { kind: "observation", comparison: comparisonOf(chooser, depth), ...place }
  }
}

const qualifierOf = (chooser: Chooser): Qualifier => {
  const [from, to] = ["2020-01-31T00:00:00Z", "2020-12-31T23:59:60.123456789Z"] as const
  return chooser.pick<Qualifier>(
    { kind: "within", seconds: chooser.pick("5", "+0.25", ".5", "0"), ...place },
    { kind: "repeats", times: chooser.pick("2", "+0", "99999999999999999999"), ...place },
    { kind: "start-stop", from, to, ...place }
  )
}

const comparisonOf = (chooser: Chooser, depth: number): ComparisonExpression => {
  if (depth > 0 && chooser.below(2) === 1) {
    const kind = chooser.pick("and", "or")
    const operands = Array.from({ length: 2 + chooser.below(2) }, () => comparisonOf(chooser, depth - 1))
    return { kind, operands, ...place }
  }
  const path = pathOf(chooser)
  const negated = chooser.below(3) === 1
  switch (chooser.below(4)) {
    case 1:
      return { kind: "exists", path, negated, ...place }
    case 2: {
      const values = Array.from({ length: chooser.below(4) }, () => literalOf(chooser))
      return { kind: "in", path, negated, values, ...place }
    }
    case 3: {
      const operator = chooser.pick("LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET")
      const operand: Literal = { kind: "string", value: textOf(chooser), ...place }
      return { kind: "comparison", path, negated, operator, operand, ...place }
    }
    default: {
      const operand = literalOf(chooser)
      const operator =
        operand.kind === "boolean" ? chooser.pick("=", "!=") : chooser.pick("=", "!=", "<", "<=", ">", ">=")
      return { kind: "comparison", path, negated, operator, operand, ...place }
    }
  }
}

const pathOf = (chooser: Chooser): ObjectPath => {
  const steps = Array.from({ length: chooser.below(4) }, () => stepOf(chooser))
  const objectType = chooser.pick("file", "x-usb-device", "_a1", "IN-side")
  return { objectType, steps: [propertyOf(chooser), ...steps], ...place }
}

const stepOf = (chooser: Chooser): PathStep =>
  chooser.pick<PathStep>(
    { kind: "index", index: chooser.pick("0", "-1", "+12"), ...place },
    { kind: "any", ...place },
    propertyOf(chooser)
  )

const propertyOf = (chooser: Chooser): PathStep => ({
  kind: "property",
  name: chooser.pick("value", "SHA-256", "IN", "true", "it's", "a.b", "", "_x9", "é"),
  ...place
})

const literalOf = (chooser: Chooser): Literal =>
  chooser.pick<Literal>(
    { kind: "string", value: textOf(chooser), ...place },
    { kind: "integer", value: chooser.pick("0", "-7", "+5", "123456789012345678901234567890"), ...place },
    { kind: "float", value: chooser.pick("7.0", "-.5", "+01.50"), ...place },
    { kind: "boolean", value: chooser.below(2) === 1, ...place },
    { kind: "timestamp", value: "2018-03-22T12:11:14.1Z", ...place },
    { kind: "hex", value: chooser.pick("", "fFd8"), ...place },
    { kind: "binary", value: chooser.pick("AA==", "dGhpcyBpcyBhIHRlc3Q="), ...place }
  )

const textOf = (chooser: Chooser): string =>
  Array.from({ length: chooser.below(5) }, () =>
    chooser.pick("a", "'", "\\", "\\'", "//", "/*", "*/", "]", "\n", "é", "\u00a0", "😀", "\ud83d", "AND ")
  ).join("")
