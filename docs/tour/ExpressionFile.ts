import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import {
  compileExpression,
  compileTemplate,
  type Diagnostic,
  type Environment,
  environment,
  hasErrors,
  loadYaml,
  type Program,
  readSchema,
  SourceFile,
  toJson,
  Type,
  type Value,
  type YamlNode,
  type YamlScalar
} from "@sallyport/language"

/** An expression of the file, checked; with a program unless something is wrong with it. */
export interface CheckedEntry {
  readonly name: string
  readonly type: Type.Type
  readonly program: Program | undefined
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/** A file of expressions over `event`, with everything that is wrong in it and in the files it names. */
export interface ExpressionFile {
  readonly entries: ReadonlyArray<CheckedEntry>
  readonly diagnostics: ReadonlyArray<Diagnostic>
  /** The sample event, as `variables` of a program. */
  readonly variables: { readonly event: Value }
  /** Codes that the file says its entries must give, by the name of the entry. */
  readonly expected: ReadonlyMap<string, string>
}

/** Reads and checks a file: its schema, its conditions, its values. Throws only where a file cannot be read at all. */
export const readExpressionFile = (path: string): ExpressionFile => {
  const { diagnostics, root } = load(path)
  const schema = fileNamed(path, root, "schema")
  const loadedSchema = schema === undefined ? undefined : load(schema)
  const reading = loadedSchema?.root === undefined ? undefined : readSchema(loadedSchema.root)
  const entries = reading === undefined ? [] : checkEntries(root, environment({ event: reading.type }))
  const sample = fileNamed(path, root, "sample")
  const event = sample === undefined ? undefined : load(sample)
  return {
    entries,
    diagnostics: [
      ...diagnostics,
      ...(loadedSchema?.diagnostics ?? []),
      ...(reading?.diagnostics ?? []),
      ...(event?.diagnostics ?? []),
      ...entries.flatMap((entry) => entry.diagnostics)
    ],
    variables: { event: event?.root === undefined ? null : toJson(event.root) },
    expected: expectedOf(root)
  }
}

const load = (path: string) => loadYaml(new SourceFile(path, readFileSync(path, "utf8")))

const fileNamed = (path: string, root: YamlNode | undefined, key: string): string | undefined => {
  const node = childOf(root, key)
  return node?.kind === "scalar" && typeof node.value === "string"
    ? join(dirname(path), node.value)
    : undefined
}

const checkEntries = (root: YamlNode | undefined, scope: Environment): ReadonlyArray<CheckedEntry> => [
  ...scalarsOf(childOf(root, "conditions")).map(([name, node]) => {
    const { diagnostics, program, type } = compileExpression(node.text, scope, { expected: Type.bool })
    return { name, type, program: hasErrors(diagnostics) ? undefined : program, diagnostics }
  }),
  ...scalarsOf(childOf(root, "values")).map(([name, node]) => {
    const { diagnostics, program, type } = compileTemplate(node.text, scope)
    return { name, type, program, diagnostics }
  })
]

const expectedOf = (root: YamlNode | undefined): ReadonlyMap<string, string> =>
  new Map(scalarsOf(childOf(root, "expected")).map(([name, node]) => [name, node.text.text]))

const childOf = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
  node?.kind === "map" ? node.get(key) : undefined

const scalarsOf = (node: YamlNode | undefined): ReadonlyArray<readonly [string, YamlScalar]> =>
  node?.kind === "map"
    ? node.entries.flatMap(({ key, value }) => (value.kind === "scalar" ? [[key.name, value] as const] : []))
    : []
