import type { Code, Diagnostic } from "../diagnostics/Diagnostic.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import type { BinaryOperator, Expression, ListItem, MapEntry, Name } from "./Ast.ts"
import { Lexer, show } from "./Lexer.ts"
import { reservedWords } from "./ReservedWords.ts"

/** How deep an expression may nest, counting brackets and calls as well as chains of operators. */
export const maxDepth = 250

/** How many nodes an expression may have. */
export const maxNodes = 10_000

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

/** Leaves the recursive descent when a limit is passed; never leaves this file. */
class LimitReached extends Error {}

class Parser {
  readonly diagnostics: Array<Diagnostic> = []
  readonly #source: LocatedText
  readonly #lexer: Lexer
  readonly #start: number
  #nesting = 0
  #nodes = 0
  /** The height of the node that was parsed last: what the checker and the compiler will recurse through. */
  #height = 0
  /** Where the last problem was reported: one place is reported once. */
  #reportedAt = -1
  #gaveUp = false

  constructor(source: LocatedText, start: number) {
    this.#source = source
    this.#start = start
    this.#lexer = new Lexer(source.text, start, (code, message, from, to, help) => {
      this.#reportedAt = from
      this.#push(code, message, from, to, help)
    })
  }

  parse(): Expression {
    try {
      this.#lexer.next()
      return this.#expression()
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error
      this.#gaveUp = true
      return { kind: "missing", start: this.#start, end: this.#lexer.end }
    }
  }

  expectEnd(): void {
    const lexer = this.#lexer
    if (lexer.kind === "end" || this.#gaveUp) return
    this.#report(
      "SP1110",
      `unexpected ${this.#found()} after the end of the expression`,
      afterEndHelp(lexer.value)
    )
  }

  closeTemplate(open: number): number {
    const { text } = this.#source
    const lexer = this.#lexer
    if (!this.#gaveUp && this.#atClose()) return lexer.start + 2
    const end = this.#findClose(this.#gaveUp ? lexer.end : lexer.start)
    if (end === undefined) {
      this.#push(
        "SP1109",
        `the expression does not end: "}}" is missing`,
        open,
        open + 3,
        `close it with "}}"`
      )
      return text.length
    }
    if (!this.#gaveUp) {
      lexer.moveTo(lexer.start)
      this.#report("SP1110", `unexpected ${this.#found()} before "}}"`, afterEndHelp(lexer.value))
    }
    return end
  }

  #atClose(): boolean {
    return this.#lexer.value === "}" && this.#source.text.startsWith("}}", this.#lexer.start)
  }

  /** Looks for the `}}` that ends a broken expression: outside strings and brackets when they are balanced. */
  #findClose(from: number): number | undefined {
    const lexer = new Lexer(this.#source.text, from, () => {})
    let depth = 0
    for (lexer.next(); lexer.kind !== "end"; lexer.next()) {
      if (lexer.kind !== "punctuation") continue
      if (lexer.value === "{") depth++
      else if (lexer.value === "}") {
        if (depth === 0 && this.#source.text.startsWith("}}", lexer.start)) return lexer.start + 2
        if (depth > 0) depth--
      }
    }
    const close = this.#source.text.indexOf("}}", from)
    return close < 0 ? undefined : close + 2
  }

  #expression(): Expression {
    this.#enter()
    const condition = this.#binary(0)
    let result = condition
    if (this.#isPunctuation("?")) {
      let height = this.#height
      const question = this.#lexer.start
      this.#lexer.next()
      const consequent = this.#expression()
      height = Math.max(height, this.#height)
      this.#expect(":", question, "?")
      const alternate = this.#expression()
      this.#grow(Math.max(height, this.#height))
      result = {
        kind: "conditional",
        condition,
        consequent,
        alternate,
        start: condition.start,
        end: alternate.end
      }
    }
    this.#nesting--
    return result
  }

  #binary(minimum: number): Expression {
    let left = this.#unary()
    let height = this.#height
    for (;;) {
      const operator = this.#operator()
      const level = operator === undefined ? -1 : precedence[operator]
      if (operator === undefined || level < minimum) break
      const at = this.#lexer.start
      this.#lexer.next()
      const right = this.#binary(level + 1)
      this.#grow(Math.max(height, this.#height))
      height = this.#height
      left = { kind: "binary", operator, at, left, right, start: left.start, end: right.end }
    }
    this.#height = height
    return left
  }

  /** The operator at the current token; other languages' spellings are reported and stand for what was meant. */
  #operator(): BinaryOperator | undefined {
    const { kind, value } = this.#lexer
    if (kind === "punctuation") return isBinaryOperator(value) ? value : undefined
    if (kind === "identifier" && value === "in") return "in"
    if (kind !== "invalid" && kind !== "identifier") return undefined
    const operator = meant.get(value)
    if (operator !== undefined) this.#reportSpelling(value, operator)
    return operator
  }

  #reportSpelling(written: string, operator: BinaryOperator): void {
    const { start, end } = this.#lexer
    if (this.#reportedAt === start) return
    this.#reportedAt = start
    this.#push("SP1105", `"${written}" is not an operator`, start, end, `write "${operator}"`)
    const last = this.diagnostics.pop()
    if (last === undefined) return
    const fix = { title: `write "${operator}"`, edits: [{ span: last.span, text: operator }] }
    this.diagnostics.push({ ...last, fix })
  }

  #unary(): Expression {
    const lexer = this.#lexer
    if (lexer.kind !== "punctuation" || (lexer.value !== "!" && lexer.value !== "-")) return this.#member()
    const operator = lexer.value
    const start = lexer.start
    lexer.next()
    if (operator === "-" && lexer.start === start + 1 && this.#isNumber()) {
      return this.#selectors(this.#numberLiteral(start, -1))
    }
    this.#enter()
    const operand = this.#unary()
    this.#nesting--
    this.#grow(this.#height)
    return { kind: "unary", operator, operand, start, end: operand.end }
  }

  #member(): Expression {
    return this.#selectors(this.#primary())
  }

  #selectors(first: Expression): Expression {
    const lexer = this.#lexer
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
    const lexer = this.#lexer
    const height = this.#height
    const dotAt = lexer.start
    lexer.next()
    const optional = this.#isPunctuation("?")
    if (optional) lexer.next()
    const field = this.#fieldName(dotAt + (optional ? 2 : 1))
    if (!optional && this.#isPunctuation("(")) {
      const { args, end } = this.#arguments()
      this.#grow(Math.max(height, this.#height))
      return { kind: "call", target, name: field, args, start: target.start, end }
    }
    this.#grow(height)
    return { kind: "select", target, field, optional, start: target.start, end: field.end }
  }

  /** Any word is a field, reserved or not (`x.type`, `x.in`); other names are written in back-quotes. */
  #fieldName(expectedAt: number): Name {
    const lexer = this.#lexer
    if (lexer.kind === "identifier" || lexer.kind === "quoted") {
      const name: Name = { text: lexer.value, start: lexer.start, end: lexer.end }
      lexer.next()
      return name
    }
    const help =
      lexer.kind === "string"
        ? "a name that is not a word is written in back-quotes: x.`content-type`"
        : undefined
    this.#report("SP1101", `expected a field name after ".", found ${this.#found()}`, help)
    return { text: "", start: expectedAt, end: expectedAt }
  }

  #index(target: Expression): Expression {
    const lexer = this.#lexer
    let height = this.#height
    const open = lexer.start
    lexer.next()
    const optional = this.#isPunctuation("?")
    if (optional) lexer.next()
    const index = this.#expression()
    height = Math.max(height, this.#height)
    const end = this.#expect("]", open, "[")
    this.#grow(height)
    return { kind: "index", target, index, optional, start: target.start, end }
  }

  #primary(): Expression {
    const lexer = this.#lexer
    // The lexer has reported these already.
    while (lexer.kind === "invalid" && !meant.has(lexer.value)) lexer.next()
    const { kind, start, end, value } = lexer
    switch (kind) {
      case "int":
      case "double":
        return this.#numberLiteral(start, 1)
      case "string":
        lexer.next()
        this.#leaf()
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
    const { kind, end, number } = this.#lexer
    this.#lexer.next()
    this.#leaf()
    return { kind: "literal", type: kind === "double" ? "double" : "int", value: sign * number, start, end }
  }

  #identifier(): Expression {
    const lexer = this.#lexer
    const { start, end, value } = lexer
    if (value === "in") return this.#missing()
    lexer.next()
    this.#leaf()
    if (value === "true" || value === "false") {
      return { kind: "literal", type: "bool", value: value === "true", start, end }
    }
    if (value === "null") return { kind: "literal", type: "null", value: null, start, end }
    if (reservedWords.has(value)) {
      this.#push("SP1107", `"${value}" is a reserved word`, start, end, "no variable can have this name")
    }
    if (this.#isPunctuation("(")) {
      const call = this.#arguments()
      this.#grow(this.#height)
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
    const open = this.#lexer.start
    this.#lexer.next()
    const inner = this.#expression()
    const end = this.#expect(")", open, "(")
    return { ...inner, start: open, end }
  }

  #arguments(): { readonly args: ReadonlyArray<Expression>; readonly end: number } {
    const open = this.#lexer.start
    const args: Array<Expression> = []
    const end = this.#sequence(open, "(", ")", () => args.push(this.#expression()))
    return { args, end }
  }

  #list(): Expression {
    const start = this.#lexer.start
    const items: Array<ListItem> = []
    const end = this.#sequence(start, "[", "]", () => {
      const optional = this.#optionalMark()
      items.push({ value: this.#expression(), optional })
    })
    this.#grow(this.#height)
    return { kind: "list", items, start, end }
  }

  #map(): Expression {
    const start = this.#lexer.start
    const entries: Array<MapEntry> = []
    const end = this.#sequence(start, "{", "}", () => {
      const optional = this.#optionalMark()
      const key = this.#expression()
      const height = this.#height
      this.#expect(":", key.start, "the key")
      const value = this.#expression()
      this.#height = Math.max(height, this.#height)
      entries.push({ key, value, optional })
    })
    this.#grow(this.#height)
    return { kind: "map", entries, start, end }
  }

  #optionalMark(): boolean {
    const optional = this.#isPunctuation("?")
    if (optional) this.#lexer.next()
    return optional
  }

  /**
   * `open item, item, close` with a trailing comma allowed; gives the end. Inside, every problem moves on to the next
   * comma or the closing bracket, so that one slip does not hide the items behind it.
   */
  #sequence(openAt: number, open: string, close: string, item: () => void): number {
    const lexer = this.#lexer
    let height = 0
    lexer.next()
    while (!this.#isPunctuation(close) && !this.#isEnd() && !this.#isForeignClose(close)) {
      const before = lexer.start
      item()
      height = Math.max(height, this.#height)
      if (this.#isPunctuation(",")) {
        lexer.next()
        continue
      }
      if (this.#isPunctuation(close) || this.#isEnd()) break
      this.#report("SP1101", `expected "," or "${close}", found ${this.#found()}`, afterEndHelp(lexer.value))
      if (lexer.start === before || !this.#startsItem()) this.#skipTo(close)
      if (this.#isPunctuation(",")) lexer.next()
      else if (!this.#startsItem()) break
    }
    this.#height = height
    return this.#expect(close, openAt, open)
  }

  #startsItem(): boolean {
    const { kind } = this.#lexer
    return kind === "identifier" || kind === "string" || kind === "int" || kind === "double"
  }

  /** A closing bracket that belongs to something further out: this sequence was not closed. */
  #isForeignClose(close: string): boolean {
    const { kind, value } = this.#lexer
    return kind === "punctuation" && value !== close && (value === ")" || value === "]" || value === "}")
  }

  /** Skips to a comma or closing bracket of this level. */
  #skipTo(close: string): void {
    const lexer = this.#lexer
    let depth = 0
    for (; lexer.kind !== "end"; lexer.next()) {
      if (lexer.kind !== "punctuation") continue
      if ("([{".includes(lexer.value)) depth++
      else if (depth === 0 && (lexer.value === "," || lexer.value === close || this.#isForeignClose(close)))
        return
      else if (")]}".includes(lexer.value)) depth--
    }
  }

  #isMessageName(target: Expression): boolean {
    if (target.kind === "identifier") return /^[A-Z]/.test(target.name)
    return target.kind === "select" && !target.optional && /^[A-Z]/.test(target.field.text)
  }

  /** `pkg.Message{…}` of protocol buffers: reported once, and read over. */
  #messageLiteral(target: Expression): Expression {
    this.#push(
      "SP1106",
      "message literals are not part of this language",
      target.start,
      target.end,
      `an object is written without a name: {"key": value}`
    )
    const start = this.#lexer.start
    const before = this.diagnostics.length
    this.#sequence(start, "{", "}", () => this.#skipTo("}"))
    this.diagnostics.length = before
    this.#height = 0
    return { kind: "missing", start: target.start, end: this.#lexer.start }
  }

  #missing(): Expression {
    const { start, kind, value } = this.#lexer
    const help = kind === "punctuation" && value === "}" ? undefined : missingHelp.get(value)
    this.#report("SP1101", `expected an expression, found ${this.#found()}`, help)
    this.#leaf()
    return { kind: "missing", start, end: start }
  }

  /** Takes `close`; when it is not there, says so and where the opening one is. Gives the end of what was read. */
  #expect(close: string, openAt: number, open: string): number {
    const lexer = this.#lexer
    if (this.#isPunctuation(close)) {
      const { end } = lexer
      lexer.next()
      return end
    }
    if (this.#reportedAt !== lexer.start) {
      const spelled = open === "the key" ? open : `"${open}"`
      this.#report("SP1101", `expected "${close}", found ${this.#found()}`, undefined, {
        message: `for ${spelled} here`,
        span: this.#source.span(openAt, openAt + 1)
      })
    }
    return lexer.start
  }

  #isNumber(): boolean {
    return this.#lexer.kind === "int" || this.#lexer.kind === "double"
  }

  #isEnd(): boolean {
    return this.#lexer.kind === "end"
  }

  #isPunctuation(value: string): boolean {
    return this.#lexer.kind === "punctuation" && this.#lexer.value === value
  }

  #found(): string {
    const { kind, value } = this.#lexer
    if (kind === "end") return "the end"
    if (this.#atClose()) return `"}}"`
    if (kind === "string") return `the string ${show(value)}`
    if (kind === "quoted") return show(`\`${value}\``)
    return show(this.#source.text.slice(this.#lexer.start, this.#lexer.end))
  }

  #report(code: Code, message: string, help?: string, note?: Diagnostic["notes"][number]): void {
    const { start, end } = this.#lexer
    if (this.#reportedAt === start) return
    this.#reportedAt = start
    this.#push(code, message, start, this.#atClose() ? end + 1 : end, help, note)
  }

  #push(
    code: Code,
    message: string,
    start: number,
    end: number,
    help?: string,
    note?: Diagnostic["notes"][number]
  ): void {
    // A text that is nothing but mistakes is told so a few times, not a million.
    if (this.diagnostics.length >= 20) return
    this.diagnostics.push({
      code,
      severity: "error",
      message,
      span: this.#source.span(start, end),
      notes: note === undefined ? [] : [note],
      ...(help === undefined ? {} : { help })
    })
  }

  #leaf(): void {
    this.#height = 0
    this.#grow(0)
  }

  /** Counts a node of which the highest child has `height`. */
  #grow(height: number): void {
    this.#height = height + 1
    if (++this.#nodes > maxNodes) this.#giveUp(`the expression has more than ${maxNodes} parts`)
    if (this.#height > maxDepth) this.#giveUp(`the expression nests more than ${maxDepth} levels deep`)
  }

  #enter(): void {
    if (++this.#nesting > maxDepth) this.#giveUp(`the expression nests more than ${maxDepth} levels deep`)
  }

  #giveUp(message: string): never {
    const { start, end } = this.#lexer
    this.diagnostics.length = Math.min(this.diagnostics.length, 19)
    this.#push("SP1108", message, start, end, "split it into several steps or variables")
    throw new LimitReached()
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
  ["in", `"in" needs a value on both sides`]
])

const afterEndHelp = (token: string): string | undefined => {
  if (token.startsWith(".")) return "an element of a list is read with brackets: list[0]"
  return token === "not" ? `"not" is written "!"` : undefined
}
