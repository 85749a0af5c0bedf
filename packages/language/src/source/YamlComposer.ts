import type { CST } from "yaml"
import { SourceCode } from "../diagnostics/SourceCodes.ts"
import { AnchorTable } from "./AnchorTable.ts"
import { ListBuilder, MapBuilder, type PlacedNode } from "./CollectionBuilder.ts"
import { ScalarReader } from "./ScalarReader.ts"
import { excerpt, SyntaxProblems } from "./SyntaxProblems.ts"
import { endOf, isBlock, isOnSeveralLines, isScalar, lastLineOf } from "./TokenShape.ts"
import type { YamlLimits } from "./YamlLimits.ts"
import type { YamlKey, YamlNode, YamlScalar } from "./YamlNode.ts"
import type { YamlProblems } from "./YamlProblems.ts"
import { checkEnd, readProperties, type YamlProperties } from "./YamlProperties.ts"

/**
 * Makes located values of a document's tokens. What is wrong is reported and read as well as it can be: the
 * result is always a whole tree, with null where nothing could be made of the source.
 *
 * Recursive, one call a level of nesting; `YamlTokens` bounds the depth of the tokens before.
 */
export class YamlComposer {
  readonly #problems: YamlProblems
  readonly #syntax: SyntaxProblems
  readonly #limits: YamlLimits
  readonly #scalars: ScalarReader
  readonly #anchors = new AnchorTable()
  /** One alias too large is reported, not each further one. */
  #refusedAlias = false
  /** A key that belongs to a mistake already reported. */
  #blamed: CST.Token | undefined
  /** The entry before was `a: - b`, of which "b" comes as an entry of its own. */
  #isAfterError = false

  constructor(problems: YamlProblems, limits: YamlLimits) {
    this.#problems = problems
    this.#syntax = new SyntaxProblems(problems)
    this.#limits = limits
    this.#scalars = new ScalarReader(problems, this.#syntax)
  }

  /** The value of a document. An empty one is null, at the place where the document begins. */
  document({ offset, start, value, end }: CST.Document): YamlNode {
    const properties = readProperties(
      start,
      { indicator: "doc-start", next: value ?? end?.[0], offset, parentIndent: 0, startsOnNewline: true },
      this.#syntax
    )
    if (properties.indicator && isBlock(value) && !properties.hasNewline)
      this.#syntax.onMarkerLine(properties.indicator)
    const { node } = this.#value(value, properties, 0)
    checkEnd(end, false, this.#syntax)
    return node
  }

  #value(token: CST.Token | null | undefined, properties: YamlProperties, depth: number): PlacedNode {
    const { anchor, tag } = properties
    if (tag !== undefined) this.#syntax.tag(tag)
    if (token?.type === "alias") return this.#alias(token, properties, depth)
    const node = this.#anchored(anchor, depth, () => this.#node(token, properties, depth))
    return { node, alias: undefined }
  }

  #anchored<Node extends YamlNode>(
    anchor: CST.SourceToken | undefined,
    depth: number,
    read: () => Node
  ): Node {
    if (anchor === undefined) return read()
    const name = anchor.source.slice(1)
    if (name === "" || name.endsWith(":")) this.#syntax.badAnchor(anchor)
    return this.#anchors.define(name, depth, read)
  }

  #alias(token: CST.FlowScalar, properties: YamlProperties, depth: number): PlacedNode {
    checkEnd(token.end, true, this.#syntax)
    if (properties.anchor) this.#syntax.anchorOnAlias(properties.anchor)
    const end = token.offset + token.source.length
    const alias = this.#problems.file.span(token.offset, end)
    const anchor = this.#anchors.find(token.source.slice(1))
    if (anchor === undefined || anchor === "open")
      this.#syntax.unknownAlias(token, anchor === "open", this.#anchors.names(100))
    else if (depth + anchor.height > this.#limits.depth)
      this.#refuseAlias(() => this.#syntax.tooDeep(token.offset, end, this.#limits.depth))
    else if (this.#anchors.aliasedSize + anchor.size > this.#limits.aliasedNodes)
      this.#refuseAlias(() => this.#syntax.tooManyNodes(token, this.#limits.aliasedNodes))
    else {
      this.#anchors.follow(anchor, depth)
      return { node: anchor.node, alias }
    }
    this.#anchors.enter(depth)
    return { node: this.#scalars.missing(token.offset), alias }
  }

  #refuseAlias(report: () => void): void {
    if (!this.#refusedAlias) report()
    this.#refusedAlias = true
  }

  #node(token: CST.Token | null | undefined, properties: YamlProperties, depth: number): YamlNode {
    this.#anchors.enter(depth)
    if (!token) return this.#scalars.missing(properties.emptyAt)
    switch (token.type) {
      case "scalar":
      case "single-quoted-scalar":
      case "double-quoted-scalar":
        return this.#scalars.flow(token, false)
      case "block-scalar":
        return this.#scalars.block(token, depth === 0)
      case "block-map":
      case "block-seq":
      case "flow-collection":
        return this.#collection(token, properties, depth)
      case "error":
        this.#syntax.itemAfterKey(token)
        break
      default:
        this.#syntax.unexpected(token)
    }
    return this.#scalars.missing(properties.emptyAt)
  }

  #collection(
    token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection,
    properties: YamlProperties,
    depth: number
  ): YamlNode {
    if (depth >= this.#limits.depth) {
      this.#syntax.tooDeep(token.offset, token.offset + 1, this.#limits.depth)
      return this.#scalars.missing(token.offset)
    }
    if (token.type === "block-map") return this.#blockMap(token, depth)
    if (token.type === "flow-collection") return this.#flowCollection(token, depth)
    const property = properties.anchor ?? properties.tag
    if (property !== undefined && !properties.endsLine) this.#syntax.propertyBeforeDash(property)
    return this.#blockList(token, depth)
  }

  #blockMap(token: CST.BlockMap, depth: number): YamlNode {
    const builder = new MapBuilder(this.#problems)
    let offset = token.offset
    for (const item of token.items) {
      const before = readProperties(
        item.start,
        {
          indicator: "explicit-key-ind",
          next: item.key ?? item.sep?.[0],
          offset,
          parentIndent: token.indent,
          startsOnNewline: true
        },
        this.#syntax
      )
      // Without any of these the item is comments and blank lines.
      if (before.indicator || before.anchor || before.tag || item.sep)
        offset = this.#blockEntry(item, before, token.indent, depth, builder)
      else offset = before.end
    }
    return builder.finishBlock(token.offset)
  }

  /** Reads one entry of a block map (YAML 1.2.2, 8.2.2) and returns where it ends. */
  #blockEntry(
    item: CST.CollectionItem,
    before: YamlProperties,
    indent: number,
    depth: number,
    builder: MapBuilder
  ): number {
    const { key: keyToken, value } = item
    const between = readProperties(
      item.sep ?? [],
      {
        indicator: "map-value-ind",
        next: value,
        offset: endOf(keyToken) ?? before.end,
        parentIndent: indent,
        startsOnNewline: !keyToken || keyToken.type === "block-scalar"
      },
      this.#syntax
    )
    const isRest = this.#isAfterError && !before.hasNewline
    this.#isAfterError = value?.type === "error"
    const misplaced = isRest || this.#checkKeyPlace(keyToken, before, indent)
    const key = this.#key(before.indicator ? keyToken : lastLineOf(keyToken), before, between, depth)
    if (key && !misplaced) this.#checkColon(item, key, before, between)
    const start = before.start ?? keyToken?.offset ?? between.start ?? before.end
    builder.add(isRest ? undefined : key, this.#value(value, between, depth + 1), start)
    return endOf(value) ?? between.end
  }

  /** True when something about the key's place was reported. */
  #checkKeyPlace(key: CST.Token | null | undefined, before: YamlProperties, indent: number): boolean {
    if (key && key === this.#blamed) return true
    if (before.indicator) {
      if (before.indicator.indent === indent) return false
      this.#syntax.wrongColumn(before.indicator.offset, before.indicator.offset + 1, "?")
      return true
    }
    if (!isScalar(key)) return false
    const end = key.offset + key.source.length
    if (key.indent !== indent) {
      this.#syntax.wrongColumn(key.offset, end, excerpt(key.source))
      return true
    }
    const property = before.anchor ?? before.tag
    if (property && before.hasNewlineAfterProperty) this.#syntax.propertyAboveKey(property)
    else if (isOnSeveralLines(key)) this.#syntax.keyOnSeveralLines(key)
    else return false
    return true
  }

  #checkColon(
    { value }: CST.CollectionItem,
    key: YamlKey,
    before: YamlProperties,
    between: YamlProperties
  ): void {
    const start = before.start ?? key.span.start
    if (before.indicator) {
      if (value && !between.indicator) this.#syntax.missingColon(key.span.start, key.span.end, key.name)
    } else if (!between.indicator) this.#syntax.missingColon(key.span.start, key.span.end, key.name)
    else if (start < between.indicator.offset - longestKey) this.#syntax.keyTooLong(start)
    else if (value?.type === "block-map" && !between.hasNewline) {
      this.#syntax.nestedOnOneLine(value)
      this.#blamed = value.items[0]?.key ?? undefined
    }
  }

  #blockList(token: CST.BlockSequence, depth: number): YamlNode {
    const builder = new ListBuilder(this.#problems)
    let offset = token.offset
    for (const { start, value } of token.items) {
      const before = readProperties(
        start,
        { indicator: "seq-item-ind", next: value, offset, parentIndent: token.indent, startsOnNewline: true },
        this.#syntax
      )
      offset = endOf(value) ?? before.end
      if (!before.indicator) {
        if (!before.anchor && !before.tag && !value) continue
        this.#checkDash(value, before)
      }
      builder.add(this.#value(value, before, depth + 1), before.start ?? value?.offset ?? before.end)
    }
    return builder.finishBlock(token.offset)
  }

  #checkDash(value: CST.Token | undefined, before: YamlProperties): void {
    if (value?.type === "block-seq") this.#syntax.wrongColumn(value.offset, value.offset + 1, "-")
    else {
      const start = before.start ?? value?.offset ?? before.end
      this.#syntax.missingDash(start, Math.max(start + 1, endOf(value) ?? 0))
    }
  }

  #flowCollection(token: CST.FlowCollection, depth: number): YamlNode {
    const unclosed = this.#problems.count(SourceCode.unclosed)
    const isMap = token.start.source === "{"
    const builder = isMap ? new MapBuilder(this.#problems) : new ListBuilder(this.#problems)
    let offset = token.offset + 1
    for (const [index, item] of token.items.entries()) {
      const before = readProperties(
        item.start,
        {
          indicator: "explicit-key-ind",
          flow: isMap ? "map" : "list",
          next: item.key ?? item.sep?.[0] ?? item.value,
          offset,
          parentIndent: token.indent,
          startsOnNewline: false
        },
        this.#syntax
      )
      offset = endOf(item.value) ?? endOf(item.key) ?? before.end
      if (!this.#checkComma(item, before, index, token)) continue
      if (builder instanceof MapBuilder) this.#flowEntry(item, before, token, depth, builder)
      else this.#flowItem(item, before, token, depth, builder)
    }
    // What is open inside keeps what is around it open; only the innermost is the mistake.
    const isFirst = this.#problems.count(SourceCode.unclosed) === unclosed
    const [close, ...behind] = token.end
    if (isFirst && close?.source !== (isMap ? "}" : "]")) this.#syntax.unclosed(token)
    checkEnd(behind, true, this.#syntax)
    const end = close === undefined ? offset : close.offset + close.source.length
    return builder.finishFlow(token.offset, end)
  }

  /** False for an item that is only white space. */
  #checkComma(
    item: CST.CollectionItem,
    before: YamlProperties,
    index: number,
    token: CST.FlowCollection
  ): boolean {
    const isEmpty = !before.indicator && !before.anchor && !before.tag && !item.sep && !item.value
    if (index === 0 && before.comma) this.#syntax.emptyItem(before.comma.offset)
    else if (isEmpty && index < token.items.length - 1) this.#syntax.emptyItem(before.end)
    else if (index > 0 && !isEmpty && !before.comma) {
      const at = before.start ?? item.key?.offset ?? item.value?.offset ?? before.end
      this.#syntax.missingComma(at, token.start.source === "{" ? "map" : "list")
    }
    return !isEmpty
  }

  #flowItem(
    item: CST.CollectionItem,
    before: YamlProperties,
    token: CST.FlowCollection,
    depth: number,
    builder: ListBuilder
  ): void {
    const start = before.start ?? item.key?.offset ?? item.value?.offset ?? before.end
    if (!item.sep && !before.indicator) {
      if (isBlock(item.value)) this.#syntax.blockInFlow(item.value)
      builder.add(this.#value(item.value, before, depth + 1), start)
      return
    }
    // `[a: b]` is a list of maps with one entry each (YAML 1.2.2, 7.4.1).
    this.#anchors.enter(depth + 1)
    const single = new MapBuilder(this.#problems)
    this.#flowEntry(item, before, token, depth + 1, single)
    builder.add({ node: single.finishBlock(start), alias: undefined }, start)
  }

  #flowEntry(
    item: CST.CollectionItem,
    before: YamlProperties,
    token: CST.FlowCollection,
    depth: number,
    builder: MapBuilder
  ): void {
    const flow = token.start.source === "{" ? "map" : "list"
    const { key: keyToken, value } = item
    if (isBlock(keyToken)) {
      this.#syntax.blockInFlow(keyToken)
      return
    }
    const between = readProperties(
      item.sep ?? [],
      {
        indicator: "map-value-ind",
        flow,
        next: value,
        offset: endOf(keyToken) ?? before.end,
        parentIndent: token.indent,
        startsOnNewline: false
      },
      this.#syntax
    )
    const start = before.start ?? keyToken?.offset ?? between.start ?? before.end
    const isTorn = this.#checkFlowColon(item, between, flow)
    const key = isTorn ? undefined : this.#key(keyToken, before, between, depth)
    if (key && flow === "list" && !before.indicator) this.#checkPair(item, key, between)
    if (isBlock(value)) this.#syntax.blockInFlow(value)
    if (!isTorn) builder.add(key, this.#value(value, between, depth + 1), start)
  }

  /** Reports what stands behind a key without a colon; true when that makes the entry pointless. */
  #checkFlowColon({ value }: CST.CollectionItem, between: YamlProperties, flow: "map" | "list"): boolean {
    if (between.indicator || !value) return false
    if ("source" in value && value.source.startsWith(":")) this.#syntax.missingSpace(value.offset)
    else this.#syntax.missingComma(between.start ?? value.offset, flow)
    return true
  }

  /** The key of a pair in a list stands on one line with its colon (YAML 1.2.2, 7.4.1). */
  #checkPair({ key: token, sep }: CST.CollectionItem, key: YamlKey, between: YamlProperties): void {
    const { indicator } = between
    if (!token || !indicator) return
    const isBroken = sep?.some((part) => part.type === "newline" && part.offset < indicator.offset)
    if (isBroken || isOnSeveralLines(token)) this.#syntax.keyOnSeveralLines(token)
    else if (key.span.start < indicator.offset - longestKey) this.#syntax.keyTooLong(key.span.start)
  }

  /** Undefined when it is no key that a map can have here; that is reported. */
  #key(
    token: CST.Token | null | undefined,
    before: YamlProperties,
    between: YamlProperties,
    depth: number
  ): YamlKey | undefined {
    if (before.tag !== undefined) this.#syntax.tag(before.tag)
    if (!isScalar(token) || (token.type === "scalar" && token.source === "")) {
      this.#refuseKey(token, before, between)
      return undefined
    }
    const scalar = this.#anchored(before.anchor, depth + 1, () => this.#keyScalar(token, depth + 1))
    if (token.type === "scalar" && token.source === "<<") {
      this.#syntax.mergeKey(token.offset)
      return undefined
    }
    return { ...scalar, name: scalar.text.text }
  }

  #refuseKey(token: CST.Token | null | undefined, before: YamlProperties, between: YamlProperties): void {
    if (!token || isScalar(token))
      this.#syntax.missingKey((between.indicator ?? before.indicator)?.offset ?? before.emptyAt)
    else if (!before.indicator && (token.type === "block-seq" || token.type === "error"))
      this.#syntax.itemAmongKeys(token)
    else this.#syntax.keyNotText(token)
  }

  #keyScalar(token: CST.FlowScalar | CST.BlockScalar, depth: number): YamlScalar {
    this.#anchors.enter(depth)
    return token.type === "block-scalar" ? this.#scalars.block(token, false) : this.#scalars.flow(token, true)
  }
}

/** YAML 1.2.2, 7.4.2: so far a reader may have to look for the colon of an implicit key. */
const longestKey = 1024
