import * as Type from "../../src/types/Type.ts"
import { membersOf, union } from "../../src/types/Union.ts"
import { type GeneratedScope, placeText } from "./GeneratedScope.ts"
import type { Generating, Producer } from "./Generating.ts"
import { method, type Piece, piece } from "./Piece.ts"
import { openKeys } from "./RandomValue.ts"
import { escaped } from "./RandomText.ts"

/** What a macro goes over, and its variables. */
interface Range {
  readonly target: Piece
  readonly variables: ReadonlyArray<string>
  readonly inside: GeneratedScope
}

/** A macro that gives a type. */
export const macro: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  switch (type.kind) {
    case "bool":
      return type.value === undefined ? quantifier(generating, depth, scope) : undefined
    case "list":
      return listMacro(generating, type, depth, scope)
    case "map":
      return random.chance(0.5)
        ? transformMap(generating, type.value, depth, scope)
        : transformMapEntry(generating, type.value, depth, scope)
    default:
      return undefined
  }
}

/** `cel.bind(x, value, expression)`. */
export const bind: Producer = (generating, type, depth, scope) => {
  const kind = generating.types.any(1)
  const name = generating.variable()
  const value = generating.expression(kind, depth - 1, scope)
  const body = generating.expression(type, depth - 1, scope.bind(name, kind))
  return piece(`cel.bind(${name}, ${value.text}, ${body.text})`)
}

const quantifier = (generating: Generating, depth: number, scope: GeneratedScope): Piece => {
  const name = generating.random.pick(["all", "exists", "exists_one", "existsOne"])
  const range = anyRange(generating, depth, scope)
  return method(range.target, name, ...range.variables, inner(generating, Type.bool, depth, range))
}

const listMacro = (
  generating: Generating,
  type: Type.ListType,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  const { element } = type
  switch (random.below(4)) {
    case 0: {
      const range = listRange(generating, element, depth, scope, 1)
      return method(range.target, "filter", ...range.variables, inner(generating, Type.bool, depth, range))
    }
    case 1: {
      const range = anyRange(generating, depth, scope)
      const predicate = random.chance(0.4) ? [inner(generating, Type.bool, depth, range)] : []
      const name = range.variables.length === 1 ? "map" : "transformList"
      return method(
        range.target,
        name,
        ...range.variables,
        ...predicate,
        inner(generating, element, depth, range)
      )
    }
    case 2: {
      const range = listRange(generating, element, depth, scope, 1)
      const key = random.pick([Type.int, Type.double, Type.string, Type.bool, Type.timestamp, Type.duration])
      return method(range.target, "sortBy", ...range.variables, inner(generating, key, depth, range))
    }
    default: {
      // What the condition says of an element holds for those that are left.
      const range = listRange(generating, generating.types.any(2), depth, scope, 1)
      const filtered = method(
        range.target,
        "filter",
        ...range.variables,
        inner(generating, Type.bool, depth, range)
      )
      return method(filtered, "map", ...range.variables, inner(generating, element, depth, range))
    }
  }
}

const transformMap = (
  generating: Generating,
  value: Type.Type,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const range = mapRange(generating, depth, scope, 2)
  const predicate = generating.random.chance(0.4) ? [inner(generating, Type.bool, depth, range)] : []
  return method(
    range.target,
    "transformMap",
    ...range.variables,
    ...predicate,
    inner(generating, value, depth, range)
  )
}

const transformMapEntry = (
  generating: Generating,
  value: Type.Type,
  depth: number,
  scope: GeneratedScope
): Piece => {
  const { random } = generating
  const range = random.chance(0.5)
    ? mapRange(generating, depth, scope, 2)
    : listRange(generating, generating.types.scalar(), depth, scope, 2)
  const [first = "x"] = range.variables
  const key = random.chance(0.8) ? `string(${first})` : escaped(random.pick(openKeys))
  const predicate = random.chance(0.4) ? [inner(generating, Type.bool, depth, range)] : []
  const entry = `{${key}: ${inner(generating, value, depth, range)}}`
  return method(range.target, "transformMapEntry", ...range.variables, ...predicate, entry)
}

const inner = (generating: Generating, type: Type.Type, depth: number, { inside }: Range): string =>
  generating.expression(type, depth - 1, inside).text

const anyRange = (generating: Generating, depth: number, scope: GeneratedScope): Range => {
  const { random } = generating
  const count = random.chance(0.5) ? 1 : 2
  const containers = random.chance(0.1) ? scope.places.filter(({ type }) => isContainer(type)) : []
  if (containers.length > 0) {
    const target = piece(placeText(random, random.pick(containers)))
    const either = union([Type.string, Type.int])
    return over(generating, target, count === 1 ? [Type.string] : [either, either], scope)
  }
  return random.chance(0.7)
    ? listRange(generating, generating.types.any(1), depth, scope, count)
    : mapRange(generating, depth, scope, count)
}

/** A list or an object, which of them is only seen when it runs. */
const isContainer = (type: Type.Type): boolean => {
  const kinds = new Set(membersOf(type).map(({ kind }) => kind))
  return kinds.size === 2 && kinds.has("list") && kinds.has("map")
}

const listRange = (
  generating: Generating,
  element: Type.Type,
  depth: number,
  scope: GeneratedScope,
  count: 1 | 2
): Range => {
  const target = generating.expression(Type.list(element), depth - 1, scope)
  return over(generating, target, count === 1 ? [element] : [Type.int, element], scope)
}

const mapRange = (generating: Generating, depth: number, scope: GeneratedScope, count: 1 | 2): Range => {
  const value = generating.types.any(1)
  const target = generating.expression(Type.map(value), depth - 1, scope)
  return over(generating, target, count === 1 ? [Type.string] : [Type.string, value], scope)
}

const over = (
  generating: Generating,
  target: Piece,
  types: ReadonlyArray<Type.Type>,
  scope: GeneratedScope
): Range => {
  const variables: Array<string> = []
  let inside = scope
  for (const type of types) {
    let name = generating.variable()
    while (variables.includes(name)) name = generating.variable()
    variables.push(name)
    inside = inside.bind(name, type)
  }
  return { target, variables, inside }
}
