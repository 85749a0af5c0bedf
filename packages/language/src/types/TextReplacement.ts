import type { Fix } from "../diagnostics/Diagnostic.ts"
import type { YamlScalar } from "../source/YamlNode.ts"

/** Puts another word in the place of a scalar's text. Quotes stay: in a schema that is written in JSON they must. */
export const replaceText = (scalar: YamlScalar, word: string): Fix => ({
  title: `replace by ${word}`,
  edits: [{ span: scalar.text.span(0, scalar.text.text.length), text: word }]
})
