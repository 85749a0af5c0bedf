import { showText, textWidth, wrapText } from "@sallyport/language"
import * as Effect from "effect/Effect"
import { StandardStreams } from "../StandardStreams.ts"

/**
 * Tells on standard error what the demo does: a line for each step, and on a terminal one more line below them that
 * changes in place.
 */
export class DemoProgress {
  readonly #streams: StandardStreams["Service"]
  #shown = ""

  private constructor(streams: StandardStreams["Service"]) {
    this.#streams = streams
  }

  /** On the streams of the process. */
  static readonly make: Effect.Effect<DemoProgress, never, StandardStreams> = StandardStreams.useSync(
    (streams) => new DemoProgress(streams)
  )

  /** A line that stays. */
  say(text: string): Effect.Effect<void> {
    const { err, errStyle } = this.#streams
    const shown = showText(text)
    const lines = Number.isFinite(errStyle.width) ? wrapText(shown, errStyle.width - 1) : [shown]
    return err(`${this.#erasure()}${lines.join("\n")}\n`)
  }

  /** How far a step is. Written as one piece over the old text, so that nothing flickers. */
  show(text: string): Effect.Effect<void> {
    const { err, errStyle } = this.#streams
    if (!errStyle.isTerminal) return Effect.void
    const line = fitting(showText(text), errStyle.width - 1)
    if (line === this.#shown) return Effect.void
    this.#shown = line
    return err(`\r${line}${eraseToEnd}`)
  }

  /** Takes the changing line away. */
  get clear(): Effect.Effect<void> {
    return Effect.suspend(() => this.#streams.err(this.#erasure()))
  }

  #erasure(): string {
    if (this.#shown === "") return ""
    this.#shown = ""
    return `\r${eraseToEnd}`
  }
}

/** A line that is wider than the terminal would be broken, and only its last part be overwritten. */
const fitting = (text: string, width: number): string => {
  let line = ""
  for (const char of text) {
    if (textWidth(line + char) > width) break
    line += char
  }
  return line
}

/** From here to the end of the line (ECMA-48). */
const eraseToEnd = "\u001b[K"
