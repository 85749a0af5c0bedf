import * as Flag from "effect/cli/Flag"

/** `--json`, which means the same everywhere: one JSON document on standard output, whatever happens. */
export const jsonFlag: Flag.Flag<boolean> = Flag.Boolean("json").pipe(
  Flag.withDescription("Print one JSON document: the result, or an object with `error`"),
  Flag.withoutNegation,
  Flag.withDefault(false)
)
