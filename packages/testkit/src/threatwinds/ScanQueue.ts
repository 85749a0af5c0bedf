import type { SeededRandom } from "../random/SeededRandom.ts"

/** A scan and how far it is. */
export interface Scan {
  readonly id: string
  readonly status: "queued" | "running" | "done"
}

/** The scans that were started, by their target. */
export class ScanQueue {
  readonly #scans = new Map<string, Scan>()
  readonly #random: SeededRandom

  constructor(random: SeededRandom) {
    this.#random = random
  }

  /** How many were started. */
  get size(): number {
    return this.#scans.size
  }

  /** The scan of a target; undefined when there is none. */
  get(target: string): Scan | undefined {
    return this.#scans.get(target.toLowerCase())
  }

  /** Starts one. */
  start(target: string): Scan {
    return this.#put(target, { id: this.#random.uuid(), status: "queued" })
  }

  /** Says how far the scan of a target is, which must have been started. */
  move(target: string, status: Scan["status"]): Scan {
    const scan = this.get(target)
    if (scan === undefined) throw new Error(`no scan of ${target} was started`)
    return this.#put(target, { ...scan, status })
  }

  #put(target: string, scan: Scan): Scan {
    this.#scans.set(target.toLowerCase(), scan)
    return scan
  }
}
