/**
 * The tour of the expression language: checks YAML files of expressions against a JSON Schema, and runs what is right.
 *
 *     npm run tour                         the two files of the tour
 *     npm run tour -- FILE… [--format F]   your own; F is pretty (default), json, sarif or github
 *
 * Exits with 0 when all is right, 1 when something is wrong, 2 when it was called wrongly or cannot read a file.
 */
import { join, relative } from "node:path"
import { parseArgs } from "node:util"
import {
  type Diagnostic,
  hasErrors,
  jsonOf,
  languageCodes,
  renderGithub,
  renderJson,
  renderSarif,
  renderTerminal,
  showType,
  type Value,
  wantsColor
} from "@sallyport/language"
import { type CheckedEntry, type ExpressionFile, readExpressionFile } from "./ExpressionFile.ts"
import { UnreadableFile } from "./TextFile.ts"

const formats = ["pretty", "json", "sarif", "github"] as const
type Format = (typeof formats)[number]

const main = (): number => {
  const call = readCall()
  if (typeof call === "string") return usage(call)
  try {
    return call.paths.length > 0 ? check(call.paths, call.format) : tour()
  } catch (thrown) {
    if (!(thrown instanceof UnreadableFile)) throw thrown
    process.stderr.write(`${thrown.message}\n`)
    return 2
  }
}

/** How the program was called, or what is wrong with that. */
const readCall = (): { readonly paths: ReadonlyArray<string>; readonly format: Format } | string => {
  // Not strict: what `parseArgs` throws for a wrong option speaks to programmers.
  const { positionals, tokens } = parseArgs({
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: { format: { type: "string" } }
  })
  let format: Format = "pretty"
  for (const token of tokens) {
    if (token.kind !== "option") continue
    if (token.name !== "format") return `there is no option ${token.rawName}`
    const wanted = formats.find((name) => name === token.value)
    if (wanted === undefined) return `--format is one of ${formats.join(", ")}, not "${token.value ?? ""}"`
    format = wanted
  }
  if (format !== "pretty" && positionals.length === 0) return `--format ${format} needs a FILE`
  return { paths: positionals, format }
}

const check = (paths: ReadonlyArray<string>, format: Format): number => {
  const files = paths.map(readExpressionFile)
  const diagnostics = files.flatMap((file) => file.diagnostics)
  if (format === "pretty") for (const file of files) printEntries(file)
  process.stdout.write(render(diagnostics, format))
  if (format === "pretty" && diagnostics.length === 0)
    print(`nothing is wrong with ${counted(files.flatMap((file) => file.entries).length)}`)
  return hasErrors(diagnostics) ? 1 : 0
}

const tour = (): number => {
  const right = readTourFile("expressions.yaml")
  print("Expressions, with their types and what they give for docs/tour/event.json:\n")
  printEntries(right)
  if (right.diagnostics.length > 0) {
    process.stdout.write(render(right.diagnostics, "pretty"))
    print("\nEach code has a page in docs/errors/.")
    return 1
  }
  const wrong = readTourFile("mistakes.yaml")
  print("Expressions with mistakes, all found before anything runs:\n")
  process.stdout.write(render(wrong.diagnostics, "pretty"))
  const missed = wrong.entries.filter((entry) => !isFound(entry, wrong.expected))
  for (const { name } of missed)
    print(`the mistake in ${name} was not found: ${wrong.expected.get(name)} was expected`)
  const found = wrong.entries.length - missed.length
  print(`\n${counted(right.entries.length)} right, ${found} of ${wrong.entries.length} mistakes found.`)
  print("Now change docs/tour/expressions.yaml and run this again; each code has a page in docs/errors/.")
  return missed.length === 0 && right.entries.length > 0 && found > 0 ? 0 : 1
}

const readTourFile = (name: string): ExpressionFile =>
  readExpressionFile(relative(process.cwd(), join(import.meta.dirname, name)))

const isFound = ({ diagnostics, name }: CheckedEntry, expected: ReadonlyMap<string, string>): boolean =>
  diagnostics.some(({ code }) => code === expected.get(name))

/** Prints each entry that is right, and an empty line behind them. */
const printEntries = ({ entries }: ExpressionFile): void => {
  const right = entries.filter(({ diagnostics }) => !hasErrors(diagnostics))
  const width = Math.max(0, ...right.map(({ name }) => name.length))
  for (const { name, type, value } of right) {
    print(`  ${name.padEnd(width)}  ${showType(type)}${value === undefined ? "" : `  =  ${shown(value)}`}`)
  }
  if (right.length > 0) print("")
}

const shown = (value: Value): string => {
  const json = jsonOf(value)
  return json === undefined ? "a value that JSON does not have" : JSON.stringify(json)
}

const render = (diagnostics: ReadonlyArray<Diagnostic>, format: Format): string => {
  switch (format) {
    case "json":
      return renderJson(diagnostics)
    case "sarif":
      return renderSarif(diagnostics, { registry: languageCodes, version: "0.0.0" })
    case "github":
      return renderGithub(diagnostics)
    case "pretty":
      return renderTerminal(diagnostics, { color, width: process.stdout.columns ?? 100 })
  }
}

// oxlint-disable-next-line node/no-process-env -- this is a command, the place where the environment is read
const color = wantsColor(process.env, process.stdout.isTTY)

const counted = (expressions: number): string =>
  expressions === 1 ? "1 expression" : `${expressions} expressions`

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const usage = (problem: string): number => {
  process.stderr.write(`${problem}\nusage: npm run tour -- [FILE… [--format ${formats.join("|")}]]\n`)
  return 2
}

// `npm run tour | head` closes the pipe early: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
})

process.exitCode = main()
