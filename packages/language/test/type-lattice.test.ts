import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import { isAssignable, isSameType, isSubtype } from "../src/types/Assignability.ts"
import { dyn, never, type Type } from "../src/types/Type.ts"
import { membersOf, union } from "../src/types/Union.ts"
import {
  Chooser,
  choices,
  definitions,
  isValueOf,
  recipe,
  TypeBuilder,
  valueOfType,
  widen
} from "./TypeRecipe.ts"

const input = Arbitrary.all({ definitions, a: recipe(3, 3), b: recipe(3, 3), c: recipe(2, 3), choices })

/** Runs a property on random types; `holds` returns undefined where the law has nothing to say. */
const law = (
  seed: number,
  holds: (types: {
    readonly a: Type
    readonly b: Type
    readonly c: Type
    /** Above `a`, and above `wider`, mostly. */
    readonly wider: Type
    readonly widest: Type
    readonly chooser: Chooser
  }) => boolean | undefined,
  options: { readonly runs?: number; readonly atLeast?: number } = {}
) =>
  Effect.gen(function* () {
    let meant = 0
    const result = yield* Arbitrary.checkEffect(
      input,
      (given) => {
        const builder = new TypeBuilder(given.definitions)
        const chooser = new Chooser(given.choices)
        const wider = widen(given.a, chooser)
        const answer = holds({
          a: builder.build(given.a),
          b: builder.build(given.b),
          c: builder.build(given.c),
          wider: builder.build(wider),
          widest: builder.build(widen(wider, chooser)),
          chooser
        })
        if (answer !== undefined) meant++
        return answer !== false
      },
      { runs: options.runs ?? 600, seed }
    )
    expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    expect(meant).toBeGreaterThanOrEqual(options.atLeast ?? 0)
  })

const values = (type: Type, chooser: Chooser) =>
  Array.from({ length: 8 }, () => valueOfType(type, chooser)).filter((value) => value !== undefined)

describe("subtyping", () => {
  it.effect("is reflexive, also for types built twice", () =>
    law(1, ({ a }) => isSubtype(a, a) && isSubtype(a, union([a, never])))
  )

  it.effect("is reflexive up to the identity of definitions", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        input,
        (given) =>
          isSameType(
            new TypeBuilder(given.definitions).build(given.a),
            new TypeBuilder(given.definitions).build(given.a)
          ),
        { runs: 600, seed: 2 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("is transitive along widenings", () =>
    law(
      3,
      ({ a, wider, widest }) =>
        isSubtype(a, wider) && isSubtype(wider, widest) ? isSubtype(a, widest) : undefined,
      { atLeast: 350 }
    )
  )

  it.effect("is transitive on all triples of a handful of types", () =>
    law(
      4,
      ({ a, b, c, wider, widest }) => {
        const types = [a, b, c, wider, widest, union([a, b]), union([b, wider]), union([c, widest])]
        const above = types.map((type) => types.filter((other) => isSubtype(type, other)))
        const chains = types.flatMap((type, at) =>
          above[at]?.flatMap((middle) =>
            (above[types.indexOf(middle)] ?? []).map((top) => [type, top] as const)
          )
        )
        return chains.every((chain) => chain === undefined || isSubtype(chain[0], chain[1]))
      },
      { runs: 800 }
    )
  )

  it.effect("has never below and dyn above everything", () =>
    law(5, ({ a }) => isSubtype(never, a) && isSubtype(a, dyn))
  )

  it.effect("is sound: the values of a type are values of every type above it", () =>
    law(
      6,
      ({ a, b, wider, chooser }) => {
        const above = [b, wider, union([a, b]), union([b, a])].filter((type) => isSubtype(a, type))
        const samples = values(a, chooser)
        return samples.every((value) => above.every((type) => isValueOf(value, type)))
      },
      { runs: 2000 }
    )
  )

  it.effect("knows that a type is below its widening", () => law(7, ({ a, wider }) => isSubtype(a, wider)))

  it.effect("implies assignability", () =>
    law(8, ({ a, b }) => (isSubtype(a, b) ? isAssignable(a, b) : undefined))
  )
})

describe("union", () => {
  it.effect("is above each of its parts", () =>
    law(11, ({ a, b, c }) => {
      const all = union([a, b, c])
      return isSubtype(a, all) && isSubtype(b, all) && isSubtype(c, all)
    })
  )

  it.effect("is the least type above its parts", () =>
    law(
      12,
      ({ a, b, c, wider, widest }) => {
        const uppers = [wider, widest, b, c, dyn]
        const pairs: ReadonlyArray<readonly [Type, Type]> = [
          [a, b],
          [a, wider],
          [b, wider],
          [a, c]
        ]
        for (const [x, y] of pairs) {
          for (const upper of uppers) {
            if (isSubtype(x, upper) && isSubtype(y, upper) && !isSubtype(union([x, y]), upper)) return false
          }
        }
        return true
      },
      { runs: 2000 }
    )
  )

  it.effect("does not depend on the order of its parts", () =>
    law(13, ({ a, b, c }) => isSameType(union([a, b, c]), union([c, a, b])))
  )

  it.effect("does not depend on how its parts are grouped", () =>
    law(14, ({ a, b, c }) => isSameType(union([a, union([b, c])]), union([union([a, b]), c])))
  )

  it.effect("of a type and itself is the type", () =>
    law(15, ({ a }) => union([a, a]) === a || isSameType(union([a, a]), a))
  )

  it.effect("has exactly the values of its parts", () =>
    law(16, ({ a, b, chooser }) =>
      values(union([a, b]), chooser).every((value) => isValueOf(value, a) || isValueOf(value, b))
    )
  )

  it.effect("is in normal form: no member is a union, never or twice there", () =>
    law(17, ({ a, b }) => {
      const type = union([a, b])
      if (type.kind !== "union") return undefined
      return (
        type.members.length > 1 &&
        new Set(type.members).size === type.members.length &&
        type.members.every(
          (member) => member.kind !== "union" && member.kind !== "never" && member.kind !== "dyn"
        )
      )
    })
  )

  it.effect("has the values of its members, looked at through references", () =>
    law(18, ({ a, chooser }) =>
      values(a, chooser).every((value) => membersOf(a).some((member) => isValueOf(value, member)))
    )
  )
})
