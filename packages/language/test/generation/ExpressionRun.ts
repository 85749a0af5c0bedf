import type { Diagnostic } from "../../src/diagnostics/Diagnostic.ts"
import { checkExpression } from "../../src/expression/Checker.ts"
import { standardIndex } from "../../src/expression/Environment.ts"
import { parseExpression } from "../../src/expression/Parser.ts"
import { type Evaluated, makeProgram, type Mode, type Program } from "../../src/expression/Program.ts"
import type { TypedNode } from "../../src/expression/TypedNode.ts"
import type { Value } from "../../src/expression/Value.ts"
import type { LocatedText } from "../../src/source/LocatedText.ts"
import { SourceFile } from "../../src/source/SourceFile.ts"
import type { Span } from "../../src/source/Span.ts"
import type { Type } from "../../src/types/Type.ts"
import { valueText } from "./ValueText.ts"

/** A text that was parsed and checked once; programs of both kinds are built from the one tree. */
export class ExpressionRun {
  readonly text: string
  readonly diagnostics: ReadonlyArray<Diagnostic>
  readonly node: TypedNode
  readonly #source: UnclampedText

  constructor(text: string, variables: ReadonlyMap<string, Type>) {
    this.text = text
    this.#source = new UnclampedText(text)
    const { diagnostics, expression } = parseExpression(this.#source)
    const checked = checkExpression(this.#source, expression, { variables, functions: standardIndex() })
    this.diagnostics = [...diagnostics, ...checked.diagnostics]
    this.node = checked.node
  }

  /** Nothing is wrong with it, so that it can be run. */
  get isRight(): boolean {
    return this.diagnostics.every(({ severity }) => severity !== "error")
  }

  /** The spans that were asked for and do not lie in the text. */
  get strayed(): ReadonlyArray<string> {
    return this.#source.strayed
  }

  program(mode: Mode): Program {
    return makeProgram(this.#source, this.node, mode)
  }

  /** What there is to know of a failing case: the seed, the text, what came of it and the variables it names. */
  describe(
    seed: number,
    data: { readonly [name: string]: Value },
    ...outcomes: ReadonlyArray<string>
  ): string {
    const named = Object.entries(data).filter(([name]) => this.text.includes(name))
    const values = named.map(([name, value]) => `  ${name} = ${valueText(value)}`)
    return [`seed ${seed}: ${this.text}`, ...outcomes.map((outcome) => `  ${outcome}`), ...values].join("\n")
  }
}

/** An outcome as text: the value, or the code and the place of the failure. */
export const outcomeText = (outcome: Evaluated): string => {
  if (outcome.ok) return valueText(outcome.value)
  const { code, span } = outcome.diagnostic
  return `fails with ${code} at ${span.start}–${span.end}`
}

/** A `SourceFile` mends spans that lie outside of the text; this one remembers them. */
class UnclampedText implements LocatedText {
  readonly text: string
  readonly strayed: Array<string> = []
  readonly #file: SourceFile

  constructor(text: string) {
    this.text = text
    this.#file = new SourceFile("expression", text)
  }

  span(start: number, end: number): Span {
    if (!(start >= 0 && start <= end && end <= this.text.length)) this.strayed.push(`${start}–${end}`)
    return this.#file.span(start, end)
  }
}
