import { describe, expect, it } from "@effect/vitest"
import { type Json, loadYaml, SchemaDocument, SourceFile, type YamlNode } from "@sallyport/language"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inputCodec, outputCodec } from "../src/schema/ValueCodec.ts"
import { Choices, definitions, schemaOf, valueOf } from "./SchemaRecipe.ts"

const below = (limit: number) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: limit - 1 })))

const numbers = Arbitrary.array(below(5040), { minLength: 24, maxLength: 64 })

const yaml = (value: Json): YamlNode => {
  const { root } = loadYaml(new SourceFile("value.yaml", JSON.stringify(value)))
  if (root === undefined) throw new Error("not YAML")
  return root
}

describe("a codec and the checker of the language", () => {
  it.effect("accept the same values", () =>
    Effect.gen(function* () {
      const seen = { schemas: 0, fits: 0, fails: 0 }
      const result = yield* Arbitrary.checkEffect(
        numbers,
        (given) => {
          const choices = new Choices(given)
          const schema = schemaOf(choices, 3)
          const root = yaml({ ...definitions, schema })
          const node = root.kind === "map" ? root.get("schema") : undefined
          const document = new SchemaDocument(root)
          // Random parts of an `allOf` may not agree; the codec is made for schemas that do.
          if (node === undefined || document.read(node).diagnostics.length > 0) return Effect.succeed(true)
          seen.schemas++
          const input = inputCodec(schema, definitions)
          const output = outputCodec(schema, definitions)
          for (let round = 0; round < 10; round++) {
            const value = valueOf(choices, 3)
            const fits = document.check(yaml(value), node).length === 0
            if (fits) seen.fits++
            else seen.fails++
            const before = JSON.stringify(value)
            for (const codec of [input, output]) {
              const decoded = codec.decode(value)
              const isSame = Result.isSuccess(decoded)
                ? decoded.success === value
                : decoded.failure.length > 0
              if (Result.isSuccess(decoded) !== fits || !isSame || JSON.stringify(value) !== before)
                return Effect.fail({ schema: JSON.stringify(schema), value: before, fits, decoded })
            }
          }
          return Effect.succeed(true)
        },
        { runs: 1500, seed: 30 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(seen.schemas).toBeGreaterThan(1000)
      expect(Math.min(seen.fits, seen.fails)).toBeGreaterThan(1000)
    })
  )
})
