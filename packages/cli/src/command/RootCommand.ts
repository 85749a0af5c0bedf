import * as Command from "effect/cli/Command"
import { callCommand } from "./CallCommand.ts"
import { checkCommand } from "./CheckCommand.ts"
import { completionsCommand } from "./CompletionsCommand.ts"
import { connectionsCommand } from "./ConnectionsCommand.ts"
import { connectorsCommand } from "./ConnectorsCommand.ts"
import { demoCommand } from "./DemoCommand.ts"
import { docsCommand } from "./DocsCommand.ts"
import { explainCommand } from "./ExplainCommand.ts"
import { generateCommand } from "./GenerateCommand.ts"
import { importCommand } from "./ImportCommand.ts"
import { pollCommand } from "./PollCommand.ts"
import { schemaCommand } from "./SchemaCommand.ts"
import { simulateCommand } from "./SimulateCommand.ts"

/** `sallyport`, with all commands. */
export const rootCommand = Command.make("sallyport").pipe(
  Command.withDescription("Connectors for security teams: check them, connect them, call them, poll them."),
  Command.withExamples([
    { command: "sallyport demo", description: "See it work, with simulated services" },
    { command: "sallyport connectors", description: "What there is" },
    { command: "sallyport connectors show sekoia", description: "What a connector can do" },
    {
      command: `sallyport call sekoia.find_indicators --set type=ipv4-addr --set value=198.51.100.7`,
      description: "Call an action"
    }
  ]),
  Command.withSubcommands([
    {
      group: "Use",
      commands: [demoCommand, connectorsCommand, connectionsCommand, callCommand, pollCommand]
    },
    {
      group: "Build",
      commands: [checkCommand, generateCommand, docsCommand, schemaCommand, importCommand, simulateCommand]
    },
    { group: "Help", commands: [explainCommand, completionsCommand((): Command.Command.Any => rootCommand)] }
  ])
)
