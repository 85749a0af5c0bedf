import type { YamlNode } from "./YamlNode.ts"

/** An anchored node with what it costs to follow an alias to it. */
export interface AnchoredNode {
  readonly node: YamlNode
  /** How many nodes it stands for, aliases inside it included. */
  readonly size: number
  /** How many levels it reaches below itself, aliases inside it included. */
  readonly height: number
}

/**
 * The anchors of a document, and its running size and depth as if every alias were a copy. Nothing is copied: an
 * alias adds the numbers that were noted for its anchor, so that "billion laughs" costs ten additions.
 */
export class AnchorTable {
  readonly #nodes = new Map<string, AnchoredNode | "open">()
  #size = 0
  #aliasedSize = 0
  #deepest = 0

  /** Nodes that stand behind the aliases seen so far. */
  get aliasedSize(): number {
    return this.#aliasedSize
  }

  /** The first names in the order of the file. */
  names(limit: number): ReadonlyArray<string> {
    const names: Array<string> = []
    for (const name of this.#nodes.keys()) {
      if (names.length === limit) break
      names.push(name)
    }
    return names
  }

  /** Counts a node at a depth. */
  enter(depth: number): void {
    this.#size += 1
    this.#deepest = Math.max(this.#deepest, depth)
  }

  /** The node of an anchor; "open" inside the node itself, undefined when there is no such anchor before. */
  find(name: string): AnchoredNode | "open" | undefined {
    return this.#nodes.get(name)
  }

  /** Counts an alias at a depth as a copy of its anchor. */
  follow(anchor: AnchoredNode, depth: number): void {
    this.#size += anchor.size
    this.#aliasedSize += anchor.size
    this.#deepest = Math.max(this.#deepest, depth + anchor.height)
  }

  /** Reads the node of an anchor. Between its begin and end the anchor is open. A later anchor replaces it. */
  define<Node extends YamlNode>(name: string, depth: number, read: () => Node): Node {
    const sizeBefore = this.#size
    const deepestBefore = this.#deepest
    this.#nodes.set(name, "open")
    this.#deepest = depth
    const node = read()
    this.#nodes.set(name, { node, size: this.#size - sizeBefore, height: this.#deepest - depth })
    this.#deepest = Math.max(this.#deepest, deepestBefore)
    return node
  }
}
