import { iterationOf, valueOf } from "../types/Access.ts"
import { bool, dyn, int, isObjectType, list, map, type Type } from "../types/Type.ts"
import { membersOf, union } from "../types/Union.ts"
import type { Call, Expression } from "./Ast.ts"
import type { Checking } from "./Checking.ts"
import { describe } from "./FieldChecker.ts"
import { reportShape, variableName } from "./MacroForm.ts"
import { none, type Scope } from "./Scope.ts"
import type { ComprehensionMacro, ComprehensionNode, TypedNode } from "./TypedNode.ts"

/** The shapes of the macros over lists and objects: how many variables and expressions they take. */
interface Shape {
  readonly macro: ComprehensionMacro
  readonly variables: 1 | 2
  readonly predicate: boolean
  readonly body: boolean
  readonly form: string
}

const shapes: ReadonlyArray<Shape> = [
  { macro: "all", variables: 1, predicate: true, body: false, form: "all(x, condition)" },
  { macro: "all", variables: 2, predicate: true, body: false, form: "all(i, x, condition)" },
  { macro: "exists", variables: 1, predicate: true, body: false, form: "exists(x, condition)" },
  { macro: "exists", variables: 2, predicate: true, body: false, form: "exists(i, x, condition)" },
  { macro: "exists_one", variables: 1, predicate: true, body: false, form: "exists_one(x, condition)" },
  { macro: "exists_one", variables: 2, predicate: true, body: false, form: "exists_one(i, x, condition)" },
  { macro: "filter", variables: 1, predicate: true, body: false, form: "filter(x, condition)" },
  { macro: "map", variables: 1, predicate: false, body: true, form: "map(x, expression)" },
  { macro: "map", variables: 1, predicate: true, body: true, form: "map(x, condition, expression)" },
  { macro: "map", variables: 2, predicate: false, body: true, form: "transformList(i, x, expression)" },
  {
    macro: "map",
    variables: 2,
    predicate: true,
    body: true,
    form: "transformList(i, x, condition, expression)"
  },
  {
    macro: "transformMap",
    variables: 2,
    predicate: false,
    body: true,
    form: "transformMap(k, x, expression)"
  },
  {
    macro: "transformMap",
    variables: 2,
    predicate: true,
    body: true,
    form: "transformMap(k, x, condition, expression)"
  },
  {
    macro: "transformMapEntry",
    variables: 2,
    predicate: false,
    body: true,
    form: "transformMapEntry(k, x, {key: value})"
  },
  {
    macro: "transformMapEntry",
    variables: 2,
    predicate: true,
    body: true,
    form: "transformMapEntry(k, x, condition, {key: value})"
  },
  { macro: "sortBy", variables: 1, predicate: false, body: true, form: "sortBy(x, expression)" }
]

/** Checks a macro over a list or an object: `all`, `exists`, `filter`, `map` and their kin. */
export const checkComprehension = (
  checking: Checking,
  call: Call,
  target: Expression,
  scope: Scope
): TypedNode => {
  const range = checking.check(target, scope)
  const { args } = call
  const name = call.name.text === "existsOne" ? "exists_one" : call.name.text
  const named = shapes.filter((shape) => shape.form.startsWith(`${name}(`))
  const shape = named.find((candidate) => sizeOf(candidate) === args.length)
  if (shape === undefined)
    return reportShape(
      checking,
      call,
      named.map((candidate) => `items.${candidate.form}`)
    )
  const first = variableName(checking, args[0])
  const second = shape.variables === 2 ? variableName(checking, args[1]) : undefined
  if (first === undefined || (shape.variables === 2 && second === undefined)) {
    return { op: "invalid", type: dyn, fallible: true, start: call.start, end: call.end }
  }
  if (first === second) {
    return checking.invalid(
      "SP1210",
      `the two variables of "${name}" have the same name`,
      args[1] ?? call,
      {},
      call
    )
  }
  const bound = bindVariables(checking, call, range, shape, [first, second], scope)
  const rest = args.slice(shape.variables)
  const predicate = shape.predicate ? rest.shift() : undefined
  const body = shape.body ? rest.shift() : undefined
  return checkParts(checking, call, range, shape, bound, predicate, body)
}

const sizeOf = (shape: Shape): number => shape.variables + Number(shape.predicate) + Number(shape.body)

interface Bound {
  readonly scope: Scope
  readonly first: number
  readonly second: number | undefined
  /** The variable whose narrowed type `filter` keeps. */
  readonly name: string
}

const bindVariables = (
  checking: Checking,
  call: Call,
  range: TypedNode,
  shape: Shape,
  [firstName, secondName]: readonly [string, string | undefined],
  scope: Scope
): Bound => {
  const iteration = iterationOf(range.type)
  const [blocker] = iteration.missingFrom
  if (blocker !== undefined) reportNotIterable(checking, call, range, blocker)
  const first = checking.newLocal()
  if (shape.variables === 1 || secondName === undefined) {
    return {
      scope: scope.withLocal(firstName, iteration.type, first),
      first,
      second: undefined,
      name: firstName
    }
  }
  const second = checking.newLocal()
  const [keyType, valueType] = pairTypes(range.type)
  const inner = scope.withLocal(firstName, keyType, first).withLocal(secondName, valueType, second)
  return { scope: inner, first, second, name: secondName }
}

/** The types of index and element of a list, of key and value of an object. */
const pairTypes = (type: Type): readonly [Type, Type] => {
  const keys: Array<Type> = []
  const values: Array<Type> = []
  for (const member of membersOf(type)) {
    if (member.kind === "list") {
      keys.push(int)
      values.push(member.element)
    } else if (member.kind === "record" || member.kind === "map") {
      keys.push(iterationOf(member).type)
      values.push(valueOf(member).type)
    } else if (member.kind === "dyn") {
      keys.push(dyn)
      values.push(dyn)
    }
  }
  return [union(keys), union(values)]
}

const checkParts = (
  checking: Checking,
  call: Call,
  range: TypedNode,
  shape: Shape,
  bound: Bound,
  predicateExpression: Expression | undefined,
  bodyExpression: Expression | undefined
): TypedNode => {
  const { macro } = shape
  const predicate =
    predicateExpression === undefined ? undefined : checking.condition(predicateExpression, bound.scope)
  const inner = bound.scope.withFacts(predicate?.whenTrue ?? none)
  const body = bodyExpression === undefined ? undefined : checking.check(bodyExpression, inner)
  const on = rangeOn(range.type)
  if (macro === "transformMap" && membersOf(range.type).some((member) => member.kind === "list")) {
    checking.report("SP1212", `"transformMap" goes over objects, this is ${describe(range.type)}`, range, {
      help: "for a list, use transformList, or transformMapEntry to name the keys"
    })
  }
  if (body !== undefined) checkBody(checking, macro, body)
  return {
    op: "comprehension",
    macro,
    range,
    on,
    first: bound.first,
    second: bound.second,
    predicate: predicate?.node,
    body,
    cost: costOf(call),
    type: resultType(macro, range.type, body?.type, inner.lookup(bound.name)?.type),
    fallible:
      range.fallible ||
      on === "dyn" ||
      predicate?.node.fallible === true ||
      body?.fallible === true ||
      (body !== undefined && (macro === "sortBy" || macro === "transformMapEntry")),
    start: call.start,
    end: call.end
  }
}

/**
 * The steps that one element takes: what is evaluated for it may be a list of thousands of parts. Its text is a good
 * measure of that, and one that costs nothing.
 */
const costOf = ({ end, name }: Call): number => 1 + ((end - name.end) >> 6)

const resultType = (
  macro: ComprehensionMacro,
  range: Type,
  body: Type | undefined,
  narrowed: Type | undefined
): Type => {
  switch (macro) {
    case "all":
    case "exists":
    case "exists_one":
      return bool
    case "filter":
      return list(narrowed ?? dyn)
    case "map":
      return list(body ?? dyn)
    case "sortBy":
      return list(iterationOf(range).type)
    case "transformMap":
      return map(body ?? dyn)
    case "transformMapEntry":
      return map(body === undefined ? dyn : valueOf(body).type)
  }
}

const rangeOn = (type: Type): ComprehensionNode["on"] => {
  const members = membersOf(type)
  if (members.every((member) => member.kind === "list" || member.kind === "never")) return "list"
  return members.every(isObjectType) ? "object" : "dyn"
}

const sortable = new Set<Type["kind"]>([
  "int",
  "double",
  "string",
  "bool",
  "timestamp",
  "duration",
  "dyn",
  "never"
])

const checkBody = (checking: Checking, macro: ComprehensionMacro, body: TypedNode): void => {
  const members = membersOf(body.type)
  if (macro === "sortBy") {
    const wrong = members.find((member) => !sortable.has(member.kind))
    const kinds = new Set(members.map((member) => (member.kind === "double" ? "int" : member.kind)))
    if (wrong !== undefined || (kinds.size > 1 && !kinds.has("dyn"))) {
      checking.report("SP1207", `"sortBy" cannot order by ${describe(body.type)}`, body, {
        help: "order by one kind of value: numbers, strings, bools, timestamps or durations"
      })
    }
  }
  if (macro === "transformMapEntry") {
    const wrong = members.find(
      (member) => member.kind !== "record" && member.kind !== "map" && member.kind !== "dyn"
    )
    if (wrong !== undefined) {
      checking.report(
        "SP1206",
        `"transformMapEntry" needs an object such as {key: value}, this is ${describe(body.type)}`,
        body
      )
    }
  }
}

const reportNotIterable = (checking: Checking, call: Call, range: TypedNode, blocker: Type): void => {
  const written = checking.text(range)
  if (blocker.kind === "null") {
    checking.report("SP1205", `${JSON.stringify(written)} may be null, and null has no elements`, range, {
      help: `guard it: ${written} != null && …`
    })
    return
  }
  const help = blocker.kind === "optional" ? { help: `give a default: ${written}.orValue([])` } : {}
  checking.report(
    "SP1212",
    `"${call.name.text}" goes over lists and objects, this is ${describe(range.type)}`,
    range,
    help
  )
}
