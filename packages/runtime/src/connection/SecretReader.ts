import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as ChildProcess from "effect/process/ChildProcess"
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { resolve } from "node:path"
import type { SecretSource } from "./SecretSource.ts"
import { type Environment, variableAt } from "./VariableName.ts"

/** A secret cannot be read from its source. The message holds nothing that the source gave. */
export class SecretSourceError extends Schema.TaggedError<SecretSourceError>()("SecretSourceError", {
  message: Schema.String
}) {}

/** What sources are read with. */
export interface SecretReaderOptions {
  readonly environment: Environment
  /** What relative paths are relative to, and where commands run. */
  readonly directory: string
}

/**
 * Reads a secret from its source: at most 64 KiB of UTF-8, in at most 10 seconds. One line break at the end of a file or
 * of what a command prints is dropped; everything else is the secret. A file that others can read is used, with a
 * warning in the log, since containers mount secrets like that.
 */
export const readSecret = (
  source: SecretSource,
  options: SecretReaderOptions
): Effect.Effect<Redacted.Redacted, SecretSourceError, FileSystem.FileSystem | ChildProcessSpawner> => {
  if ("env" in source) return readVariable(source.env, options)
  if ("file" in source) return readFile(source.file, options)
  return readCommand(source.command, options)
}

const maximumBytes = 64 * 1024
const commandSeconds = 10

const readVariable = (
  name: string,
  { environment }: SecretReaderOptions
): Effect.Effect<Redacted.Redacted, SecretSourceError> => {
  const text = variableAt(environment, name)
  if (text !== undefined) return Effect.succeed(Redacted.make(text))
  const state = Object.hasOwn(environment, name) && environment[name] === "" ? "empty" : "not set"
  return refuse(`the variable ${name} is ${state}`)
}

const readFile = Effect.fnUntraced(function* (
  written: string,
  { directory }: SecretReaderOptions
): Effect.fn.Return<Redacted.Redacted, SecretSourceError, FileSystem.FileSystem> {
  const files = yield* FileSystem.FileSystem
  const path = resolve(directory, written)
  const failed = ({ reason }: PlatformError): Effect.Effect<never, SecretSourceError> => {
    if (reason._tag === "NotFound")
      return refuse(
        `the file ${path} does not exist${written.startsWith("~") ? ': "~" has no meaning here, write the whole path' : ""}`
      )
    if (reason._tag === "PermissionDenied") return refuse(`the file ${path} may not be read by this user`)
    return refuse(`the file ${path} cannot be read (${reason._tag})`)
  }
  const info = yield* files.stat(path).pipe(Effect.catchTag("PlatformError", failed))
  if (info.type === "Directory") return yield* refuse(`${path} is a directory, not a file`)
  // A pipe would wait for whoever writes it, and give the secret once only.
  if (info.type !== "File") return yield* refuse(`${path} is not a regular file`)
  const bytes = yield* limited(files.stream(path, { bytesToRead: maximumBytes + 1 })).pipe(
    Effect.catchTag("PlatformError", failed)
  )
  if (bytes === undefined) return yield* refuse(`the file ${path} is larger than 64 KiB`)
  if (process.platform !== "win32" && (info.mode & 0o044) !== 0)
    yield* Effect.logWarning(
      `the file of a secret can be read by others than its owner: run \`chmod 600 ${path}\``
    )
  const text = textOf(bytes)
  if (text === undefined) return yield* refuse(`the file ${path} is not text in UTF-8`)
  if (text === "") return yield* refuse(`the file ${path} is empty`)
  return Redacted.make(text)
})

/** Errors of the spawner name the whole command and those of Node its output: none of them is shown. */
const readCommand = Effect.fnUntraced(function* (
  [program = "", ...args]: ReadonlyArray<string>,
  { directory, environment }: SecretReaderOptions
): Effect.fn.Return<Redacted.Redacted, SecretSourceError, ChildProcessSpawner> {
  const what = `the command ${JSON.stringify(program)}`
  const failed = ({ reason }: PlatformError): Effect.Effect<never, SecretSourceError> => {
    if (reason._tag === "NotFound") return refuse(`${what} does not exist, or its directory ${directory}`)
    if (reason._tag === "PermissionDenied") return refuse(`${what} may not be run by this user`)
    return refuse(`${what} could not be run to its end`)
  }
  const command = ChildProcess.make(program, args, {
    cwd: directory,
    env: { ...environment },
    extendEnv: false,
    shell: false,
    stdin: "ignore",
    stdout: "pipe",
    // It may hold the secret.
    stderr: "ignore",
    forceKillAfter: "1 second"
  })
  const bytes = yield* Effect.scoped(
    Effect.gen(function* () {
      const handle = yield* command
      const printed = yield* limited(handle.stdout)
      if (printed === undefined) return yield* refuse(`${what} printed more than 64 KiB`)
      const code = yield* handle.exitCode
      return code === 0 ? printed : yield* refuse(`${what} ended with exit code ${code}`)
    })
  ).pipe(
    Effect.catchTag("PlatformError", failed),
    Effect.timeoutOrElse({
      duration: `${commandSeconds} seconds`,
      orElse: () => refuse(`${what} gave no secret within ${commandSeconds} seconds`)
    })
  )
  const text = textOf(bytes)
  if (text === undefined) return yield* refuse(`${what} printed something that is not text in UTF-8`)
  if (text === "") return yield* refuse(`${what} printed nothing`)
  return Redacted.make(text)
})

/** All bytes of a stream, or undefined as soon as there are more than 64 KiB. */
const limited = (
  stream: Stream.Stream<Uint8Array, PlatformError>
): Effect.Effect<Uint8Array | undefined, PlatformError> =>
  Effect.suspend(() => {
    let size = 0
    return stream.pipe(
      Stream.takeUntil((chunk) => (size += chunk.length) > maximumBytes),
      Stream.runCollect,
      Effect.map((chunks) => (size > maximumBytes ? undefined : Buffer.concat(chunks)))
    )
  })

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "")
  } catch {
    return undefined
  }
}

const refuse = (message: string): Effect.Effect<never, SecretSourceError> =>
  Effect.fail(new SecretSourceError({ message }))
