/** How often each of some names came. */
export class Tally {
  readonly #counts = new Map<string, number>()

  /** Counts a name once more, or so many times. */
  add(name: string, times = 1): void {
    if (times > 0) this.#counts.set(name, (this.#counts.get(name) ?? 0) + times)
  }

  /** All of them together. */
  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  /** By name, the most frequent first. */
  get counts(): { readonly [name: string]: number } {
    return Object.fromEntries(
      [...this.#counts].toSorted(([left, few], [right, many]) =>
        few === many ? (left < right ? -1 : 1) : many - few
      )
    )
  }
}
