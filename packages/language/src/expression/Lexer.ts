import type { Code } from "../diagnostics/Diagnostic.ts"
import { readEscape } from "./Escape.ts"

/** `punctuation` covers operators too; a keyword (`true`, `in`, …) is an identifier until the parser looks at it. */
export type TokenKind =
  | "end"
  | "identifier"
  | "quoted"
  | "int"
  | "double"
  | "string"
  | "punctuation"
  | "invalid"

/** How the lexer tells of a problem; it always goes on behind it. */
export type ReportProblem = (code: Code, message: string, start: number, end: number, help?: string) => void

/**
 * Reads one token at a time and never further, so that the parser can stop at the `}}` of a template wherever it
 * stands. After `next()` the token's kind, place and value are in the fields.
 */
export class Lexer {
  readonly text: string
  readonly #report: ReportProblem
  #at: number

  kind: TokenKind = "end"
  start = 0
  end = 0
  /** The identifier, the operator, the decoded string, or the number's text. */
  value = ""
  /** The numeric value of an `int` or `double`. */
  number = 0

  constructor(text: string, start: number, report: ReportProblem) {
    this.text = text
    this.#at = start
    this.#report = report
  }

  /** Reads the next token into the fields. */
  next(): void {
    this.#skipBlank()
    const start = this.#at
    this.start = start
    if (start >= this.text.length) return this.#finish("end", start, "")
    const code = this.text.charCodeAt(start)
    if (isIdentifierStart(code)) return this.#identifierOrString(code)
    if (isDigit(code)) return this.#number()
    if (code === dot && isDigit(this.text.charCodeAt(start + 1))) return this.#number()
    if (code === doubleQuote || code === singleQuote) return this.#string(start, false)
    if (code === backQuote) return this.#quotedIdentifier()
    return this.#punctuation(code)
  }

  /** Moves to an offset; the next token is read from there. */
  moveTo(offset: number): void {
    this.#at = offset
  }

  #finish(kind: TokenKind, end: number, value: string): void {
    this.kind = kind
    this.end = end
    this.#at = end
    this.value = value
  }

  #skipBlank(): void {
    const { text } = this
    for (;;) {
      const code = text.charCodeAt(this.#at)
      if (code === 32 || (code >= 9 && code <= 13)) this.#at++
      else if (code === slash && text.charCodeAt(this.#at + 1) === slash) {
        const line = text.indexOf("\n", this.#at)
        this.#at = line < 0 ? text.length : line
      } else return
    }
  }

  #identifierOrString(first: number): void {
    const { text } = this
    let at = this.start + 1
    const isRaw = first === letterR || first === letterCapitalR
    const isBytes = first === letterB || first === letterCapitalB
    if (isRaw || isBytes) {
      const quote = text.charCodeAt(at)
      if (quote === doubleQuote || quote === singleQuote) {
        this.#string(at, isRaw)
        if (isBytes) this.#reportBytes()
        return
      }
      const second = text.charCodeAt(at)
      const mixed = isRaw
        ? second === letterB || second === letterCapitalB
        : second === letterR || second === letterCapitalR
      const mixedQuote = text.charCodeAt(at + 1)
      if (mixed && (mixedQuote === doubleQuote || mixedQuote === singleQuote)) {
        this.#string(at + 1, true)
        this.#reportBytes()
        return
      }
    }
    while (isIdentifierPart(text.charCodeAt(at))) at++
    this.#finish("identifier", at, text.slice(this.start, at))
  }

  #reportBytes(): void {
    this.#report(
      "SP1106",
      "bytes are not part of this language",
      this.start,
      this.end,
      "JSON has no bytes: use a string, or base64.encode and hex.encode for text"
    )
  }

  #quotedIdentifier(): void {
    const close = this.text.indexOf("`", this.start + 1)
    const line = this.text.indexOf("\n", this.start + 1)
    if (close < 0 || (line >= 0 && line < close)) {
      const end = line < 0 ? this.text.length : line
      this.#finish("quoted", end, this.text.slice(this.start + 1, end))
      this.#report("SP1102", "the quoted field name does not end", this.start, end, "close it with `")
      return
    }
    this.#finish("quoted", close + 1, this.text.slice(this.start + 1, close))
  }

  #number(): void {
    const { text } = this
    let at = this.start
    let isDouble = false
    if (text.charCodeAt(at) === 48 && (text.charCodeAt(at + 1) | 32) === letterX) {
      at += 2
      while (isHexDigit(text.charCodeAt(at))) at++
    } else {
      while (isDigit(text.charCodeAt(at))) at++
      if (text.charCodeAt(at) === dot && isDigit(text.charCodeAt(at + 1))) {
        isDouble = true
        at++
        while (isDigit(text.charCodeAt(at))) at++
      }
      const exponent = exponentEnd(text, at)
      if (exponent > at) {
        isDouble = true
        at = exponent
      }
    }
    const digitsEnd = at
    while (isIdentifierPart(text.charCodeAt(at))) at++
    this.#finish(isDouble ? "double" : "int", at, text.slice(this.start, digitsEnd))
    this.number = Number(this.value)
    this.#checkNumber(digitsEnd, isDouble)
  }

  #checkNumber(digitsEnd: number, isDouble: boolean): void {
    const suffix = this.text.slice(digitsEnd, this.end)
    if (suffix === "u" || suffix === "U") {
      this.#report(
        "SP1106",
        "unsigned integers are not part of this language",
        this.start,
        this.end,
        `JSON has one kind of number: write ${this.value}`
      )
    } else if (suffix !== "" || Number.isNaN(this.number)) {
      const written = this.text.slice(this.start, this.end)
      this.#report("SP1104", `${show(written)} is not a number`, this.start, this.end)
      this.number = 0
    } else if (!isDouble && !Number.isSafeInteger(this.number)) {
      this.#report(
        "SP1104",
        `the integer ${show(this.value)} is beyond 2^53 - 1 and would lose digits`,
        this.start,
        this.end,
        `JSON numbers are exact up to 9007199254740991: write it as a string, or as a double with ".0"`
      )
    } else if (!Number.isFinite(this.number)) {
      this.#report("SP1104", `${show(this.value)} is beyond the largest double`, this.start, this.end)
    }
  }

  /** Reads a string whose opening quote is at `quoteAt`. */
  #string(quoteAt: number, raw: boolean): void {
    const { text } = this
    const quote = text.charAt(quoteAt)
    const triple = text.startsWith(quote + quote + quote, quoteAt)
    const delimiter = triple ? quote + quote + quote : quote
    const quoteCode = text.charCodeAt(quoteAt)
    let value = ""
    let at = quoteAt + delimiter.length
    let from = at
    for (;;) {
      const code = text.charCodeAt(at)
      if (at >= text.length || (!triple && (code === 10 || code === 13))) {
        this.#finish("string", at, value + text.slice(from, at))
        this.#report("SP1102", "the string does not end", this.start, at, `close it with ${delimiter}`)
        return
      }
      if (code === quoteCode && (!triple || text.startsWith(delimiter, at))) break
      if (code !== backslash || raw) {
        at++
        continue
      }
      value += text.slice(from, at)
      const escape = readEscape(text, at)
      if (escape.value === undefined) {
        this.#report("SP1103", escape.problem, at, escape.end, escape.help)
      } else {
        value += escape.value
      }
      at = escape.end
      from = at
    }
    this.#finish("string", at + delimiter.length, value + text.slice(from, at))
  }

  #punctuation(code: number): void {
    const { start, text } = this
    const double = doubles[code]
    if (double !== undefined && text.charCodeAt(start + 1) === double.charCodeAt(1)) {
      return this.#finish("punctuation", start + 2, double)
    }
    const single = singles[code]
    if (single !== undefined) return this.#finish("punctuation", start + 1, single)
    const end = code >= 0xd800 && code <= 0xdbff ? start + 2 : start + 1
    this.#finish("invalid", Math.min(end, text.length), text.slice(start, end))
    // The parser knows what `=`, `&` and `|` were meant to be, and says so.
    if (this.value === "=" || this.value === "&" || this.value === "|") return
    this.#report(
      "SP1105",
      `the character ${show(this.value)} has no meaning here`,
      start,
      this.end,
      invalidHelp.get(this.value)
    )
  }
}

/** A piece of text as messages quote it: escaped, at most 40 characters. */
export const show = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

const dot = 46
const slash = 47
const backslash = 92
const doubleQuote = 34
const singleQuote = 39
const backQuote = 96
const letterB = 98
const letterCapitalB = 66
const letterR = 114
const letterCapitalR = 82
const letterX = 120

/** Operators and brackets by the code of their first character: looking one up copies no text. */
const byFirst = (texts: ReadonlyArray<string>): ReadonlyArray<string | undefined> => {
  const table: Array<string | undefined> = Array.from({ length: 128 })
  for (const text of texts) table[text.charCodeAt(0)] = text
  return table
}

const doubles = byFirst(["||", "&&", "==", "!=", "<=", ">="])
const singles = byFirst("( ) [ ] { } . , : ? ! - + * / % < >".split(" "))
const invalidHelp = new Map([
  ["$", `inside an expression, names stand alone, without "$" or "\${{"`],
  ["“", `use the plain quotes " or '`],
  ["”", `use the plain quotes " or '`],
  ["‘", `use the plain quotes " or '`],
  ["’", `use the plain quotes " or '`]
])

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isHexDigit = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102)
const isIdentifierStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
const isIdentifierPart = (code: number): boolean => isIdentifierStart(code) || isDigit(code)

/** The end of `e+12` at `at`, or `at` when there is none. */
const exponentEnd = (text: string, at: number): number => {
  if ((text.charCodeAt(at) | 32) !== 101) return at
  const sign = text.charCodeAt(at + 1)
  let end = sign === 43 || sign === 45 ? at + 2 : at + 1
  if (!isDigit(text.charCodeAt(end))) return at
  while (isDigit(text.charCodeAt(end))) end++
  return end
}
