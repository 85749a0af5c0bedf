import { type Diagnostic, hasErrors } from "../src/diagnostics/Diagnostic.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import { showSpan } from "../src/source/Span.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import type { YamlNode } from "../src/source/YamlNode.ts"
import { readSchema, type SchemaOptions } from "../src/types/JsonSchema.ts"
import type { Type } from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"

/** The node of a YAML text that is right. */
export const yaml = (text: string): YamlNode => {
  const { root, diagnostics } = loadYaml(new SourceFile("schema.yaml", text))
  if (root === undefined || hasErrors(diagnostics))
    throw new Error(diagnostics.map(({ message }) => message).join("\n"))
  return root
}

/** The type of a schema that is right. */
export const typeOfSchema = (text: string, options?: SchemaOptions): Type => {
  const { type, diagnostics } = readSchema(yaml(text), options)
  if (diagnostics.length > 0) throw new Error(summary(diagnostics).join("\n"))
  return type
}

/** The type of a schema that is right, as text. */
export const shown = (text: string, options?: SchemaOptions): string => showType(typeOfSchema(text, options))

/** `CODE line:column text`, where the text is what the span covers. */
export const summary = (diagnostics: ReadonlyArray<Diagnostic>): ReadonlyArray<string> =>
  diagnostics.map(({ code, span }) => {
    const place = showSpan(span).replace("schema.yaml:", "")
    return `${code} ${place} ${span.file.text.slice(span.start, span.end)}`
  })

/** The problems of a schema, as `summary` writes them. */
export const problems = (text: string, options?: SchemaOptions): ReadonlyArray<string> =>
  summary(readSchema(yaml(text), options).diagnostics)
