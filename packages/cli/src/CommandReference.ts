import * as NodeServices from "@effect/platform-node/NodeServices"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import type { FlagDoc, HelpDoc } from "effect/cli/HelpDoc"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Environment } from "./Environment.ts"
import { rootCommand } from "./command/RootCommand.ts"
import { StandardStreams } from "./StandardStreams.ts"

/** The reference of all commands as Markdown, from the same definitions as `--help`: one section a command. */
export const commandReference: Effect.Effect<string> = Effect.suspend(() => {
  const shown: Array<HelpDoc> = []
  const presenter = CliOutput.layerPresenter({
    present: (event) =>
      Effect.sync(() => {
        if (event._tag === "Help") shown.push(event.helpDoc)
      })
  })
  const services = Layer.mergeAll(
    presenter,
    NodeServices.layer,
    CliConfig.layer({ builtIns: [GlobalFlag.Help] }),
    Layer.provideMerge(StandardStreams.layer, Environment.layer)
  )
  return Effect.gen(function* () {
    const waiting: Array<ReadonlyArray<string>> = [[]]
    for (const path of waiting) {
      yield* Command.runWith(rootCommand, { version: "" })([...path, "--help"])
      const below = (shown.at(-1)?.subcommands ?? []).flatMap(({ commands }) => commands)
      waiting.push(...below.map(({ name }) => [...path, name]))
    }
    const [, ...commands] = shown
    return `${commands
      .map(section)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join("\n\n")}\n`
  }).pipe(Effect.provide(services), Effect.orDie)
})

const section = ({
  args = [],
  commandPath = [],
  description,
  examples = [],
  flags,
  usage
}: HelpDoc): string => {
  const rows = [
    ...args.map(({ description: text, name, required, variadic }) => [
      `\`${name}${variadic ? "…" : ""}\`${required && !variadic ? "" : "?"}`,
      Option.getOrElse(text, () => "")
    ]),
    ...flags.map((flag) => [flagName(flag), Option.getOrElse(flag.description, () => "")])
  ]
  const lines = examples.map((example) =>
    example.description === undefined ? example.command : `# ${example.description}\n${example.command}`
  )
  return [
    `## ${commandPath.join(" ")}`,
    description,
    `\`${usage}\``,
    ...(rows.length === 0
      ? []
      : [["| | |", "| --- | --- |", ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`)].join("\n")]),
    `\`\`\`sh\n${lines.join("\n\n")}\n\`\`\``
  ].join("\n\n")
}

const flagName = ({ aliases, name, type }: FlagDoc): string => {
  const value = type === "boolean" ? "" : ` ${type}`
  return [`--${name}`, ...aliases].map((alias) => `\`${alias}${value}\``).join(", ")
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")
