import { expect } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** Whole numbers from 0 to `maximum`. */
const wholeNumber = (maximum: number): Arbitrary.Arbitrary<number> =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum })))

/** Any text, with half surrogate pairs. */
export const anyText: Arbitrary.Arbitrary<string> = Arbitrary.schema(Schema.String)

/** Any JSON value. */
export const anyJson: Arbitrary.Arbitrary<unknown> = Arbitrary.schema(Schema.Json)

/** At most `maxLength` of the pieces, one after the other. */
export const textOf = (pieces: ReadonlyArray<string>, maxLength: number): Arbitrary.Arbitrary<string> =>
  Arbitrary.array(wholeNumber(pieces.length - 1), { maxLength }).pipe(
    Arbitrary.map((indexes) => indexes.map((index) => pieces[index] ?? "").join(""))
  )

/** Decisions taken from a list of numbers, which is read again, differently, when it is used up. */
export class Chooser {
  readonly #choices: ReadonlyArray<number>
  #at = 0

  constructor(choices: ReadonlyArray<number>) {
    this.#choices = choices
  }

  below(limit: number): number {
    const choice = this.#choices[this.#at % this.#choices.length] ?? 0
    const round = Math.floor(this.#at++ / this.#choices.length)
    return (choice + 7 * round) % limit
  }

  pick<A>(first: A, ...others: ReadonlyArray<A>): A {
    return [first, ...others][this.below(others.length + 1)] ?? first
  }
}

/** What `build` makes of random decisions. */
export const chosen = <A>(build: (chooser: Chooser) => A): Arbitrary.Arbitrary<A> =>
  Arbitrary.array(wholeNumber(9_999), { minLength: 1, maxLength: 200 }).pipe(
    Arbitrary.map((choices) => build(new Chooser(choices)))
  )

/** The property holds for `runs` values, always the same ones. */
export const holdsFor = <A>(
  values: Arbitrary.Arbitrary<A>,
  property: (value: A) => boolean,
  runs = 1_000
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const result = yield* Arbitrary.checkEffect(values, property, { runs, seed: 20_261_122, size: 60 })
    expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
  })
