import {
  type Code,
  type Diagnostic,
  type DiagnosticDetails,
  error,
  type Note
} from "../diagnostics/Diagnostic.ts"
import type { LocatedText } from "../source/LocatedText.ts"
import { Lexer, show } from "./Lexer.ts"

/** How deep an expression may nest, counting brackets and calls as well as chains of operators. */
export const maxDepth = 250

/** How many nodes an expression may have. */
export const maxNodes = 10_000

/** How many problems of one expression are reported. */
const maxProblems = 20

/** How far the end of a broken expression is looked for with care; a text may hold hundreds of them. */
const maxSearch = 10_000

/** Leaves the recursive descent when a limit is passed; the parser catches it, nobody else sees it. */
export class LimitReached extends Error {}

/** What the grammar needs around its rules: the current token, what was expected and found, the limits. */
export class TokenReader {
  readonly diagnostics: Array<Diagnostic> = []
  readonly source: LocatedText
  readonly lexer: Lexer
  /** The height of the node that was parsed last: what the checker and the compiler will recurse through. */
  height = 0
  /** Where the last problem was reported: one place is reported once. */
  reportedAt = -1
  #nesting = 0
  #nodes = 0

  constructor(source: LocatedText, start: number) {
    this.source = source
    this.lexer = new Lexer(source.text, start, (code, message, from, to, help) => {
      this.reportedAt = from
      this.push(code, message, from, to, help === undefined ? {} : { help })
    })
  }

  /** Does the current token begin the `}}` that ends a template's expression? */
  atClose(): boolean {
    return this.lexer.value === "}" && this.source.text.startsWith("}}", this.lexer.start)
  }

  /** Is the current token this bracket, comma or operator? */
  isPunctuation(value: string): boolean {
    return this.lexer.kind === "punctuation" && this.lexer.value === value
  }

  /** Is the current token a number? */
  isNumber(): boolean {
    return this.lexer.kind === "int" || this.lexer.kind === "double"
  }

  /** Is there no further token? */
  isEnd(): boolean {
    return this.lexer.kind === "end"
  }

  /** May the current token begin an element of a list or an argument, behind a forgotten comma? */
  startsItem(): boolean {
    const { kind } = this.lexer
    return kind === "identifier" || kind === "string" || kind === "int" || kind === "double"
  }

  /** A closing bracket that belongs to something further out: this sequence was not closed. */
  isForeignClose(close: string): boolean {
    const { kind, value } = this.lexer
    return kind === "punctuation" && value !== close && (value === ")" || value === "]" || value === "}")
  }

  /** Takes `close`; when it is not there, says so and where the opening one is. Gives the end of what was read. */
  expect(close: string, openAt: number, open: string): number {
    const lexer = this.lexer
    if (this.isPunctuation(close)) {
      const { end } = lexer
      lexer.next()
      return end
    }
    if (this.reportedAt !== lexer.start) {
      const spelled = open === "the key" ? open : `"${open}"`
      this.report("SP1101", `expected "${close}", found ${this.found()}`, undefined, {
        message: `for ${spelled} here`,
        span: this.source.span(openAt, openAt + 1)
      })
    }
    return lexer.start
  }

  /** Skips to a comma or closing bracket of this level. */
  skipTo(close: string): void {
    const lexer = this.lexer
    let depth = 0
    for (; lexer.kind !== "end"; lexer.next()) {
      if (lexer.kind !== "punctuation") continue
      if ("([{".includes(lexer.value)) depth++
      else if (depth === 0 && (lexer.value === "," || lexer.value === close || this.isForeignClose(close)))
        return
      else if (")]}".includes(lexer.value)) depth--
    }
  }

  /** Looks for the `}}` that ends a broken expression: outside strings and brackets when they are balanced. */
  findClose(from: number): number | undefined {
    const lexer = new Lexer(this.source.text, from, () => {})
    let depth = 0
    for (lexer.next(); lexer.kind !== "end" && lexer.start - from < maxSearch; lexer.next()) {
      if (lexer.kind !== "punctuation") continue
      if (lexer.value === "{") depth++
      else if (lexer.value === "}") {
        if (depth === 0 && this.source.text.startsWith("}}", lexer.start)) return lexer.start + 2
        if (depth > 0) depth--
      }
    }
    const close = this.source.text.indexOf("}}", from)
    return close < 0 ? undefined : close + 2
  }

  /** The current token, for messages. */
  found(): string {
    const { kind, value } = this.lexer
    if (kind === "end") return "the end"
    if (this.atClose()) return `"}}"`
    if (kind === "string") return `the string ${show(value)}`
    if (kind === "quoted") return show(`\`${value}\``)
    return show(this.source.text.slice(this.lexer.start, this.lexer.end))
  }

  /** Reports at the current token, unless something has been reported there. */
  report(code: Code, message: string, help?: string, note?: Note): void {
    const { start, end } = this.lexer
    if (this.reportedAt === start) return
    this.reportedAt = start
    this.push(code, message, start, this.atClose() ? end + 1 : end, {
      ...(help === undefined ? {} : { help }),
      ...(note === undefined ? {} : { notes: [note] })
    })
  }

  /** Reports at a place. A text that is nothing but mistakes is told so a few times, not a million. */
  push(code: Code, message: string, start: number, end: number, details?: DiagnosticDetails): void {
    if (this.diagnostics.length >= maxProblems) return
    this.diagnostics.push(error(code, message, this.source.span(start, end), details))
  }

  /** Counts a node without children. */
  leaf(): void {
    this.height = 0
    this.grow(0)
  }

  /** Counts a node of which the highest child has `height`. */
  grow(height: number): void {
    this.height = height + 1
    if (++this.#nodes > maxNodes) this.#giveUp(`the expression has more than ${maxNodes} parts`)
    if (this.height > maxDepth) this.#giveUp(`the expression nests more than ${maxDepth} levels deep`)
  }

  /** Counts a level of nesting. */
  enter(): void {
    if (++this.#nesting > maxDepth) this.#giveUp(`the expression nests more than ${maxDepth} levels deep`)
  }

  /** Ends what `enter` began. */
  leave(): void {
    this.#nesting--
  }

  #giveUp(message: string): never {
    const { start, end } = this.lexer
    this.diagnostics.length = Math.min(this.diagnostics.length, maxProblems - 1)
    this.push("SP1108", message, start, end, { help: "split it into several steps or variables" })
    throw new LimitReached()
  }
}
