import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"
import { manifestsFlag } from "./ManifestsFlag.ts"

/** `sallyport check` */
export const checkCommand = Command.make(
  "check",
  {
    paths: Argument.String("path").pipe(
      Argument.withDescription("Manifests, connections.yaml, or directories; default: those in force"),
      Argument.variadic()
    ),
    format: Flag.Literals("format", ["pretty", "json", "sarif", "github"]).pipe(
      Flag.withDescription("How to print: for people, or for programs, code scanning, GitHub Actions"),
      Flag.withDefault("pretty")
    ),
    json: jsonFlag,
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/CheckTask.ts")).check)
).pipe(
  Command.withDescription(
    "Check manifests and connections.yaml. Every mistake is shown at its place; with one that is an error the exit code is 2."
  ),
  Command.withShortDescription("Check manifests and connections.yaml"),
  Command.withExamples([
    { command: "sallyport check", description: "Check everything in manifests/, and connections.yaml" },
    { command: "sallyport check manifests/acme.yaml --format github", description: "Annotate a change in CI" }
  ])
)
