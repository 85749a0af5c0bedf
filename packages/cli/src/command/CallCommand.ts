import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { inputFlags } from "./InputFlags.ts"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"

/** `sallyport call` */
export const callCommand = Command.make(
  "call",
  {
    action: Argument.String("action").pipe(Argument.withDescription("The action, as CONNECTOR.ACTION")),
    ...inputFlags,
    all: Flag.Boolean("all").pipe(
      Flag.withDescription("Of a paged action, all pages: prints the items, one JSON document a line"),
      Flag.withoutNegation,
      Flag.withDefault(false)
    ),
    json: jsonFlag
  },
  lazyTask(async () => (await import("../task/CallTask.ts")).call)
).pipe(
  Command.withDescription(
    "Call an action once and print its output. The input is checked before anything is sent."
  ),
  Command.withShortDescription("Call an action"),
  Command.withExamples([
    {
      command: "sallyport call sekoia.find_indicators --set type=ipv4-addr --set value=198.51.100.7",
      description: "With one input"
    },
    {
      command: "sallyport call threatwinds.search_advanced --input @query.json --json",
      description: "With a file, for a program"
    },
    {
      command: "sallyport call sekoia.list_objects --all | head -n 5",
      description: "All pages, one object a line"
    }
  ])
)
