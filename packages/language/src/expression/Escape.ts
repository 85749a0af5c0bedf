/** What a backslash stands for: the text, or what is wrong with it. `end` is behind the whole escape either way. */
export type Escape =
  | { readonly value: string; readonly end: number }
  | { readonly value: undefined; readonly end: number; readonly problem: string; readonly help?: string }

/**
 * Reads the escape whose backslash is at `at` (CEL language definition, "String and Bytes Values"): `\a \b \f \n \r
 * \t \v \\ \? \" \' \``, `\xHH`, `\uHHHH`, `\UHHHHHHHH` and three octal digits. Surrogates and code points beyond
 * U+10FFFF are refused.
 */
export const readEscape = (text: string, at: number): Escape => {
  const letter = text.charAt(at + 1)
  const simple = simpleEscapes.get(letter)
  if (simple !== undefined) return { value: simple, end: at + 2 }
  if (letter === "x" || letter === "X") return readDigits(text, at, at + 2, 2, 16)
  if (letter === "u") return readDigits(text, at, at + 2, 4, 16)
  if (letter === "U") return readDigits(text, at, at + 2, 8, 16)
  if (letter >= "0" && letter <= "3") return readDigits(text, at, at + 1, 3, 8)
  const end = Math.min(at + 2, text.length)
  return {
    value: undefined,
    end,
    problem: `${JSON.stringify(text.slice(at, end))} is not an escape`,
    help: `a backslash itself is written "\\\\", or use a raw string: r"…"`
  }
}

const simpleEscapes = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ["?", "?"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"]
])

const readDigits = (text: string, at: number, from: number, count: number, base: 8 | 16): Escape => {
  let end = from
  let code = 0
  while (end < from + count) {
    const digit = Number.parseInt(text.charAt(end), base)
    if (Number.isNaN(digit)) break
    code = code * base + digit
    end++
  }
  if (end < from + count) {
    const kind = base === 16 ? "hexadecimal" : "octal"
    return {
      value: undefined,
      end,
      problem: `the escape ${JSON.stringify(text.slice(at, end))} needs ${count} ${kind} digits`
    }
  }
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    return {
      value: undefined,
      end,
      problem: `the escape ${JSON.stringify(text.slice(at, end))} is not a Unicode character`
    }
  }
  return { value: String.fromCodePoint(code), end }
}
