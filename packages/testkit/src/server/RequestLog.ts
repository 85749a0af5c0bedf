import type { ReceivedRequest } from "./ReceivedRequest.ts"

/** The requests that a server received, oldest first; bounded, so that a server may run for months. */
export class RequestLog {
  readonly #limit: number
  #requests: Array<ReceivedRequest> = []
  #received = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** How many came since the start, those that were dropped or cleared too. */
  get received(): number {
    return this.#received
  }

  /** The last ones, oldest first. */
  get all(): ReadonlyArray<ReceivedRequest> {
    return this.#requests
  }

  /** `METHOD target` of each, as it was sent. */
  get lines(): ReadonlyArray<string> {
    return this.#requests.map(({ method, target }) => `${method} ${target}`)
  }

  /** The last one; undefined before the first. */
  get last(): ReceivedRequest | undefined {
    return this.#requests.at(-1)
  }

  /** Those with this method, if one is given, whose path (without the server's prefix) begins like this. */
  matching(path: string, method?: string): ReadonlyArray<ReceivedRequest> {
    return this.#requests.filter(
      (request) => request.path.startsWith(path) && (method === undefined || request.method === method)
    )
  }

  /** Adds one. Past the limit the oldest half goes. */
  add(request: ReceivedRequest): void {
    this.#received++
    if (this.#requests.length >= this.#limit) this.#requests = this.#requests.slice(this.#limit >> 1)
    this.#requests.push(request)
  }

  /** Forgets what came so far; `received` goes on counting. */
  clear(): void {
    this.#requests = []
  }
}
