import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Completions from "effect/cli/Completions"
import { type BrokenPipe, StandardStreams } from "../StandardStreams.ts"

const shells = ["bash", "zsh", "fish"] as const
type Shell = (typeof shells)[number]

/** `sallyport completions`, of the command that `root` gives. */
export const completionsCommand = (
  root: () => Command.Command.Any
): Command.Command<"completions", { readonly shell: Shell }, {}, BrokenPipe, StandardStreams> =>
  Command.make(
    "completions",
    {
      shell: Argument.Literals("shell", shells).pipe(Argument.withDescription("The shell"))
    },
    ({ shell }) =>
      StandardStreams.use(({ out }) => {
        const command = root()
        const script = Completions.generate(command.name, shell, Completions.fromCommand(command))
        return out(`${script.trimEnd()}\n`)
      })
  ).pipe(
    Command.withDescription("Print a script that lets a shell complete commands, options and their values."),
    Command.withShortDescription("Print a completion script for a shell"),
    Command.withExamples([
      { command: "source <(sallyport completions bash)", description: "In ~/.bashrc" },
      {
        command: "sallyport completions fish > ~/.config/fish/completions/sallyport.fish",
        description: "Once, for fish"
      }
    ])
  )
