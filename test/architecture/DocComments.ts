import type { Class, Directive, Statement } from "oxc-parser"
import type { ParsedModule } from "./ParsedModule.ts"
import { placeAt } from "./Place.ts"
import type { Violation } from "./Violation.ts"
import type { Workspace } from "./Workspace.ts"

/** A name that a file declares, and the offset before which its doc comment stands. */
interface Declaration {
  readonly name: string
  readonly start: number
}

/**
 * Every exported symbol of a `src`, and every public method of an exported class, has a doc comment. Of overloads, and
 * of a value and a type that share a name, one is enough. What is re-exported is documented where it is declared.
 */
export function findUndocumentedExports(workspace: Workspace): ReadonlyArray<Violation> {
  return workspace.sources
    .filter(({ file }) => !/\.gen\.[cm]?tsx?$/.test(file.path))
    .flatMap((module) => [...undocumentedSymbols(module), ...undocumentedMethods(module)])
}

function undocumentedSymbols(module: ParsedModule): ReadonlyArray<Violation> {
  const declarations = module.program.body.flatMap(declarationsOf)
  const documented = new Set(
    declarations.filter(({ start }) => isDocumented(module, start)).map(({ name }) => name)
  )
  const missing = new Map(
    declarations
      .filter(({ name }) => !documented.has(name))
      .map((declaration) => [declaration.name, declaration])
  )
  return [...exportedNames(module)].flatMap((name) => {
    const declaration = missing.get(name)
    return declaration === undefined ? [] : [undocumented(module, declaration.start, name)]
  })
}

function undocumentedMethods(module: ParsedModule): ReadonlyArray<Violation> {
  const exported = exportedNames(module)
  return module.program.body.flatMap((statement) => {
    const body = declarationIn(statement)
    if (body?.type !== "ClassDeclaration" || !exported.has(body.id?.name ?? "default")) return []
    return publicMethods(body)
      .filter(({ start }) => !isDocumented(module, start))
      .map(({ start, name }) => undocumented(module, start, `${body.id?.name ?? "default"}.${name}`))
  })
}

function publicMethods(body: Class): ReadonlyArray<Declaration> {
  return body.body.body.flatMap((member) => {
    if (member.type !== "MethodDefinition" || member.kind === "constructor" || member.override) return []
    if (member.accessibility === "private" || member.accessibility === "protected") return []
    return member.key.type === "Identifier" ? [{ name: member.key.name, start: member.start }] : []
  })
}

/** The names a file exports of its own, as it declares them. */
function exportedNames({ program }: ParsedModule): ReadonlySet<string> {
  const names = program.body.flatMap((statement) => {
    if (statement.type === "ExportDefaultDeclaration")
      return declarationsOf(statement).map(({ name }) => name)
    if (statement.type !== "ExportNamedDeclaration" || statement.source !== null) return []
    const local = statement.specifiers.flatMap(({ local: name }) =>
      name.type === "Identifier" ? [name.name] : []
    )
    return [...declarationsOf(statement).map(({ name }) => name), ...local]
  })
  return new Set(names)
}

function declarationsOf(statement: Statement | Directive): ReadonlyArray<Declaration> {
  const declared = declarationIn(statement)
  if (declared === undefined) {
    return statement.type === "ExportDefaultDeclaration" ? [{ name: "default", start: statement.start }] : []
  }
  return namesOf(declared).map((name) => ({ name, start: statement.start }))
}

type Declared = Exclude<ReturnType<typeof declarationIn>, undefined>

function declarationIn(statement: Statement | Directive) {
  const declared =
    statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration"
      ? statement.declaration
      : statement
  switch (declared?.type) {
    case "VariableDeclaration":
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return declared
    default:
      return undefined
  }
}

function namesOf(declared: Declared): ReadonlyArray<string> {
  if (declared.type === "VariableDeclaration") {
    return declared.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []))
  }
  return [declared.id?.name ?? "default"]
}

/** True when a doc comment with words in it stands before `start`, with nothing but comments and space between. */
function isDocumented({ file, comments }: ParsedModule, start: number): boolean {
  let end = start
  for (const comment of comments.toReversed()) {
    if (comment.end > start) continue
    if (file.text.slice(comment.end, end).trim() !== "") return false
    if (comment.type === "Block" && comment.value.startsWith("*")) return /\w/.test(comment.value)
    end = comment.start
  }
  return false
}

function undocumented({ file }: ParsedModule, start: number, name: string): Violation {
  return { place: placeAt(file, start), message: `exports ${name} without a doc comment` }
}
