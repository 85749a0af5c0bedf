import { SourceCode } from "../diagnostics/SourceCodes.ts"
import type { Span } from "./Span.ts"
import { excerpt } from "./SyntaxProblems.ts"
import { YamlMap, type YamlEntry, type YamlKey, type YamlList, type YamlNode } from "./YamlNode.ts"
import type { YamlProblems } from "./YamlProblems.ts"

/** A value with the place where it was asked for, if that was an alias. */
export interface PlacedNode {
  readonly node: YamlNode
  readonly alias: Span | undefined
}

/** Gathers the entries of a map, keeping the first of each name. */
export class MapBuilder {
  readonly #problems: YamlProblems
  readonly #entries = new Map<string, YamlEntry>()
  #start: number | undefined
  #end: number | undefined

  constructor(problems: YamlProblems) {
    this.#problems = problems
  }

  /** `start` is where the entry begins, `key` undefined when it was refused: the value still counts for the span. */
  add(key: YamlKey | undefined, value: PlacedNode, start: number): void {
    this.#start ??= start
    this.#end = endOf(value)
    if (key === undefined) return
    const first = this.#entries.get(key.name)
    if (first !== undefined) {
      this.#duplicate(key, first.key)
      return
    }
    const { node, alias } = value
    this.#entries.set(key.name, alias === undefined ? { key, value: node } : { key, value: node, alias })
  }

  /** A block map: from its first key to its last value. */
  finishBlock(offset: number): YamlMap {
    const start = this.#start ?? offset
    return this.finishFlow(start, Math.max(start, this.#end ?? start))
  }

  /** A flow map, which knows its brackets. */
  finishFlow(start: number, end: number): YamlMap {
    return new YamlMap(this.#entries, this.#problems.file.span(start, end))
  }

  #duplicate(key: YamlKey, first: YamlKey): void {
    const { start, end } = key.span
    this.#problems.add(SourceCode.duplicateKey, start, end, `the key "${excerpt(key.name)}" is given twice`, {
      notes: [{ message: "it is given here first", span: first.span }],
      help: "remove or rename one of the two; the first one is used"
    })
  }
}

/** Gathers the items of a list. */
export class ListBuilder {
  readonly #problems: YamlProblems
  readonly #items: Array<YamlNode> = []
  readonly #aliases = new Map<number, Span>()
  #start: number | undefined
  #end: number | undefined

  constructor(problems: YamlProblems) {
    this.#problems = problems
  }

  /** Adds an item; `start` is where its dash or the item itself begins. */
  add(value: PlacedNode, start: number): void {
    this.#start ??= start
    this.#end = endOf(value)
    if (value.alias !== undefined) this.#aliases.set(this.#items.length, value.alias)
    this.#items.push(value.node)
  }

  /** A block list: from its first dash to its last item. */
  finishBlock(offset: number): YamlList {
    const start = this.#start ?? offset
    return this.finishFlow(start, Math.max(start, this.#end ?? start))
  }

  /** A flow list, which knows its brackets. */
  finishFlow(start: number, end: number): YamlList {
    const span = this.#problems.file.span(start, end)
    const list: YamlList = { kind: "list", items: this.#items, span }
    return this.#aliases.size === 0 ? list : { ...list, aliases: this.#aliases }
  }
}

const endOf = ({ node, alias }: PlacedNode): number => (alias ?? node.span).end
