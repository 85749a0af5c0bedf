import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"

/** `sallyport simulate` */
export const simulateCommand = Command.make(
  "simulate",
  {
    feed: Flag.String("feed").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "The objects of Sekoia: a STIX bundle, or one object a line; default: invented ones"
      ),
      Flag.optional
    ),
    port: Flag.Int("port").pipe(
      Flag.withMetavar("N"),
      Flag.withDescription(
        "The port of the first service; the others take the next ones. Default: free ones"
      ),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 65_000 }))),
      Flag.optional
    ),
    json: jsonFlag
  },
  lazyTask(async () => (await import("../task/SimulateTask.ts")).simulate)
).pipe(
  Command.withDescription(
    "Run services that behave as the real ones do, on this machine, until interrupted. Prints the environment that makes sallyport use them."
  ),
  Command.withShortDescription("Run simulated services to try things with"),
  Command.withExamples([
    { command: "sallyport simulate", description: "In one terminal; paste what it prints into another" },
    { command: "sallyport simulate --feed bundle.json --port 8080", description: "With objects of your own" }
  ])
)
