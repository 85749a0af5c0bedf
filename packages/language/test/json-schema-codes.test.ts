import { describe, expect, it } from "@effect/vitest"
import { schemaCodes } from "../src/diagnostics/SchemaCodes.ts"
import { readSchema } from "../src/types/JsonSchema.ts"
import { yaml } from "./SchemaText.ts"

describe("the codes of schemas", () => {
  for (const [code, entry] of Object.entries(schemaCodes)) {
    it(`${code}: the wrong example has exactly this problem, the right one none`, () => {
      const wrong = readSchema(yaml(entry.example.wrong)).diagnostics
      expect(wrong.map((problem) => [problem.code, problem.severity])).toEqual([[code, entry.severity]])
      expect(readSchema(yaml(entry.example.right)).diagnostics).toEqual([])
    })
  }
})
