import type { Code, Diagnostic, DiagnosticDetails } from "../diagnostics/Diagnostic.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import { bool, double, dyn, nullType, type Type, typeType } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import { didYouMean } from "./Advice.ts"
import type { Conditional, Expression, Identifier, Literal, Select, Unary } from "./Ast.ts"
import { checkCall } from "./CallChecker.ts"
import type { CheckedCondition, Checking, Offsets } from "./Checking.ts"
import type { Environment, FunctionIndex } from "./Environment.ts"
import { checkField, checkOptionalField, describe } from "./FieldChecker.ts"
import { foreignNames } from "./ForeignWords.ts"
import { checkIndex } from "./IndexChecker.ts"
import { show } from "./Lexer.ts"
import { checkList, checkMap } from "./LiteralChecker.ts"
import { narrowTruth } from "./Narrowing.ts"
import { checkBinary } from "./OperatorChecker.ts"
import { reservedWords } from "./ReservedWords.ts"
import { either, type Facts, followedBy, none, Scope } from "./Scope.ts"
import { qualifiedTypeNames, typeNames } from "./TypeNames.ts"
import type { TypedNode } from "./TypedNode.ts"

/** A checked expression; `node` is complete and may be run exactly when no diagnostic is an error. */
export interface CheckResult {
  readonly node: TypedNode
  readonly diagnostics: ReadonlyArray<Diagnostic>
  /** What is known of the variables where the expression is true: `where` and `if` narrow what follows them. */
  readonly whenTrue: Facts
  readonly whenFalse: Facts
}

/** Checks a parsed expression in an environment. Reports every problem, not only the first; after 100 it gives up. */
export const checkExpression = (
  source: LocatedText,
  expression: Expression,
  environment: Environment,
  scope: Scope = new Scope(environment.variables)
): CheckResult => {
  const checker = new Checker(source, environment.functions)
  const node = checker.check(expression, scope)
  const { whenTrue, whenFalse } = checker.factsOf(node)
  return { node, diagnostics: checker.diagnostics, whenTrue, whenFalse }
}

class Checker implements Checking {
  readonly functions: FunctionIndex
  readonly diagnostics: Array<Diagnostic> = []
  readonly #source: LocatedText
  #locals = 0
  #errors = 0
  #facts: CheckedCondition | undefined

  constructor(source: LocatedText, functions: FunctionIndex) {
    this.#source = source
    this.functions = functions
  }

  check(expression: Expression, scope: Scope): TypedNode {
    if (this.#errors >= maxErrors) return invalidAt(expression)
    switch (expression.kind) {
      case "literal":
        return checkLiteral(expression)
      case "identifier":
        return this.#identifier(expression, scope)
      case "select":
        return this.#select(expression, scope)
      case "index":
        return checkIndex(this, expression, scope)
      case "call":
        return this.#remember(checkCall(this, expression, scope))
      case "unary":
        return this.#unary(expression, scope)
      case "binary":
        return this.#remember(checkBinary(this, expression, scope))
      case "conditional":
        return this.#conditional(expression, scope)
      case "list":
        return checkList(this, expression, scope)
      case "map":
        return checkMap(this, expression, scope)
      case "missing":
        return invalidAt(expression)
    }
  }

  condition(expression: Expression, scope: Scope): CheckedCondition {
    const node = this.check(expression, scope)
    const facts = this.factsOf(node)
    if (node.type.kind === "bool") {
      if (facts.whenTrue.length > 0 || facts.whenFalse.length > 0 || !isPlace(node)) return { ...facts, node }
      return { node, ...narrowTruth(scope, expression) }
    }
    const members = membersOf(node.type)
    if (
      members.every((member) => member.kind === "bool" || member.kind === "dyn" || member.kind === "never")
    ) {
      const { start, end } = node
      return {
        node: { op: "assertBool", operand: node, type: bool, fallible: true, start, end },
        whenTrue: none,
        whenFalse: none
      }
    }
    this.report(
      "SP1208",
      `a condition must be a bool, this is ${describe(node.type)}`,
      expression,
      conditionHelp(members, this.text(expression))
    )
    return { node, whenTrue: none, whenFalse: none }
  }

  /** What is known behind a node; only the last checked one has facts. */
  factsOf(node: TypedNode): CheckedCondition {
    const facts = this.#facts
    return facts !== undefined && facts.node === node ? facts : { node, whenTrue: none, whenFalse: none }
  }

  report(code: Code, message: string, at: Offsets, details: DiagnosticDetails = {}): void {
    this.#errors++
    this.diagnostics.push({ code, severity: "error", message, span: this.span(at), notes: [], ...details })
  }

  warn(code: Code, message: string, at: Offsets, details: DiagnosticDetails = {}): void {
    this.diagnostics.push({ code, severity: "warning", message, span: this.span(at), notes: [], ...details })
  }

  invalid(
    code: Code,
    message: string,
    at: Offsets,
    details?: DiagnosticDetails,
    whole: Offsets = at
  ): TypedNode {
    this.report(code, message, at, details)
    return { op: "invalid", type: dyn, fallible: true, start: whole.start, end: whole.end }
  }

  newLocal(): number {
    return this.#locals++
  }

  span(at: Offsets): Diagnostic["span"] {
    return this.#source.span(at.start, at.end)
  }

  text(at: Offsets): string {
    return this.#source.text.slice(at.start, at.end)
  }

  #remember(condition: CheckedCondition): TypedNode {
    this.#facts = condition
    return condition.node
  }

  #identifier(expression: Identifier, scope: Scope): TypedNode {
    const { name, start, end } = expression
    const binding = scope.lookup(name)
    if (binding !== undefined) {
      const typed = { type: binding.type, fallible: false, start, end }
      return binding.local === undefined
        ? { op: "variable", name, ...typed }
        : { op: "local", id: binding.local, ...typed }
    }
    const typeName = typeNames.get(name)
    if (typeName !== undefined)
      return { op: "constant", value: typeName, type: typeType, fallible: false, start, end }
    // The parser has refused it already.
    if (reservedWords.has(name)) return { op: "invalid", type: dyn, fallible: true, start, end }
    return this.invalid(
      "SP1201",
      `unknown name ${show(name)}`,
      expression,
      this.#unknownName(expression, scope)
    )
  }

  #unknownName({ name, start, end }: Identifier, scope: Scope): DiagnosticDetails {
    if (this.functions.functions.has(name)) return { help: `${name} is a function: call it with ${name}(…)` }
    if (this.functions.namespaces.has(name)) return { help: `${name} is a group of functions: ${name}.…(…)` }
    const word = foreignNames.get(name)
    if (word !== undefined) return { help: `"${name}" is written "${word}"` }
    const names = scope.names()
    const details = didYouMean(name, [...names, ...this.functions.namespaces], this.span({ start, end }))
    if (details.help !== undefined) return details
    const known =
      names.length === 0
        ? "there are no variables here"
        : `the variables here are ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`
    return { help: `${known}; text is written in quotes: "${name}"` }
  }

  #select(expression: Select, scope: Scope): TypedNode {
    const typeName = isTypeField(expression) ? qualifiedTypeNames.get(this.text(expression)) : undefined
    if (typeName !== undefined && scope.lookup("google") === undefined) {
      const { end, start } = expression
      return { op: "constant", value: typeName, type: typeType, fallible: false, start, end }
    }
    const target = this.check(expression.target, scope)
    const { field } = expression
    // `event.` is reported by the parser; the target stays in the tree for completion.
    if (field.text === "") return this.#passOn(expression, target)
    return expression.optional
      ? checkOptionalField(this, target, field.text, field, expression)
      : checkField(this, target, field.text, field, expression, "value")
  }

  #passOn({ start, end }: Offsets, target: TypedNode): TypedNode {
    return { op: "field", target, key: "", access: "lookup", type: dyn, fallible: true, start, end }
  }

  #unary(expression: Unary, scope: Scope): TypedNode {
    const { start, end } = expression
    if (expression.operator === "!") {
      const { node: operand, whenFalse, whenTrue } = this.condition(expression.operand, scope)
      const node: TypedNode = { op: "not", operand, type: bool, fallible: operand.fallible, start, end }
      return this.#remember({ node, whenTrue: whenFalse, whenFalse: whenTrue })
    }
    const operand = this.check(expression.operand, scope)
    const wrong = membersOf(operand.type).find((member) => !negatable.has(member.kind))
    if (wrong !== undefined) {
      return this.invalid("SP1207", `"-" needs a number, this is ${describe(operand.type)}`, expression)
    }
    const members = membersOf(operand.type)
    const isInt = members.every((member) => member.kind === "int")
    const isNumber = members.every((member) => member.kind === "int" || member.kind === "double")
    const type = union(members.map((member) => (member.kind === "int" ? intType : member)))
    return {
      op: "negate",
      on: isInt ? "int" : isNumber ? "double" : "dyn",
      operand,
      type,
      fallible: operand.fallible || !isNumber,
      start,
      end
    }
  }

  #conditional(expression: Conditional, scope: Scope): TypedNode {
    const { start, end } = expression
    const test = this.condition(expression.condition, scope)
    const consequent = this.check(expression.consequent, scope.withFacts(test.whenTrue))
    const then = this.factsOf(consequent)
    const alternate = this.check(expression.alternate, scope.withFacts(test.whenFalse))
    const otherwise = this.factsOf(alternate)
    const node: TypedNode = {
      op: "conditional",
      condition: test.node,
      consequent,
      alternate,
      type: union([consequent.type, alternate.type]),
      fallible: test.node.fallible || consequent.fallible || alternate.fallible,
      start,
      end
    }
    return this.#remember({
      node,
      whenTrue: either(
        followedBy(test.whenTrue, then.whenTrue),
        followedBy(test.whenFalse, otherwise.whenTrue),
        scope
      ),
      whenFalse: either(
        followedBy(test.whenTrue, then.whenFalse),
        followedBy(test.whenFalse, otherwise.whenFalse),
        scope
      )
    })
  }
}

/** So many errors in one expression have one cause, and each costs a search for the word that was meant. */
const maxErrors = 100

const invalidAt = ({ end, start }: Offsets): TypedNode => ({
  op: "invalid",
  type: dyn,
  fallible: true,
  start,
  end
})

/** Spares most selections a copy of their text. */
const isTypeField = ({ field }: Select): boolean => field.text === "Timestamp" || field.text === "Duration"

const intType: Type = { kind: "int" }

const checkLiteral = (literal: Literal): TypedNode => {
  const { start, end, value } = literal
  return { op: "constant", value, type: literalType(literal), fallible: false, start, end }
}

const literalType = ({ type, value }: Literal): Type => {
  if (typeof value === "string") return { kind: "string", values: [value], fresh: true }
  if (typeof value === "boolean") return { kind: "bool", value, fresh: true }
  if (typeof value === "number")
    return type === "double" ? double : { kind: "int", values: [value], fresh: true }
  return nullType
}

const negatable = new Set<Type["kind"]>(["int", "double", "duration", "dyn", "never"])

const isPlace = (node: TypedNode): boolean =>
  node.op === "field" || node.op === "variable" || node.op === "local"

const conditionHelp = (members: ReadonlyArray<Type>, written: string): DiagnosticDetails => {
  switch (members.find((member) => member.kind !== "bool")?.kind) {
    case "string":
      return { help: `compare it: ${written} != ""` }
    case "int":
    case "double":
      return { help: `compare it: ${written} != 0` }
    case "null":
      return { help: `compare it: ${written} == true` }
    case "list":
    case "map":
      return { help: `ask for its size: size(${written}) > 0` }
    case "optional":
      return { help: `give a default: ${written}.orValue(false)` }
    default:
      return {}
  }
}
