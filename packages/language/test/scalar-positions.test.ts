import { describe, expect, it } from "@effect/vitest"
import { textOf, scalarAt } from "./YamlSamples.ts"

/** Each unit of the decoded value with the characters that it came from. */
const units = (text: string, ...path: ReadonlyArray<string | number>) => {
  const { text: located } = scalarAt(text, ...path)
  return located.text.split("").map((unit, at) => [unit, textOf(located.span(at, at + 1))])
}

describe("a plain scalar", () => {
  it("has its own characters as span and text, without comment and blanks", () => {
    const scalar = scalarAt("key:   seventy 7  # seven\n", "key")
    expect([scalar.value, scalar.style, textOf(scalar.span)]).toEqual(["seventy 7", "plain", "seventy 7"])
    expect(textOf(scalar.text.span(8, 9))).toBe("7")
  })

  it("that means a number keeps the text as it is written", () => {
    const scalar = scalarAt("key: 0x1F\n", "key")
    expect([scalar.value, scalar.text.text, textOf(scalar.text.span(2, 4))]).toEqual([31, "0x1F", "1F"])
  })

  it("folds a break to a space that stands at the break", () => {
    expect(units("key: a\n  b\n", "key")).toEqual([
      ["a", "a"],
      [" ", "\n"],
      ["b", "b"]
    ])
  })

  it("folds empty lines to line feeds, each at its own break", () => {
    const { text } = scalarAt("key: a  \r\n \t \r\n\r\n  b\r\n", "key")
    expect(text.text).toBe("a\n\nb")
    expect([text.span(1, 2).start, text.span(2, 3).start].map((at) => at)).toEqual([13, 15])
    expect(textOf(text.span(1, 2))).toBe("\r\n")
  })
})

describe("a single-quoted scalar", () => {
  it("has a doubled quote for one, and both are its place", () => {
    expect(units("key: 'a''b'\n", "key")).toEqual([
      ["a", "a"],
      ["'", "''"],
      ["b", "b"]
    ])
  })

  it("includes its quotes in the span and keeps backslashes and templates as they are", () => {
    const scalar = scalarAt("- '\\d ${{ x }}'\n", 0)
    expect([scalar.value, textOf(scalar.span)]).toEqual(["\\d ${{ x }}", "'\\d ${{ x }}'"])
    expect(textOf(scalar.text.span(3, 11))).toBe("${{ x }}")
  })

  it("that is empty has the point between the quotes", () => {
    const { text } = scalarAt("key: ''\n", "key")
    expect([text.text, text.span(0, 0).start]).toEqual(["", 6])
  })

  it("folds over lines with indentation", () => {
    expect(units("key: 'a\n\n   b\n  '\n", "key")).toEqual([
      ["a", "a"],
      ["\n", "\n"],
      ["b", "b"],
      [" ", "\n"]
    ])
  })
})

describe("a double-quoted scalar", () => {
  it("maps each escape to all of its characters", () => {
    expect(units(String.raw`key: "\n\x41\u00e9\"\\\ \/z"`, "key")).toEqual([
      ["\n", "\\n"],
      ["A", "\\x41"],
      ["é", "\\u00e9"],
      ['"', '\\"'],
      ["\\", "\\\\"],
      [" ", "\\ "],
      ["/", "\\/"],
      ["z", "z"]
    ])
  })

  it("knows all escapes of YAML 1.2", () => {
    const { value } = scalarAt(String.raw`"\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P"`)
    expect(value).toBe('\0\x07\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029')
  })

  it("maps both halves of a character beyond the 16-bit range to its escape", () => {
    expect(units(String.raw`"\U0001F600"`).map(([, source]) => source)).toEqual([
      "\\U0001F600",
      "\\U0001F600"
    ])
    expect(units(String.raw`"\uD83D\uDE00"`).map(([, source]) => source)).toEqual(["\\uD83D", "\\uDE00"])
    expect(units('"😀!"').map(([, source]) => source)).toEqual(["\ud83d", "\ude00", "!"])
  })

  it("drops an escaped break with the blanks after it", () => {
    expect(units('key: "a\\\n   b\\\r\n  \\ c"\n', "key")).toEqual([
      ["a", "a"],
      ["b", "b"],
      [" ", "\\ "],
      ["c", "c"]
    ])
  })

  it("drops blanks around a break, but not escaped ones", () => {
    expect(units('key: "a \t\n \t b\\t\n c"\n', "key")).toEqual([
      ["a", "a"],
      [" ", "\n"],
      ["b", "b"],
      ["\t", "\\t"],
      [" ", "\n"],
      ["c", "c"]
    ])
  })
})

describe("a literal scalar", () => {
  it("maps its lines through the indentation, and each line feed to its break", () => {
    expect(units("key:\n  deep: |\n    a\n      b\n", "key", "deep")).toEqual([
      ["a", "a"],
      ["\n", "\n"],
      [" ", " "],
      [" ", " "],
      ["b", "b"],
      ["\n", "\n"]
    ])
  })

  it("spans from its indicator to the end of its last line of content", () => {
    const scalar = scalarAt("key: |-  # text\n  a\n  b\n\nnext: 1\n", "key")
    expect([scalar.value, textOf(scalar.span)]).toEqual(["a\nb", "|-  # text\n  a\n  b"])
  })

  it("keeps all line feeds at the end with +, at their breaks", () => {
    const { text } = scalarAt("key: |+\r\n  a\r\n\r\n \r\nnext: 1\r\n", "key")
    expect(text.text).toBe("a\n\n\n")
    expect([1, 2, 3].map((at) => text.span(at, at + 1).start)).toEqual([12, 14, 17])
    expect(textOf(text.span(3, 4))).toBe("\r\n")
  })

  it("takes the indentation from the indicator, so that content may begin with spaces", () => {
    expect(units("key: |2-\n\n   a\n", "key")).toEqual([
      ["\n", "\n"],
      [" ", " "],
      ["a", "a"]
    ])
  })

  it("keeps lines of spaces that are longer than the indentation", () => {
    expect(units("key: |\n  a\n    \n  b\n", "key").map(([unit]) => unit)).toEqual("a\n  \nb\n".split(""))
  })

  it("at the end of a file without a break still ends with a line feed, at the end", () => {
    const { text } = scalarAt("key: |\n  a", "key")
    expect([text.text, text.span(1, 2).start, text.span(1, 2).end]).toEqual(["a\n", 10, 10])
  })

  it("without content is empty, with its indicator as span", () => {
    const scalar = scalarAt("key: |\n\nnext: 1\n", "key")
    expect([scalar.value, textOf(scalar.span)]).toEqual(["", "|"])
  })
})

describe("a folded scalar", () => {
  it("folds single breaks and keeps those around lines that are indented more", () => {
    const source = "key: >\n  a\n  b\n\n  c\n   d\n   e\n  f\n  \tg\n"
    const { text } = scalarAt(source, "key")
    expect(text.text).toBe("a b\nc\n d\n e\nf\n\tg\n")
    for (const [at, unit] of text.text.split("").entries())
      expect(textOf(text.span(at, at + 1))).toBe(unit === " " && at === 1 ? "\n" : unit)
  })

  it("drops the first of several breaks between lines of text", () => {
    const { text } = scalarAt("key: >-\n  a\n\n\n  b\n", "key")
    expect(text.text).toBe("a\n\nb")
    expect([text.span(1, 2).start, text.span(2, 3).start]).toEqual([12, 13])
  })
})

describe("a range of a scalar's text", () => {
  it("covers everything between its first and its last character", () => {
    const { text } = scalarAt('key: "a\\tb\n  c"\n', "key")
    expect(text.text).toBe("a\tb c")
    expect(textOf(text.span(1, 5))).toBe("\\tb\n  c")
  })

  it("that is a point stands before its character, and at the end behind the last one", () => {
    const { text } = scalarAt('"a\\tb"')
    expect([0, 1, 2, 3].map((at) => text.span(at, at).start)).toEqual([1, 2, 4, 5])
  })

  it("is clamped to the text", () => {
    const { text } = scalarAt("key: 'a''b'\n", "key")
    expect(textOf(text.span(-5, 99))).toBe("a''b")
    expect(textOf(text.span(2, 1))).toBe("")
  })

  it("is right behind a byte order mark", () => {
    expect(textOf(scalarAt("\ufeff- a\n- bc\n", 1).text.span(1, 2))).toBe("c")
  })
})
