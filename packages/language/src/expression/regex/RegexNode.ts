import { type CharSet, noChars, unionOf } from "./CharSet.ts"

/** A regular expression without what does not matter for whether it matches: groups, names, greed. */
export type RegexNode = CharsNode | AssertionNode | SequenceNode | ChoiceNode | RepeatNode

/** What the analysis asks of every node. */
interface Facts {
  /** The characters a match that is not empty can begin with, or more. */
  readonly first: CharSet
  /** May it match nothing? */
  readonly nullable: boolean
  /** How many nodes are tried at most before the first character is taken. */
  readonly width: number
}

/** One character of a set. */
export interface CharsNode extends Facts {
  readonly kind: "chars"
  readonly set: CharSet
}
/** `start` and `end` are those of the whole text; `word` is `\b` over ASCII words. */
export interface AssertionNode extends Facts {
  readonly kind: "assertion"
  readonly at: "start" | "end" | "word"
}
/** Parts one after another. */
export interface SequenceNode extends Facts {
  readonly kind: "sequence"
  readonly items: ReadonlyArray<RegexNode>
}
/** One of several parts. */
export interface ChoiceNode extends Facts {
  readonly kind: "choice"
  readonly options: ReadonlyArray<RegexNode>
}
/** `max` is Infinity when there is none. */
export interface RepeatNode extends Facts {
  readonly kind: "repeat"
  readonly item: RegexNode
  readonly min: number
  readonly max: number
}

/** A character out of a set. */
export const chars = (set: CharSet): CharsNode => ({
  kind: "chars",
  set,
  first: set,
  nullable: false,
  width: 1
})

/** A place: the beginning, the end, a word boundary. */
export const assertion = (at: AssertionNode["at"]): AssertionNode => ({
  kind: "assertion",
  at,
  first: noChars,
  nullable: true,
  width: 1
})

/** Parts one after another, flattened. */
export const sequence = (items: ReadonlyArray<RegexNode>): RegexNode => {
  const [only] = items
  if (only !== undefined && items.length === 1) return only
  const end = items.findIndex((item) => !item.nullable)
  const tried = end < 0 ? items : items.slice(0, end + 1)
  return {
    kind: "sequence",
    items,
    first: unionOf(...tried.map((item) => item.first)),
    nullable: end < 0,
    width: 1 + sum(tried)
  }
}

/** One of several parts, flattened. */
export const choice = (options: ReadonlyArray<RegexNode>): RegexNode => {
  const [only] = options
  if (only !== undefined && options.length === 1) return only
  return {
    kind: "choice",
    options,
    first: unionOf(...options.map((option) => option.first)),
    nullable: options.some((option) => option.nullable),
    width: 1 + sum(options)
  }
}

/** A part repeated between two counts. */
export const repeat = (item: RegexNode, min: number, max: number): RepeatNode => ({
  kind: "repeat",
  item,
  min,
  max,
  first: item.first,
  nullable: min === 0 || item.nullable,
  width: 1 + item.width
})

const sum = (nodes: ReadonlyArray<RegexNode>): number => nodes.reduce((total, node) => total + node.width, 0)
