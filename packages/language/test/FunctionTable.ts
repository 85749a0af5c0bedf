import { expect } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Evaluation, EvaluationFailure } from "../src/expression/Evaluation.ts"
import type { FunctionDefinition } from "../src/expression/FunctionDefinition.ts"
import { dispatch } from "../src/expression/OverloadCall.ts"
import type { Value } from "../src/expression/Value.ts"

/** Calls functions of a table by name, as an evaluation does for arguments of type `dyn`. */
export class FunctionTable {
  readonly #definitions: ReadonlyMap<string, FunctionDefinition>

  constructor(definitions: ReadonlyArray<FunctionDefinition>) {
    this.#definitions = new Map(definitions.map((definition) => [definition.name, definition]))
  }

  call(name: string, ...args: ReadonlyArray<Value>): Value {
    return this.#call(name, args, new Evaluation())
  }

  /** The call's result as text. */
  text(name: string, ...args: ReadonlyArray<Value>): string {
    const result = this.call(name, ...args)
    return typeof result === "string" ? result : expect.fail(`${name} gave no text`)
  }

  /** What the call took from a budget that is large enough. */
  steps(name: string, ...args: ReadonlyArray<Value>): number {
    const evaluation = new Evaluation(1_000_000_000)
    this.#call(name, args, evaluation)
    return 1_000_000_000 - evaluation.left
  }

  /** How the call fails; undefined when it does not. */
  failure(name: string, ...args: ReadonlyArray<Value>): EvaluationFailure | undefined {
    return failureOf(() => this.call(name, ...args))
  }

  #call(name: string, args: ReadonlyArray<Value>, evaluation: Evaluation): Value {
    const overloads = this.#definitions.get(name)?.overloads ?? expect.fail(`no function ${name}`)
    return dispatch(overloads, name, args, evaluation)
  }
}

/** How `run` fails; undefined when it does not. Whatever else it throws is thrown on. */
export const failureOf = (run: () => unknown): EvaluationFailure | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof EvaluationFailure) return error
    throw error
  }
}

/** Whole numbers from `minimum` to `maximum`, those at the ends and near 0 more often. */
export const wholeNumber = (minimum: number, maximum: number): Arbitrary.Arbitrary<number> =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

/** Any text, with half surrogate pairs and names such as `__proto__`. */
export const anyText: Arbitrary.Arbitrary<string> = Arbitrary.schema(Schema.String)

/** Text that UTF-8 can express. */
export const unicodeText: Arbitrary.Arbitrary<string> = anyText.pipe(
  Arbitrary.map((text) => text.toWellFormed())
)

/** One of the given values. */
export const oneOf = <A>(...values: ReadonlyArray<A>): Arbitrary.Arbitrary<A> => {
  const constants = values.map((value) => Arbitrary.Constant(value))
  return wholeNumber(0, values.length - 1).pipe(
    Arbitrary.flatMap((index) => constants[index] ?? expect.fail("there is no such value"))
  )
}

/** The pieces, between `minLength` and `maxLength` of them, one after the other. */
export const textOf = (
  piece: Arbitrary.Arbitrary<string>,
  minLength: number,
  maxLength: number
): Arbitrary.Arbitrary<string> =>
  Arbitrary.array(piece, { minLength, maxLength }).pipe(Arbitrary.map((pieces) => pieces.join("")))

/** The property holds for `runs` values, always the same ones. */
export const holdsFor = <A>(
  values: Arbitrary.Arbitrary<A>,
  property: (value: A) => boolean,
  runs = 1_000
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const result = yield* Arbitrary.checkEffect(values, property, { runs, seed: 20_240_501, size: 40 })
    expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
  })
