import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { jsonFlag } from "./JsonFlag.ts"
import { lazyTask } from "./LazyTask.ts"

/** `sallyport explain` */
export const explainCommand = Command.make(
  "explain",
  {
    code: Argument.String("code").pipe(Argument.withDescription("The code of a diagnostic, such as SP0301")),
    json: jsonFlag
  },
  lazyTask(async () => (await import("../task/ExplainTask.ts")).explain)
).pipe(
  Command.withDescription("Say what the code of a diagnostic means, why it is reported, and what is right."),
  Command.withShortDescription("Say what a diagnostic's code means"),
  Command.withExamples([{ command: "sallyport explain SP0301" }])
)
