import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "@effect/vitest"

const repository = resolve(import.meta.dirname, "../..")
const passing = `import { it } from "vitest"\nit("passes", () => {})\n`

// Every test starts a whole vitest; the limit only ends a hang.
describe("the last line of a test run", { timeout: 60_000 }, () => {
  let directory = ""

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "sallyport-summary-"))
    mkdirSync(join(directory, "test"))
    symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"), "junction")
    const reporter = JSON.stringify(join(import.meta.dirname, "SummaryReporter.ts"))
    writeFileSync(
      join(directory, "vitest.config.ts"),
      `import { SummaryReporter } from ${reporter}
       export default { test: { include: ["test/*.test.ts"], reporters: ["default", new SummaryReporter()] } }`
    )
  })

  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  /** Runs vitest itself over the given test files and gives its last line and exit code. */
  function run(files: Readonly<Record<string, string>>): {
    readonly last: string
    readonly code: number | null
  } {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(directory, "test", `${name}.test.ts`), text)
    }
    const vitest = join(repository, "node_modules/vitest/vitest.mjs")
    const result = spawnSync(process.execPath, [vitest, "run"], { cwd: directory, encoding: "utf8" })
    return { last: result.stdout.trimEnd().split("\n").at(-1) ?? "", code: result.status }
  }

  it("counts tests, not files", () => {
    const two = `import { it } from "vitest"\nit("a", () => {})\nit("b", () => {})\n`
    expect(run({ one: passing, two })).toEqual({ last: "3 passed, 0 failed", code: 0 })
  })

  it("names failed and skipped tests", () => {
    const mixed = `import { it } from "vitest"
      it("passes", () => {})
      it("fails", () => { throw new Error("no") })
      it.skip("is skipped", () => {})
      it.todo("is not written")`
    expect(run({ mixed })).toEqual({ last: "1 passed, 1 failed, 2 skipped", code: 1 })
  })

  it("counts a file that does not load as a failure", () => {
    expect(run({ passing, unloadable: `import "./missing.ts"\n` })).toEqual({
      last: "1 passed, 1 failed",
      code: 1
    })
  })

  it("counts a failing hook as a failure and the tests behind it as skipped", () => {
    const hook = `import { beforeAll, describe, it } from "vitest"
      describe("suite", () => { beforeAll(() => { throw new Error("no") }); it("never runs", () => {}) })`
    expect(run({ passing, hook })).toEqual({ last: "1 passed, 1 failed, 1 skipped", code: 1 })
  })

  it("counts an error outside all tests as a failure", () => {
    const loose = `import { it } from "vitest"
      it("passes", () => { void Promise.reject(new Error("nobody waits for this")) })`
    expect(run({ loose })).toEqual({ last: "1 passed, 1 failed", code: 1 })
  })

  it("is a failure when there is no test at all", () => {
    expect(run({})).toEqual({ last: "0 passed, 1 failed", code: 1 })
  })
})
