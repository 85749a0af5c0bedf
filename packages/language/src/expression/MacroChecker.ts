import { bool, dyn, insideOptional, optional } from "../types/Type.ts"
import type { Call, Expression } from "./Ast.ts"
import type { CheckedCondition, Checking } from "./Checking.ts"
import { checkComprehension } from "./ComprehensionChecker.ts"
import { checkHas, describe } from "./FieldChecker.ts"
import { reportShape, variableName } from "./MacroForm.ts"
import { narrowPresence } from "./Narrowing.ts"
import { none, type Scope } from "./Scope.ts"
import type { TypedNode } from "./TypedNode.ts"

/** The methods that bind variables. `has(x.y)` is the only macro that is not one. */
export const macroNames: ReadonlySet<string> = new Set([
  "all",
  "exists",
  "exists_one",
  "existsOne",
  "filter",
  "map",
  "transformList",
  "transformMap",
  "transformMapEntry",
  "sortBy",
  "optMap",
  "optFlatMap"
])

/** Checks a call if it is a macro. */
export const checkMacro = (checking: Checking, call: Call, scope: Scope): CheckedCondition | undefined => {
  const name = call.name.text
  if (call.target === undefined) {
    return name === "has" ? checkHasMacro(checking, call, scope) : undefined
  }
  if (name === "bind" && isCel(call.target, scope)) {
    return { node: checkBind(checking, call, scope), whenTrue: none, whenFalse: none }
  }
  if (!macroNames.has(name)) return undefined
  const node =
    name === "optMap" || name === "optFlatMap"
      ? checkOptionalMap(checking, call, call.target, scope)
      : checkComprehension(checking, call, call.target, scope)
  return { node, whenTrue: none, whenFalse: none }
}

const checkHasMacro = (checking: Checking, call: Call, scope: Scope): CheckedCondition => {
  const [subject, ...rest] = call.args
  if (subject === undefined || rest.length > 0 || !isSelection(subject)) {
    for (const arg of call.args) checking.check(arg, scope)
    const node = checking.invalid("SP1218", `"has" takes one field: has(x.y)`, call, {
      help: `a variable is always there; for an element ask "in" or size(…)`
    })
    return { node: { ...node, type: bool }, whenTrue: none, whenFalse: none }
  }
  const target = checking.check(subject.kind === "select" ? subject.target : subject.target, scope)
  const name = subject.kind === "select" ? subject.field : { ...subject.index, text: keyOf(subject) }
  if (name.text === "") {
    return {
      node: { op: "invalid", type: bool, fallible: true, start: call.start, end: call.end },
      whenTrue: none,
      whenFalse: none
    }
  }
  const node = checkHas(checking, target, name.text, name, call)
  return { node, ...narrowPresence(scope, subject) }
}

type Selection = Expression & { readonly kind: "select" | "index" }

const isSelection = (expression: Expression): expression is Selection =>
  expression.kind === "select" ||
  (expression.kind === "index" &&
    expression.index.kind === "literal" &&
    typeof expression.index.value === "string")

const keyOf = (index: Selection): string =>
  index.kind === "index" && index.index.kind === "literal" ? String(index.index.value) : ""

const isCel = (target: Expression, scope: Scope): boolean =>
  target.kind === "identifier" && target.name === "cel" && scope.lookup("cel") === undefined

const checkBind = (checking: Checking, call: Call, scope: Scope): TypedNode => {
  const [variable, valueExpression, bodyExpression] = call.args
  const name = variableName(checking, variable)
  if (
    call.args.length !== 3 ||
    name === undefined ||
    valueExpression === undefined ||
    bodyExpression === undefined
  ) {
    return reportShape(checking, call, ["cel.bind(x, value, expression)"])
  }
  const value = checking.check(valueExpression, scope)
  const local = checking.newLocal()
  const body = checking.check(bodyExpression, scope.withLocal(name, value.type, local))
  return {
    op: "bind",
    local,
    value,
    body,
    type: body.type,
    fallible: value.fallible || body.fallible,
    start: call.start,
    end: call.end
  }
}

const checkOptionalMap = (checking: Checking, call: Call, target: Expression, scope: Scope): TypedNode => {
  const checked = checking.check(target, scope)
  const [variable, body] = call.args
  const name = variableName(checking, variable)
  if (call.args.length !== 2 || body === undefined || name === undefined) {
    return reportShape(checking, call, [`o.${call.name.text}(x, expression)`])
  }
  if (checked.type.kind !== "optional" && checked.type.kind !== "dyn") {
    checking.report("SP1206", `"${call.name.text}" cannot be called on ${describe(checked.type)}`, checked, {
      help: "it is called on an optional, such as x.?y"
    })
  }
  const local = checking.newLocal()
  const inner = checked.type.kind === "optional" ? insideOptional(checked.type) : dyn
  const mapped = checking.check(body, scope.withLocal(name, inner, local))
  const flat = call.name.text === "optFlatMap"
  if (flat && mapped.type.kind !== "optional" && mapped.type.kind !== "dyn") {
    checking.report(
      "SP1206",
      `"optFlatMap" needs an expression that gives an optional, this is ${describe(mapped.type)}`,
      body,
      {
        help: `use optMap for a plain value`
      }
    )
  }
  return {
    op: "optionalMap",
    target: checked,
    local,
    body: mapped,
    flat,
    type: flat ? mapped.type : optional(mapped.type),
    fallible:
      checked.fallible ||
      mapped.fallible ||
      checked.type.kind === "dyn" ||
      (flat && mapped.type.kind === "dyn"),
    start: call.start,
    end: call.end
  }
}
