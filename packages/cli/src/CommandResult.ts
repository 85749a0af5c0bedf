import type * as Effect from "effect/Effect"
import { jsonLine, type Printable } from "./JsonOutput.ts"
import { type BrokenPipe, StandardStreams, type StreamStyle } from "./StandardStreams.ts"

/** What a command has to say: as data, and as text for people, which is made when it is wanted. */
export interface CommandResult {
  readonly json: Printable
  readonly text: (style: StreamStyle) => string
}

/** Prints a result as `--json` asks. */
export const printResult = (
  isJson: boolean,
  result: CommandResult
): Effect.Effect<void, BrokenPipe, StandardStreams> =>
  StandardStreams.use(({ out, outStyle }) => out(isJson ? jsonLine(result.json) : result.text(outStyle)))
