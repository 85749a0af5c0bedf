/**
 * The candidate that a mistyped word most likely meant, or undefined when none is near. A candidate that differs in
 * case alone is best; then fewest typing errors (a letter too many, too few, wrong, or two exchanged), then
 * alphabetical order, so the answer does not depend on the order of the candidates. A word is not suggested for
 * itself, and words over 48 characters are not compared. One candidate costs at most some 350 steps.
 */
export const suggest = (word: string, candidates: Iterable<string>): string | undefined =>
  suggestions(word, candidates, 1)[0]

/** The best `limit` candidates, best first, by the rules of `suggest`. */
export const suggestions = (
  word: string,
  candidates: Iterable<string>,
  limit: number
): ReadonlyArray<string> => {
  if (word.length > longestWord) return []
  const distance = new AlignmentDistance(word.toLowerCase())
  const found = new Map<string, number>()
  let most = allowedErrors(word)
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > longestWord + mostErrors) continue
    const errors = distance.to(candidate.toLowerCase(), most)
    if (errors > most) continue
    found.set(candidate, errors)
    if (limit === 1) most = errors
  }
  return [...found]
    .toSorted(([a, left], [b, right]) => left - right || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([candidate]) => candidate)
}

const longestWord = 48

/** So many errors that chance decides are never taken. */
const mostErrors = 3

/** One error in a word of two letters, and one more for every third. */
const allowedErrors = (word: string): number =>
  word.length < 2 ? 0 : Math.min(mostErrors, Math.max(1, Math.floor(word.length / 3)))

/** The optimal string alignment distance from one word: Damerau-Levenshtein where no letter is edited twice. */
class AlignmentDistance {
  readonly #word: string
  /** Three rows of the table, indexed by the letters of the other word. They are reused for every candidate. */
  #beforeLast = new Uint8Array(rowLength)
  #last = new Uint8Array(rowLength)
  #current = new Uint8Array(rowLength)

  constructor(word: string) {
    this.#word = word
  }

  /** The distance to `other`, or some number above `most` when it is more than that. */
  to(other: string, most: number): number {
    const far = most + 1
    if (other === this.#word) return 0
    if (most === 0 || Math.abs(other.length - this.#word.length) > most) return far
    for (let column = 0; column <= other.length; column++) this.#last[column] = Math.min(far, column)
    for (let row = 1; row <= this.#word.length; row++) {
      if (this.#fill(other, row, most) > most) return far
      const free = this.#beforeLast
      this.#beforeLast = this.#last
      this.#last = this.#current
      this.#current = free
    }
    return this.#last[other.length] ?? far
  }

  /**
   * Computes one row and returns its least number. Only the diagonal band that can stay within `most` is computed;
   * its two neighbours are set to more, so that the rows after see no number of an earlier candidate.
   */
  #fill(other: string, row: number, most: number): number {
    const far = most + 1
    const current = this.#current
    const first = Math.max(1, row - most)
    const last = Math.min(other.length, row + most)
    let left = first === 1 ? Math.min(far, row) : far
    let least = left
    current[first - 1] = left
    const letter = this.#word.charCodeAt(row - 1)
    const before = row > 1 ? this.#word.charCodeAt(row - 2) : Number.NaN
    for (let column = first; column <= last; column++) {
      const match = other.charCodeAt(column - 1)
      let cost = (this.#last[column - 1] ?? far) + (letter === match ? 0 : 1)
      cost = Math.min(cost, (this.#last[column] ?? far) + 1, left + 1)
      if (column > 1 && before === match && letter === other.charCodeAt(column - 2))
        cost = Math.min(cost, (this.#beforeLast[column - 2] ?? far) + 1)
      left = Math.min(far, cost)
      current[column] = left
      if (left < least) least = left
    }
    if (last < other.length) current[last + 1] = far
    return least
  }
}

/** Lower case can be longer than the word: one capital letter (U+0130) becomes two characters. */
const rowLength = 3 * (longestWord + mostErrors) + 2
