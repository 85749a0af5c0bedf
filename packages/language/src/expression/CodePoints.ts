/*
 * Strings are measured and indexed in Unicode code points; JavaScript's are UTF-16. A lone surrogate counts as one.
 */

/** How many code points a text has. */
export const codePointCount = (text: string): number => {
  if (!hasSurrogates(text)) return text.length
  let count = 0
  for (let at = 0; at < text.length; at = nextCodePoint(text, at)) count++
  return count
}

/** The UTF-16 offset of the code point at `index`; undefined when the text has fewer than `index` code points. */
export const offsetOfCodePoint = (text: string, index: number): number | undefined => {
  if (index < 0 || index > text.length) return undefined
  if (!hasSurrogates(text)) return index
  let at = 0
  for (let left = index; left > 0; left--) {
    if (at >= text.length) return undefined
    at = nextCodePoint(text, at)
  }
  return at
}

/** The number of code points before a UTF-16 offset. */
export const codePointIndex = (text: string, offset: number): number =>
  offset <= 0 ? offset : codePointCount(text.slice(0, offset))

/** The UTF-16 offset behind the code point at `offset`. */
export const nextCodePoint = (text: string, offset: number): number =>
  (text.codePointAt(offset) ?? 0) > 0xffff ? offset + 2 : offset + 1

const hasSurrogates = (text: string): boolean => /[\uD800-\uDFFF]/.test(text)
