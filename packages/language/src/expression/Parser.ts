import type { Diagnostic } from "../diagnostics/Diagnostic.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import type { BinaryOperator, Expression, ListItem, MapEntry, Name } from "./Ast.ts"
import { reservedWords } from "./ReservedWords.ts"
import { LimitReached, TokenReader } from "./TokenReader.ts"

/** A tree for any text, with what was wrong in it. `end` is the offset of the first token behind the expression. */
export interface ParseResult {
  readonly expression: Expression
  readonly diagnostics: ReadonlyArray<Diagnostic>
  readonly end: number
}

/**
 * Parses a text that is one expression. Never throws: every problem is a diagnostic and leaves a tree that can still
 * be checked and completed.
 */
export const parseExpression = (source: LocatedText): ParseResult => {
  const parser = new Parser(source, 0)
  const expression = parser.parse()
  parser.expectEnd()
  return { expression, diagnostics: parser.diagnostics, end: source.text.length }
}

/**
 * Parses the expression that follows the `${{` at `open`. The end is the first `}}` that is not inside the expression
 * itself; `end` is the offset behind it, or the end of the text when it is missing.
 */
export const parseEmbedded = (source: LocatedText, open: number): ParseResult => {
  const parser = new Parser(source, open + 3)
  const expression = parser.parse()
  const end = parser.closeTemplate(open)
  return { expression, diagnostics: parser.diagnostics, end }
}

class Parser {
  readonly #tokens: TokenReader
  readonly #start: number
  #gaveUp = false

  constructor(source: LocatedText, start: number) {
    this.#tokens = new TokenReader(source, start)
    this.#start = start
  }

  get diagnostics(): ReadonlyArray<Diagnostic> {
    return this.#tokens.diagnostics
  }

  parse(): Expression {
    try {
      this.#tokens.lexer.next()
      return this.#expression()
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#gaveUp = true
      return { kind: "missing", start: this.#start, end: this.#tokens.lexer.end }
    }
  }

  expectEnd(): void {
    const lexer = this.#tokens.lexer
    if (lexer.kind === "end" || this.#gaveUp) return
    this.#tokens.report(
      "SP1110",
      `unexpected ${this.#tokens.found()} after the end of the expression`,
      afterEndHelp(lexer.value)
    )
  }

  closeTemplate(open: number): number {
    const { text } = this.#tokens.source
    const lexer = this.#tokens.lexer
    if (!this.#gaveUp && this.#tokens.atClose()) return lexer.start + 2
    const end = this.#tokens.findClose(this.#gaveUp ? lexer.end : lexer.start)
    if (end === undefined) {
      this.#tokens.push("SP1109", `the expression does not end: "}}" is missing`, open, open + 3, {
        help: `close it with "}}"`
      })
      return text.length
    }
    if (!this.#gaveUp) {
      lexer.moveTo(lexer.start)
      this.#tokens.report(
        "SP1110",
        `unexpected ${this.#tokens.found()} before "}}"`,
        afterEndHelp(lexer.value)
      )
    }
    return end
  }

  #expression(): Expression {
    this.#tokens.enter()
    const condition = this.#binary(0)
    let result = condition
    if (this.#tokens.isPunctuation("?")) {
      let height = this.#tokens.height
      const question = this.#tokens.lexer.start
      this.#tokens.lexer.next()
      const consequent = this.#expression()
      height = Math.max(height, this.#tokens.height)
      this.#tokens.expect(":", question, "?")
      const alternate = this.#expression()
      this.#tokens.grow(Math.max(height, this.#tokens.height))
      result = {
        kind: "conditional",
        condition,
        consequent,
        alternate,
        start: condition.start,
        end: alternate.end
      }
    }
    this.#tokens.leave()
    return result
  }

  #binary(minimum: number): Expression {
    let left = this.#unary()
    let height = this.#tokens.height
    for (;;) {
      const operator = this.#operator()
      const level = operator === undefined ? -1 : precedence[operator]
      if (operator === undefined || level < minimum) break
      const at = this.#tokens.lexer.start
      this.#tokens.lexer.next()
      const right = this.#binary(level + 1)
      this.#tokens.grow(Math.max(height, this.#tokens.height))
      height = this.#tokens.height
      left = { kind: "binary", operator, at, left, right, start: left.start, end: right.end }
    }
    this.#tokens.height = height
    return left
  }

  /** The operator at the current token; other languages' spellings are reported and stand for what was meant. */
  #operator(): BinaryOperator | undefined {
    const { kind, value } = this.#tokens.lexer
    if (kind === "punctuation") return isBinaryOperator(value) ? value : undefined
    if (kind === "identifier" && value === "in") return "in"
    if (kind !== "invalid" && kind !== "identifier") return undefined
    const operator = meant.get(value)
    if (operator !== undefined) this.#reportSpelling(value, operator)
    return operator
  }

  #reportSpelling(written: string, operator: BinaryOperator): void {
    const tokens = this.#tokens
    const { end, start } = tokens.lexer
    if (tokens.reportedAt === start) return
    tokens.reportedAt = start
    const title = `write "${operator}"`
    const fix = { title, edits: [{ span: tokens.source.span(start, end), text: operator }] }
    tokens.push("SP1105", `"${written}" is not an operator`, start, end, { help: title, fix })
  }

  #unary(): Expression {
    const lexer = this.#tokens.lexer
    if (lexer.kind !== "punctuation" || (lexer.value !== "!" && lexer.value !== "-")) return this.#member()
    const operator = lexer.value
    const start = lexer.start
    lexer.next()
    if (operator === "-" && lexer.start === start + 1 && this.#tokens.isNumber()) {
      return this.#selectors(this.#numberLiteral(start, -1))
    }
    this.#tokens.enter()
    const operand = this.#unary()
    this.#tokens.leave()
    this.#tokens.grow(this.#tokens.height)
    return { kind: "unary", operator, operand, start, end: operand.end }
  }

  #member(): Expression {
    return this.#selectors(this.#primary())
  }

  #selectors(first: Expression): Expression {
    const lexer = this.#tokens.lexer
    let target = first
    while (lexer.kind === "punctuation") {
      if (lexer.value === ".") target = this.#selection(target)
      else if (lexer.value === "[") target = this.#index(target)
      else if (lexer.value === "{" && this.#isMessageName(target)) target = this.#messageLiteral(target)
      else break
    }
    return target
  }

  #selection(target: Expression): Expression {
    const lexer = this.#tokens.lexer
    const height = this.#tokens.height
    const dotAt = lexer.start
    lexer.next()
    const optional = this.#tokens.isPunctuation("?")
    if (optional) lexer.next()
    const field = this.#fieldName(dotAt + (optional ? 2 : 1))
    if (!optional && this.#tokens.isPunctuation("(")) {
      const { args, end } = this.#arguments()
      this.#tokens.grow(Math.max(height, this.#tokens.height))
      return { kind: "call", target, name: field, args, start: target.start, end }
    }
    this.#tokens.grow(height)
    return { kind: "select", target, field, optional, start: target.start, end: field.end }
  }

  /** Any word is a field, reserved or not (`x.type`, `x.in`); other names are written in back-quotes. */
  #fieldName(expectedAt: number): Name {
    const lexer = this.#tokens.lexer
    if (lexer.kind === "identifier" || lexer.kind === "quoted") {
      const name: Name = { text: lexer.value, start: lexer.start, end: lexer.end }
      lexer.next()
      return name
    }
    const help =
      lexer.kind === "string"
        ? "a name that is not a word is written in back-quotes: x.`content-type`"
        : undefined
    this.#tokens.report("SP1101", `expected a field name after ".", found ${this.#tokens.found()}`, help)
    return { text: "", start: expectedAt, end: expectedAt }
  }

  #index(target: Expression): Expression {
    const lexer = this.#tokens.lexer
    let height = this.#tokens.height
    const open = lexer.start
    lexer.next()
    const optional = this.#tokens.isPunctuation("?")
    if (optional) lexer.next()
    const index = this.#expression()
    height = Math.max(height, this.#tokens.height)
    const end = this.#tokens.expect("]", open, "[")
    this.#tokens.grow(height)
    return { kind: "index", target, index, optional, start: target.start, end }
  }

  #primary(): Expression {
    const lexer = this.#tokens.lexer
    // The lexer has reported these already.
    while (lexer.kind === "invalid" && !meant.has(lexer.value)) lexer.next()
    const { kind, start, end, value } = lexer
    switch (kind) {
      case "int":
      case "double":
        return this.#numberLiteral(start, 1)
      case "string":
        lexer.next()
        this.#tokens.leaf()
        return { kind: "literal", type: "string", value, start, end }
      case "identifier":
        return this.#identifier()
      case "punctuation":
        if (value === "(") return this.#parenthesis()
        if (value === "[") return this.#list()
        if (value === "{") return this.#map()
        // `.name` is CEL's absolute name; names here have no container, so it is the name.
        if (value === ".") lexer.next()
        return value === "." && lexer.kind === "identifier" ? this.#identifier() : this.#missing()
      default:
        return this.#missing()
    }
  }

  #numberLiteral(start: number, sign: 1 | -1): Expression {
    const { kind, end, number } = this.#tokens.lexer
    this.#tokens.lexer.next()
    this.#tokens.leaf()
    // An int has no negative zero.
    const value = kind === "double" ? sign * number : sign * number + 0
    return { kind: "literal", type: kind === "double" ? "double" : "int", value, start, end }
  }

  #identifier(): Expression {
    const lexer = this.#tokens.lexer
    const { start, end, value } = lexer
    if (value === "in") return this.#missing()
    lexer.next()
    this.#tokens.leaf()
    if (value === "true" || value === "false") {
      return { kind: "literal", type: "bool", value: value === "true", start, end }
    }
    if (value === "null") return { kind: "literal", type: "null", value: null, start, end }
    if (reservedWords.has(value)) {
      this.#tokens.push("SP1107", `"${value}" is a reserved word`, start, end, {
        help: "no variable can have this name"
      })
    }
    if (this.#tokens.isPunctuation("(")) {
      const call = this.#arguments()
      this.#tokens.grow(this.#tokens.height)
      return {
        kind: "call",
        target: undefined,
        name: { text: value, start, end },
        args: call.args,
        start,
        end: call.end
      }
    }
    return { kind: "identifier", name: value, start, end }
  }

  #parenthesis(): Expression {
    const open = this.#tokens.lexer.start
    this.#tokens.lexer.next()
    const inner = this.#expression()
    const end = this.#tokens.expect(")", open, "(")
    return { ...inner, start: open, end }
  }

  #arguments(): { readonly args: ReadonlyArray<Expression>; readonly end: number } {
    const open = this.#tokens.lexer.start
    const args: Array<Expression> = []
    const end = this.#sequence(open, "(", ")", () => args.push(this.#expression()))
    return { args, end }
  }

  #list(): Expression {
    const start = this.#tokens.lexer.start
    const items: Array<ListItem> = []
    const end = this.#sequence(start, "[", "]", () => {
      const optional = this.#optionalMark()
      items.push({ value: this.#expression(), optional })
    })
    this.#tokens.grow(this.#tokens.height)
    return { kind: "list", items, start, end }
  }

  #map(): Expression {
    const start = this.#tokens.lexer.start
    const entries: Array<MapEntry> = []
    const end = this.#sequence(start, "{", "}", () => {
      const optional = this.#optionalMark()
      const key = this.#expression()
      const height = this.#tokens.height
      this.#tokens.expect(":", key.start, "the key")
      const value = this.#expression()
      this.#tokens.height = Math.max(height, this.#tokens.height)
      entries.push({ key, value, optional })
    })
    this.#tokens.grow(this.#tokens.height)
    return { kind: "map", entries, start, end }
  }

  #optionalMark(): boolean {
    const optional = this.#tokens.isPunctuation("?")
    if (optional) this.#tokens.lexer.next()
    return optional
  }

  /**
   * `open item, item, close` with a trailing comma allowed; gives the end. Inside, every problem moves on to the next
   * comma or the closing bracket, so that one slip does not hide the items behind it.
   */
  #sequence(openAt: number, open: string, close: string, item: () => void): number {
    const lexer = this.#tokens.lexer
    let height = 0
    lexer.next()
    while (
      !this.#tokens.isPunctuation(close) &&
      !this.#tokens.isEnd() &&
      !this.#tokens.isForeignClose(close)
    ) {
      const before = lexer.start
      item()
      height = Math.max(height, this.#tokens.height)
      if (this.#tokens.isPunctuation(",")) {
        lexer.next()
        continue
      }
      if (this.#tokens.isPunctuation(close) || this.#tokens.isEnd()) break
      this.#tokens.report(
        "SP1101",
        `expected "," or "${close}", found ${this.#tokens.found()}`,
        afterEndHelp(lexer.value)
      )
      if (lexer.start === before || !this.#tokens.startsItem()) this.#tokens.skipTo(close)
      if (this.#tokens.isPunctuation(",")) lexer.next()
      else if (!this.#tokens.startsItem()) break
    }
    this.#tokens.height = height
    return this.#tokens.expect(close, openAt, open)
  }

  #isMessageName(target: Expression): boolean {
    if (target.kind === "identifier") return /^[A-Z]/.test(target.name)
    return target.kind === "select" && !target.optional && /^[A-Z]/.test(target.field.text)
  }

  /** `pkg.Message{…}` of protocol buffers: reported once, and read over. */
  #messageLiteral(target: Expression): Expression {
    this.#tokens.push("SP1106", "message literals are not part of this language", target.start, target.end, {
      help: `an object is written without a name: {"key": value}`
    })
    const start = this.#tokens.lexer.start
    const before = this.#tokens.diagnostics.length
    this.#sequence(start, "{", "}", () => this.#tokens.skipTo("}"))
    this.#tokens.diagnostics.length = before
    this.#tokens.height = 0
    return { kind: "missing", start: target.start, end: this.#tokens.lexer.start }
  }

  #missing(): Expression {
    const { start, kind, value } = this.#tokens.lexer
    const help = kind === "punctuation" && value === "}" ? undefined : missingHelp.get(value)
    this.#tokens.report("SP1101", `expected an expression, found ${this.#tokens.found()}`, help)
    this.#tokens.leaf()
    return { kind: "missing", start, end: start }
  }
}

const precedence: { readonly [operator in BinaryOperator]: number } = {
  "||": 0,
  "&&": 1,
  "==": 2,
  "!=": 2,
  "<": 2,
  "<=": 2,
  ">": 2,
  ">=": 2,
  in: 2,
  "+": 3,
  "-": 3,
  "*": 4,
  "/": 4,
  "%": 4
}

const isBinaryOperator = (text: string): text is BinaryOperator => Object.hasOwn(precedence, text)

/** What authors write who know another language. */
const meant = new Map<string, BinaryOperator>([
  ["=", "=="],
  ["&", "&&"],
  ["|", "||"],
  ["and", "&&"],
  ["AND", "&&"],
  ["or", "||"],
  ["OR", "||"],
  ["is", "=="],
  ["eq", "=="],
  ["ne", "!="]
])

const missingHelp = new Map([
  ["*", `"*" needs a value on both sides`],
  ["/", `"/" needs a value on both sides`],
  [",", "remove the comma or write a value before it"],
  ["in", `"in" needs a value on both sides`],
  ["=", `"===" is written "==", and "!==" is written "!="`],
  [">", `">" needs a value on both sides, and "<>" is written "!="`],
  ["?", "a default for what may be missing is written x.?y.orValue(…)"]
])

const afterEndHelp = (token: string): string | undefined => {
  if (token.startsWith(".")) return "an element of a list is read with brackets: list[0]"
  return token === "not" ? `"not" is written "!"` : `write an operator before it, such as "+" or "&&"`
}
