import { isSubtype } from "../../src/types/Assignability.ts"
import * as Type from "../../src/types/Type.ts"
import { fieldText, placeText } from "./GeneratedScope.ts"
import type { Producer } from "./Generating.ts"
import { at, level, method, type Piece, piece } from "./Piece.ts"
import { openKeys } from "./RandomValue.ts"

/** An optional: selected, indexed, made or mapped. */
export const optional: Producer = (generating, type, depth, scope) => {
  if (type.kind !== "optional") return undefined
  const { random } = generating
  const { value } = type
  const part = (wanted: Type.Type): Piece => generating.expression(wanted, depth - 1, scope)
  switch (random.below(8)) {
    case 0:
      return piece(`optional.of(${part(value).text})`)
    case 1:
      return piece(`optional.ofNonZeroValue(${part(value).text})`)
    case 2:
      return method(part(type), "or", part(type).text)
    case 3: {
      const index = random.chance(0.6) ? String(random.below(3)) : part(Type.int).text
      return piece(`${at(level.member, part(Type.list(value)))}[?${index}]`)
    }
    case 4: {
      const target = at(level.member, part(Type.map(value)))
      return piece(
        random.chance(0.7)
          ? target + fieldText(random, random.pick(openKeys), true)
          : `${target}[?${part(Type.string).text}]`
      )
    }
    case 5: {
      const [from, name] = [generating.types.any(1), generating.variable()]
      const body = generating.expression(value, depth - 1, scope.bind(name, from))
      return method(part(Type.optional(from)), "optMap", name, body.text)
    }
    case 6: {
      const [from, name] = [generating.types.any(1), generating.variable()]
      const body = generating.expression(type, depth - 1, scope.bind(name, from))
      return method(part(Type.optional(from)), "optFlatMap", name, body.text)
    }
    default: {
      const fields = scope.questions.filter(
        (question) => question.kind === "presence" && isSubtype(question.type, value)
      )
      const question = fields.length === 0 ? undefined : random.pick(fields)
      if (question?.kind !== "presence") return chain(generating, value, depth, scope)
      return piece(placeText(random, question.of) + fieldText(random, question.key, true))
    }
  }
}

/** `x.?a.b`: selection goes on behind an optional. */
const chain = (...[generating, value, depth, scope]: Parameters<Producer>): Piece => {
  const { random } = generating
  const key = random.pick(openKeys)
  const target = generating.expression(Type.optional(Type.map(value)), depth - 1, scope)
  return piece(at(level.member, target) + fieldText(random, key, random.chance(0.5)))
}
