import { dirname, join } from "node:path"
import {
  compileExpression,
  compileTemplate,
  type Diagnostic,
  type Environment,
  environment,
  hasErrors,
  type LoadedYaml,
  loadYaml,
  SchemaDocument,
  toJson,
  Type,
  type Value,
  type YamlNode,
  type YamlScalar
} from "@sallyport/language"
import { readTextFile } from "./TextFile.ts"

/** An expression of the file: its type, what it gives for the sample, and everything that is wrong with it. */
export interface CheckedEntry {
  readonly name: string
  readonly type: Type.Type
  /** Undefined when something is wrong with it, and when there is no sample to evaluate it with. */
  readonly value: Value | undefined
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/** A file of expressions over `event`, with everything that is wrong in it and in the files it names. */
export interface ExpressionFile {
  readonly entries: ReadonlyArray<CheckedEntry>
  /** Those of the entries are among them. */
  readonly diagnostics: ReadonlyArray<Diagnostic>
  /** Codes that the file says its entries must give, by the name of the entry. */
  readonly expected: ReadonlyMap<string, string>
}

/** Reads a file and the files it names, checks all, evaluates what is right. Throws `UnreadableFile`. */
export const readExpressionFile = (path: string): ExpressionFile => {
  const { diagnostics, root } = load(path)
  const schema = fileNamed(path, root, "schema")
  const schemas = schema?.root === undefined ? undefined : new SchemaDocument(schema.root)
  const reading = schema?.root === undefined ? undefined : schemas?.read(schema.root)
  const sample = fileNamed(path, root, "sample")
  const sampleProblems = [
    ...(sample?.diagnostics ?? []),
    ...(sample?.root !== undefined && schema?.root !== undefined && !hasErrors(sample.diagnostics)
      ? (schemas?.check(sample.root, schema.root) ?? [])
      : [])
  ]
  const event = sample?.root === undefined || hasErrors(sampleProblems) ? undefined : toJson(sample.root)
  const entries = reading === undefined ? [] : checkEntries(root, environment({ event: reading.type }), event)
  return {
    entries,
    diagnostics: [
      ...diagnostics,
      ...shapeProblems(root),
      ...(schema?.diagnostics ?? []),
      ...(reading?.diagnostics ?? []),
      ...sampleProblems,
      ...entries.flatMap((entry) => entry.diagnostics)
    ],
    expected: expectedOf(root)
  }
}

const load = (path: string): LoadedYaml => loadYaml(readTextFile(path))

const fileNamed = (path: string, root: YamlNode | undefined, key: string): LoadedYaml | undefined => {
  const node = childOf(root, key)
  return node?.kind === "scalar" && typeof node.value === "string"
    ? loadYaml(readTextFile(join(dirname(path), node.value), node.span))
    : undefined
}

/** Where the file is not what `expression-file.schema.yaml` says. */
const shapeProblems = (root: YamlNode | undefined): ReadonlyArray<Diagnostic> => {
  const schema = load(join(import.meta.dirname, "expression-file.schema.yaml")).root
  if (schema === undefined || root === undefined) return []
  const document = new SchemaDocument(schema)
  return [...document.read(schema).diagnostics, ...document.check(root, schema)]
}

const checkEntries = (
  root: YamlNode | undefined,
  scope: Environment,
  event: Value | undefined
): ReadonlyArray<CheckedEntry> => [
  ...scalarsOf(childOf(root, "conditions")).map(([name, node]) =>
    evaluated(name, compileExpression(node.text, scope, { expected: Type.bool }), event)
  ),
  ...scalarsOf(childOf(root, "values")).map(([name, node]) =>
    evaluated(name, compileTemplate(node.text, scope), event)
  )
]

const evaluated = (
  name: string,
  { diagnostics, program, type }: ReturnType<typeof compileTemplate> | ReturnType<typeof compileExpression>,
  event: Value | undefined
): CheckedEntry => {
  if (program === undefined || event === undefined) return { name, type, value: undefined, diagnostics }
  const result = program.evaluate({ event })
  return result.ok
    ? { name, type, value: result.value, diagnostics }
    : { name, type, value: undefined, diagnostics: [...diagnostics, result.diagnostic] }
}

const expectedOf = (root: YamlNode | undefined): ReadonlyMap<string, string> =>
  new Map(scalarsOf(childOf(root, "expected")).map(([name, node]) => [name, node.text.text]))

const childOf = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
  node?.kind === "map" ? node.get(key) : undefined

const scalarsOf = (node: YamlNode | undefined): ReadonlyArray<readonly [string, YamlScalar]> =>
  node?.kind === "map"
    ? node.entries.flatMap(({ key, value }) => (value.kind === "scalar" ? [[key.name, value] as const] : []))
    : []
