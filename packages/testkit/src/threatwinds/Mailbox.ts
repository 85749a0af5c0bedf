import type { SeededRandom } from "../random/SeededRandom.ts"

/** A mail with a code, as the simulated service would send it. */
export interface CodeMail {
  readonly to: string
  readonly verificationCodeID: string
  /** Six digits that begin with a zero, so that a number is not enough. */
  readonly code: string
}

/** The mails that were sent. A test reads here what a person reads in a mailbox. */
export class Mailbox {
  readonly #mails: Array<CodeMail> = []
  readonly #listeners = new Set<(mail: CodeMail) => void>()
  readonly #random: SeededRandom

  constructor(random: SeededRandom) {
    this.#random = random
  }

  /** All mails, oldest first. */
  get all(): ReadonlyArray<CodeMail> {
    return this.#mails
  }

  /** The newest mail; undefined before the first. */
  get last(): CodeMail | undefined {
    return this.#mails.at(-1)
  }

  /** Sends a new code. */
  send(to: string): CodeMail {
    const code = String(this.#random.below(100_000)).padStart(6, "0")
    const mail = { to, verificationCodeID: this.#random.uuid(), code }
    this.#mails.push(mail)
    for (const listener of this.#listeners) listener(mail)
    return mail
  }

  /** Calls a listener with each mail that is sent from now on, until the function that this gives is called. */
  listen(listener: (mail: CodeMail) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
