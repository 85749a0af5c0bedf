/** Chance that is the same for the same seed and number, on every machine; not for secrets. */
export class SeededRandom {
  #state: number

  /** `number` picks one of many independent sequences of a seed. */
  constructor(seed: string | number, number: number = 0) {
    let hash = 0x811c9dc5
    for (const character of `${seed}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
    this.#state = Math.imul(hash ^ Math.imul(number + 1, 0x9e3779b1), 0x85ebca6b) >>> 0
    this.#next()
  }

  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * below)
  }

  /** One of a list that is not empty. */
  pick<A>(choices: readonly [A, ...ReadonlyArray<A>]): A {
    return choices[this.below(choices.length)] ?? choices[0]
  }

  /** True once in `times`, on average. */
  once(times: number): boolean {
    return this.below(times) === 0
  }

  /** So many hexadecimal digits, in small letters. */
  hex(digits: number): string {
    let text = ""
    while (text.length < digits) text += this.#next().toString(16).padStart(8, "0")
    return text.slice(0, digits)
  }

  /** The form of a random UUID (version 4). */
  uuid(): string {
    const hex = this.hex(32)
    const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) & 3)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  /** The same things in another order. */
  shuffle<A>(things: ReadonlyArray<A>): ReadonlyArray<A> {
    return things
      .map((thing) => ({ thing, place: this.#next() }))
      .toSorted((left, right) => left.place - right.place)
      .map(({ thing }) => thing)
  }

  // Mulberry32: small, fast, and good enough to look like chance.
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
