import { suggest } from "../diagnostics/Suggestion.ts"
import { iterationOf } from "../types/Access.ts"
import { hasDyn } from "../types/Members.ts"
import type { Literal } from "../types/Refinement.ts"
import { bool, dyn, isObjectType, type Type } from "../types/Type.ts"
import { membersOf } from "../types/Union.ts"
import { didYouMeanText, helpful } from "./Advice.ts"
import type { Binary, Expression, Name } from "./Ast.ts"
import type { CheckedCondition, Checking } from "./Checking.ts"
import { checkField, describe } from "./FieldChecker.ts"
import { show } from "./Lexer.ts"
import { literalOf, narrowEquality, narrowKind, narrowMembership, narrowPresence } from "./Narrowing.ts"
import { isScalar, isScalarEquality, mayEqual, typeArithmetic, typeOrder } from "./OperatorTyping.ts"
import { either, type Facts, followedBy, none, type Scope } from "./Scope.ts"
import type { ArithmeticOperator, InNode, OrderNode, TypedNode } from "./TypedNode.ts"
import { typeKindOf } from "./TypeNames.ts"

/** Checks `left operator right`, with what is known where it is true and where it is false. */
export const checkBinary = (checking: Checking, expression: Binary, scope: Scope): CheckedCondition => {
  const { operator } = expression
  switch (operator) {
    case "&&":
    case "||":
      return checkLogic(checking, expression, scope)
    case "==":
    case "!=":
      return checkEquality(checking, expression, scope)
    case "in":
      return checkMembership(checking, expression, scope)
    case "<":
    case "<=":
    case ">":
    case ">=":
      return unknown(checkOrder(checking, expression, operator, scope))
    default:
      return unknown(checkArithmetic(checking, expression, operator, scope))
  }
}

const unknown = (node: TypedNode): CheckedCondition => ({ node, whenTrue: none, whenFalse: none })

const checkLogic = (checking: Checking, expression: Binary, scope: Scope): CheckedCondition => {
  const isAnd = expression.operator === "&&"
  const left = checking.condition(expression.left, scope)
  // The right side is only looked at where the left one did not decide.
  const given = isAnd ? left.whenTrue : left.whenFalse
  const right = checking.condition(expression.right, scope.withFacts(given))
  const absorb = left.node.fallible && !given.some((fact) => fact.used)
  const node: TypedNode = {
    op: isAnd ? "and" : "or",
    left: left.node,
    right: right.node,
    absorb,
    type: bool,
    fallible: left.node.fallible || right.node.fallible,
    start: expression.start,
    end: expression.end
  }
  // Either the left side decided, or it did not (`given`) and the right side did.
  return isAnd
    ? {
        node,
        whenTrue: followedBy(given, right.whenTrue),
        // Where the right side decides although the left one failed, nothing is known of either.
        whenFalse: absorb ? none : either(left.whenFalse, followedBy(given, right.whenFalse), scope)
      }
    : {
        node,
        whenTrue: absorb ? none : either(left.whenTrue, followedBy(given, right.whenTrue), scope),
        whenFalse: followedBy(given, right.whenFalse)
      }
}

const checkEquality = (checking: Checking, expression: Binary, scope: Scope): CheckedCondition => {
  const left = checkOperand(checking, expression.left, expression.right, scope)
  const right = checkOperand(checking, expression.right, expression.left, scope)
  const negated = expression.operator === "!="
  const { end, start } = expression
  if (!mayEqual(left.type, right.type)) reportNeverEqual(checking, expression, left, right)
  else {
    warnOfMisspelling(checking, left, right)
    warnOfMisspelling(checking, right, left)
  }
  const node: TypedNode = {
    op: "equal",
    negated,
    on: isScalarEquality(left.type, right.type) ? "scalar" : "value",
    left,
    right,
    type: bool,
    fallible: left.fallible || right.fallible,
    start,
    end
  }
  const facts = factsOfEquality(expression, scope)
  return negated
    ? { node, whenTrue: facts.whenFalse, whenFalse: facts.whenTrue }
    : { node, whenTrue: facts.whenTrue, whenFalse: facts.whenFalse }
}

/** An operand of `==`; next to a literal null, a field that is missing counts as null: `x.y` and `x["y"]` alike. */
const checkOperand = (
  checking: Checking,
  expression: Expression,
  other: Expression,
  scope: Scope
): TypedNode => {
  const field = other.kind === "literal" && other.value === null ? fieldOf(expression) : undefined
  if (field === undefined) return checking.check(expression, scope)
  const target = checking.check(field.target, scope)
  // A list is indexed by int; that a text is none is said where indices are checked.
  if (membersOf(target.type).some((member) => member.kind === "list"))
    return checking.check(expression, scope)
  return checkField(checking, target, field.name.text, field.name, expression, "null")
}

const fieldOf = (
  expression: Expression
): { readonly target: Expression; readonly name: Name } | undefined => {
  if (expression.kind === "select" && !expression.optional && expression.field.text !== "") {
    return { target: expression.target, name: expression.field }
  }
  if (expression.kind !== "index" || expression.optional || expression.index.kind !== "literal")
    return undefined
  const { end, start, value } = expression.index
  return typeof value === "string"
    ? { target: expression.target, name: { text: value, start, end } }
    : undefined
}

const factsOfEquality = (
  expression: Binary,
  scope: Scope
): { readonly whenTrue: Facts; readonly whenFalse: Facts } => {
  const { left, right } = expression
  const literal = literalOf(right)
  if (literal !== undefined) return narrowEquality(scope, left, literal.value)
  const mirrored = literalOf(left)
  if (mirrored !== undefined) return narrowEquality(scope, right, mirrored.value)
  const asked = typeQuestion(left, right, scope) ?? typeQuestion(right, left, scope)
  return asked ?? { whenTrue: none, whenFalse: none }
}

/** `type(x) == string`. */
const typeQuestion = (
  question: Expression,
  answer: Expression,
  scope: Scope
): { readonly whenTrue: Facts; readonly whenFalse: Facts } | undefined => {
  if (question.kind !== "call" || question.target !== undefined || question.name.text !== "type")
    return undefined
  const [subject] = question.args
  if (subject === undefined || answer.kind !== "identifier") return undefined
  const kind = typeKindOf(answer.name)
  return kind === undefined || scope.lookup(answer.name) !== undefined
    ? undefined
    : narrowKind(scope, subject, kind)
}

const reportNeverEqual = (
  checking: Checking,
  expression: Binary,
  left: TypedNode,
  right: TypedNode
): void => {
  const literal = wrongLiteral(left, right) ?? wrongLiteral(right, left)
  if (literal === undefined) {
    const outcome = expression.operator === "==" ? "never equal" : "always different"
    checking.report(
      "SP1209",
      `${describe(left.type)} and ${describe(right.type)} are ${outcome}`,
      expression,
      {
        help: conversionHelp(checking, left, right)
      }
    )
    return
  }
  const { allowed, node, value } = literal
  checking.report("SP1209", `${show(value)} is not a possible value here`, node, {
    notes: [{ message: `the possible values are ${describe(literal.type)}` }],
    ...didYouMeanText(checking, value, allowed, node)
  })
}

/** `o.type == "malwear"` where other values are possible, but `malware` is one that the schema names. */
const warnOfMisspelling = (checking: Checking, node: TypedNode, field: TypedNode): void => {
  if (node.op !== "constant" || typeof node.value !== "string" || field.op !== "field") return
  const { key, target } = field
  const known = membersOf(target.type).flatMap((member) => {
    const property = member.kind === "record" ? member.properties.get(key)?.type : undefined
    return property === undefined ? [] : literalsOf(property)
  })
  if (known.length === 0 || known.includes(node.value)) return
  const suggestion = suggest(node.value, known)
  if (suggestion === undefined) return
  checking.warn("SP1219", `${show(node.value)} is none of the known values of "${key}"`, node, {
    help: `did you mean ${JSON.stringify(suggestion)}?`
  })
}

const literalsOf = (type: Type): ReadonlyArray<string> =>
  membersOf(type).flatMap((member) => (member.kind === "string" ? (member.values ?? []) : []))

interface WrongLiteral {
  readonly node: TypedNode
  readonly value: string
  readonly type: Type
  readonly allowed: ReadonlyArray<string>
}

const wrongLiteral = (node: TypedNode, other: TypedNode): WrongLiteral | undefined => {
  if (node.op !== "constant" || typeof node.value !== "string") return undefined
  const allowed = literalsOf(other.type)
  return allowed.length === 0 ? undefined : { node, value: node.value, type: other.type, allowed }
}

const conversionHelp = (checking: Checking, left: TypedNode, right: TypedNode): string => {
  const text = [left, right].find((node) => membersOf(node.type).some((member) => member.kind === "string"))
  const other = text === left ? right : left
  const kind = membersOf(other.type)[0]?.kind
  if (
    text !== undefined &&
    (kind === "int" || kind === "double" || kind === "timestamp" || kind === "duration")
  ) {
    return `convert one side: ${kind}(${checking.text(text)})`
  }
  return "compare values of one type"
}

const checkMembership = (checking: Checking, expression: Binary, scope: Scope): CheckedCondition => {
  const left = checking.check(expression.left, scope)
  const right = checking.check(expression.right, scope)
  const { end, start } = expression
  const keys = iterationOf(right.type)
  const [blocker] = keys.missingFrom
  if (blocker !== undefined) {
    const isText = blocker.kind === "string"
    checking.report(
      "SP1212",
      `"in" needs a list or an object on its right, this is ${describe(right.type)}`,
      right,
      helpful(
        isText ? `to look inside a text: ${checking.text(right)}.contains(${checking.text(left)})` : undefined
      )
    )
  } else if (!mayEqual(left.type, keys.type)) {
    reportNeverIn(checking, left, keys.type)
  }
  const on = membershipOn(left.type, right.type, keys.type)
  const node: TypedNode = {
    op: "in",
    on,
    left,
    right,
    type: bool,
    fallible: left.fallible || right.fallible || on === "dyn",
    start,
    end
  }
  return { node, ...factsOfMembership(expression, right.type, scope) }
}

const reportNeverIn = (checking: Checking, left: TypedNode, keys: Type): void => {
  const allowed = literalsOf(keys)
  const value = left.op === "constant" && typeof left.value === "string" ? left.value : undefined
  checking.report(
    "SP1209",
    `${describe(left.type)} is never in there: the elements are ${describe(keys)}`,
    left,
    value === undefined ? {} : didYouMeanText(checking, value, allowed, left)
  )
}

const membershipOn = (left: Type, right: Type, keys: Type): InNode["on"] => {
  const members = membersOf(right)
  if (members.every((member) => member.kind === "list")) {
    const isScalars = membersOf(left).every(isScalar) && membersOf(keys).every(isScalar)
    return isScalars ? "scalars" : "list"
  }
  return members.every(isObjectType) ? "object" : "dyn"
}

const factsOfMembership = (
  expression: Binary,
  container: Type,
  scope: Scope
): { readonly whenTrue: Facts; readonly whenFalse: Facts } => {
  const { left, right } = expression
  if (right.kind === "list") {
    const values: Array<Literal> = []
    for (const item of right.items) {
      const literal = item.optional ? undefined : literalOf(item.value)
      if (literal === undefined) return { whenTrue: none, whenFalse: none }
      values.push(literal.value)
    }
    return narrowMembership(scope, left, values)
  }
  // `"a" in x` says what `has(x.a)` says, unless "a" may be an element of a list.
  if (membersOf(container).some((member) => member.kind === "list"))
    return { whenTrue: none, whenFalse: none }
  if (left.kind !== "literal" || typeof left.value !== "string") return { whenTrue: none, whenFalse: none }
  const field = { text: left.value, start: left.start, end: left.end }
  return narrowPresence(scope, {
    kind: "select",
    target: right,
    field,
    optional: false,
    start: right.start,
    end: right.end
  })
}

const checkOrder = (
  checking: Checking,
  expression: Binary,
  operator: OrderNode["operator"],
  scope: Scope
): TypedNode => {
  const left = checking.check(expression.left, scope)
  const right = checking.check(expression.right, scope)
  const order = typeOrder(left.type, right.type)
  if (order.on === undefined) {
    const help =
      numberHelp(checking, left, right) ?? operandHelp(checking, left, right, order.left, order.right)
    return checking.invalid(
      "SP1207",
      `"${operator}" cannot compare ${describe(order.left)} with ${describe(order.right)}`,
      expression,
      helpful(help)
    )
  }
  const isDynamic = order.on === "value" && (hasDyn(left.type) || hasDyn(right.type))
  return {
    op: "order",
    operator,
    on: order.on,
    left,
    right,
    type: bool,
    fallible: left.fallible || right.fallible || isDynamic,
    start: expression.start,
    end: expression.end
  }
}

const checkArithmetic = (
  checking: Checking,
  expression: Binary,
  operator: ArithmeticOperator,
  scope: Scope
): TypedNode => {
  const left = checking.check(expression.left, scope)
  const right = checking.check(expression.right, scope)
  const typing = typeArithmetic(operator, left.type, right.type)
  const { end, start } = expression
  if (typing.result === undefined) {
    const help = operandHelp(checking, left, right, typing.left, typing.right)
    const node = checking.invalid(
      "SP1207",
      `"${operator}" has no meaning between ${describe(typing.left)} and ${describe(typing.right)}`,
      expression,
      helpful(help)
    )
    return { ...node, type: dyn }
  }
  return {
    op: "arithmetic",
    operator,
    on: typing.on,
    left,
    right,
    type: typing.result,
    fallible: left.fallible || right.fallible || typing.on !== "double",
    start,
    end
  }
}

/** For a number beside a text: numbers as text have another order, so it is the text that is converted. */
const numberHelp = (checking: Checking, left: TypedNode, right: TypedNode): string | undefined => {
  const text = [left, right].find(({ type }) => type.kind === "string")
  const number = [left, right].find(({ type }) => type.kind === "int" || type.kind === "double")
  if (text === undefined || number === undefined) return undefined
  const isNumeral =
    text.op === "constant" && typeof text.value === "string" && /^-?\d+(\.\d+)?$/.test(text.value)
  return isNumeral
    ? `write the number without quotes: ${text.value}`
    : `convert the text: ${number.type.kind}(${checking.text(text)})`
}

const operandHelp = (
  checking: Checking,
  left: TypedNode,
  right: TypedNode,
  leftPart: Type,
  rightPart: Type
): string | undefined => {
  const [node, part, other] =
    leftPart.kind === "string" || rightPart.kind === "null"
      ? [right, rightPart, leftPart]
      : [left, leftPart, rightPart]
  const written = checking.text(node)
  if (part.kind === "null") return `guard it: ${written} != null && …`
  if (part.kind === "optional") return `give a default: ${written}.orValue(…)`
  if (other.kind === "string") return `convert it: string(${written})`
  if (other.kind === "optional") return "give the optional a default with .orValue(…)"
  if (part.kind === "double" && other.kind === "int") return `convert it: int(${written})`
  return undefined
}
