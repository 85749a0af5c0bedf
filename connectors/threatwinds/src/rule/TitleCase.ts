/**
 * The text in title case: the first cased letter of each word as in a title, all others unchanged. Words end as in
 * golang.org/x/text/cases (which follows Unicode annex 29): `port-au-prince` is three words, `cote d'ivoire` is two,
 * `u.s.a` is one. Expects lower case.
 */
export const titleCase = (text: string): string => {
  let result = ""
  let inWord = false
  let afterMiddle = false
  for (const character of text) {
    const isMiddle = middle.test(character)
    if (afterMiddle && isMiddle) inWord = false
    if (cased.test(character)) {
      result += inWord ? character : titleOf(character)
      inWord = true
    } else {
      result += character
      if (!isMiddle && !wordPart.test(character)) inWord = false
    }
    afterMiddle = isMiddle
  }
  return result
}

const cased = /^\p{Cased}$/u

/** Word_Break MidLetter, MidNumLet, Single_Quote and Format: one of them between two letters does not end the word. */
const middle =
  /^(?:['.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a]|\p{Cf})$/u

/** What else does not end a word: Word_Break ALetter, Hebrew_Letter, Numeric, ExtendNumLet and Extend. */
const wordPart =
  /^(?!\p{Ideographic}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar})[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]$/u

/** Letters whose title case is not their upper case (UnicodeData.txt). */
const digraphs: ReadonlyMap<string, string> = new Map([
  ["\u01c6", "\u01c5"],
  ["\u01c9", "\u01c8"],
  ["\u01cc", "\u01cb"],
  ["\u01f3", "\u01f2"]
])

const titleOf = (character: string): string => {
  // Georgian has capitals for whole words only: the title case of a letter is the letter.
  if (/^[\u10d0-\u10ff]$/.test(character)) return character
  const upper = digraphs.get(character) ?? character.toUpperCase()
  const letters = Array.from(upper)
  const first = letters.findIndex((letter) => cased.test(letter))
  // One letter may become several, as `ß` does: only the first of them is a capital.
  return (
    letters.slice(0, first + 1).join("") +
    letters
      .slice(first + 1)
      .join("")
      .toLowerCase()
  )
}
