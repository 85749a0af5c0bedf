/** A set of code points: ranges as pairs `first, last`, ascending, neither overlapping nor touching. */
export type CharSet = ReadonlyArray<number>

const lastCodePoint = 0x10ffff

export const noChars: CharSet = []

/** The set of the given ranges, in any order. */
export const charSet = (...pairs: ReadonlyArray<readonly [first: number, last: number]>): CharSet => {
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

export const unionOf = (...sets: ReadonlyArray<CharSet>): CharSet => charSet(...sets.flatMap(rangesOf))

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
export const overlaps = (a: CharSet, b: CharSet): boolean =>
  rangesOf(a).some(([first, last]) => rangesOf(b).some(([from, to]) => first <= to && from <= last))

export const hasChar = (set: CharSet, codePoint: number): boolean =>
  rangesOf(set).some(([first, last]) => first <= codePoint && codePoint <= last)
