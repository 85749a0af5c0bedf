import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Exit from "effect/Exit"
import { ExitCode } from "./ExitCode.ts"
import { packageVersion } from "./PackageVersion.ts"
import { runProgram } from "./Program.ts"

/** Runs `sallyport` as this process: with its arguments, its signals and its exit code. */
export const runMain = (): void => {
  let isTerminated = false
  process.once("SIGTERM", () => {
    isTerminated = true
  })
  NodeRuntime.runMain(runProgram(process.argv.slice(2), packageVersion()), {
    disableErrorReporting: true,
    teardown: (exit, onExit) => {
      const code = Exit.isSuccess(exit) ? codeOf(exit.value) : ExitCode.interrupted
      onExit(isTerminated && code === ExitCode.interrupted ? ExitCode.terminated : code)
    }
  })
}

/** `runMain` of Effect knows of no types here. */
const codeOf = (value: unknown): number => (typeof value === "number" ? value : ExitCode.done)
