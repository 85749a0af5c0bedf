import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { lazyTask } from "./LazyTask.ts"

/** `sallyport schema` */
export const schemaCommand = Command.make(
  "schema",
  {
    subject: Argument.Literals("subject", ["manifest", "connections"]).pipe(
      Argument.withDescription("What to describe: a connector's manifest, or connections.yaml")
    )
  },
  lazyTask(async () => (await import("../task/SchemaTask.ts")).schema)
).pipe(
  Command.withDescription("Print the JSON Schema of a kind of file, for editors."),
  Command.withExamples([
    {
      command: "sallyport schema manifest > manifest.schema.json",
      description: "Let an editor complete manifests"
    }
  ])
)
