import type { Fault } from "./Fault.ts"
import type { ReceivedRequest } from "./ReceivedRequest.ts"

/** Which requests a fault is for. All that is given must hold; without anything, every request. */
export interface FaultMatch {
  readonly method?: string
  /** How the path begins, without the server's prefix: `/v2/inthreat/feeds`. */
  readonly path?: string
  readonly when?: (request: ReceivedRequest) => boolean
  /** How many matching requests are answered normally before. Default: 0. `2` makes it the third. */
  readonly skip?: number
  /** For how many requests. Default: 1. `Infinity` until it is removed. */
  readonly times?: number
}

/** A fault that was added. */
export interface QueuedFault {
  readonly fault: Fault
  /** How many requests it was played for. */
  readonly played: number
  /** Takes it out; those it was played for are not changed. */
  readonly remove: () => void
}

/** What goes wrong, in the order it was added: a request gets the first fault that matches it and is not used up. */
export class FaultScript {
  #rules: Array<Rule> = []

  /** Adds a fault. `script.add(Fault.status(503), { path: "/v2/inthreat/collections", times: 2 })`. */
  add(fault: Fault, match: FaultMatch = {}): QueuedFault {
    const rule = new Rule(fault, match, () => {
      this.#rules = this.#rules.filter((other) => other !== rule)
    })
    this.#rules.push(rule)
    return rule
  }

  /** Faults that still wait for a request. */
  get waiting(): ReadonlyArray<QueuedFault> {
    return this.#rules.filter((rule) => !rule.isUsedUp)
  }

  /** Takes all faults out. */
  clear(): void {
    this.#rules = []
  }

  /** The fault for a request; counts it. Undefined: it is answered normally. */
  take(request: ReceivedRequest): Fault | undefined {
    return this.#rules.find((rule) => rule.takes(request))?.fault
  }
}

class Rule implements QueuedFault {
  readonly fault: Fault
  readonly remove: () => void
  readonly #match: FaultMatch
  #skipped = 0
  #played = 0

  constructor(fault: Fault, match: FaultMatch, remove: () => void) {
    this.fault = fault
    this.#match = match
    this.remove = remove
  }

  get played(): number {
    return this.#played
  }

  get isUsedUp(): boolean {
    return this.#played >= (this.#match.times ?? 1)
  }

  takes(request: ReceivedRequest): boolean {
    const { method, path, skip = 0, when } = this.#match
    if (this.isUsedUp) return false
    if (method !== undefined && method !== request.method) return false
    if (path !== undefined && !request.path.startsWith(path)) return false
    if (when !== undefined && !when(request)) return false
    if (this.#skipped < skip) {
      this.#skipped++
      return false
    }
    this.#played++
    return true
  }
}
