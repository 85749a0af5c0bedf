/** A set of code points: ranges as pairs `first, last`, ascending, neither overlapping nor touching. */
export type CharSet = ReadonlyArray<number>

const lastCodePoint = 0x10ffff

/** The empty set. */
export const noChars: CharSet = []

/** The set of the given ranges, in any order. */
export const charSet = (...pairs: ReadonlyArray<readonly [first: number, last: number]>): CharSet => {
  const [only] = pairs
  if (only !== undefined && pairs.length === 1) return only
  const out: Array<number> = []
  for (const [first, last] of pairs.toSorted((a, b) => a[0] - b[0])) {
    const end = out.at(-1)
    if (end !== undefined && first <= end + 1) out[out.length - 1] = Math.max(end, last)
    else out.push(first, last)
  }
  return out
}

/** The ranges of a set. */
export const rangesOf = (set: CharSet): ReadonlyArray<readonly [first: number, last: number]> => {
  const out: Array<readonly [number, number]> = []
  for (let at = 0; at + 1 < set.length; at += 2) out.push([set[at] ?? 0, set[at + 1] ?? 0])
  return out
}

/** The characters of all the sets. */
export const unionOf = (...sets: ReadonlyArray<CharSet>): CharSet => {
  const [first = noChars, ...others] = sets.filter((set) => set.length > 0)
  return others.length === 0 ? first : charSet(...[first, ...others].flatMap(rangesOf))
}

/** All code points but those of the set. */
export const complementOf = (set: CharSet): CharSet => {
  const out: Array<readonly [number, number]> = []
  let next = 0
  for (const [first, last] of rangesOf(set)) {
    if (first > next) out.push([next, first - 1])
    next = last + 1
  }
  if (next <= lastCodePoint) out.push([next, lastCodePoint])
  return charSet(...out)
}

/** Do the sets share a code point? */
export const overlaps = (a: CharSet, b: CharSet): boolean => {
  // Both ascend: the range that ends first cannot meet anything further on.
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if ((a[i + 1] ?? 0) < (b[j] ?? 0)) i += 2
    else if ((b[j + 1] ?? 0) < (a[i] ?? 0)) j += 2
    else return true
  }
  return false
}

/** Is the character in the set? */
export const hasChar = (set: CharSet, codePoint: number): boolean =>
  rangesOf(set).some(([first, last]) => first <= codePoint && codePoint <= last)
