/** How many tests passed, failed and were skipped, and the one line that says so. */
export class TestTally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number

  constructor(passed: number, failed: number, skipped: number) {
    this.passed = passed
    this.failed = failed
    this.skipped = skipped
  }

  /** `12 passed, 0 failed`, or `12 passed, 0 failed, 3 skipped`. */
  toLine(): string {
    const line = `${this.passed} passed, ${this.failed} failed`
    return this.skipped === 0 ? line : `${line}, ${this.skipped} skipped`
  }

  /** The tally in the last line of `output` that is one; `undefined` when there is none. Inverse of `toLine`. */
  static lastIn(output: string): TestTally | undefined {
    const lines = output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)
    const last = [...lines].at(-1)
    if (last === undefined) return undefined
    return new TestTally(Number(last[1]), Number(last[2]), Number(last[3] ?? 0))
  }

  /** This tally with `count` more failures. */
  withFailures(count: number): TestTally {
    return new TestTally(this.passed, this.failed + count, this.skipped)
  }
}
