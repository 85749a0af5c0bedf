import type { Diagnostic } from "../src/diagnostics/Diagnostic.ts"
import { checkExpression } from "../src/expression/Checker.ts"
import { standardIndex } from "../src/expression/Environment.ts"
import { parseExpression } from "../src/expression/Parser.ts"
import { type Evaluated, makeProgram, type Program } from "../src/expression/Program.ts"
import type { TypedNode } from "../src/expression/TypedNode.ts"
import type { Value } from "../src/expression/Value.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import type { Type } from "../src/types/Type.ts"
import { valueText } from "./ValueText.ts"

/** An expression that passed the check, with both ways to run it. */
export interface CheckedExpression {
  readonly text: string
  readonly node: TypedNode
  readonly generated: Program
  readonly interpreted: Program
}

/** Everything that is wrong with a text, and its program when nothing is. */
export interface CheckedText {
  readonly diagnostics: ReadonlyArray<Diagnostic>
  readonly checked: CheckedExpression | undefined
}

/** Parses and checks once, and builds both programs from the one tree. */
export const checkText = (text: string, variables: ReadonlyMap<string, Type>): CheckedText => {
  const source = new SourceFile("expression", text)
  const parsed = parseExpression(source)
  const { diagnostics: found, node } = checkExpression(source, parsed.expression, {
    variables,
    functions: standardIndex()
  })
  const diagnostics = [...parsed.diagnostics, ...found]
  if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics, checked: undefined }
  const generated = makeProgram(source, node, "auto")
  const interpreted = makeProgram(source, node, "interpret")
  return { diagnostics, checked: { text, node, generated, interpreted } }
}

/** An outcome as text: the value, or the code and the place of the failure. */
export const outcomeText = (outcome: Evaluated): string => {
  if (outcome.ok) return valueText(outcome.value)
  const { code, span } = outcome.diagnostic
  return `fails with ${code} at ${span.start}–${span.end}`
}

/** A failing case, with all that is needed to look at it. */
export const describeCase = (
  seed: number,
  text: string,
  data: { readonly [name: string]: Value },
  ...outcomes: ReadonlyArray<string>
): string => {
  const used = Object.entries(data).filter(([name]) => text.includes(name))
  return [`seed ${seed}: ${text}`, ...outcomes, ...used.map(([name, value]) => `  ${name} = ${valueText(value)}`)].join("\n")
}
