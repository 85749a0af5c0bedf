import { describe, expect, it } from "@effect/vitest"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { SchemaDocument } from "../src/types/JsonSchema.ts"
import { summary, yaml } from "./SchemaText.ts"
import { Chooser, choices, type Json } from "./TypeRecipe.ts"

/**
 * Another implementation as the judge: ajv, told what this dialect takes for granted (closed objects, closed tuples).
 * Schemas and values are made by choosing from a few keys and numbers, so that many values nearly fit.
 */
type JsonSchema = { readonly [keyword: string]: Json }

// Without `__proto__`: ajv passes over schemas of that name.
const keys = ["a", "b", "constructor"]

const schemaOf = (chooser: Chooser, depth: number): JsonSchema => {
  const inner = () => schemaOf(chooser, depth - 1)
  switch (chooser.below(depth > 0 ? 17 : 7)) {
    case 0:
      return { type: "string", minLength: chooser.below(2), maxLength: 1 + chooser.below(2) }
    case 1:
      return { type: "integer", minimum: chooser.below(2), maximum: 1 + chooser.below(3) }
    case 2:
      return { type: "number", exclusiveMinimum: chooser.below(2) - 1, exclusiveMaximum: 2 }
    case 3:
      return {
        enum:
          [
            ["a", "b"],
            [1, 2],
            [null, true],
            ["a", 1],
            [0.25, 1, "b"]
          ][chooser.below(5)] ?? []
      }
    case 4:
      return { const: chooser.pick<Json>(["a", 1, true, null, 0.75]) ?? null }
    case 5:
      return { type: ["string", "null"], pattern: "^[ab]+$" }
    case 6:
      return (
        chooser.pick<JsonSchema>([
          {},
          { type: "boolean" },
          { $ref: "#/$defs/Tree" },
          { $ref: "#/$defs/Kind" }
        ]) ?? {}
      )
    case 7:
      return { type: "array", items: inner(), minItems: chooser.below(2), maxItems: 1 + chooser.below(3) }
    case 8:
      return { type: "array", items: inner(), uniqueItems: true }
    case 9:
      return { type: "object", additionalProperties: inner(), maxProperties: 2 }
    case 10:
      return { type: "object", patternProperties: { "^[ab]": inner() } }
    case 11:
      return { anyOf: [inner(), inner()] }
    case 12:
      return { type: "object", patternProperties: { "^[ab]": inner(), "[at]": inner() } }
    case 13:
      return { type: "array", prefixItems: [inner(), inner()] }
    case 14:
      return { type: "array", prefixItems: [inner()], items: inner() }
    case 15:
      return { oneOf: [tagged(chooser, "a", inner), tagged(chooser, "b", inner)] }
    default:
      return objectOf(chooser, inner)
  }
}

const objectOf = (chooser: Chooser, inner: () => JsonSchema): JsonSchema => {
  const names = keys.filter(() => chooser.below(2) === 0)
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, inner()])),
    required: names.filter(() => chooser.below(2) === 0),
    ...(chooser.below(3) === 0 && { additionalProperties: inner() })
  }
}

const tagged = (chooser: Chooser, tag: string, inner: () => JsonSchema): JsonSchema => ({
  type: "object",
  properties: { t: { const: tag }, a: inner() },
  required: chooser.below(2) === 0 ? ["t"] : ["t", "a"]
})

const definitions = {
  Tree: {
    type: "object",
    properties: { a: { type: "integer" }, b: { type: "array", items: { $ref: "#/$defs/Tree" } } }
  },
  Kind: { enum: ["a", "b"] }
}

const valueOf = (chooser: Chooser, depth: number): Json => {
  switch (chooser.below(depth > 0 ? 10 : 6)) {
    case 0:
      return null
    case 1:
      return chooser.below(2) === 0
    case 2:
      return chooser.below(4)
    case 3:
      return chooser.below(8) / 4
    case 4:
    case 5:
      return chooser.pick(["", "a", "b", "ab", "c", "🙂"]) ?? ""
    case 6:
    case 7:
      return Array.from({ length: chooser.below(4) }, () => valueOf(chooser, depth - 1))
    default:
      return Object.fromEntries(
        ["t", ...keys].filter(() => chooser.below(2) === 0).map((name) => [name, valueOf(chooser, depth - 1)])
      )
  }
}

/** What the dialect takes for granted, written out. */
const closed = (schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== "object" || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => [key, closed(value)])
  const isObject = entries.some(([key, value]) => key === "type" && value === "object")
  const has = (name: string) => entries.some(([key]) => key === name)
  if (isObject && !has("additionalProperties")) entries.push(["additionalProperties", false])
  if (has("prefixItems") && !has("items")) entries.push(["items", false])
  return Object.fromEntries(entries)
}

const seeds = Arbitrary.all({
  choices,
  more: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })))
})

describe("a schema of the dialect", () => {
  it.effect("accepts the values that ajv accepts, and no others", () =>
    Effect.gen(function* () {
      const seen = { fits: 0, fails: 0 }
      const ajv = new Ajv2020({ strict: false, logger: false, unicodeRegExp: true, ownProperties: true })
      const result = yield* Arbitrary.checkEffect(
        seeds,
        ({ choices, more }) => {
          const chooser = new Chooser([...choices, more])
          const schema = { ...schemaOf(chooser, 3), $defs: definitions }
          const judge = ajv.compile(closedRoot(schema))
          const root = yaml(JSON.stringify(schema))
          const document = new SchemaDocument(root)
          const { diagnostics } = document.read(root)
          if (diagnostics.length > 0)
            return Effect.fail({
              schema: JSON.stringify(schema),
              value: "",
              fits: false,
              problems: summary(diagnostics)
            })
          for (let round = 0; round < 12; round++) {
            const value = valueOf(chooser, 3)
            const fits = judge(value)
            if (fits) seen.fits++
            else seen.fails++
            const problems = summary(document.check(yaml(JSON.stringify(value)), root))
            if ((problems.length === 0) !== fits)
              return Effect.fail({
                schema: JSON.stringify(schema),
                value: JSON.stringify(value),
                fits,
                problems
              })
          }
          return Effect.succeed(true)
        },
        { runs: 1200, seed: 51 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(Math.min(seen.fits, seen.fails)).toBeGreaterThan(500)
    })
  )
})

const closedRoot = (schema: JsonSchema): JsonSchema => {
  const all = closed(schema)
  return isSchema(all) ? all : {}
}

const isSchema = (value: Json): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value)
