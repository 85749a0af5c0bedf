import { type Comment, type Expression, parseSync, type Program, Visitor } from "oxc-parser"
import { type Place, placeAt } from "./Place.ts"
import type { RepositoryFile } from "./RepositoryFile.ts"

/** What is written in an import: a static one, `export … from`, `import()` or the type `import("…")`. */
export interface ModuleImport {
  /** The text between the quotes; `undefined` when it is computed at run time. */
  readonly specifier: string | undefined
  /** Erased before the program runs: `import type`, `export type … from`, the type `import("…")`. */
  readonly typeOnly: boolean
  readonly place: Place
}

/** A TypeScript file, parsed. */
export interface ParsedModule {
  readonly file: RepositoryFile
  /** In the order of the file. */
  readonly imports: ReadonlyArray<ModuleImport>
  readonly program: Program
  readonly comments: ReadonlyArray<Comment>
}

/** Parses a file. Throws when it is not TypeScript: the type checker has then failed already. */
export function parseModule(file: RepositoryFile): ParsedModule {
  const { program, comments, errors } = parseSync(file.path, file.text)
  const [error] = errors
  if (error !== undefined) throw new Error(`${file.path}: ${error.message}`)
  return { file, imports: importsOf(program, file), program, comments }
}

function importsOf(program: Program, file: RepositoryFile): ReadonlyArray<ModuleImport> {
  const imports: Array<ModuleImport> = []
  const add = (source: Expression | null, kind: "type" | "value") => {
    if (source === null) return
    imports.push({
      specifier: literalOf(source),
      typeOnly: kind === "type",
      place: placeAt(file, source.start)
    })
  }
  new Visitor({
    // `import { type A }` stays as `import {}` and loads the file (TypeScript's `verbatimModuleSyntax`): a value import.
    ImportDeclaration: ({ source, importKind }) => add(source, importKind ?? "value"),
    ExportNamedDeclaration: ({ source, exportKind }) => add(source, exportKind ?? "value"),
    ExportAllDeclaration: ({ source, exportKind }) => add(source, exportKind ?? "value"),
    ImportExpression: ({ source }) => add(source, "value"),
    TSImportType: ({ source }) => add(source, "type")
  }).visit(program)
  return imports
}

/** The value of a string literal and of a template without holes. */
function literalOf(source: Expression): string | undefined {
  if (source.type === "Literal") return typeof source.value === "string" ? source.value : undefined
  if (source.type !== "TemplateLiteral" || source.expressions.length > 0) return undefined
  return source.quasis[0]?.value.cooked ?? undefined
}
