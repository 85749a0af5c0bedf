import type { CST } from "yaml"
import { SourceCode } from "../diagnostics/SourceCodes.ts"
import { decodeBlock, type BlockScalarForm } from "./BlockScalar.ts"
import { isExactNumber, resolvePlain } from "./CoreSchema.ts"
import {
  decodeDoubleQuoted,
  decodePlain,
  decodeSingleQuoted,
  isClosedDouble,
  isClosedSingle
} from "./FlowScalar.ts"
import type { ScalarDecoder, ScalarProblem } from "./ScalarSink.ts"
import { decodeText, ScalarText, VerbatimText } from "./ScalarText.ts"
import { excerpt, SyntaxProblems } from "./SyntaxProblems.ts"
import type { ScalarStyle, ScalarValue, YamlScalar } from "./YamlNode.ts"
import type { YamlProblems } from "./YamlProblems.ts"
import { checkEnd } from "./YamlProperties.ts"

/** Turns the tokens of scalars into located scalars, reporting what is wrong in them. */
export class ScalarReader {
  readonly #problems: YamlProblems
  readonly #syntax: SyntaxProblems

  constructor(problems: YamlProblems, syntax = new SyntaxProblems(problems)) {
    this.#problems = problems
    this.#syntax = syntax
  }

  /** The null that stands where a value is missing. */
  missing(offset: number): YamlScalar {
    const { file } = this.#problems
    const text = new VerbatimText("", file, offset)
    return { kind: "scalar", value: null, style: "plain", text, span: file.span(offset, offset) }
  }

  /** A plain or quoted scalar. A key is text whatever it looks like. */
  flow(token: CST.FlowScalar, isKey: boolean): YamlScalar {
    checkEnd(token.end, true, this.#syntax)
    switch (token.type) {
      case "single-quoted-scalar":
        this.#checkClosed(token, isClosedSingle(token.source), "'")
        return this.#quoted(token, "single", decodeSingleQuoted, isVerbatim(token.source, "'"))
      case "double-quoted-scalar":
        this.#checkClosed(token, isClosedDouble(token.source), '"')
        return this.#quoted(token, "double", decodeDoubleQuoted, isVerbatim(token.source, "\\"))
      default:
        return this.#plain(token, isKey)
    }
  }

  /** A literal or folded block scalar. */
  block(token: CST.BlockScalar, atRoot: boolean): YamlScalar {
    const header = this.#readHeader(token, atRoot)
    const { file } = this.#problems
    const decode: ScalarDecoder = (source, sink) => decodeBlock(source, header.form, sink)
    const { text, copiedTo } = decodeText(token.source, decode, this.#refuse(header.end))
    return {
      kind: "scalar",
      value: text,
      style: header.form.folded ? "folded" : "literal",
      text: new ScalarText(text, { file, offset: header.end, source: token.source, decode, contentStart: 0 }),
      span: file.span(token.offset, copiedTo === 0 ? header.indicatorsEnd : header.end + copiedTo)
    }
  }

  #plain(token: CST.FlowScalar, isKey: boolean): YamlScalar {
    const { offset, source } = token
    const { file } = this.#problems
    this.#checkStart(token)
    const span = file.span(offset, offset + source.length)
    const text = source.includes("\n") ? decodeText(source, decodePlain, ignore).text : source
    const located =
      text === source
        ? new VerbatimText(text, file, offset)
        : new ScalarText(text, { file, offset, source, decode: decodePlain, contentStart: 0 })
    const value = isKey ? text : this.#checkNumber(resolvePlain(text), token, text)
    return { kind: "scalar", value, style: "plain", text: located, span }
  }

  #quoted(token: CST.FlowScalar, style: ScalarStyle, decode: ScalarDecoder, verbatim: boolean): YamlScalar {
    const { offset, source } = token
    const { file } = this.#problems
    const span = file.span(offset, offset + source.length)
    if (verbatim) {
      const value = source.slice(1, -1)
      return { kind: "scalar", value, style, text: new VerbatimText(value, file, offset + 1), span }
    }
    const value = decodeText(source, decode, this.#refuse(offset)).text
    const text = new ScalarText(value, { file, offset, source, decode, contentStart: 1 })
    return { kind: "scalar", value, style, text, span }
  }

  #checkClosed(token: CST.FlowScalar, closed: boolean, quote: string): void {
    if (closed) return
    this.#problems.add(
      SourceCode.unclosed,
      token.offset,
      token.offset + 1,
      `the quote ${quote} is not closed`,
      { help: `close the text with ${quote}, and indent its further lines deeper than the key` }
    )
  }

  /** YAML 1.2.2, 7.3.3: the indicators that cannot begin a plain scalar. */
  #checkStart(token: CST.FlowScalar): void {
    const first = token.source.charAt(0)
    if (first === "" || !",%|>@`".includes(first)) return
    this.#problems.add(
      SourceCode.reservedStart,
      token.offset,
      token.offset + 1,
      `text cannot start with "${first}"`,
      { help: "put quotes around the text" }
    )
  }

  /** A number that JSON cannot hold is reported; the nearest one (or 0) goes on, so that a number is still seen. */
  #checkNumber(value: ScalarValue, token: CST.FlowScalar, text: string): ScalarValue {
    if (typeof value !== "number" || isExactNumber(text, value)) return value
    const end = token.offset + token.source.length
    const finite = Number.isFinite(value)
    const message = finite
      ? `the integer ${excerpt(text)} is beyond 9007199254740991 and would be rounded`
      : `${excerpt(text)} is not a number that JSON can hold`
    this.#problems.add(SourceCode.inexactNumber, token.offset, end, message, {
      help: "put quotes around it to keep it as text"
    })
    return finite ? value : 0
  }

  #refuse(base: number): (problem: ScalarProblem, from: number, to: number) => void {
    return (problem, from, to) => {
      const { file } = this.#problems
      if (problem === "escape") {
        const escape = file.text.slice(base + from, base + to)
        this.#problems.add(SourceCode.badEscape, base + from, base + to, `unknown escape "${escape}"`, {
          help: `write "\\\\" for a backslash, or use single quotes, in which there are no escapes`
        })
      } else if (problem === "tab") this.#syntax.tabAt(base + from, base + to)
      else {
        const { message, help } = blockProblems[problem]
        this.#problems.add(SourceCode.badIndentation, base + from, base + to, message, { help })
      }
    }
  }

  /** The header line of a block scalar (YAML 1.2.2, 8.1.1). `end` is where its source, the lines, begins. */
  #readHeader(
    token: CST.BlockScalar,
    atRoot: boolean
  ): { readonly form: BlockScalarForm; readonly indicatorsEnd: number; readonly end: number } {
    const [header, ...rest] = token.props
    const source = header !== undefined && "source" in header ? header.source : ""
    const indicatorsEnd = token.offset + source.length
    const indicators = /^[|>](?:([1-9])([+-])?|([+-])([1-9])?)?/.exec(source)
    const known = indicators?.[0].length ?? 0
    if (known < source.length) this.#textAfterIndicator(token.offset, known, source)
    let end = indicatorsEnd
    let hasSpace = false
    for (const part of rest) {
      const text = "source" in part ? part.source : ""
      if (part.type === "space") hasSpace = true
      else if (part.type === "comment" && !hasSpace) this.#syntax.unseparatedComment(part)
      else if (part.type === "error") this.#syntax.unexpected(part)
      end += text.length
    }
    const chomping = chompings.get(indicators?.[2] ?? indicators?.[3] ?? "") ?? "clip"
    const indicator = Number(indicators?.[1] ?? indicators?.[4] ?? 0)
    const form = { folded: source.startsWith(">"), chomping, parentIndent: token.indent, indicator, atRoot }
    return { form, indicatorsEnd, end }
  }

  #textAfterIndicator(offset: number, known: number, source: string): void {
    const text = source.slice(known)
    this.#problems.add(
      SourceCode.syntax,
      offset + known,
      offset + source.length,
      `unexpected "${excerpt(text)}" after "${source.slice(0, known)}"`,
      { help: `start the text on the next line, or put quotes around it if "${source[0]}" belongs to it` }
    )
  }
}

const chompings: ReadonlyMap<string, BlockScalarForm["chomping"]> = new Map([
  ["+", "keep"],
  ["-", "strip"]
])

const blockProblems = {
  lessIndented: {
    message: "this line is indented less than the text that it belongs to",
    help: "indent all lines of the text as much as its first one"
  },
  moreIndentedBefore: {
    message: "an empty line above is indented more than the first line of the text",
    help: "remove the spaces of the empty lines, or give the indentation after the indicator, as in |2"
  },
  notIndented: {
    message: "the text must be indented deeper than its key",
    help: "indent the text by two spaces"
  }
} as const

/** True when a quoted scalar's content stands in the source as it is. */
const isVerbatim = (source: string, special: string): boolean => {
  const last = source.length - 1
  if (last < 1 || source[last] !== source[0] || source.includes("\n")) return false
  const at = source.indexOf(special, 1)
  return at < 0 || at === last
}

const ignore = (): void => {
  // Plain scalars have nothing to refuse.
}
