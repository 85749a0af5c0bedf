import type { Poll } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { plainText } from "./PlainText.ts"
import { StandardStreams } from "./StandardStreams.ts"

/**
 * Tells on standard error how a poll goes: a line that changes while a person waits, unless it would stand between the
 * events on the same terminal; notes; and one line at the end, for logs, too.
 */
export class PollProgress {
  readonly #streams: StandardStreams["Service"]
  readonly #trigger: string
  readonly #isLive: boolean
  #events = 0
  #rejected = 0
  #pages = 0

  private constructor(streams: StandardStreams["Service"], trigger: string) {
    this.#streams = streams
    this.#trigger = trigger
    this.#isLive = streams.errStyle.isTerminal && !streams.outStyle.isTerminal
  }

  /** Of a trigger, on the streams of the process. */
  static make(trigger: string): Effect.Effect<PollProgress, never, StandardStreams> {
    return StandardStreams.useSync((streams) => new PollProgress(streams, trigger))
  }

  /** Counts a page that is done. */
  page({ events, rejected }: Poll): Effect.Effect<void> {
    this.#pages += 1
    this.#events += events.length
    this.#rejected += rejected.length
    return this.#isLive ? this.#streams.err(`${clearLine}${this.#counts}`) : Effect.void
  }

  /** Says things that a person should know. */
  note(texts: ReadonlyArray<string>): Effect.Effect<void> {
    if (texts.length === 0) return Effect.void
    const lines = texts.map((text) => `sallyport: ${plainText(text)}\n`).join("")
    return this.#streams.err(`${this.#isLive ? clearLine : ""}${lines}`)
  }

  /** Takes the line away, before something else is printed. */
  get clear(): Effect.Effect<void> {
    return this.#isLive ? this.#streams.err(clearLine) : Effect.void
  }

  /** Says how it ended. */
  end(more: boolean, path: string | undefined): Effect.Effect<void> {
    const rest = more ? "there is more" : "there is no more for now"
    const kept = path === undefined ? "the state is not kept, see --state" : `the state is in ${path}`
    return Effect.andThen(
      this.clear,
      this.#streams.err(plainText(`sallyport: ${this.#counts}; ${rest}; ${kept}`) + "\n")
    )
  }

  get #counts(): string {
    const rejected = this.#rejected === 0 ? "" : `, ${this.#rejected} rejected`
    return `${this.#trigger}: ${count(this.#events, "event")} in ${count(this.#pages, "page")}${rejected}`
  }
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`

/** To the beginning of the line, and erase to its end (ECMA-48). */
const clearLine = "\r\u001b[K"
