import { describe, expect, it } from "@effect/vitest"
import type { Json } from "@sallyport/language"
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { at, listAt, textAt } from "./Client.ts"
import { parseJson } from "../src/json/JsonText.ts"

/** Runs a suite in a process of its own. Gives the names of its tests, by how they ended. */
const outcome = (suite: string) => {
  const directory = mkdtempSync(join(tmpdir(), "sallyport-contract-"))
  try {
    const file = join(directory, "report.json")
    const { stderr } = spawnSync(
      process.execPath,
      [
        join(import.meta.dirname, "../node_modules/vitest/vitest.mjs"),
        "run",
        suite,
        `--config=${join(fixtures, "contract.config.ts")}`,
        "--reporter=json",
        `--outputFile=${file}`
      ],
      { encoding: "utf8", cwd: fixtures }
    )
    const report = existsSync(file) ? parseJson(readFileSync(file, "utf8")) : undefined
    if (report === undefined) throw new Error(stderr)
    return outcomeOf(report)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const fixtures = join(import.meta.dirname, "fixtures")

const outcomeOf = (report: Json) => {
  const tests = listAt(report, "testResults", 0, "assertionResults")
  const named = (status: string) =>
    tests
      .filter((test) => at(test, "status") === status)
      .map((test) =>
        [...listAt(test, "ancestorTitles").slice(1), at(test, "title")].map((part) => textAt(part)).join(": ")
      )
  return { passed: named("passed"), failed: named("failed") }
}

describe("the contract of connectors", () => {
  it("is passed by a connector that keeps it, coded actions and triggers too", () => {
    const { failed, passed } = outcome("right-connector.ts")
    expect(failed).toEqual([])
    expect(passed).toContain(
      "its action do_thing: sends nothing twice after a failure that leaves its outcome unknown, and says so"
    )
    expect(passed).toContain(
      "its action search_things: repeats its request after each failure that is declared to be worth it"
    )
    expect(passed).toContain(
      "its trigger things: gives events with keys, sets nothing aside and goes on from a stored state: A page"
    )
    expect(passed).toContain('its action get_thing: refuses an input without "id" before any request')
  })

  it("is shown in the README by the very connector that passes it", () => {
    const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8")
    expect(readme).toContain(readFileSync(join(fixtures, "right-connector.ts"), "utf8"))
  })

  it("fails exactly where a connector breaks it", () => {
    const { failed } = outcome("wrong-connector.ts")
    expect(failed.toSorted()).toEqual([
      "its action bare_thing: has an example, or a reason why it has none",
      "its action do_thing: sends nothing twice after a failure that leaves its outcome unknown, and says so",
      "its action do_thing: shows no secret in an error, a log line or a span, whatever the service answers",
      'its action get_thing: in the example "With fields": sends exactly its request, once, with each name of the query once, and gives exactly its output',
      'its action get_thing: refuses an input with a wrong "fields" before any request',
      'its action get_thing: refuses an input with a wrong "id" before any request',
      "its action get_thing: refuses an input with an input that it does not have before any request",
      'its action get_thing: refuses an input without "id" before any request',
      "its trigger things: gives events with keys, sets nothing aside and goes on from a stored state: A page"
    ])
  })
})
