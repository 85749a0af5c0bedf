import type { CST } from "yaml"
import { excerpt, type SyntaxProblems } from "./SyntaxProblems.ts"

/** The tokens before a key or a value: its indicator, anchor, tag, and the white space between. */
export interface YamlProperties {
  readonly indicator: CST.SourceToken | undefined
  readonly comma: CST.SourceToken | undefined
  readonly anchor: CST.SourceToken | undefined
  readonly tag: CST.SourceToken | undefined
  readonly hasNewline: boolean
  readonly hasNewlineAfterProperty: boolean
  /** The last newline comes after the anchor or tag. */
  readonly endsLine: boolean
  /** Where the node with its indicator, anchor and tag begins; undefined when it has none of them. */
  readonly start: number | undefined
  /** Where a missing node stands: behind the indicator, anchor or tag, or else where the tokens began. */
  readonly emptyAt: number
  /** The end of the last token. */
  readonly end: number
}

/** What the tokens are expected to be. */
export interface PropertiesContext {
  readonly indicator: "seq-item-ind" | "explicit-key-ind" | "map-value-ind" | "doc-start"
  /** Name of the flow collection that they are in. */
  readonly flow?: "map" | "list"
  /** The token after them. */
  readonly next: CST.Token | null | undefined
  readonly offset: number
  readonly parentIndent: number
  readonly startsOnNewline: boolean
}

/** Reads the tokens before a node and reports what may not stand there (YAML 1.2.2, 6.1, 6.6 and 6.9). */
export const readProperties = (
  tokens: ReadonlyArray<CST.SourceToken>,
  context: PropertiesContext,
  syntax: SyntaxProblems
): YamlProperties => {
  if (tokens.length === 0) return noProperties(context)
  const reader = new PropertiesReader(context, syntax)
  for (const token of tokens) reader.read(token)
  return reader.finish()
}

const noProperties = ({ offset, startsOnNewline }: PropertiesContext): YamlProperties => ({
  indicator: undefined,
  comma: undefined,
  anchor: undefined,
  tag: undefined,
  hasNewline: false,
  hasNewlineAfterProperty: false,
  endsLine: startsOnNewline,
  start: undefined,
  emptyAt: offset,
  end: offset
})

class PropertiesReader {
  readonly #context: PropertiesContext
  readonly #syntax: SyntaxProblems
  #indicator: CST.SourceToken | undefined
  #comma: CST.SourceToken | undefined
  #anchor: CST.SourceToken | undefined
  #tag: CST.SourceToken | undefined
  #tab: CST.SourceToken | undefined
  #unseparated: CST.SourceToken | undefined
  #atNewline: boolean
  #hasSpace: boolean
  #hasNewline = false
  #newlineAfterProperty = -1
  #start: number | undefined
  #emptyAt: number
  #end: number

  constructor(context: PropertiesContext, syntax: SyntaxProblems) {
    this.#context = context
    this.#syntax = syntax
    this.#atNewline = context.startsOnNewline
    this.#hasSpace = context.startsOnNewline
    this.#emptyAt = context.offset
    this.#end = context.offset
  }

  read(token: CST.SourceToken): void {
    this.#checkSeparation(token)
    this.#checkTab(token)
    this.#end = token.offset + token.source.length
    switch (token.type) {
      case "space":
        if (this.#mindsTabs() && token.source.includes("\t")) this.#tab = token
        this.#hasSpace = true
        return
      case "newline":
        this.#atNewline = this.#hasSpace = this.#hasNewline = true
        if (this.#anchor !== undefined || this.#tag !== undefined) this.#newlineAfterProperty = token.offset
        return
      case "comment":
        if (!this.#hasSpace) this.#syntax.unseparatedComment(token)
        this.#atNewline = false
        return
      case "anchor":
        if (this.#anchor !== undefined) this.#syntax.property(token, "a node can have only one anchor")
        this.#anchor = token
        this.#property(token)
        return
      case "tag":
        if (this.#tag !== undefined) this.#syntax.property(token, "a node can have only one tag")
        this.#tag = token
        this.#property(token)
        return
      case this.#context.indicator:
        this.#readIndicator(token)
        return
      case "comma":
        if (this.#context.flow !== undefined) {
          this.#readComma(token)
          return
        }
        break
      default:
    }
    this.#syntax.unexpected(token)
    this.#atNewline = this.#hasSpace = false
  }

  finish(): YamlProperties {
    const { next } = this.#context
    if (next && !(next.type === "scalar" && next.source === "")) this.#checkSeparation(next)
    this.#checkLastTab(next)
    const lastProperty = Math.max(this.#anchor?.offset ?? -1, this.#tag?.offset ?? -1)
    return {
      indicator: this.#indicator,
      comma: this.#comma,
      anchor: this.#anchor,
      tag: this.#tag,
      hasNewline: this.#hasNewline,
      hasNewlineAfterProperty: this.#newlineAfterProperty >= 0,
      endsLine: lastProperty < 0 || this.#newlineAfterProperty > lastProperty,
      start: this.#start,
      emptyAt: this.#emptyAt,
      end: this.#end
    }
  }

  #property(token: CST.SourceToken): void {
    this.#start ??= token.offset
    this.#emptyAt = this.#end
    this.#unseparated = token
    this.#atNewline = this.#hasSpace = false
  }

  #readIndicator(token: CST.SourceToken): void {
    const property = this.#anchor ?? this.#tag
    if (property !== undefined)
      this.#syntax.property(property, `"${excerpt(property.source)}" must stand after "${token.source}"`)
    if (this.#indicator !== undefined) this.#syntax.property(token, `a second "${token.source}"`)
    this.#indicator = token
    this.#start ??= token.offset
    this.#emptyAt = this.#end
    this.#atNewline = token.type === "seq-item-ind" || token.type === "explicit-key-ind"
    this.#hasSpace = false
  }

  #readComma(token: CST.SourceToken): void {
    if (this.#comma !== undefined) this.#syntax.property(token, "nothing stands between two commas")
    this.#comma = token
    this.#emptyAt = this.#end
    this.#atNewline = this.#hasSpace = false
  }

  #checkSeparation(next: CST.Token): void {
    const before = this.#unseparated
    this.#unseparated = undefined
    if (before === undefined || next.type === "space" || next.type === "newline" || next.type === "comma")
      return
    this.#syntax.property(before, `a space is missing after "${excerpt(before.source)}"`)
  }

  // At the start of a document, and inside flow collections, tabs are white space and not indentation.
  #mindsTabs(): boolean {
    const { flow, indicator, next } = this.#context
    return flow === undefined && (indicator !== "doc-start" || next?.type !== "flow-collection")
  }

  #checkTab(token: CST.SourceToken): void {
    const tab = this.#tab
    this.#tab = undefined
    if (tab !== undefined && this.#atNewline && token.type !== "comment" && token.type !== "newline")
      this.#syntax.tab(tab)
  }

  #checkLastTab(next: CST.Token | null | undefined): void {
    const tab = this.#tab
    if (tab === undefined) return
    const isIndentation = this.#atNewline && tab.indent <= this.#context.parentIndent
    if (isIndentation || next?.type === "block-map" || next?.type === "block-seq") this.#syntax.tab(tab)
  }
}

/** Reports what may not stand behind a node, on its last line. */
export const checkEnd = (
  tokens: ReadonlyArray<CST.SourceToken> | undefined,
  needsSpace: boolean,
  syntax: SyntaxProblems
): void => {
  let hasSpace = !needsSpace
  for (const token of tokens ?? []) {
    if (token.type === "space" || token.type === "newline") hasSpace = true
    else if (token.type !== "comment") syntax.behindValue(token)
    else if (!hasSpace) syntax.unseparatedComment(token)
  }
}
