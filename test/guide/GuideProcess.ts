import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

/** Where the repository is. */
export const repository = resolve(import.meta.dirname, "../..")

/** How a program ended, and all that it printed. */
export interface Printed {
  readonly status: number | null
  readonly text: string
}

/** Variables for a program; nothing of the environment of the tests reaches it. */
export type Variables = { readonly [name: string]: string }

/** Runs a TypeScript file of the repository, or of a directory, until it ends. */
export const runProgram = (
  file: string,
  parameters: ReadonlyArray<string>,
  { cwd = repository, env = {} }: { readonly cwd?: string; readonly env?: Variables } = {}
): Printed => {
  const { error, status, stderr, stdout } = spawnSync(
    process.execPath,
    [resolve(repository, file), ...parameters],
    { cwd, encoding: "utf8", env: { PATH: "/usr/bin:/bin", HOME: home, XDG_CACHE_HOME: cache, ...env } }
  )
  if (error !== undefined) throw error
  return { status, text: stdout + stderr }
}

/** Runs `pnpm sallyport …` as a page writes it: words without quotes. */
export const runCommand = (
  line: string,
  options?: { readonly cwd?: string; readonly env?: Variables }
): Printed => {
  const [pnpm, sallyport, ...parameters] = line.split(" ")
  if (pnpm !== "pnpm" || sallyport !== "sallyport") throw new Error(`not a command of sallyport: ${line}`)
  return runProgram("packages/cli/src/main.ts", parameters, options)
}

/** A program that goes on, and the variables that it printed when it began. */
export interface Service {
  readonly env: Variables
  readonly stop: () => void
}

/** Starts a program that prints lines `export NAME=VALUE`, and waits for so many of them. */
export const startService = (
  file: string,
  parameters: ReadonlyArray<string>,
  lines: number
): Promise<Service> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [resolve(repository, file), ...parameters], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    let printed = ""
    child.on("error", failed)
    child.on("exit", () => failed(new Error(`${file} ended early`)))
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString()
      const found = [...printed.matchAll(/^export ([A-Z_]+)=(.+)\n/gm)]
      if (found.length >= lines)
        done({
          env: Object.fromEntries(found.map(([, name = "", value = ""]) => [name, value])),
          stop: () => void child.kill("SIGKILL")
        })
    })
  })

/** A new directory inside a package, where imports find what that one depends on; ignored by git. */
export const directoryInside = (owner: string): string => {
  const output = join(repository, owner, "dist")
  mkdirSync(output, { recursive: true })
  return mkdtempSync(join(output, "guide-"))
}

/** What the compiler prints about all TypeScript in a directory. */
export const compile = (directory: string): string => {
  const project = {
    extends: join(repository, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      composite: false,
      declaration: false,
      declarationMap: false,
      sourceMap: false,
      rootDir: repository,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true
    },
    include: ["**/*.ts"]
  }
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(project))
  const compiler = join(repository, "node_modules/typescript/bin/tsc")
  return runProgram(compiler, ["-p", ".", "--pretty", "false"], { cwd: directory }).text
}

const home = mkdtempSync(join(tmpdir(), "sallyport-guide-"))
const cache = join(tmpdir(), "sallyport-test-cache")
process.on("exit", () => rmSync(home, { recursive: true, force: true }))
