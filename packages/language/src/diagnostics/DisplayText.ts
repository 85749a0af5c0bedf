/**
 * One unit that a terminal draws: a base character with what is drawn upon it. `start` and `end` are UTF-16
 * offsets in the original text, `text` is what is safe to print, `width` how many terminal columns it takes.
 */
export interface Cell {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly width: number
}

/** How many columns a tab takes. Fixed, so that a cut line and its carets need no knowledge of tab stops. */
const tabWidth = 4

/** More marks than this on one character are shown by number: stacked marks draw over the lines around them. */
const marksPerCell = 4

/**
 * Splits text into cells. Nothing in any cell's `text` can move the cursor, change colours, reorder or hide what is
 * printed: control characters become their pictures (U+2400 and on), and bidi controls, zero-width and other
 * invisible characters, line separators and lone surrogates become `<U+202E>` and the like.
 *
 * Terminals disagree about the width of joined emoji, so joiners, variation selectors and skin tones inside an
 * emoji are left out and its parts stand side by side.
 */
export const displayCells = (text: string): ReadonlyArray<Cell> => {
  const cells: Array<Cell> = []
  let previous = ""
  let marks = 0
  for (let at = 0; at < text.length;) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const end = at + char.length
    const base = cells.at(-1)
    if (base !== undefined && isEmojiPart(previous, char, text, end)) {
      cells[cells.length - 1] = { ...base, end }
    } else if (base !== undefined && marks < marksPerCell && canCarry(base) && isMark(char)) {
      cells[cells.length - 1] = { ...base, end, text: base.text + char }
      marks += 1
    } else {
      cells.push(cellOf(char, at, end))
      marks = 0
    }
    previous = char
    at = end
  }
  return cells
}

/** The text as it is safe to print on one line, cut with `…` after `limit` columns. */
export const showText = (text: string, limit = 2000): string => {
  let shown = ""
  let width = 0
  for (const cell of displayCells(text.slice(0, limit * 4))) {
    if (width + cell.width > limit) return shown + "…"
    shown += cell.text
    width += cell.width
  }
  return text.length > limit * 4 ? shown + "…" : shown
}

/** How many terminal columns the text takes once shown. */
export const textWidth = (text: string): number =>
  displayCells(text).reduce((width, cell) => width + cell.width, 0)

/** Breaks text at spaces into lines of at most `width` columns; a longer word keeps a line of its own. */
export const wrapText = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  let used = 0
  for (const word of text.split(" ")) {
    const columns = textWidth(word)
    if (line !== "" && used + 1 + columns > width) {
      lines.push(line)
      line = word
      used = columns
    } else {
      used += columns + (line === "" ? 0 : 1)
      line = line === "" ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

const cellOf = (char: string, start: number, end: number): Cell => {
  const text = char === "\t" ? " ".repeat(tabWidth) : isPlain(char) ? char : named(char)
  return { start, end, text, width: text === char ? charWidth(char) : text.length }
}

const printableAscii = /^[ -~]$/
const control = /^\p{Cc}$/u
/** Format characters (Cf), line and paragraph separators, lone surrogates, and whatever fonts draw as nothing. */
const invisible = /^[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]$/u
const mark = /^[\p{Mn}\p{Me}]$/u
const emoji = /^\p{Emoji}$/u
const pictograph = /^\p{Extended_Pictographic}$/u
const skinTone = /^\p{Emoji_Modifier}$/u
const wideEmoji = /^\p{Emoji_Presentation}$/u
/** A flag is two regional indicators of one column each. */
const regionalIndicator = /^\p{Regional_Indicator}$/u

const isPlain = (char: string): boolean =>
  printableAscii.test(char) || !(control.test(char) || invisible.test(char) || isMark(char))

const named = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return "\u2421"
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`
}

/** Drawn upon the character before: non-spacing and enclosing marks, and the vowels and finals of a Hangul syllable. */
const isMark = (char: string): boolean => {
  if (printableAscii.test(char) || invisible.test(char)) return false
  return mark.test(char) || (char >= "\u1160" && char <= "\u11ff") || (char >= "\ud7b0" && char <= "\ud7fb")
}

const canCarry = (cell: Cell): boolean => cell.width > 0 && cell.width <= 2 && cell.text !== " "

/** Each part is only taken directly behind what it belongs to, so that no run of them can hide data. */
const isEmojiPart = (previous: string, char: string, text: string, end: number): boolean => {
  if (printableAscii.test(char)) return false
  if (char === "\ufe0e" || char === "\ufe0f") return emoji.test(previous)
  const joins = pictograph.test(previous) || previous === "\ufe0f" || skinTone.test(previous)
  if (char === "\u200d") return joins && pictograph.test(String.fromCodePoint(text.codePointAt(end) ?? 0))
  return skinTone.test(char) && (pictograph.test(previous) || previous === "\ufe0f")
}

/**
 * Columns of a printable character: Wide and Fullwidth of Unicode Standard Annex 11 take two, as does what is drawn
 * as an emoji by default.
 */
const charWidth = (char: string): number => {
  if (printableAscii.test(char)) return 1
  const code = char.codePointAt(0) ?? 0
  if (wideEmoji.test(char)) return regionalIndicator.test(char) ? 1 : 2
  return code >= 0x1100 && wideRanges.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/** EastAsianWidth.txt (Unicode 17), W and F, without emoji; unassigned gaps inside a block are taken along. */
const wideRanges: ReadonlyArray<readonly [number, number]> = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd]
]
