import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type * as Scope from "effect/Scope"

/** How a process ended and what it printed. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Where a process runs, and all it has of an environment and of standard input. */
export interface RunOptions {
  readonly cwd: string
  readonly env: { readonly [name: string]: string }
  readonly input?: string
}

/** The repository. */
export const repository = resolve(import.meta.dirname, "../..")

/** Runs `sallyport` as a process of its own until it ends; it is killed when the effect is interrupted. */
export const sallyport = (
  args: ReadonlyArray<string>,
  { cwd, env, input }: RunOptions
): Effect.Effect<Ended> =>
  Effect.callback((resume) => {
    const child = spawn(process.execPath, [join(repository, "packages/cli/src/main.ts"), ...args], {
      cwd,
      env: { PATH: "/usr/bin:/bin", XDG_CACHE_HOME: join(tmpdir(), "sallyport-test-cache"), ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"]
    })
    const output = { out: "", err: "" }
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output.out += text
    })
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output.err += text
    })
    child.stdin?.on("error", () => undefined)
    child.stdin?.end(input)
    child.on("close", (code) => resume(Effect.succeed({ code, ...output })))
    return Effect.sync(() => child.kill("SIGKILL"))
  })

/** A directory of its own that is removed with the scope. */
export const temporaryDirectory: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sallyport-secrets-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)
