import { suggestions } from "@sallyport/language"
import type * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as TerminalCapabilities from "effect/cli/TerminalCapabilities"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ExitCode } from "./ExitCode.ts"
import { Failure } from "./Failure.ts"
import { StandardStreams } from "./StandardStreams.ts"

/**
 * Prints help and versions on standard output. Of a wrong command line it prints nothing: see `usageFailure`, which
 * says what is wrong without the whole help around it.
 */
export const presenterLayer: Layer.Layer<never, never, StandardStreams> = Layer.effect(
  CliOutput.Presenter,
  Effect.gen(function* () {
    const streams = yield* StandardStreams
    const { canColor } = yield* TerminalCapabilities.TerminalCapabilities
    const formatter = CliOutput.defaultFormatter({ colors: canColor })
    const print = (text: string): Effect.Effect<void> => Effect.ignore(streams.out(`${text.trimEnd()}\n`))
    return {
      present: (event) => {
        if (event._tag === "Help") return print(formatter.formatHelpDoc(event.helpDoc))
        return event._tag === "Version" ? print(event.version) : Effect.void
      }
    }
  })
)

/** A command line that cannot be understood, as a failure that names the command's help. */
export const usageFailure = (
  commandPath: ReadonlyArray<string>,
  errors: ReadonlyArray<CliError.CliError>
): Failure => {
  // What follows an unknown command is unknown, too, but that says nothing.
  const unknown = errors.filter(({ _tag }) => _tag === "UnknownSubcommand")
  const texts = (unknown.length === 0 ? errors : unknown).map(sentenceOf)
  const message = `${texts.join("\n")}\nsee: ${commandPath.join(" ")} --help`
  return new Failure({ exitCode: ExitCode.wrong, report: { reason: "Usage", message }, isShown: true })
}

const sentenceOf = (error: CliError.CliError): string => {
  switch (error._tag) {
    case "UnrecognizedOption":
      return `unknown option ${shown(error.option)}${didYouMean(nearOptions(error))}`
    case "UnknownSubcommand":
      return `unknown command ${shown(error.subcommand)}${didYouMean(error.suggestions)}`
    default:
      return error.message
  }
}

/** Effect does not think of the options that every command has. */
const nearOptions = ({ option, suggestions: own }: CliError.UnrecognizedOption): ReadonlyArray<string> =>
  suggestions(option, [...own, "--help", "--version"], 2)

const didYouMean = (suggestions: ReadonlyArray<string>): string =>
  suggestions.length === 0 ? "" : `; did you mean ${suggestions.slice(0, 3).join(" or ")}?`

const shown = (word: string): string => JSON.stringify(word.slice(0, 60))
