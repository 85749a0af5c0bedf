import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"
import { manifestsFlag } from "./ManifestsFlag.ts"

const showCommand = Command.make(
  "show",
  {
    name: Argument.String("name").pipe(
      Argument.withDescription("A connector, or one of its actions or triggers as CONNECTOR.NAME")
    ),
    json: jsonFlag,
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/ShowConnectorTask.ts")).showConnector)
).pipe(
  Command.withDescription(
    "Show what a connector can do: its actions and triggers, what they take and what they give."
  ),
  Command.withShortDescription("Show what a connector can do"),
  Command.withExamples([
    { command: "sallyport connectors show sekoia" },
    { command: "sallyport connectors show sekoia.find_indicators", description: "One action" }
  ])
)

/** `sallyport connectors` */
export const connectorsCommand = Command.make(
  "connectors",
  { json: jsonFlag, manifests: manifestsFlag },
  lazyTask(async () => (await import("../task/ListConnectorsTask.ts")).listConnectors)
).pipe(
  Command.withDescription("List the connectors: every manifest in the directory of the manifests."),
  Command.withShortDescription("List the connectors, or show one"),
  Command.withExamples([
    { command: "sallyport connectors" },
    { command: "sallyport connectors --json", description: "For a program" }
  ]),
  Command.withSubcommands([showCommand])
)
