import type { Code, Diagnostic, DiagnosticDetails } from "../diagnostics/Diagnostic.ts"
import { suggest } from "../diagnostics/Suggestion.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import { elementOf, valueOf } from "../types/Access.ts"
import { bool, boolOf, double, dyn, intOf, list, map, nullType, optional, record, stringOf, type Type, typeType } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import type { Conditional, Expression, Identifier, Index, ListLiteral, Literal, MapLiteral, Select, Unary } from "./Ast.ts"
import { checkCall } from "./CallChecker.ts"
import type { CheckedCondition, Checking, Offsets } from "./Checking.ts"
import type { Environment, FunctionIndex } from "./Environment.ts"
import { checkField, checkOptionalField, describe, insideOptional } from "./FieldChecker.ts"
import { narrowTruth } from "./Narrowing.ts"
import { checkBinary } from "./OperatorChecker.ts"
import { reservedWords } from "./ReservedWords.ts"
import { either, type Facts, none, Scope } from "./Scope.ts"
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

/** Checks a parsed expression in an environment. Reports every problem, not only the first. */
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
  #facts: CheckedCondition | undefined

  constructor(source: LocatedText, functions: FunctionIndex) {
    this.#source = source
    this.functions = functions
  }

  check(expression: Expression, scope: Scope): TypedNode {
    switch (expression.kind) {
      case "literal":
        return checkLiteral(expression)
      case "identifier":
        return this.#identifier(expression, scope)
      case "select":
        return this.#select(expression, scope)
      case "index":
        return this.#index(expression, scope)
      case "call":
        return this.#remember(checkCall(this, expression, scope))
      case "unary":
        return this.#unary(expression, scope)
      case "binary":
        return this.#remember(checkBinary(this, expression, scope))
      case "conditional":
        return this.#conditional(expression, scope)
      case "list":
        return this.#list(expression, scope)
      case "map":
        return this.#map(expression, scope)
      case "missing":
        return { op: "invalid", type: dyn, fallible: true, start: expression.start, end: expression.end }
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
    if (members.every((member) => member.kind === "bool" || member.kind === "dyn" || member.kind === "never")) {
      const { start, end } = node
      return { node: { op: "assertBool", operand: node, type: bool, fallible: true, start, end }, whenTrue: none, whenFalse: none }
    }
    this.report("SP1208", `a condition must be a bool, this is ${describe(node.type)}`, expression, conditionHelp(members, this.text(expression)))
    return { node, whenTrue: none, whenFalse: none }
  }

  /** What is known behind a node; only the last checked one has facts. */
  factsOf(node: TypedNode): CheckedCondition {
    const facts = this.#facts
    return facts !== undefined && facts.node === node ? facts : { node, whenTrue: none, whenFalse: none }
  }

  report(code: Code, message: string, at: Offsets, details: DiagnosticDetails = {}): void {
    this.diagnostics.push({ code, severity: "error", message, span: this.span(at), notes: [], ...details })
  }

  warn(code: Code, message: string, at: Offsets, details: DiagnosticDetails = {}): void {
    this.diagnostics.push({ code, severity: "warning", message, span: this.span(at), notes: [], ...details })
  }

  invalid(code: Code, message: string, at: Offsets, details?: DiagnosticDetails, whole: Offsets = at): TypedNode {
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
    if (typeName !== undefined) return { op: "constant", value: typeName, type: typeType, fallible: false, start, end }
    // The parser has refused it already.
    if (reservedWords.has(name)) return { op: "invalid", type: dyn, fallible: true, start, end }
    return this.invalid("SP1201", `unknown name ${JSON.stringify(name)}`, expression, this.#unknownName(expression, scope))
  }

  #unknownName({ name, start, end }: Identifier, scope: Scope): DiagnosticDetails {
    if (this.functions.functions.has(name)) return { help: `${name} is a function: call it with ${name}(…)` }
    if (this.functions.namespaces.has(name)) return { help: `${name} is a group of functions: ${name}.…(…)` }
    const names = scope.names()
    const suggestion = suggest(name, names)
    if (suggestion !== undefined) {
      return {
        help: `did you mean ${JSON.stringify(suggestion)}?`,
        fix: { title: `write ${suggestion}`, edits: [{ span: this.span({ start, end }), text: suggestion }] }
      }
    }
    if (names.length === 0) return { help: `there are no variables here; text is written in quotes: "${name}"` }
    return { help: `the variables here are ${names.slice(0, 8).join(", ")}; text is written in quotes: "${name}"` }
  }

  #select(expression: Select, scope: Scope): TypedNode {
    const typeName = qualifiedTypeNames.get(this.text(expression))
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

  #index(expression: Index, scope: Scope): TypedNode {
    const target = this.check(expression.target, scope)
    const key = expression.index
    if (key.kind === "literal" && typeof key.value === "string" && !isListType(insideOptional(target.type))) {
      return expression.optional
        ? checkOptionalField(this, target, key.value, key, expression)
        : checkField(this, target, key.value, key, expression, "value")
    }
    const index = this.check(key, scope)
    const { start, end } = expression
    const type = this.#elementType(expression, target, index)
    if (expression.optional || target.type.kind === "optional") {
      return { op: "optionalIndex", target, index, type: optional(type), fallible: target.fallible || index.fallible, start, end }
    }
    return { op: "index", target, index, on: indexedBy(target.type), type, fallible: true, start, end }
  }

  /** The type of `target[index]`, after reporting what can have no element or is no index for it. */
  #elementType(expression: Index, target: TypedNode, index: TypedNode): Type {
    const container = insideOptional(target.type)
    const found: Array<Type> = []
    for (const member of membersOf(container)) {
      const wanted = indexKinds.get(member.kind)
      if (wanted === undefined) {
        this.#reportNotIndexable(expression, target, member)
        return dyn
      }
      const wrong = membersOf(index.type).find((part) => !wanted.includes(part.kind))
      if (wrong !== undefined) {
        this.report("SP1212", `${indexSubject(member)} by ${wanted[0] ?? "nothing"}, this is ${describe(index.type)}`, expression.index, {
          ...(wrong.kind === "double" ? { help: `convert it: int(${this.text(expression.index)})` } : {})
        })
        return dyn
      }
      found.push(member.kind === "list" ? elementOf(member).type : valueOf(member).type)
    }
    return union(found)
  }

  #reportNotIndexable(expression: Index, target: TypedNode, member: Type): void {
    if (member.kind === "null") {
      const written = this.text(target)
      this.report("SP1205", `${JSON.stringify(written)} may be null, and null has no elements`, expression.index, {
        help: `guard it: ${written} != null && …`
      })
    } else {
      this.report("SP1212", `${describe(member)} has no elements to index`, expression.index)
    }
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
    const isNumber = members.every((member) => member.kind === "int" || member.kind === "double")
    const type = union(members.map((member) => (member.kind === "int" ? intType : member)))
    return { op: "negate", on: isNumber ? "number" : "dyn", operand, type, fallible: operand.fallible || !isNumber, start, end }
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
      whenTrue: either(then.whenTrue, otherwise.whenTrue),
      whenFalse: either(then.whenFalse, otherwise.whenFalse)
    })
  }

  #list(expression: ListLiteral, scope: Scope): TypedNode {
    const { start, end } = expression
    const items = expression.items.map((item) => {
      const value = this.check(item.value, scope)
      if (item.optional) this.#requireOptional(value)
      return { value, optional: item.optional }
    })
    const types = items.map(({ optional, value }) => (optional ? insideOptional(value.type) : value.type))
    return { op: "list", items, type: list(union(types)), fallible: items.some(({ value }) => value.fallible), start, end }
  }

  #requireOptional(value: TypedNode): void {
    if (value.type.kind === "optional" || value.type.kind === "dyn") return
    this.report("SP1207", `"?" needs an optional, this is ${describe(value.type)}`, value, {
      help: "leave the ? out, or make it optional: optional.of(…), x.?y"
    })
  }

  #map(expression: MapLiteral, scope: Scope): TypedNode {
    const { start, end } = expression
    const seen = new Map<string, TypedNode>()
    const entries = expression.entries.map((entry) => {
      const key = this.check(entry.key, scope)
      this.#checkKey(entry.key, key, seen)
      const value = this.check(entry.value, scope)
      if (entry.optional) this.#requireOptional(value)
      return { key, value, optional: entry.optional }
    })
    const fallible = entries.some(({ key, value }) => key.fallible || value.fallible || key.op !== "constant")
    return { op: "object", entries, type: objectType(entries), fallible, start, end }
  }

  #checkKey(expression: Expression, key: TypedNode, seen: Map<string, TypedNode>): void {
    const wrong = membersOf(key.type).find((member) => member.kind !== "string" && member.kind !== "dyn" && member.kind !== "never")
    if (wrong !== undefined) {
      const written = this.text(expression)
      this.report("SP1213", `the keys of a JSON object are strings, this is ${describe(key.type)}`, expression, {
        help: expression.kind === "identifier" || expression.kind === "literal" ? `write it as text: ${JSON.stringify(written)}` : "convert it: string(…)"
      })
    }
    if (key.op !== "constant" || typeof key.value !== "string") return
    const first = seen.get(key.value)
    if (first !== undefined) {
      this.report("SP1214", `the key ${JSON.stringify(key.value)} is given twice`, expression, {
        notes: [{ message: "first given here", span: this.span(first) }]
      })
    }
    seen.set(key.value, key)
  }
}

const intType: Type = { kind: "int" }

const checkLiteral = (literal: Literal): TypedNode => {
  const { start, end, value } = literal
  return { op: "constant", value, type: literalType(literal), fallible: false, start, end }
}

const literalType = ({ type, value }: Literal): Type => {
  if (typeof value === "string") return stringOf(value)
  if (typeof value === "boolean") return boolOf(value)
  if (typeof value === "number") return type === "double" ? double : intOf(value)
  return nullType
}

const negatable = new Set<Type["kind"]>(["int", "double", "duration", "dyn", "never"])

const isListType = (type: Type): boolean => membersOf(type).some((member) => member.kind === "list")

const isPlace = (node: TypedNode): boolean => node.op === "field" || node.op === "variable" || node.op === "local"

const indexKinds = new Map<Type["kind"], ReadonlyArray<Type["kind"]>>([
  ["list", ["int", "dyn", "never"]],
  ["map", ["string", "dyn", "never"]],
  ["record", ["string", "dyn", "never"]],
  ["dyn", ["int", "string", "dyn", "never"]],
  ["never", ["int", "string", "dyn", "never"]]
])

const indexSubject = (container: Type): string => (container.kind === "list" ? "a list is indexed" : "an object is indexed")

const indexedBy = (type: Type): "list" | "object" | "dyn" => {
  const kinds = new Set(membersOf(type).map((member) => (member.kind === "record" ? "map" : member.kind)))
  if (kinds.size !== 1) return "dyn"
  return kinds.has("list") ? "list" : kinds.has("map") ? "object" : "dyn"
}

interface CheckedEntry {
  readonly key: TypedNode
  readonly value: TypedNode
  readonly optional: boolean
}

/** With literal keys a record that knows them; otherwise a map. */
const objectType = (entries: ReadonlyArray<CheckedEntry>): Type => {
  const properties = new Map<string, { readonly type: Type; readonly required: boolean }>()
  for (const { key, optional, value } of entries) {
    if (key.op !== "constant" || typeof key.value !== "string") {
      return map(union(entries.map((entry) => (entry.optional ? insideOptional(entry.value.type) : entry.value.type))))
    }
    properties.set(key.value, { type: optional ? insideOptional(value.type) : value.type, required: !optional })
  }
  return { ...record({}), properties }
}

const conditionHelp = (members: ReadonlyArray<Type>, written: string): DiagnosticDetails => {
  const [first] = members.filter((member) => member.kind !== "bool")
  switch (first?.kind) {
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
