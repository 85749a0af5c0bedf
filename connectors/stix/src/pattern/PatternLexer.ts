import { isTimestampText } from "../object/Timestamp.ts"
import { quotedPiece } from "./PatternError.ts"

/** `name` is an identifier that is no keyword; `hyphenated` is one with a hyphen, which only an object type may have. */
export type TokenKind =
  | "end"
  | "name"
  | "hyphenated"
  | "keyword"
  | "symbol"
  | "string"
  | "integer"
  | "float"
  | "timestamp"
  | "hex"
  | "binary"
  | "invalid"

/** A token of a pattern and its place. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** The name, keyword, symbol or number as written; of a literal in quotes what is in them, escapes undone. */
  readonly value: string
  /** Of an invalid token: what is wrong, as a sentence. */
  readonly problem?: string
}

/** Reads the tokens of a pattern one by one, in time linear in the text. Never throws: what is wrong is a token too. */
export class PatternLexer {
  readonly text: string
  #at = 0

  constructor(text: string) {
    this.text = text
  }

  /** The next token. At the end, and behind an invalid token that reaches to it, always `end`. */
  next(): Token {
    const { text } = this
    const problem = this.#skipBlank()
    if (problem !== undefined) return problem
    const start = this.#at
    const first = text[start]
    if (first === undefined) return this.#token("end", start, "")
    if (first === "'") return this.#string(start)
    if (text[start + 1] === "'") {
      const literal = prefixed.get(first)
      if (literal !== undefined) return this.#prefixed(literal, start)
    }
    return this.#word(start) ?? this.#number(start) ?? this.#symbol(start) ?? this.#stray(start)
  }

  #skipBlank(): Token | undefined {
    const { text } = this
    for (;;) {
      this.#at += matchAt(blank, text, this.#at)?.length ?? 0
      if (text.startsWith("//", this.#at)) this.#at += matchAt(restOfLine, text, this.#at)?.length ?? 0
      else if (text.startsWith("/*", this.#at)) {
        const close = text.indexOf("*/", this.#at + 2)
        if (close < 0) return this.#invalid(this.#at, text.length, "a comment that starts here has no end")
        this.#at = close + 2
      } else return undefined
    }
  }

  #word(start: number): Token | undefined {
    const word = matchAt(identifier, this.text, start)
    if (word === undefined) return undefined
    const kind = keywords.has(word) ? "keyword" : word.includes("-") ? "hyphenated" : "name"
    return this.#token(kind, start + word.length, word)
  }

  #number(start: number): Token | undefined {
    const number = matchAt(decimal, this.text, start)
    if (number === undefined) return undefined
    const end = start + number.length
    if (number.includes(".")) return this.#token("float", end, number)
    return leadingZero.test(number)
      ? this.#invalid(start, end, "a whole number does not start with 0")
      : this.#token("integer", end, number)
  }

  #symbol(start: number): Token | undefined {
    const symbol = matchAt(punctuation, this.text, start)
    return symbol === undefined ? undefined : this.#token("symbol", start + symbol.length, symbol)
  }

  #stray(start: number): Token {
    const character = String.fromCodePoint(this.text.codePointAt(start) ?? 0)
    return this.#invalid(start, start + character.length, `unexpected character ${quotedPiece(character)}`)
  }

  #string(start: number): Token {
    const { text } = this
    const parts: Array<string> = []
    let from = start + 1
    for (;;) {
      quoteOrBackslash.lastIndex = from
      const at = quoteOrBackslash.exec(text)?.index
      if (at === undefined) return this.#invalid(start, text.length, "a string that starts here has no end")
      parts.push(text.slice(from, at))
      if (text[at] === "'") return this.#token("string", at + 1, parts.join(""))
      const escaped = text[at + 1]
      if (escaped !== "'" && escaped !== "\\") return this.#invalid(at, at + 1, badEscape)
      parts.push(escaped)
      from = at + 2
    }
  }

  #prefixed({ kind, noun, isValid }: PrefixedLiteral, start: number): Token {
    const { text } = this
    const close = text.indexOf("'", start + 2)
    if (close < 0) return this.#invalid(start, text.length, `${noun} that starts here has no end`)
    const value = text.slice(start + 2, close)
    return isValid(value)
      ? this.#token(kind, close + 1, value)
      : this.#invalid(start, close + 1, `${quotedPiece(value)} is not ${noun}`)
  }

  #token(kind: TokenKind, end: number, value: string): Token {
    const start = this.#at
    this.#at = end
    return { kind, start, end, value }
  }

  #invalid(start: number, end: number, problem: string): Token {
    this.#at = end
    return { kind: "invalid", start, end, value: this.text.slice(start, end), problem }
  }
}

interface PrefixedLiteral {
  readonly kind: "timestamp" | "hex" | "binary"
  readonly noun: string
  readonly isValid: (value: string) => boolean
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/
const hexDigits = /^[0-9A-Fa-f]*$/

/** The grammar has an empty `h''`, but no empty `b''`. */
const prefixed: ReadonlyMap<string, PrefixedLiteral> = new Map([
  ["t", { kind: "timestamp", noun: "a timestamp", isValid: isTimestampText }],
  [
    "h",
    {
      kind: "hex",
      noun: "pairs of hexadecimal digits",
      isValid: (value: string) => value.length % 2 === 0 && hexDigits.test(value)
    }
  ],
  [
    "b",
    {
      kind: "binary",
      noun: "Base64",
      isValid: (value: string) => value.length % 4 === 0 && base64.test(value)
    }
  ]
])

const keywords: ReadonlySet<string> = new Set(
  (
    "AND OR NOT FOLLOWEDBY LIKE MATCHES ISSUPERSET ISSUBSET EXISTS LAST IN START STOP SECONDS true false WITHIN " +
    "REPEATS TIMES"
  ).split(" ")
)

/** Would the word stand for itself as the name of a property, without quotes? */
export const isPlainName = (word: string): boolean => plainName.test(word) && !keywords.has(word)

/** The keyword that was meant by a word in other letters, such as `within`; undefined when there is none. */
export const keywordInOtherCase = (word: string): string | undefined => {
  const [upper, lower] = [word.toUpperCase(), word.toLowerCase()]
  return keywords.has(upper) ? upper : keywords.has(lower) ? lower : undefined
}

const badEscape = "a backslash in a string stands before a single quote or another backslash only"
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/
const quoteOrBackslash = /['\\]/g
const leadingZero = /^[+-]?0\d/

/** White space of the grammar. A byte order mark is none. */
const blank = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y
const restOfLine = /[^\r\n]*/y
const identifier = /[A-Za-z_][A-Za-z0-9_-]*/y
const decimal = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)/y
const punctuation = /==|!=|<>|<=|>=|[=<>:.,()[\]*]/y

/** What the sticky expression matches at the offset; undefined when it does not. */
const matchAt = (expression: RegExp, text: string, at: number): string | undefined => {
  expression.lastIndex = at
  return expression.exec(text)?.[0]
}
