import { type CharSet, hasChar, noChars, unionOf } from "./CharSet.ts"
import type { RegexNode } from "./RegexNode.ts"

/**
 * How far behind the end of a match a matcher may have looked: a thread that is still alive there has taken one
 * character after the other, all but `fixed` of them in loops, hence from `looped`.
 */
export interface RegexReach {
  readonly fixed: number
  readonly looped: CharSet
}

/** How far a match of the node may look ahead. */
export const reachOf = (node: RegexNode): RegexReach => ({ fixed: fixedOf(node), looped: loopedOf(node) })

/** The offset before which the matcher stopped looking, when the match ended at `end`. */
export const reachIn = (text: string, end: number, reach: RegexReach): number => {
  let fixed = reach.fixed
  for (let at = end; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const isLooped = (unit >= 0xd800 && unit <= 0xdfff) || hasChar(reach.looped, unit)
    if (!isLooped && fixed-- <= 0) return at
  }
  return text.length
}

/** The characters a match takes at most outside unbounded loops; what a loop must take counts as outside. */
const fixedOf = (node: RegexNode): number => {
  switch (node.kind) {
    case "chars":
      return 1
    case "assertion":
      return 0
    case "sequence":
      return node.items.reduce((total, item) => total + fixedOf(item), 0)
    case "choice":
      return Math.max(...node.options.map(fixedOf))
    default:
      return (node.max === Infinity ? node.min : node.max) * fixedOf(node.item)
  }
}

/** All characters that an unbounded loop can take. */
const loopedOf = (node: RegexNode): CharSet => {
  switch (node.kind) {
    case "chars":
    case "assertion":
      return noChars
    case "sequence":
      return unionOf(...node.items.map(loopedOf))
    case "choice":
      return unionOf(...node.options.map(loopedOf))
    default:
      return node.max === Infinity ? takenBy(node.item) : loopedOf(node.item)
  }
}

const takenBy = (node: RegexNode): CharSet => {
  switch (node.kind) {
    case "chars":
      return node.set
    case "assertion":
      return noChars
    case "sequence":
      return unionOf(...node.items.map(takenBy))
    case "choice":
      return unionOf(...node.options.map(takenBy))
    default:
      return takenBy(node.item)
  }
}
