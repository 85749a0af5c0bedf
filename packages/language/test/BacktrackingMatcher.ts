import { hasChar } from "../src/expression/regex/CharSet.ts"
import type { RegexNode } from "../src/expression/regex/RegexNode.ts"

/**
 * A plain backtracking matcher that counts its steps: what a native matcher without optimisations does. It tries
 * each start in turn, options from left to right, as many rounds as possible first.
 */
export class BacktrackingMatcher {
  steps = 0
  readonly #characters: ReadonlyArray<number>
  readonly #mostSteps: number

  /** Gives up after `mostSteps`. */
  constructor(text: string, mostSteps: number) {
    this.#characters = Array.from(text, (character) => character.codePointAt(0) ?? 0)
    this.#mostSteps = mostSteps
  }

  get gaveUp(): boolean {
    return this.steps > this.#mostSteps
  }

  matches(root: RegexNode): boolean {
    const starts = Array.from({ length: this.#characters.length + 1 }, (_, at) => at)
    return starts.some((start) => this.#match(root, start, () => true))
  }

  #match(node: RegexNode, at: number, next: (at: number) => boolean): boolean {
    if (this.gaveUp) return false
    this.steps++
    switch (node.kind) {
      case "chars": {
        const character = this.#characters[at]
        return character !== undefined && hasChar(node.set, character) && next(at + 1)
      }
      case "assertion":
        return this.#holds(node.at, at) && next(at)
      case "sequence":
        return this.#sequence(node.items, 0, at, next)
      case "choice":
        return node.options.some((option) => this.#match(option, at, next))
      default:
        return this.#rounds(node, 0, at, next)
    }
  }

  #sequence(
    items: ReadonlyArray<RegexNode>,
    index: number,
    at: number,
    next: (at: number) => boolean
  ): boolean {
    const item = items[index]
    return item === undefined
      ? next(at)
      : this.#match(item, at, (end) => this.#sequence(items, index + 1, end, next))
  }

  #rounds(
    node: RegexNode & { readonly kind: "repeat" },
    count: number,
    at: number,
    next: (at: number) => boolean
  ): boolean {
    const again = (end: number): boolean =>
      // A round that takes nothing would go on for ever.
      (end > at || count < node.min) && this.#rounds(node, count + 1, end, next)
    return (count < node.max && this.#match(node.item, at, again)) || (count >= node.min && next(at))
  }

  #holds(what: "start" | "end" | "word", at: number): boolean {
    if (what === "start") return at === 0
    if (what === "end") return at === this.#characters.length
    return this.#isWord(at - 1) !== this.#isWord(at)
  }

  #isWord(at: number): boolean {
    const character = this.#characters[at]
    return character !== undefined && character < 0x80 && /\w/.test(String.fromCharCode(character))
  }
}
