/**
 * The demo of the ground floor: checks YAML files of expressions against a JSON Schema, and runs what is right.
 *
 *     npm start                         the two files of the tour
 *     npm start -- FILE… [--format F]   your own; F is pretty (default), json, sarif or github
 *
 * Exits with 0 when all is right, 1 when something is wrong, 2 when it was called wrongly.
 */
import { existsSync } from "node:fs"
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
  wantsColor
} from "@sallyport/language"
import { type CheckedEntry, type ExpressionFile, readExpressionFile } from "./ExpressionFile.ts"

const formats = ["pretty", "json", "sarif", "github"] as const
type Format = (typeof formats)[number]

const main = (): number => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { format: { type: "string", default: "pretty" } }
  })
  const format = formats.find((name) => name === values.format)
  if (format === undefined) return usage(`--format is one of ${formats.join(", ")}, not "${values.format}"`)
  const missing = positionals.find((path) => !existsSync(path))
  if (missing !== undefined) return usage(`there is no file "${missing}"`)
  if (positionals.length > 0) return check(positionals, format)
  return tour()
}

const check = (paths: ReadonlyArray<string>, format: Format): number => {
  const files = paths.map(readExpressionFile)
  const diagnostics = files.flatMap((file) => file.diagnostics)
  if (format === "pretty") for (const file of files) printEntries(file)
  process.stdout.write(render(diagnostics, format))
  return hasErrors(diagnostics) ? 1 : 0
}

const tour = (): number => {
  const right = readTourFile("expressions.yaml")
  print("Expressions that are right, with their types and what they give for docs/tour/event.json:\n")
  const isRight = printEntries(right)
  process.stdout.write(render(right.diagnostics, "pretty"))
  const wrong = readTourFile("mistakes.yaml")
  print("\nExpressions with mistakes, all found before anything runs:\n")
  process.stdout.write(render(wrong.diagnostics, "pretty"))
  const missed = wrong.entries.filter((entry) => !isFound(entry, wrong.expected))
  for (const { name } of missed)
    print(`the mistake in ${name} was not found: ${wrong.expected.get(name)} was expected`)
  const found = wrong.entries.length - missed.length
  print(`\n${right.entries.length} expressions right, ${found} of ${wrong.entries.length} mistakes found.`)
  print("Now change docs/tour/expressions.yaml and run this again; each code has a page in docs/errors/.")
  return isRight && right.diagnostics.length === 0 && missed.length === 0 && found > 0 ? 0 : 1
}

const readTourFile = (name: string): ExpressionFile =>
  readExpressionFile(relative(process.cwd(), join(import.meta.dirname, name)))

const isFound = ({ diagnostics, name }: CheckedEntry, expected: ReadonlyMap<string, string>): boolean =>
  diagnostics.some(({ code }) => code === expected.get(name))

/** Prints each entry that is right; false when one fails when it runs. */
const printEntries = ({ entries, variables }: ExpressionFile): boolean => {
  const width = Math.max(0, ...entries.map(({ name }) => name.length))
  let isRight = true
  for (const { name, program, type } of entries) {
    if (program === undefined) continue
    const result = program.evaluate(variables)
    if (!result.ok) {
      isRight = false
      process.stdout.write(render([result.diagnostic], "pretty"))
      continue
    }
    print(`  ${name.padEnd(width)}  ${showType(type)}  =  ${JSON.stringify(jsonOf(result.value))}`)
  }
  return isRight
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

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const usage = (problem: string): number => {
  process.stderr.write(`${problem}\nusage: npm start -- [FILE…] [--format ${formats.join("|")}]\n`)
  return 2
}

process.exitCode = main()
