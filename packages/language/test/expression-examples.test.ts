import { describe, expect, it } from "@effect/vitest"
import { environment } from "../src/expression/Environment.ts"
import type { FunctionExample } from "../src/expression/FunctionDefinition.ts"
import { standardFunctions } from "../src/expression/FunctionTable.ts"
import { compileExpression } from "../src/expression/Program.ts"
import {
  macroReference,
  operatorReference,
  optionalReference,
  typeReference
} from "../src/expression/SyntaxReference.ts"
import { SourceFile } from "../src/source/SourceFile.ts"

const nothing = environment()

const outcomeOf = ({ expression, result }: FunctionExample, mode: "generate" | "interpret") => {
  const { diagnostics, program } = compileExpression(
    new SourceFile("example", `(${expression}) == (${result})`),
    nothing,
    { mode }
  )
  const evaluated = program?.evaluate({})
  return { problems: diagnostics.map(({ code, message }) => `${code} ${message}`), evaluated }
}

const itHolds = (name: string, example: FunctionExample): void => {
  it(`${name}: ${example.expression} is ${example.result}`, () => {
    for (const mode of ["generate", "interpret"] as const) {
      expect(outcomeOf(example, mode)).toEqual({ problems: [], evaluated: { ok: true, value: true } })
    }
  })
}

describe("every example of the reference holds", () => {
  for (const definition of standardFunctions) {
    it(`${definition.name} has an example and a doc`, () => {
      expect(definition.examples.length).toBeGreaterThan(0)
      expect(definition.doc).not.toBe("")
    })
    for (const example of definition.examples) itHolds(definition.name, example)
  }
  for (const entry of [...operatorReference, ...macroReference, ...optionalReference, ...typeReference]) {
    for (const example of entry.examples) itHolds(entry.forms[0] ?? "", example)
  }
})
