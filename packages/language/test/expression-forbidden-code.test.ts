import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"

const script = join(import.meta.dirname, "fixtures", "evaluate-without-eval.ts")

const run = (...flags: ReadonlyArray<string>): unknown => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [...flags, script], { encoding: "utf8" })
  expect(stderr).toBe("")
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

const value = { ok: true, value: [20, 30] }

describe("where code generation is forbidden", () => {
  it("every mode runs closures and gives the same values", () => {
    expect(run("--disallow-code-generation-from-strings")).toEqual([
      { mode: "auto", hasCode: false, last: value },
      { mode: "generate", hasCode: false, last: value },
      { mode: "interpret", hasCode: false, last: value }
    ])
  })

  it("which it is not without that flag", () => {
    expect(run()).toEqual([
      { mode: "auto", hasCode: true, last: value },
      { mode: "generate", hasCode: true, last: value },
      { mode: "interpret", hasCode: false, last: value }
    ])
  })
})
