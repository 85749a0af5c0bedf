import { spawn } from "node:child_process"
import { once } from "node:events"

/** One command of the CI. `command` is given to the shell as it stands. */
export interface Step {
  readonly name: string
  readonly command: string
}

/** How a step ended. `output` is what it wrote to standard output; `seconds` is wall-clock time. */
export interface StepResult {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

/** Runs a step in `directory`, without standard input. Its output is shown as it comes. Never rejects. */
export async function runStep(step: Step, directory: string): Promise<StepResult> {
  const started = performance.now()
  // A shell, because `npm` and `pnpm` are scripts with another ending on Windows.
  const child = spawn(step.command, { cwd: directory, shell: true, stdio: ["ignore", "pipe", "inherit"] })
  let output = ""
  child.stdout.setEncoding("utf8")
  child.stdout.on("data", (text: string) => {
    output += text
    process.stdout.write(text)
  })
  const ok = await once(child, "close").then(
    ([code]) => code === 0,
    (reason: unknown) => {
      process.stderr.write(`cannot run ${step.command}: ${String(reason)}\n`)
      return false
    }
  )
  return { name: step.name, ok, seconds: (performance.now() - started) / 1000, output }
}
