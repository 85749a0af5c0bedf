import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"
import { manifestsFlag } from "./ManifestsFlag.ts"

/** `sallyport generate` */
export const generateCommand = Command.make(
  "generate",
  {
    check: Flag.Boolean("check").pipe(
      Flag.withDescription("Write nothing; fail when a file is not what its manifest says"),
      Flag.withoutNegation,
      Flag.withDefault(false)
    ),
    json: jsonFlag,
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/GenerateTask.ts")).generate)
).pipe(
  Command.withDescription(
    "Write the types and codecs of manifests, for connectors with code: connectors/NAME/src/manifest.gen.ts, where there is a folder connectors/NAME."
  ),
  Command.withShortDescription("Write the types of manifests for code"),
  Command.withExamples([
    { command: "sallyport generate", description: "After every change of a manifest" },
    { command: "sallyport generate --check", description: "In CI" }
  ])
)
