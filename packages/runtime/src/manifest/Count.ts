import * as Schema from "effect/Schema"

/** A whole number from 1 to `most`. */
export const countUpTo = (most: number) =>
  Schema.Finite.check(
    Schema.makeFilter((value: number) => Number.isSafeInteger(value) && value >= 1 && value <= most, {
      code: "SP0308",
      expected: `a whole number from 1 to ${most}`,
      toJsonSchema: () => ({ type: "integer", minimum: 1, maximum: most })
    })
  )
