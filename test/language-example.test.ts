import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"

const repository = resolve(import.meta.dirname, "..")
// In the repository, so that its packages are found; `dist` is ignored by git.
const directory = join(repository, "dist", `language-example-${process.pid}`)

const [, code = ""] =
  /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(repository, "docs/language.md"), "utf8")) ?? []

/** Runs a program in the directory of the example; gives its exit code with what it printed. */
function run(
  command: string,
  ...parameters: ReadonlyArray<string>
): { status: number | null; output: string } {
  const { status, stderr, stdout } = spawnSync(command, parameters, { cwd: directory, encoding: "utf8" })
  return { status, output: stdout + stderr }
}

describe("the example in docs/language.md", () => {
  beforeAll(() => {
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, "example.ts"), code)
    writeFileSync(
      join(directory, "tsconfig.json"),
      JSON.stringify({
        extends: "../../tsconfig.base.json",
        compilerOptions: {
          composite: false,
          noEmit: true,
          incremental: false,
          allowImportingTsExtensions: true,
          plugins: []
        },
        files: ["example.ts"]
      })
    )
  })

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true })
  })

  it("runs and gives what its comments say", () => {
    const { output, status } = run(process.execPath, "example.ts")
    expect(status, output).toBe(0)
    expect(output).toContain('error[SP1105]: "and" is not an operator\n --> rule.yaml:1:25')
    expect(output).toContain("{ ok: true, value: true }")
    expect(output).toContain("{ ok: true, value: 'Seen evil.example' }")
    expect(code.match(/\/\/ \{ ok/g)).toHaveLength(2)
  })

  it("is correct in its types, without a non-null assertion", () => {
    const { output, status } = run(
      process.execPath,
      join(repository, "node_modules/typescript/bin/tsc"),
      "-p",
      "."
    )
    expect(status, output).toBe(0)
    expect(code).not.toMatch(/\w!(?!=)/)
  })
})
