/** Why a pattern is refused, and where. The pattern itself is not repeated beyond the one word that is wrong. */
export interface PatternError {
  /** UTF-16 offset in the pattern's text. */
  readonly offset: number
  /** From 1; lines end at `\n`, `\r\n` or `\r`. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** One sentence, such as `expected ":", found "="`. */
  readonly message: string
  /** What could have stood there, for a program; empty where a list makes no sense. */
  readonly expected: ReadonlyArray<string>
  /** What to write instead, where that is known. */
  readonly help?: string
}

/** The error at an offset of the text. */
export const patternErrorAt = (
  text: string,
  offset: number,
  message: string,
  {
    expected = [],
    help
  }: { readonly expected?: ReadonlyArray<string>; readonly help?: string | undefined } = {}
): PatternError => ({
  offset,
  ...positionOf(text, offset),
  message,
  expected,
  ...(help === undefined ? {} : { help })
})

/** A piece of the text as an error shows it: quoted, controls escaped, not longer than 40 characters. */
export const quotedPiece = (piece: string): string =>
  JSON.stringify(piece.length > 40 ? `${piece.slice(0, 39).toWellFormed()}…` : piece)

/** `"a", "b" or "c"`. */
export const alternatives = (expected: ReadonlyArray<string>): string =>
  expected.length < 2 ? expected.join("") : `${expected.slice(0, -1).join(", ")} or ${expected.at(-1)}`

const lineEnd = /\r\n|\n|\r/g

const positionOf = (text: string, offset: number): { readonly line: number; readonly column: number } => {
  let line = 1
  let lineStart = 0
  for (const { 0: end, index } of text.slice(0, offset).matchAll(lineEnd)) {
    line++
    lineStart = index + end.length
  }
  return { line, column: offset - lineStart + 1 }
}
