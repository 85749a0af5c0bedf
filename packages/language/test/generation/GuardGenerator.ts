import * as Type from "../../src/types/Type.ts"
import { membersOf } from "../../src/types/Union.ts"
import {
  answered,
  denied,
  fieldText,
  type GeneratedScope,
  isWithin,
  type Place,
  placeText,
  type Question
} from "./GeneratedScope.ts"
import type { Generating, Producer } from "./Generating.ts"
import { at, binary, choice, level, method, type Piece, piece } from "./Piece.ts"
import type { Random } from "./Random.ts"
import { escaped } from "./RandomText.ts"

/** A question that is answered yes or no, as text. */
interface Guard {
  readonly yes: Piece
  readonly no: Piece
}

/** A guard and behind it something that is only correct there. */
export const guarded: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  if (scope.questions.length === 0) return undefined
  const question = random.pick(scope.questions)
  const guard = guardOf(random, question)
  const inside = scope.with(answered(question))
  const known = denied(question)
  const outside = known === undefined ? scope : scope.with(known)
  const use = useOf(generating, type, depth - 1, inside)
  const other = (): Piece => generating.expression(type, depth - 1, outside)
  if (type.kind === "bool" && type.value === undefined && random.chance(0.6)) {
    return guardedCondition(generating, guard, use, depth, inside)
  }
  switch (random.below(3)) {
    case 0:
      return choice(guard.no, other(), use)
    case 1: {
      const more = generating.expression(Type.bool, depth - 2, inside)
      // What is known where both do not hold is less than what `outside` says.
      const rest = generating.expression(type, depth - 1, scope)
      return choice(binary(guard.yes, "&&", more, level.and), use, rest)
    }
    default:
      return choice(guard.yes, use, other())
  }
}

/** What looks like a guard and says nothing about the list. */
export const unguarded: Producer = (generating, type, depth, scope) => {
  const { random } = generating
  const lists = scope.fitting(type).filter((place) => holdsTexts(place.type))
  if (lists.length === 0) return undefined
  const place = placeText(random, random.pick(lists))
  const question = piece(`"a" in ${place}`, level.relation)
  return choice(question, piece(place), generating.expression(type, depth - 1, scope))
}

const holdsTexts = (type: Type.Type): boolean =>
  membersOf(type).some(
    (member) => member.kind === "list" && membersOf(member.element).some(({ kind }) => kind === "string")
  )

const guardedCondition = (
  generating: Generating,
  guard: Guard,
  use: Piece,
  depth: number,
  inside: GeneratedScope
): Piece => {
  const both = binary(guard.yes, "&&", use, level.and)
  switch (generating.random.below(4)) {
    case 0:
      return both
    case 1:
      return binary(guard.no, "||", use, level.or)
    case 2:
      return piece(`!(${both.text})`, level.unary)
    default:
      return binary(both, "&&", generating.expression(Type.bool, depth - 2, inside), level.and)
  }
}

/** An expression that reads what the innermost guard made readable. */
const useOf = (generating: Generating, type: Type.Type, depth: number, scope: GeneratedScope): Piece => {
  const { random } = generating
  const { latest } = scope
  if (latest === undefined || random.chance(0.25)) return generating.expression(type, depth, scope)
  const fitting = scope.fitting(type).filter((place) => isWithin(place, latest))
  if (fitting.length > 0 && random.chance(0.6)) return piece(placeText(random, random.pick(fitting)))
  const places = scope.places.filter((place) => place.type.kind !== "never" && isWithin(place, latest))
  if (places.length === 0) return generating.expression(type, depth, scope)
  const read = touch(generating, random.pick(places), depth, scope)
  if (type.kind === "bool" && type.value === undefined) return read
  return choice(
    read,
    generating.expression(type, depth - 1, scope),
    generating.expression(type, depth - 1, scope)
  )
}

/** A bool that needs a place to be there and to be of its type. */
export const touch = (generating: Generating, place: Place, depth: number, scope: GeneratedScope): Piece => {
  const { random } = generating
  const read = piece(placeText(random, place))
  const members = membersOf(place.type)
  const [only] = members
  if (members.length === 1 && only !== undefined && random.chance(0.8)) {
    switch (only.kind) {
      case "int":
      case "double":
      case "timestamp":
      case "duration":
        return binary(
          read,
          random.pick(["<", ">="]),
          generating.expression(only, depth - 1, scope),
          level.relation
        )
      case "string":
        return random.chance(0.5)
          ? method(read, "startsWith", generating.expression(Type.string, depth - 1, scope).text)
          : binary(method(read, "size"), ">", piece("1"), level.relation)
      case "bool":
        return read
      case "list":
        return random.chance(0.5)
          ? binary(method(read, "size"), ">", piece("0"), level.relation)
          : method(read, "exists", "x", "true")
      case "map":
      case "record":
        return binary(piece(`size(${read.text})`), ">", piece("0"), level.relation)
      default:
        break
    }
  }
  return binary(
    read,
    random.pick(["==", "!="]),
    generating.expression(place.type, depth - 1, scope),
    level.relation
  )
}

const flip = (yes: Piece): Guard => ({ yes, no: piece(`!${at(level.unary, yes)}`, level.unary) })

const guardOf = (random: Random, question: Question): Guard => {
  const place = placeText(random, question.of)
  switch (question.kind) {
    case "presence": {
      const field = `${place}${fieldText(random, question.key)}`
      if (random.chance(0.2))
        return flip(binary(piece(escaped(question.key)), "in", piece(place), level.relation))
      // Next to null, a field that is missing counts as null; an index does not.
      if (random.chance(0.2)) return comparison(random, `${place}.\`${question.key}\``, "null", true)
      return flip(piece(`has(${field})`))
    }
    case "null":
      return comparison(random, place, "null", true)
    case "tag": {
      const field = `${place}${fieldText(random, question.key)}`
      if (random.chance(0.25)) {
        return flip(binary(piece(field), "in", piece(`[${escaped(question.tag)}]`), level.relation))
      }
      return comparison(random, field, escaped(question.tag), false)
    }
    case "kind":
      return comparison(random, `type(${place})`, question.name, false)
  }
}

/** `left == right` in either order; `negated`: the answer is yes where they differ. */
const comparison = (random: Random, left: string, right: string, negated: boolean): Guard => {
  const [a, b] = random.chance(0.2) ? [right, left] : [left, right]
  const equal = piece(`${a} == ${b}`, level.relation)
  const different = piece(`${a} != ${b}`, level.relation)
  return negated ? { yes: different, no: equal } : { yes: equal, no: different }
}
