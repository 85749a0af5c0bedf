import { insideOptional, list, map, type Property, type Type } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import type { Expression, ListLiteral, MapLiteral } from "./Ast.ts"
import type { Checking } from "./Checking.ts"
import { describe } from "./FieldChecker.ts"
import type { Scope } from "./Scope.ts"
import type { TypedNode } from "./TypedNode.ts"

/** Checks `[a, ?b]`. */
export const checkList = (checking: Checking, expression: ListLiteral, scope: Scope): TypedNode => {
  const { end, start } = expression
  const items = expression.items.map((item) => {
    const value = checking.check(item.value, scope)
    if (item.optional) requireOptional(checking, value)
    return { value, optional: item.optional }
  })
  const fallible = items.some((item) => item.value.fallible || isOpen(item))
  return { op: "list", items, type: list(union(items.map(itemType))), fallible, start, end }
}

/** Checks `{"a": b, ?c: d}`: with literal keys a record that knows them, otherwise a map. */
export const checkMap = (checking: Checking, expression: MapLiteral, scope: Scope): TypedNode => {
  const { end, start } = expression
  const seen = new Map<string, TypedNode>()
  const entries = expression.entries.map((entry) => {
    const key = checking.check(entry.key, scope)
    checkKey(checking, entry.key, key, seen)
    const value = checking.check(entry.value, scope)
    if (entry.optional) requireOptional(checking, value)
    return { key, value, optional: entry.optional }
  })
  const fallible = entries.some((entry) => entry.value.fallible || !isText(entry.key) || isOpen(entry))
  return { op: "object", entries, type: objectType(entries), fallible, start, end }
}

const requireOptional = (checking: Checking, value: TypedNode): void => {
  if (value.type.kind === "optional" || value.type.kind === "dyn" || value.op === "invalid") return
  checking.report("SP1207", `"?" needs an optional, this is ${describe(value.type)}`, value, {
    help: "leave the ? out, or make it optional: optional.of(…), x.?y"
  })
}

/** Is the key known, and fit to be one? `dyn(1)` is known and is not. */
const isText = (key: TypedNode): boolean => key.op === "constant" && typeof key.value === "string"

/** Is it only seen when it runs whether what follows a `?` is an optional? */
const isOpen = ({ optional, value }: Pick<CheckedEntry, "optional" | "value">): boolean =>
  optional && value.type.kind === "dyn"

const checkKey = (
  checking: Checking,
  expression: Expression,
  key: TypedNode,
  seen: Map<string, TypedNode>
): void => {
  if (membersOf(key.type).some((member) => !keyKinds.has(member.kind))) {
    const isWord = expression.kind === "identifier" || expression.kind === "literal"
    const written = JSON.stringify(checking.text(expression))
    checking.report(
      "SP1213",
      `the keys of a JSON object are strings, this is ${describe(key.type)}`,
      expression,
      { help: isWord ? `write it as text: ${written}` : "convert it: string(…)" }
    )
  }
  if (key.op !== "constant" || typeof key.value !== "string") return
  const first = seen.get(key.value)
  if (first !== undefined) {
    checking.report("SP1214", `the key ${JSON.stringify(key.value)} is given twice`, expression, {
      notes: [{ message: "first given here", span: checking.span(first) }]
    })
  }
  seen.set(key.value, key)
}

const keyKinds = new Set<Type["kind"]>(["string", "dyn", "never"])

interface CheckedEntry {
  readonly key: TypedNode
  readonly value: TypedNode
  readonly optional: boolean
}

const itemType = ({ optional, value }: Pick<CheckedEntry, "optional" | "value">): Type =>
  optional ? insideOptional(value.type) : value.type

const objectType = (entries: ReadonlyArray<CheckedEntry>): Type => {
  const properties = new Map<string, Property>()
  for (const entry of entries) {
    const { key, optional } = entry
    if (key.op !== "constant" || typeof key.value !== "string") return map(union(entries.map(itemType)))
    properties.set(key.value, { type: itemType(entry), required: !optional })
  }
  return { kind: "record", properties, fresh: true }
}
