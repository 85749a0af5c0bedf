import * as Type from "../../src/types/Type.ts"
import { fieldText, placeText } from "./GeneratedScope.ts"
import type { Producer } from "./Generating.ts"
import { touch } from "./GuardGenerator.ts"
import { at, binary, choice, level, method, type Piece, piece } from "./Piece.ts"
import type { Random } from "./Random.ts"
import { escaped, patterns } from "./RandomText.ts"
import { openKeys } from "./RandomValue.ts"

/** An operator, index or selection that gives a type. */
export const operator: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  const part = (wanted: Type.Type): Piece => generating.expression(wanted, depth - 1, scope)
  switch (type.kind) {
    case "bool":
      return type.value === undefined ? condition(generating, type, depth, scope) : undefined
    case "int":
      if (type.values !== undefined) return undefined
      return random.chance(0.15)
        ? negated(part(type))
        : arithmetic(random, ["+", "-", "*", "/", "%"], part(type), part(type))
    case "double": {
      if (random.chance(0.15)) return negated(part(type))
      const [left, right] = random.shuffle([part(type), part(random.chance(0.3) ? Type.int : type)])
      return left === undefined || right === undefined
        ? undefined
        : arithmetic(random, ["+", "-", "*", "/"], left, right)
    }
    case "string":
      return type.values === undefined && type.except === undefined
        ? arithmetic(random, ["+"], part(type), part(type))
        : undefined
    case "list":
      return arithmetic(random, ["+"], part(type), part(type))
    case "timestamp":
      return random.chance(0.3)
        ? arithmetic(random, ["+"], part(Type.duration), part(type))
        : arithmetic(random, ["+", "-"], part(type), part(Type.duration))
    case "duration":
      if (random.chance(0.2)) return negated(part(type))
      return random.chance(0.3)
        ? arithmetic(random, ["-"], part(Type.timestamp), part(Type.timestamp))
        : arithmetic(random, ["+", "-"], part(type), part(type))
    case "type":
      return piece(`type(${part(generating.types.any(1)).text})`)
    default:
      return undefined
  }
}

/** A part of a list, of an object or of an optional. */
export const part: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  switch (random.below(4)) {
    case 0: {
      const index = random.chance(0.7)
        ? String(random.below(3))
        : generating.expression(Type.int, depth - 2, scope).text
      return piece(`${at(level.member, generating.expression(Type.list(type), depth - 1, scope))}[${index}]`)
    }
    case 1: {
      const target = at(level.member, generating.expression(Type.map(type), depth - 1, scope))
      if (random.chance(0.3)) return piece(`${target}${fieldText(random, random.pick(openKeys))}`)
      return piece(`${target}[${generating.expression(Type.string, depth - 2, scope).text}]`)
    }
    case 2: {
      const key = random.pick(openKeys)
      const record = generating.expression(Type.record({ [key]: type }), depth - 1, scope)
      return piece(`${at(level.member, record)}${fieldText(random, key)}`)
    }
    default: {
      const target = generating.expression(Type.optional(type), depth - 1, scope)
      if (random.chance(0.2)) return method(target, "value")
      return method(target, "orValue", generating.expression(type, depth - 2, scope).text)
    }
  }
}

/** `condition ? a : b` without anything to learn from the condition. */
export const conditional: Producer = (generating, type, depth, scope) =>
  choice(
    generating.expression(Type.bool, depth - 1, scope),
    generating.expression(type, depth - 1, scope),
    generating.expression(type, depth - 1, scope)
  )

const arithmetic = (random: Random, operators: ReadonlyArray<string>, left: Piece, right: Piece): Piece => {
  const operator = random.pick(operators)
  return binary(left, operator, right, operator === "+" || operator === "-" ? level.sum : level.product)
}

const negated = (operand: Piece): Piece => piece(`-${at(level.member, operand)}`, level.unary)

const ordered: ReadonlyArray<Type.Type> = [
  Type.int,
  Type.double,
  Type.string,
  Type.bool,
  Type.timestamp,
  Type.duration
]

const condition: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  switch (random.below(10)) {
    case 0:
      return piece(`!${at(level.unary, generating.expression(type, depth - 1, scope))}`, level.unary)
    case 1:
    case 2:
      return logic(generating, type, depth, scope)
    case 3: {
      const kind = random.pick(ordered)
      const other = kind.kind === "int" && random.chance(0.3) ? Type.double : kind
      const operands = [
        generating.expression(kind, depth - 1, scope),
        generating.expression(other, depth - 1, scope)
      ] as const
      return binary(operands[0], random.pick(["<", "<=", ">", ">="]), operands[1], level.relation)
    }
    case 4: {
      const kind = generating.types.any(1)
      const left = generating.open(kind, depth - 1, scope)
      return binary(
        left,
        random.pick(["==", "!="]),
        generating.expression(kind, depth - 1, scope),
        level.relation
      )
    }
    case 5:
      return membership(generating, type, depth, scope)
    case 6:
      return presence(generating, type, depth, scope)
    case 7:
      return method(
        generating.expression(Type.optional(generating.types.any(1)), depth - 1, scope),
        "hasValue"
      )
    case 8: {
      const places = scope.places.filter((place) => place.type.kind !== "never")
      return places.length === 0 ? undefined : touch(generating, random.pick(places), depth, scope)
    }
    default:
      return method(
        generating.expression(Type.string, depth - 1, scope),
        "matches",
        escaped(random.pick(patterns))
      )
  }
}

/** Where the left side fails, the right one may still decide. */
const logic: Producer = (generating, type, depth, scope) => {
  const operator = generating.random.pick(["&&", "||"])
  const left = generating.expression(type, depth - 1, scope)
  const right = generating.expression(Type.bool, depth - 1, scope)
  const kind = generating.types.scalar()
  const read = generating.random.chance(0.4) ? part(generating, kind, depth - 1, scope) : undefined
  const first =
    read === undefined
      ? left
      : binary(read, "!=", generating.expression(kind, depth - 2, scope), level.relation)
  return binary(first, operator, right, operator === "&&" ? level.and : level.or)
}

const membership: Producer = (generating, _type, depth, scope) => {
  const { random } = generating
  if (random.chance(0.3)) {
    const target = generating.expression(Type.map(generating.types.scalar()), depth - 1, scope)
    return binary(generating.open(Type.string, depth - 1, scope), "in", target, level.relation)
  }
  const kind = random.chance(0.7)
    ? random.pick([Type.int, Type.string, Type.double])
    : generating.types.any(1)
  if (random.chance(0.05)) {
    // NaN is in no list, also not in one that holds it.
    const held = random.shuffle(["0.0 / 0.0", generating.expression(Type.double, depth - 2, scope).text])
    return binary(piece("(0.0 / 0.0)"), "in", piece(`[${held.join(", ")}]`), level.relation)
  }
  const value = generating.open(kind, depth - 1, scope)
  if (random.chance(0.5))
    return binary(value, "in", generating.expression(Type.list(kind), depth - 1, scope), level.relation)
  const many = random.several(
    1,
    random.chance(0.1) ? 12 : 3,
    () => generating.expression(kind, 0, scope).text
  )
  return binary(value, "in", piece(`[${many.join(", ")}]`), level.relation)
}

const presence: Producer = (generating, _type, depth, scope) => {
  const { random } = generating
  const questions = scope.questions.filter(({ kind }) => kind === "presence")
  const question = questions.length === 0 ? undefined : random.pick(questions)
  if (question?.kind !== "presence" || random.chance(0.4)) {
    const target = generating.expression(Type.map(generating.types.scalar()), depth - 1, scope)
    const name = fieldText(random, random.pick(openKeys))
    return piece(`has(${at(level.member, target)}${name})`)
  }
  const field = placeText(random, question.of) + fieldText(random, question.key, random.chance(0.2))
  return piece(`has(${field}${question.type.kind === "map" && random.chance(0.3) ? ".k" : ""})`)
}
