/**
 * Percent-encodes everything but the unreserved characters of RFC 3986 §2.3 (letters, digits, `-._~`). Lone surrogates
 * become U+FFFD; a caller that must refuse them looks with `isWellFormed` first.
 */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  )
}
