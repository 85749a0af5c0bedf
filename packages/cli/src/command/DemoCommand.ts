import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"
import { manifestsFlag } from "./ManifestsFlag.ts"

/** `sallyport demo` */
export const demoCommand = Command.make(
  "demo",
  {
    live: Flag.Boolean("live").pipe(
      Flag.withDescription(
        "Ask the real services: the connections `sekoia` and `threatwinds`, and one page of the feed"
      ),
      Flag.withoutNegation,
      Flag.withDefault(false)
    ),
    write: Flag.Boolean("write").pipe(
      Flag.withDescription("With --live: report and comment, too; default: only show what would be reported"),
      Flag.withoutNegation,
      Flag.withDefault(false)
    ),
    objects: Flag.Int("objects").pipe(
      Flag.withMetavar("N"),
      Flag.withDescription("How many objects the feed has; with --live, how many to read. Default: 240; 50"),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2000 }))),
      Flag.optional
    ),
    json: jsonFlag,
    manifests: manifestsFlag
  },
  lazyTask(async () => (await import("../task/DemoTask.ts")).demo)
).pipe(
  Command.withDescription(
    "Read Sekoia's feed, find the observables in its indicators, look some up, and report to ThreatWinds what may be reported. Both services are simulated on this machine unless --live is given. Takes about ten seconds and writes no file."
  ),
  Command.withShortDescription("See connectors work together, with simulated services"),
  Command.withExamples([
    { command: "sallyport demo", description: "With simulated services, and some things that go wrong" },
    { command: "sallyport demo --live", description: "With your own connections; nothing is written" }
  ])
)
