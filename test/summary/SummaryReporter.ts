import type { Reporter, SerializedError, TestModule, TestRunEndReason } from "vitest/node"
import { TestTally } from "./TestTally.ts"

/**
 * Prints `N passed, N failed` (and `, N skipped` when there are some) as the last line of a test run.
 *
 * CI and scripts read this line, so it counts tests and never files, and no failure can hide: a test file that does not
 * load, a failing `beforeAll`, an error outside all tests and a run without a single test are failures too.
 */
export class SummaryReporter implements Reporter {
  readonly #write: (text: string) => void

  constructor(write: (text: string) => void = (text) => process.stdout.write(text)) {
    this.#write = write
  }

  onTestRunEnd(
    modules: ReadonlyArray<TestModule>,
    unhandledErrors: ReadonlyArray<SerializedError>,
    reason: TestRunEndReason
  ): void {
    const line = countRun(modules, unhandledErrors.length, reason).toLine()
    // The other reporters print their own summary in this same event, some of them asynchronously. Vitest ends the
    // process when all are done, so what is written at exit is the last.
    process.once("exit", () => this.#write(`${line}\n`))
  }
}

function countRun(
  modules: ReadonlyArray<TestModule>,
  unhandledErrors: number,
  reason: TestRunEndReason
): TestTally {
  let passed = 0
  let failed = unhandledErrors
  let skipped = 0
  for (const module of modules) {
    failed += brokenContainers(module)
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === "passed") passed++
      else if (state === "skipped") skipped++
      // "pending": its worker died or the run was interrupted. It did not pass.
      else failed++
    }
  }
  const nothingRan = passed + failed + skipped === 0
  if (failed === 0 && (reason !== "passed" || nothingRan)) failed = 1
  return new TestTally(passed, failed, skipped)
}

/** The file itself and the `describe`s in it that failed outside their tests: an import error, a failing hook. */
function brokenContainers(module: TestModule): number {
  let broken = module.errors().length > 0 ? 1 : 0
  for (const suite of module.children.allSuites()) if (suite.errors().length > 0) broken++
  return broken
}
