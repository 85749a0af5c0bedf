import type { CodeExample } from "../packages/language/src/diagnostics/CodeEntry.ts"
import type { Diagnostic } from "../packages/language/src/diagnostics/Diagnostic.ts"
import { renderTerminal } from "../packages/language/src/diagnostics/TerminalRenderer.ts"
import { compileExpression } from "../packages/language/src/expression/Program.ts"
import { compileTemplate } from "../packages/language/src/expression/Template.ts"
import { SourceFile } from "../packages/language/src/source/SourceFile.ts"
import { loadYaml } from "../packages/language/src/source/YamlLoader.ts"
import { readSchema } from "../packages/language/src/types/JsonSchema.ts"
import { bool } from "../packages/language/src/types/Type.ts"
import {
  connectionExampleFile,
  connectionExampleManifest,
  loadConnections,
  loadManifest,
  manifestExampleFile
} from "@sallyport/runtime"
import { exampleEnvironment, exampleValues } from "./ExampleEnvironment.ts"

/** What a person gets who runs the text of an example: all diagnostics, in any order. */
export type ExampleRunner = (file: SourceFile, example: CodeExample) => ReadonlyArray<Diagnostic>

const evaluate: ExampleRunner = (file) => {
  const { program, diagnostics } = compileExpression(file, exampleEnvironment)
  if (program === undefined) return diagnostics
  const outcome = program.evaluate(exampleValues)
  return outcome.ok ? diagnostics : [...diagnostics, outcome.diagnostic]
}

const schema: ExampleRunner = (file) => {
  const { root, diagnostics } = loadYaml(file)
  return root === undefined ? diagnostics : [...diagnostics, ...readSchema(root).diagnostics]
}

const connections: ExampleRunner = (file) => {
  const { manifest } = loadManifest(new SourceFile(manifestExampleFile, connectionExampleManifest))
  return loadConnections(file, new Map(manifest === undefined ? [] : [["example", manifest]])).diagnostics
}

/** How each kind of example is run. */
const runners: { readonly [Language in CodeExample["language"]]: ExampleRunner } = {
  yaml: (file, example) => loadYaml(file, example.limits).diagnostics,
  manifest: (file) => loadManifest(file).diagnostics,
  connections,
  schema,
  expression: (file) => compileExpression(file, exampleEnvironment).diagnostics,
  condition: (file) => compileExpression(file, exampleEnvironment, { expected: bool }).diagnostics,
  template: (file) => compileTemplate(file, exampleEnvironment).diagnostics,
  evaluation: evaluate
}

/** Runs the text of an example as its language asks. */
export const runExample = (example: CodeExample, text: string): ReadonlyArray<Diagnostic> =>
  runners[example.language](new SourceFile(fileNames[example.language], text), example)

/** What the terminal shows for the text of an example. */
export const renderExample = (example: CodeExample, text: string): string =>
  renderTerminal(runExample(example, text), { color: false, width: 80, summary: false })

const fileNames = {
  yaml: "example.yaml",
  manifest: manifestExampleFile,
  connections: connectionExampleFile,
  schema: "schema.yaml",
  expression: "expression",
  condition: "condition",
  template: "template",
  evaluation: "expression"
} as const
