import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join, resolve } from "node:path"

/** An error of the compiler. */
export interface CompilerError {
  readonly line: number
  /** Its message with the lines that explain it. */
  readonly message: string
}

/**
 * Compiles TypeScript that imports `@sallyport/runtime` and `effect`, given as file names and texts, in one run of the
 * compiler. The errors by file, in order. The files are written into the package, so that imports find what they name.
 */
export const compile = (files: {
  readonly [file: string]: string
}): ReadonlyMap<string, ReadonlyArray<CompilerError>> => {
  const directory = temporaryDirectory()
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text)
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(project))
    const { error, status, stderr, stdout } = spawnSync(
      process.execPath,
      [compiler, "-p", ".", "--pretty", "false"],
      {
        cwd: directory,
        encoding: "utf8"
      }
    )
    if (error !== undefined) throw error
    if (status === null || stderr !== "") throw new Error(`the compiler failed: ${stderr}`)
    return errorsIn(stdout)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** A new directory inside the package, ignored by git and by its `tsconfig.json`. */
export const temporaryDirectory = (): string => {
  const output = join(packageDirectory, "dist")
  mkdirSync(output, { recursive: true })
  return mkdtempSync(join(output, "test-"))
}

const packageDirectory = resolve(import.meta.dirname, "..")

const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc")

const project = {
  extends: "../../../../tsconfig.base.json",
  compilerOptions: {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    sourceMap: false,
    rootDir: "../../../..",
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true
  },
  include: ["*.ts"]
}

const errorsIn = (output: string): ReadonlyMap<string, ReadonlyArray<CompilerError>> => {
  const errors = new Map<string, Array<{ line: number; message: string }>>()
  let last: { line: number; message: string } | undefined
  for (const row of output.split("\n")) {
    const [, file, line, message] = /^(.+?)\((\d+),\d+\): error (.*)$/.exec(row) ?? []
    if (file !== undefined && line !== undefined && message !== undefined) {
      last = { line: Number(line), message }
      errors.set(file, [...(errors.get(file) ?? []), last])
    } else if (last !== undefined && row.startsWith(" ")) last.message += `\n${row.trim()}`
    else if (row.trim() !== "") throw new Error(`the compiler says ${row}`)
  }
  return errors
}

/** The text of a file beside the tests. */
export const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, "fixtures", name), "utf8")
