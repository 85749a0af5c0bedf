import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"

const sekoiaModuleCommand = Command.make(
  "sekoia-module",
  {
    directory: Argument.String("dir").pipe(
      Argument.withDescription("The folder of a module, with its manifest.json")
    ),
    out: Flag.String("out").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "Where the manifest is written, if there is no such file yet; default: standard output"
      ),
      Flag.optional
    ),
    json: jsonFlag
  },
  lazyTask(async () => (await import("../task/ImportTask.ts")).importModule)
).pipe(
  Command.withDescription(
    "Make a manifest of a module of Sekoia.io's automation-library, and list everything that is not the same."
  ),
  Command.withShortDescription("Import a module of Sekoia.io's automation-library"),
  Command.withExamples([
    {
      command: "sallyport import sekoia-module automation-library/Shodan --out manifests/shodan.yaml",
      description: "The manifest into a file, what is lost on the screen"
    }
  ])
)

/** `sallyport import` */
export const importCommand = Command.make("import").pipe(
  Command.withDescription("Make manifests of what other platforms have."),
  Command.withShortDescription("Import connectors of other platforms"),
  Command.withExamples([{ command: "sallyport import sekoia-module automation-library/Shodan" }]),
  Command.withSubcommands([sekoiaModuleCommand])
)
