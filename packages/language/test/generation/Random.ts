/**
 * Random numbers that depend on the seed alone: sfc32 (Chris Doty-Humphrey, PractRand), all 32 bits of which are good,
 * started from splitmix32. A failing case is named by its seed.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number) {
    let state = seed | 0
    const split = (): number => {
      state = (state + 0x9e3779b9) | 0
      let mixed = state ^ (state >>> 16)
      mixed = Math.imul(mixed, 0x21f0aaad)
      mixed ^= mixed >>> 15
      mixed = Math.imul(mixed, 0x735a2d97)
      return (mixed ^ (mixed >>> 15)) | 0
    }
    this.#a = split()
    this.#b = split()
    this.#c = split()
    for (let round = 0; round < 12; round++) this.#next()
  }

  /** At least 0, below `limit`. */
  below(limit: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * limit)
  }

  /** True with the probability. */
  chance(probability: number): boolean {
    return this.#next() < probability * 0x1_0000_0000
  }

  /** One of the items; there must be one. */
  pick<A>(items: ReadonlyArray<A>): A {
    const index = this.below(items.length)
    for (const item of items.slice(index, index + 1)) return item
    throw new Error("nothing to pick from")
  }

  /** The items in random order. */
  shuffle<A>(items: ReadonlyArray<A>): ReadonlyArray<A> {
    return items
      .map((item) => ({ item, rank: this.#next() }))
      .toSorted((left, right) => left.rank - right.rank)
      .map(({ item }) => item)
  }

  /** As many results as `minimum` to `maximum`. */
  several<A>(minimum: number, maximum: number, make: (index: number) => A): ReadonlyArray<A> {
    return Array.from({ length: minimum + this.below(maximum - minimum + 1) }, (_, index) => make(index))
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + sum) | 0
    return sum >>> 0
  }
}
