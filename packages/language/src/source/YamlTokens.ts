import { Lexer, Parser, type CST } from "yaml"
import { SourceCode } from "../diagnostics/SourceCodes.ts"
import { excerpt, SyntaxProblems } from "./SyntaxProblems.ts"
import type { YamlLimits } from "./YamlLimits.ts"
import type { YamlProblems } from "./YamlProblems.ts"
import { checkEnd } from "./YamlProperties.ts"

/**
 * The tokens of a file's only document; undefined when it has none, or when the file is refused as a whole
 * because it passes the limit of size, tokens or depth, which is then the only problem.
 *
 * The yaml package's lexer and parser are driven token by token, and stopped when a limit is passed: both work
 * in one pass and without recursion, so time is proportional to the tokens and nothing deep is ever built.
 */
export const readTokens = (
  problems: YamlProblems,
  limits: YamlLimits
): { readonly document: CST.Document | undefined; readonly refused: boolean } => {
  const reader = new TokenReader(problems, limits)
  const refused = !reader.run()
  return { document: refused ? undefined : reader.document, refused }
}

class TokenReader {
  readonly #problems: YamlProblems
  readonly #syntax: SyntaxProblems
  readonly #limits: YamlLimits
  readonly #parser = new Parser()
  #directive: CST.Directive | undefined
  document: CST.Document | undefined

  constructor(problems: YamlProblems, limits: YamlLimits) {
    this.#problems = problems
    this.#syntax = new SyntaxProblems(problems)
    this.#limits = limits
  }

  /** False when a limit was passed. */
  run(): boolean {
    const { text } = this.#problems.file
    if (text.length > this.#limits.size)
      return this.#tooLarge(this.#limits.size, `${this.#limits.size} characters`)
    // yaml 2.9.1 misreads a list behind a byte order mark (its parser takes "- " for not indented), so it gets none.
    const isMarked = text.startsWith("\ufeff")
    this.#parser.offset = isMarked ? 1 : 0
    let count = 0
    for (const lexeme of new Lexer().lex(isMarked ? text.slice(1) : text)) {
      count += 1
      if (count > this.#limits.tokens)
        return this.#tooLarge(this.#parser.offset, `${this.#limits.tokens} tokens`)
      for (const token of this.#parser.next(lexeme)) this.#read(token)
      if (this.#isTooDeep()) return this.#tooDeep()
      if (this.#refuseSecondDocument()) break
    }
    for (const token of this.#parser.end()) this.#read(token)
    if (this.#directive !== undefined && this.document === undefined) this.#checkDirectiveEnd(undefined)
    return true
  }

  #read(token: CST.Token): void {
    switch (token.type) {
      case "document":
        if (this.document === undefined) {
          this.#checkDirectiveEnd(token)
          this.document = token
        }
        return
      case "directive":
        this.#directive = token
        this.#checkDirective(token)
        return
      case "doc-end":
        checkEnd(token.end, true, this.#syntax)
        return
      case "error":
        this.#syntax.unexpected(token)
        break
      default:
    }
  }

  /** The stack holds the document, the open collections, and perhaps a scalar on top. */
  #isTooDeep(): boolean {
    const { stack } = this.#parser
    if (stack.length <= this.#limits.depth + 1) return false
    const top = stack.at(-1)
    return top?.type === "block-map" || top?.type === "block-seq" || top?.type === "flow-collection"
  }

  #tooDeep(): boolean {
    const at = this.#parser.stack.at(-1)?.offset ?? 0
    this.#problems.clear()
    this.#syntax.tooDeep(at, at + 1, this.#limits.depth)
    return false
  }

  #tooLarge(at: number, limit: string): boolean {
    this.#problems.clear()
    this.#problems.add(SourceCode.tooLarge, at, at + 1, `the file has more than ${limit}`, {
      help: "split the file"
    })
    return false
  }

  #refuseSecondDocument(): boolean {
    const open = this.#parser.stack[0]
    if (this.document === undefined || open?.type !== "document") return false
    const marker = open.start[0]
    const end = marker === undefined ? open.offset + 1 : marker.offset + marker.source.length
    this.#problems.add(SourceCode.severalDocuments, open.offset, end, "a second document starts here", {
      help: `put it into a file of its own, or remove the line "---"`
    })
    return true
  }

  /** YAML 1.2.2, 6.8. */
  #checkDirective({ offset, source }: CST.Directive): void {
    const [name, ...parts] = source.trim().split(/[ \t]+/)
    if (name === "%YAML" && parts.length === 1 && parts[0] === "1.2") return
    const end = offset + source.length
    if (name === "%TAG") this.#problems.add(SourceCode.tag, offset, end, "tags are not supported")
    else {
      this.#problems.add(SourceCode.syntax, offset, end, `unknown directive "${excerpt(source)}"`, {
        help: `the only directive is "%YAML 1.2"; put quotes around a text that begins with "%"`
      })
    }
  }

  #checkDirectiveEnd(document: CST.Document | undefined): void {
    const directive = this.#directive
    if (directive === undefined || document?.start.some((token) => token.type === "doc-start")) return
    const end = directive.offset + directive.source.length
    this.#problems.addDoubtful(
      SourceCode.syntax,
      directive.offset,
      end,
      `a directive must be followed by a line "---"`
    )
  }
}
