import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { isatty } from "node:tty"
import { Environment } from "./Environment.ts"

/** Whoever read what is printed stopped reading. */
export class BrokenPipe extends Data.TaggedError("BrokenPipe")<{}> {}

/** How text to one stream is laid out. */
export interface StreamStyle {
  readonly isTerminal: boolean
  /** Columns; infinite where nobody looks, so that a line for a program stays one line. */
  readonly width: number
}

/**
 * The three streams of the process. What is written is with the system when an effect is done: nothing is lost when the
 * process ends right after, and state that depends on it may be kept.
 */
export class StandardStreams extends Context.Service<
  StandardStreams,
  {
    /** The result of the command, and nothing else. */
    readonly out: (text: string) => Effect.Effect<void, BrokenPipe>
    /** Everything for the person who waits. A reader that is gone is no failure. */
    readonly err: (text: string) => Effect.Effect<void>
    /** All of standard input; fails with a sentence beyond the limit. */
    readonly read: (limitBytes: number) => Effect.Effect<string, string>
    readonly outStyle: StreamStyle
    readonly errStyle: StreamStyle
    /** Whether a person can be asked. */
    readonly canAsk: boolean
  }
>()("@sallyport/cli/StandardStreams") {
  /** Those of this process. */
  static readonly layer: Layer.Layer<StandardStreams, never, Environment> = Layer.effect(
    StandardStreams,
    Effect.gen(function* () {
      const { variables } = yield* Environment
      const styleOf = (stream: NodeJS.WriteStream, descriptor: 1 | 2): StreamStyle => {
        const isTerminal = isatty(descriptor)
        return {
          isTerminal,
          width: widthOf(variables["COLUMNS"]) ?? (isTerminal ? stream.columns : Number.POSITIVE_INFINITY)
        }
      }
      // Without a listener the failure of a write would end the process with a stack.
      process.stdout.on("error", ignore)
      process.stderr.on("error", ignore)
      return {
        out: (text) => write(process.stdout, text),
        err: (text) => Effect.ignore(write(process.stderr, text)),
        read: readInput,
        outStyle: styleOf(process.stdout, 1),
        errStyle: styleOf(process.stderr, 2),
        canAsk: isatty(0) && isatty(2)
      }
    })
  )
}

const ignore = (): void => {}

/** `COLUMNS` goes before what the terminal says, as in other programs. */
const widthOf = (columns: string | undefined): number | undefined => {
  const width = columns !== undefined && /^\d{1,5}$/.test(columns) ? Number(columns) : 0
  return width >= 20 ? width : undefined
}

const write = (stream: NodeJS.WriteStream, text: string): Effect.Effect<void, BrokenPipe> =>
  text === ""
    ? Effect.void
    : Effect.callback((resume) => {
        stream.write(text, (error) => {
          resume(error === undefined || error === null ? Effect.void : Effect.fail(new BrokenPipe()))
        })
      })

const readInput = (limitBytes: number): Effect.Effect<string, string> =>
  Effect.tryPromise({
    try: async () => {
      const chunks: Array<Buffer> = []
      let length = 0
      const input: AsyncIterable<unknown> = process.stdin
      for await (const chunk of input) {
        const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
        length += bytes.length
        if (length > limitBytes) return undefined
        chunks.push(bytes)
      }
      return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks))
    },
    catch: () => "standard input cannot be read as UTF-8 text"
  }).pipe(
    Effect.filterOrFail(
      (text) => text !== undefined,
      () => `standard input is longer than ${limitBytes} bytes`
    )
  )
