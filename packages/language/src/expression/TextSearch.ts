/*
 * Substring search that is linear in the worst case. V8's own search is not: it takes seconds to look in 1 MB of
 * "abab…" for 80 kB of the same with one character changed, and both may come from an event.
 */

/** Needles up to this length are left to the engine: its worst case is then a small factor of the text. */
const shortNeedle = 32

/** As `text.indexOf(needle, from)`, in time proportional to the lengths. */
export const indexOf = (text: string, needle: string, from = 0): number =>
  needle.length <= shortNeedle ? text.indexOf(needle, from) : (search(text, needle, from, 1)[0] ?? -1)

/** As `text.lastIndexOf(needle, from)`: the last place at or before `from`, in time proportional to the lengths. */
export const lastIndexOf = (text: string, needle: string, from = text.length): number => {
  if (needle.length <= shortNeedle) return text.lastIndexOf(needle, from)
  const end = Math.min(text.length, from + needle.length)
  const [at] = search(reverseUnits(text.slice(0, end)), reverseUnits(needle), 0, 1)
  return at === undefined ? -1 : end - at - needle.length
}

/** The places of a needle that is not empty, left to right without overlaps; at most `limit`. */
export const indexesOf = (text: string, needle: string, limit: number): ReadonlyArray<number> => {
  if (needle.length > shortNeedle) return search(text, needle, 0, limit)
  const found: Array<number> = []
  let at = text.indexOf(needle)
  while (at >= 0 && found.length < limit) {
    found.push(at)
    at = text.indexOf(needle, at + needle.length)
  }
  return found
}

/** Knuth, Morris, Pratt: never goes back in the text. */
const search = (text: string, needle: string, from: number, limit: number): ReadonlyArray<number> => {
  const found: Array<number> = []
  if (needle.length > text.length - from) return found
  const borders = bordersOf(needle)
  let matched = 0
  for (let at = from; at < text.length && found.length < limit; at++) {
    matched = extend(needle, borders, matched, text.charCodeAt(at))
    if (matched === needle.length) {
      found.push(at - matched + 1)
      matched = 0
    }
  }
  return found
}

/** For each prefix of the needle, the length of its longest proper border. */
const bordersOf = (needle: string): Int32Array => {
  const borders = new Int32Array(needle.length)
  let length = 0
  for (let at = 1; at < needle.length; at++) {
    length = extend(needle, borders, length, needle.charCodeAt(at))
    borders[at] = length
  }
  return borders
}

/** How much of the needle matches behind one more unit, when `matched` did before it. */
const extend = (needle: string, borders: Int32Array, matched: number, unit: number): number => {
  let length = matched
  while (length > 0 && needle.charCodeAt(length) !== unit) length = borders[length - 1] ?? 0
  return needle.charCodeAt(length) === unit ? length + 1 : length
}

const reverseUnits = (text: string): string => {
  const units: Array<string> = []
  for (let at = text.length - 1; at >= 0; at--) units.push(text.charAt(at))
  return units.join("")
}
