import { defineConfig } from "vitest/config"
import { SummaryReporter } from "./test/summary/SummaryReporter.ts"

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "connectors/*/test/**/*.test.ts", "test/**/*.test.ts"],
    reporters: ["default", new SummaryReporter()],
    // Timings never decide a test: this only ends what hangs.
    testTimeout: 120_000,
    // Many tests wait for processes that they start; without this one core of two would only look on.
    maxWorkers: "100%",
    // One worker context for all files of a worker: 33 files take 1.8 s instead of 13.4 s. Tests share no mutable module state.
    isolate: false
  }
})
