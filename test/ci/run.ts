/**
 * The whole CI: the README's own commands in order, all of them even when one fails.
 *
 * The last line is `N passed, N failed`: the tests' own tally, plus one failure for every other step that failed.
 * Exits with 0 when nothing failed, else with 1.
 */
import { resolve } from "node:path"
import { runStep, type StepResult } from "./Step.ts"
import { TestTally } from "../summary/TestTally.ts"

const steps = [
  { name: "check", command: "pnpm check" },
  { name: "lint", command: "pnpm lint" },
  { name: "pack", command: "pnpm run verify:pack" },
  { name: "test", command: "npm test" },
  { name: "demo", command: "npm start" }
] as const

/** The defaults of the simulated services. */
const wellKnownSecrets = [
  "simulated-sekoia-key",
  "simulated-threatwinds-key",
  "simulated-threatwinds-secret",
  "simulated-threatwinds-bearer"
]

const repository = resolve(import.meta.dirname, "../..")
const results: Array<StepResult> = []
for (const step of steps) {
  process.stdout.write(`\n=== ${step.name}: ${step.command}\n`)
  // oxlint-disable-next-line no-await-in-loop -- the steps share two cores and one terminal
  results.push(await runStep(step, repository))
}

// What the simulated services are called with is as good as a secret: nothing may print it.
const printed = wellKnownSecrets.filter((secret) => results.some(({ output }) => output.includes(secret)))
results.push({ name: "secret", ok: printed.length === 0, seconds: 0, output: "" })
if (printed.length > 0) process.stdout.write(`\nprinted above, and may not be: ${printed.join(", ")}\n`)

process.stdout.write("\n=== summary\n")
for (const { name, ok, seconds } of results) {
  process.stdout.write(`${ok ? "ok    " : "FAILED"}  ${name.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s\n`)
}

const tally =
  TestTally.lastIn(results.find(({ name }) => name === "test")?.output ?? "") ?? new TestTally(0, 0, 0)
const unseen = results.filter(({ name, ok }) => !ok && (name !== "test" || tally.failed === 0)).length
const total = tally.withFailures(unseen)
process.stdout.write(`${total.toLine()}\n`)
process.exitCode = total.failed === 0 ? 0 : 1
