import { SourceFile } from "../src/source/SourceFile.ts"
import type { Span } from "../src/source/Span.ts"
import type { YamlLimits } from "../src/source/YamlLimits.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { nodeAt, type Json, type YamlMap, type YamlNode, type YamlScalar } from "../src/source/YamlNode.ts"

/** The characters of a span. */
export const textOf = (span: Span): string => span.file.text.slice(span.start, span.end)

/** The root of a text that has no problems. */
export const rootOf = (text: string): YamlNode => {
  const { root, diagnostics } = loadYaml(new SourceFile("a.yaml", text))
  if (root === undefined || diagnostics.length > 0)
    throw new Error(diagnostics.map((found) => found.message).join())
  return root
}

export const mapOf = (text: string): YamlMap => {
  const root = rootOf(text)
  if (root.kind !== "map") throw new Error("not a map")
  return root
}

/** The scalar at a path. */
export const scalarAt = (text: string, ...path: ReadonlyArray<string | number>): YamlScalar => {
  const node = nodeAt(rootOf(text), path)
  if (node?.kind !== "scalar") throw new Error("not a scalar")
  return node
}

/** Each problem as `code line:column "characters" message`. */
export const problemsOf = (text: string, limits?: Partial<YamlLimits>): ReadonlyArray<string> =>
  loadYaml(new SourceFile("a.yaml", text), limits).diagnostics.map(({ code, span, message }) => {
    const { line, column } = span.file.position(span.start)
    return `${code} ${line}:${column} ${JSON.stringify(textOf(span))} ${message}`
  })

/** The own members of plain data, which must be a map. */
export const membersOf = (json: Json | undefined): { readonly [name: string]: Json } => {
  if (typeof json !== "object" || json === null || isList(json)) throw new Error("not a map")
  return json
}

const isList = (json: Json): json is ReadonlyArray<Json> => Array.isArray(json)
