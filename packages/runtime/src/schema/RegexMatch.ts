import { compileExpression, environment, type Environment, SourceFile, Type } from "@sallyport/language"

/** Does a pattern match somewhere in the text? Undefined when the text is too long for it. */
export type RegexMatch = (text: string) => boolean | undefined

/** The match of a pattern, by the expression language's `matches`: RE2, linear in the text. Throws for another pattern. */
export const regexMatch = (pattern: string): RegexMatch => {
  // JSON's escapes are among those of the language's literals.
  const source = new SourceFile("pattern", `text.matches(${JSON.stringify(pattern)})`)
  variables ??= environment({ text: Type.string })
  const { diagnostics, program } = compileExpression(source, variables)
  if (program === undefined) throw new TypeError(`not a pattern: ${diagnostics[0]?.message ?? ""}`)
  return (text) => {
    const result = program.evaluate({ text })
    return result.ok && typeof result.value === "boolean" ? result.value : undefined
  }
}

let variables: Environment | undefined
