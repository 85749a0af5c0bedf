import { elementOf, valueOf } from "../types/Access.ts"
import { dyn, insideOptional, optional, type Type } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import { helpful } from "./Advice.ts"
import type { Index } from "./Ast.ts"
import type { Checking } from "./Checking.ts"
import { checkField, checkOptionalField, describe } from "./FieldChecker.ts"
import type { Scope } from "./Scope.ts"
import type { TypedNode } from "./TypedNode.ts"

/** Checks `target[index]`; a literal key of an object is a field. */
export const checkIndex = (checking: Checking, expression: Index, scope: Scope): TypedNode => {
  const target = checking.check(expression.target, scope)
  const key = expression.index
  if (key.kind === "literal" && typeof key.value === "string" && !isListType(insideOptional(target.type))) {
    return expression.optional
      ? checkOptionalField(checking, target, key.value, key, expression)
      : checkField(checking, target, key.value, key, expression, "value")
  }
  const index = checking.check(key, scope)
  const { end, start } = expression
  const type = elementType(checking, expression, target, index)
  if (expression.optional || target.type.kind === "optional") {
    const fallible = target.fallible || index.fallible
    return { op: "optionalIndex", target, index, type: optional(type), fallible, start, end }
  }
  return { op: "index", target, index, on: indexedBy(target.type), type, fallible: true, start, end }
}

/** The type of `target[index]`, after reporting what can have no element or is no index for it. */
const elementType = (checking: Checking, expression: Index, target: TypedNode, index: TypedNode): Type => {
  const found: Array<Type> = []
  for (const member of membersOf(insideOptional(target.type))) {
    const wanted = indexKinds.get(member.kind)
    if (wanted === undefined) {
      reportNotIndexable(checking, expression, target, member)
      return dyn
    }
    const wrong = membersOf(index.type).find((part) => !wanted.includes(part.kind))
    if (wrong !== undefined) {
      reportWrongIndex(checking, expression, member, index, wrong)
      return dyn
    }
    found.push(member.kind === "list" ? elementOf(member).type : valueOf(member).type)
  }
  return union(found)
}

const reportWrongIndex = (
  checking: Checking,
  expression: Index,
  container: Type,
  index: TypedNode,
  wrong: Type
): void => {
  const rule = container.kind === "list" ? "a list is indexed by int" : "an object is indexed by string"
  checking.report(
    "SP1212",
    `${rule}, this is ${describe(index.type)}`,
    expression.index,
    helpful(wrong.kind === "double" ? `convert it: int(${checking.text(expression.index)})` : undefined)
  )
}

const reportNotIndexable = (checking: Checking, expression: Index, target: TypedNode, member: Type): void => {
  if (member.kind !== "null") {
    checking.report("SP1212", `${describe(member)} has no elements to index`, expression.index)
    return
  }
  const written = checking.text(target)
  const message = `${JSON.stringify(written)} may be null, and null has no elements`
  checking.report("SP1205", message, expression.index, { help: `guard it: ${written} != null && …` })
}

const isListType = (type: Type): boolean => membersOf(type).some((member) => member.kind === "list")

const indexKinds = new Map<Type["kind"], ReadonlyArray<Type["kind"]>>([
  ["list", ["int", "dyn", "never"]],
  ["map", ["string", "dyn", "never"]],
  ["record", ["string", "dyn", "never"]],
  ["dyn", ["int", "string", "dyn", "never"]],
  ["never", ["int", "string", "dyn", "never"]]
])

const indexedBy = (type: Type): "list" | "object" | "dyn" => {
  const kinds = new Set(membersOf(type).map((member) => (member.kind === "record" ? "map" : member.kind)))
  if (kinds.size !== 1) return "dyn"
  return kinds.has("list") ? "list" : kinds.has("map") ? "object" : "dyn"
}
