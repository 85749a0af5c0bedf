import { alternatives, type PatternError, patternErrorAt, quotedPiece } from "./PatternError.ts"
import { keywordInOtherCase, PatternLexer, type Token, type TokenKind } from "./PatternLexer.ts"
import { patternLimits } from "./StixPattern.ts"

/**
 * The tokens of a pattern with the one that is looked at. Keeps the first problem: a reader that meets one gives
 * undefined, and so does every reader above it.
 */
export class PatternTokens {
  readonly #lexer: PatternLexer
  #depth = 0
  #problem: PatternError | undefined
  /** The token that is looked at. */
  current: Token
  /** Where the token before it ends. */
  lastEnd = 0

  constructor(text: string) {
    this.#lexer = new PatternLexer(text)
    this.current = this.#lexer.next()
  }

  /** The first problem; undefined while there is none. */
  get problem(): PatternError | undefined {
    return this.#problem
  }

  /** Is the token this keyword or symbol? */
  isAt(word: string): boolean {
    const { kind, value } = this.current
    return (kind === "keyword" || kind === "symbol") && value === word
  }

  /** Gives the token and goes on to the next. */
  take(): Token {
    const token = this.current
    this.lastEnd = token.end
    this.current = this.#lexer.next()
    return token
  }

  /** Goes on if the token is this keyword or symbol. */
  accept(word: string): boolean {
    const found = this.isAt(word)
    if (found) this.take()
    return found
  }

  /** Goes on if the token is this keyword or symbol; a problem if not. `others` could have stood there as well. */
  expect(word: string, ...others: ReadonlyArray<string>): boolean {
    const found = this.accept(word)
    if (!found) this.failExpecting([quotedPiece(word), ...others])
    return found
  }

  /** The value of the token if it is of the kind; a problem if not. */
  expectKind(kinds: ReadonlyArray<TokenKind>, noun: string, help?: string): string | undefined {
    if (kinds.includes(this.current.kind)) return this.take().value
    this.failExpecting([noun], help)
    return undefined
  }

  /** Records that something else had to stand here. */
  failExpecting(expected: ReadonlyArray<string>, help?: string): undefined {
    const { kind, start, value, problem } = this.current
    if (problem !== undefined) return this.fail(start, problem, {})
    const found = kind === "end" ? "the end of the pattern" : foundWord(kind, value)
    return this.fail(start, `expected ${alternatives(expected)}, found ${found}`, {
      expected,
      help: help ?? keywordHelp(kind, value)
    })
  }

  /** Records a problem, unless there is one already. */
  fail(offset: number, message: string, more: Parameters<typeof patternErrorAt>[3] = {}): undefined {
    this.#problem ??= patternErrorAt(this.#lexer.text, offset, message, more)
    return undefined
  }

  /** Reads what stands in the parentheses that open here, `)` included. */
  inParentheses<A>(read: () => A | undefined): A | undefined {
    const { start } = this.take()
    if (this.#depth === patternLimits.depth) {
      return this.fail(start, `more than ${patternLimits.depth} parentheses stand in one another`)
    }
    this.#depth++
    const inner = read()
    this.#depth--
    return inner !== undefined && this.expect(")", quotedPiece("AND"), quotedPiece("OR")) ? inner : undefined
  }
}

const nouns: Partial<Record<TokenKind, string>> = {
  string: "the string",
  integer: "the number",
  float: "the number",
  timestamp: "the timestamp",
  hex: "the hexadecimal literal",
  binary: "the Base64 literal"
}

const foundWord = (kind: TokenKind, value: string): string => {
  const noun = nouns[kind]
  return noun === undefined ? quotedPiece(value) : `${noun} ${quotedPiece(value)}`
}

const keywordHelp = (kind: TokenKind, value: string): string | undefined => {
  const keyword = kind === "name" ? keywordInOtherCase(value) : undefined
  return keyword === undefined ? undefined : `write the keyword as ${keyword}`
}
