import type { Json } from "@sallyport/language"

/** A schema as plain data. */
export type SchemaJson = { readonly [keyword: string]: Json }

/** Chooses by given numbers, again from the first, shifted, when they are used up. */
export class Choices {
  readonly #numbers: ReadonlyArray<number>
  #at = 0

  constructor(numbers: ReadonlyArray<number>) {
    this.#numbers = numbers
  }

  below(limit: number): number {
    const number = this.#numbers[this.#at++ % this.#numbers.length] ?? 0
    return (number + Math.floor(this.#at / this.#numbers.length)) % limit
  }

  pick<A>(of: readonly [A, ...ReadonlyArray<A>]): A {
    return of[this.below(of.length)] ?? of[0]
  }
}

/** Few keys, so that many values nearly fit; two of them mean something to JavaScript. */
const keys = ["a", "b", "constructor", "__proto__"]

/** What every made-up schema may refer to. */
export const definitions: SchemaJson = {
  types: {
    Tree: {
      type: "object",
      properties: {
        a: { type: "integer", maximum: 2 },
        b: { type: "array", items: { $ref: "#/types/Tree" } }
      }
    },
    Kind: { enum: ["a", "b"] },
    Knot: {
      anyOf: [
        { type: "array", items: { $ref: "#/types/Knot" } },
        { type: "array", items: { $ref: "#/types/Tree" }, maxItems: 1 },
        { type: "string", minLength: 1 }
      ]
    },
    Base: { type: "object", properties: { a: { type: "string" } }, required: ["a"] }
  }
}

/** A schema of the dialect of at most that depth. */
export const schemaOf = (choices: Choices, depth: number): SchemaJson => {
  const inner = () => schemaOf(choices, depth - 1)
  switch (choices.below(depth > 0 ? 17 : 8)) {
    case 0:
      return { type: "string", minLength: choices.below(2), maxLength: 1 + choices.below(2) }
    case 1:
      return { type: "integer", minimum: choices.below(2), maximum: 1 + choices.below(3) }
    case 2:
      return { type: "number", exclusiveMinimum: choices.below(2) - 1, exclusiveMaximum: 2 }
    case 3:
      return {
        enum: choices.pick<ReadonlyArray<Json>>([
          ["a", "b"],
          [1, 2],
          [null, true],
          ["a", 1]
        ])
      }
    case 4:
      return { const: choices.pick<Json>(["a", 1, true, null]) }
    case 5:
      return { type: ["string", "null"], pattern: "^[ab]+$" }
    case 6:
      return choices.pick<SchemaJson>([
        {},
        { type: "boolean" },
        { type: "string", format: "ipv4" },
        { type: ["integer", "string"], minimum: 1, minLength: 1 }
      ])
    case 7:
      return { $ref: choices.pick(["#/types/Tree", "#/types/Kind", "#/types/Knot", "#/types/Base"]) }
    case 8:
      return { type: "array", items: inner(), minItems: choices.below(2), maxItems: 1 + choices.below(3) }
    case 9:
      return { type: "array", items: inner(), uniqueItems: true }
    case 10:
      return { type: "object", additionalProperties: inner(), maxProperties: 2 }
    case 11:
      return { type: "object", patternProperties: { "^[ab]": inner() } }
    case 12:
      return { anyOf: [inner(), inner()] }
    case 13:
      return { oneOf: [tagged(choices, "a", inner), tagged(choices, "b", inner)] }
    case 14:
      return { allOf: [{ $ref: "#/types/Base" }, part(choices, inner)] }
    case 15:
      return { extends: "Base", ...part(choices, inner) }
    default:
      return objectOf(choices, inner)
  }
}

/** A value of at most that depth, of what the schemas speak of. */
export const valueOf = (choices: Choices, depth: number): Json => {
  switch (choices.below(depth > 0 ? 10 : 6)) {
    case 0:
      return null
    case 1:
      return choices.below(2) === 0
    case 2:
      return choices.below(4)
    case 3:
      return choices.below(8) / 4
    case 4:
    case 5:
      return choices.pick(["", "a", "b", "ab", "c", "🙂", "10.0.0.1"])
    case 6:
    case 7:
      return Array.from({ length: choices.below(4) }, () => valueOf(choices, depth - 1))
    default:
      return Object.fromEntries(
        ["t", ...keys].filter(() => choices.below(2) === 0).map((name) => [name, valueOf(choices, depth - 1)])
      )
  }
}

const objectOf = (choices: Choices, inner: () => SchemaJson): SchemaJson => {
  const names = keys.filter(() => choices.below(2) === 0)
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, inner()])),
    required: names.filter(() => choices.below(2) === 0),
    ...(choices.below(3) === 0 && { additionalProperties: inner() })
  }
}

/** Without a property of `Base`, whose type might not agree. */
const part = (choices: Choices, inner: () => SchemaJson): SchemaJson => ({
  type: "object",
  properties: { b: inner() },
  required: choices.below(2) === 0 ? [] : ["b"]
})

const tagged = (choices: Choices, tag: string, inner: () => SchemaJson): SchemaJson => ({
  type: "object",
  properties: { t: { const: tag }, a: inner() },
  required: choices.below(2) === 0 ? ["t"] : ["t", "a"]
})
