import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type ChildProcess, spawn } from "node:child_process"
import { copyFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

/** The repository, where the shipped manifests are. */
export const repository = resolve(import.meta.dirname, "../../..")

/** How a process ended and what it printed. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** With what a process is started. Nothing of the environment of the tests reaches it. */
export interface StartOptions {
  readonly cwd?: string
  readonly env?: { readonly [name: string]: string }
  /** Standard input; without it there is none. */
  readonly input?: string
}

/** Runs `sallyport` as a process of its own and waits until it ends; killed with the scope of the test. */
export const sallyport = (args: ReadonlyArray<string>, options: StartOptions = {}): Effect.Effect<Ended> =>
  Effect.scoped(Effect.flatMap(start(args, options), ({ ended }) => ended))

/** A process that is under way. */
export interface Running {
  readonly process: ChildProcess
  readonly ended: Effect.Effect<Ended>
  /** Waits until what was printed on standard output holds a text. */
  readonly printed: (text: string) => Effect.Effect<void>
  /** Waits until what was printed on standard error holds a text. */
  readonly reported: (text: string) => Effect.Effect<void>
}

/** Starts `sallyport`; it is killed with the scope. */
export const start = (
  args: ReadonlyArray<string>,
  { cwd = repository, env = {}, input }: StartOptions = {}
): Effect.Effect<Running, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const child = spawn(process.execPath, [join(repository, "packages/cli/src/main.ts"), ...args], {
        cwd,
        env: { PATH: "/usr/bin:/bin", HOME: home, XDG_CACHE_HOME: cache, ...env },
        stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"]
      })
      const output = { out: "", err: "" }
      const waiting = new Set<() => void>()
      child.stdout?.on("data", (chunk: Buffer) => {
        output.out += chunk.toString()
        for (const look of waiting) look()
      })
      child.stderr?.on("data", (chunk: Buffer) => {
        output.err += chunk.toString()
        for (const look of waiting) look()
      })
      child.stdin?.on("error", () => undefined)
      child.stdin?.end(input)
      const closed = new Promise<Ended>((done) => {
        child.on("close", (code) => done({ code, ...output }))
      })
      const until = (stream: "out" | "err", text: string): Effect.Effect<void> =>
        Effect.callback((done) => {
          const look = (): void => {
            if (output[stream].includes(text)) done(Effect.void)
          }
          waiting.add(look)
          look()
          return Effect.sync(() => waiting.delete(look))
        })
      return {
        process: child,
        ended: Effect.promise(() => closed),
        printed: (text: string) => until("out", text),
        reported: (text: string) => until("err", text)
      }
    }),
    ({ process: child }) => Effect.sync(() => child.kill("SIGKILL"))
  )

/** A directory of its own that is removed with the scope. */
export const temporaryDirectory: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sallyport-cli-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** A directory with one of the shipped manifests: each that is read takes a process a third of a second. */
export const onlyManifest = (connector: string): Effect.Effect<string, never, Scope.Scope> =>
  Effect.map(temporaryDirectory, (directory) => {
    const name = `${connector}.yaml`
    copyFileSync(join(repository, "manifests", name), join(directory, name))
    return directory
  })

/** The home of all processes, where nothing is, and their compiled code, which is kept from one to the next. */
const home = mkdtempSync(join(tmpdir(), "sallyport-home-"))
const cache = join(tmpdir(), "sallyport-test-cache")
process.on("exit", () => rmSync(home, { recursive: true, force: true }))

/** The JSON document that a process printed: exactly one, on one line. */
export const document = ({ out }: Ended): unknown => {
  if (out.indexOf("\n") !== out.length - 1) throw new Error(`not one document on one line: ${out}`)
  return JSON.parse(out)
}
