import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { inputFlags } from "./InputFlags.ts"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"

/** `sallyport poll` */
export const pollCommand = Command.make(
  "poll",
  {
    trigger: Argument.String("trigger").pipe(Argument.withDescription("The trigger, as CONNECTOR.TRIGGER")),
    ...inputFlags,
    state: Flag.String("state").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "Where to go on, and where to keep how far this goes; default: from the beginning"
      ),
      Flag.optional
    ),
    maxPages: Flag.Int("max-pages").pipe(
      Flag.withMetavar("N"),
      Flag.withDescription("End after this many pages; default: when there is no more"),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000_000 }))),
      Flag.optional
    ),
    rejected: Flag.String("rejected").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("Append what does not fit the schema of an event; default: only say so"),
      Flag.optional
    ),
    keys: Flag.Boolean("keys").pipe(
      Flag.withDescription(
        "Print each event with its key, which is the same when the same event comes again"
      ),
      Flag.withoutNegation,
      Flag.withDefault(false)
    ),
    json: jsonFlag
  },
  lazyTask(async () => (await import("../task/PollTask.ts")).poll)
).pipe(
  Command.withDescription(
    "Poll a trigger until there is no more, and print its events, one JSON document a line. Each comes at least once."
  ),
  Command.withShortDescription("Poll a trigger for events"),
  Command.withExamples([
    {
      command: "sallyport poll sekoia.feed --state feed.state >> events.ndjson",
      description: "What is new since the last time"
    },
    {
      command: "sallyport poll sekoia.feed --set 'types=[\"indicator\"]' --max-pages 1",
      description: "A look at it"
    }
  ])
)
