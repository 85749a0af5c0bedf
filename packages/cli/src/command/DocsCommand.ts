import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { lazyTask } from "./LazyTask.ts"
import { manifestsFlag } from "./ManifestsFlag.ts"

/** `sallyport docs` */
export const docsCommand = Command.make(
  "docs",
  {
    names: Argument.String("connector").pipe(
      Argument.withDescription("The connectors; default: all"),
      Argument.variadic()
    ),
    out: Flag.String("out").pipe(
      Flag.withMetavar("DIR"),
      Flag.withDescription("Write NAME.md for each, and README.md as their index, into a directory"),
      Flag.optional
    ),
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/DocsTask.ts")).docs)
).pipe(
  Command.withDescription("Print the pages of connectors as Markdown, or write them into a directory."),
  Command.withShortDescription("Print or write the pages of connectors"),
  Command.withExamples([
    { command: "sallyport docs sekoia", description: "One page, to read" },
    { command: "sallyport docs --out docs/connectors", description: "All pages, for a website" }
  ])
)
