import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import { displayCells, showText, textWidth, wrapText } from "../src/diagnostics/DisplayText.ts"
import { forbidden, hostileText } from "./HostileText.ts"

describe("text made safe for a terminal", () => {
  const shown: ReadonlyArray<readonly [string, string, string, number]> = [
    ["plain text stays as it is", "a B~", "a B~", 4],
    ["a tab is four columns", "a\tb", "a    b", 6],
    ["an escape sequence is shown, not obeyed", "\u001b[2J\u0007", "␛[2J␇", 5],
    ["a line feed stays within the line", "a\r\nb", "a␍␊b", 4],
    ["delete is shown", "\u007f", "␡", 1],
    ["C1 controls are shown by number", "\u009b", "<U+009B>", 8],
    ["bidi overrides are shown by number", "a\u202eb", "a<U+202E>b", 10],
    ["bidi isolates are shown by number", "\u2066", "<U+2066>", 8],
    ["zero-width spaces are shown by number", "\u200b", "<U+200B>", 8],
    ["a byte order mark is shown by number", "\ufeffa", "<U+FEFF>a", 9],
    ["interlinear annotations are shown by number", "\ufff9", "<U+FFF9>", 8],
    ["tag characters are shown by number", "\u{e0041}", "<U+E0041>", 9],
    ["line separators are shown by number", "\u2028", "<U+2028>", 8],
    ["lone surrogates are shown by number", "\ud800x\udc00", "<U+D800>x<U+DC00>", 17],
    ["wide characters take two columns", "通知", "通知", 4],
    ["Hangul takes two columns, composed or not", "한\u1112\u1161\u11ab", "한\u1112\u1161\u11ab", 4],
    ["half-width katakana takes one column", "ｱ", "ｱ", 1],
    ["full-width Latin takes two columns", "Ａ", "Ａ", 2],
    ["an emoji takes two columns", "👍!", "👍!", 3],
    ["a flag takes two columns", "🇩🇪", "🇩🇪", 2],
    ["combining marks take none", "e\u0301x", "e\u0301x", 2],
    ["a mark without a character to stand on is shown by number", "\u0301", "<U+0301>", 8],
    ["a mark on a space is shown by number", " \u0301", " <U+0301>", 9],
    ["a family is shown as its members", "👩\u200d👩\u200d👧", "👩👩👧", 6],
    ["a skin tone is left out", "👍🏽", "👍", 2],
    ["an emoji's variation selector is left out", "❤\ufe0f", "❤", 1],
    ["variation selectors that could hide data are shown", "👍\ufe0f\ufe0f", "👍<U+FE0F>", 10],
    ["a joiner outside an emoji is shown", "a\u200db", "a<U+200D>b", 10]
  ]
  for (const [guarantee, text, expected, width] of shown) {
    it(guarantee, () => {
      expect(showText(text)).toBe(expected)
      expect(textWidth(text)).toBe(width)
    })
  }

  it("marks stacked on one character are shown by number after the fourth", () => {
    const text = showText(`a${"\u0301".repeat(6)}`)
    expect(text).toBe(`a${"\u0301".repeat(4)}<U+0301><U+0301>`)
  })

  it("text over the limit ends with an ellipsis", () => {
    expect(showText("abcdef", 3)).toBe("abc…")
    expect(showText("通知通知", 3)).toBe("通…")
    expect(showText("abc", 3)).toBe("abc")
    expect(showText("x".repeat(1_000_000), 10)).toBe("xxxxxxxxxx…")
  })

  it.effect("the cells of any text cover it without a gap and hold nothing that a terminal obeys", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        hostileText,
        (text) => {
          const cells = displayCells(text)
          const covered = cells.every((cell, index) => cell.start === (cells[index - 1]?.end ?? 0))
          return (
            covered &&
            (cells.at(-1)?.end ?? 0) === text.length &&
            !cells.some((cell) => forbidden.test(cell.text))
          )
        },
        { runs: 2000, seed: 41 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it("text is wrapped at spaces, and a long word keeps a line of its own", () => {
    expect(wrapText("one two three", 7)).toEqual(["one two", "three"])
    expect(wrapText("a extraordinary b", 5)).toEqual(["a", "extraordinary", "b"])
    expect(wrapText("", 5)).toEqual([""])
  })
})
