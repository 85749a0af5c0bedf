import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { Environment } from "./Environment.ts"
import { ExitCode } from "./ExitCode.ts"
import { Failure } from "./Failure.ts"
import { jsonLine } from "./JsonOutput.ts"
import { logLines } from "./LogLines.ts"
import { plainText } from "./PlainText.ts"
import { presenterLayer, usageFailure } from "./Presenter.ts"
import { rootCommand } from "./command/RootCommand.ts"
import { BrokenPipe, StandardStreams } from "./StandardStreams.ts"

/**
 * Runs the command that the arguments name and gives the exit code; see `ExitCode`. What fails is printed: on standard
 * error, or with `--json` as a JSON document on standard output. Never fails, except by being interrupted.
 */
export const runProgram = (args: ReadonlyArray<string>, version: string): Effect.Effect<ExitCode> =>
  Effect.uninterruptibleMask(
    Effect.fnUntraced(function* (restore) {
      const streams = yield* StandardStreams
      const isJson = wantsJson(args)
      const command = Command.runWith(rootCommand, { version })(args)
      const outcome = yield* restore(command).pipe(Effect.sandbox, Effect.result)
      if (Result.isSuccess(outcome)) return ExitCode.done
      const cause = outcome.failure
      if (Cause.hasInterrupts(cause)) {
        if (isJson) yield* Effect.ignore(streams.out(jsonLine({ error: interruption })))
        return ExitCode.interrupted
      }
      const error = Cause.squash(cause)
      if (error instanceof BrokenPipe) return ExitCode.brokenPipe
      const failure = failureOf(error)
      if (failure === undefined) return ExitCode.done
      if (failure.isShown) {
        if (isJson) yield* Effect.ignore(streams.out(jsonLine({ error: failure.report })))
        else yield* streams.err(`sallyport: ${plainText(failure.message)}\n`)
      }
      return failure.exitCode
    })
  ).pipe(Effect.provide(services))

const interruption = { reason: "Interrupted", message: "interrupted" }

const services = Layer.merge(presenterLayer, logLines).pipe(
  Layer.provideMerge(StandardStreams.layer),
  Layer.provideMerge(Environment.layer),
  Layer.merge(NodeServices.layer),
  Layer.merge(CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] }))
)

/** Looked at before the command line is understood, so that a wrong one is answered as asked, too. */
const wantsJson = (args: ReadonlyArray<string>): boolean => {
  const end = args.indexOf("--")
  return args.slice(0, end === -1 ? args.length : end).includes("--json")
}

/** Undefined: help was shown, because nothing more was asked for. */
const failureOf = (error: unknown): Failure | undefined => {
  if (error instanceof Failure) return error
  if (CliError.isCliError(error)) {
    if (error._tag !== "ShowHelp") return usageFailure(["sallyport"], [error])
    return error.errors.length === 0 ? undefined : usageFailure(error.commandPath, error.errors)
  }
  return internalFailure(error)
}

/**
 * A mistake of ours: which kind of error and where, for whoever reports it. Not its message: nobody thought of what is in
 * it, and it may be a secret.
 */
const internalFailure = (error: unknown): Failure => {
  const name = error instanceof Error ? error.name : typeof error
  const stack = error instanceof Error ? (error.stack ?? "") : ""
  const frames = stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
  const message = ["this is a mistake in sallyport itself; please report it", name, ...frames].join("\n  ")
  return Failure.failed("Internal", message, { name, frames })
}
