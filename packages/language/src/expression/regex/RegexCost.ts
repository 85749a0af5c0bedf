import { type CharSet, noChars, overlaps, unionOf } from "./CharSet.ts"
import type { ChoiceNode, RegexNode, RepeatNode, SequenceNode } from "./RegexNode.ts"

/*
 * Which patterns does a backtracking matcher decide in linear time, and with what factor?
 *
 * For each node, seen with what may follow it, two bounds over one entry of the matcher into the node, everything it
 * does when it comes back to try other ways included:
 *   ways   how many times it leaves the node such that what follows can take at least one more character, or the
 *          whole pattern succeeds. Other exits fail after at most `next.width` steps, which `steps` counts.
 *   steps  the work inside the node.
 * Each is a number, or a number times the length of the text (`many`, `linear`).
 *
 * Sequence. What follows an item is entered once for each way out of it, so steps = s1 + w1·s2 + w1·w2·s3 …, and
 * ways = w1·w2·w3 …. A product of two lengths is refused: so no term is worse than linear.
 *
 * Choice. Each option is tried once. When none may be empty and no two can begin with the same character, at most one
 * takes the next character, the others fail at it: ways is the largest; otherwise it is the sum.
 *
 * Repeat of X, seen with X or the rest as what follows X. X may not be empty, so each round takes a character.
 *   Bounded: at most the sum of ways(X)^k rounds. If ways(X) = 1 the rounds form one chain; if further no beginning of
 *   X is a beginning of the rest, only the end of the chain is an exit that counts: at all others the next character
 *   begins X, hence not the rest.
 *   Unbounded: only with ways(X) = 1, so one chain. Its steps are linear in what it consumes: each round costs a
 *   constant, and loops within X a constant for each character they consume in that round. A round that fails ends
 *   the chain, because ways = 1 leaves no second choice that can go on. The exits count as above: one, or as many as
 *   there are rounds.
 *   At the very end of the pattern, a repeated set consumes what it can and succeeds: done, never taken back.
 *
 * The whole. Anchored at the start, the matcher enters once. Otherwise it enters at each position, so only constant
 * steps are accepted. Either way the time is at most limit × length.
 */

/** The most steps for a character of text that are accepted. */
const limit = 512

interface Bound {
  readonly ways: number
  readonly many: boolean
  readonly steps: number
  readonly linear: boolean
}

/** What may follow a node: the characters it may begin with, and how many nodes are tried before one is taken. */
interface Next {
  readonly first: CharSet
  readonly width: number
}

/**
 * At most so many steps for each character of the text does a backtracking matcher need to decide whether the pattern
 * matches somewhere; undefined when that is not proven.
 */
export const stepsPerChar = (root: RegexNode): number | undefined => {
  const bound = boundOf(root, { first: noChars, width: 0 }, true)
  if (bound === undefined || bound.steps > limit) return undefined
  return bound.linear && !isAnchored(root) ? undefined : Math.max(1, bound.steps)
}

/** `last`: nothing follows, the pattern succeeds when the node does. */
const boundOf = (node: RegexNode, next: Next, last: boolean): Bound | undefined => {
  switch (node.kind) {
    case "chars":
    case "assertion":
      return { ways: 1, many: false, steps: 1, linear: false }
    case "sequence":
      return boundOfSequence(node, next, last)
    case "choice":
      return boundOfChoice(node, next, last)
    default:
      return node.item.nullable ? undefined : boundOfRepeat(node, next, last)
  }
}

const boundOfSequence = (node: SequenceNode, next: Next, last: boolean): Bound | undefined => {
  const following = followingOf(node.items, next)
  let total: Bound = { ways: 1, many: false, steps: 0, linear: false }
  for (const [index, item] of node.items.entries()) {
    const bound = boundOf(item, following[index] ?? next, last && index === node.items.length - 1)
    if (bound === undefined || (total.many && (bound.many || bound.linear))) return undefined
    total = {
      ways: total.ways * bound.ways,
      many: total.many || bound.many,
      steps: total.steps + total.ways * bound.steps,
      linear: total.linear || bound.linear || total.many
    }
    if (total.ways > limit || total.steps > limit) return undefined
  }
  return total
}

/** For each item, what follows it. */
const followingOf = (items: ReadonlyArray<RegexNode>, next: Next): ReadonlyArray<Next> => {
  const out: Array<Next> = []
  let current = next
  for (const item of items.toReversed()) {
    out.push(current)
    current = item.nullable
      ? { first: unionOf(item.first, current.first), width: item.width + current.width }
      : { first: item.first, width: item.width }
  }
  return out.toReversed()
}

const boundOfChoice = (node: ChoiceNode, next: Next, last: boolean): Bound | undefined => {
  let largest = 0
  let sum = 0
  let steps = 0
  let many = false
  let linear = false
  for (const option of node.options) {
    const bound = boundOf(option, next, last)
    if (bound === undefined) return undefined
    largest = Math.max(largest, bound.ways)
    sum += bound.ways
    steps += bound.steps + 1
    many ||= bound.many
    linear ||= bound.linear
    if (steps > limit || sum > limit) return undefined
  }
  return { ways: !node.nullable && areDisjoint(node.options) ? largest : sum, many, steps, linear }
}

const areDisjoint = (options: ReadonlyArray<RegexNode>): boolean =>
  options.every((option, index) =>
    options.slice(index + 1).every((other) => !overlaps(option.first, other.first))
  )

const boundOfRepeat = (node: RepeatNode, next: Next, last: boolean): Bound | undefined => {
  const { item, min, max } = node
  const once = max === 1
  const inner: Next = once ? next : { first: unionOf(item.first, next.first), width: item.width + next.width }
  const round = boundOf(item, inner, false)
  if (round === undefined || round.many) return undefined
  const oneExit = min === max || !overlaps(item.first, next.first)
  if (max !== Infinity) return boundOfRounds(round, min, max, next, oneExit)
  if (round.ways !== 1) return undefined
  if (last && item.kind === "chars") return { ways: 1, many: false, steps: min + 2, linear: false }
  const steps = (min + 1) * (round.steps + 1 + next.width)
  return { ways: 1, many: !oneExit, steps, linear: true }
}

const boundOfRounds = (
  round: Bound,
  min: number,
  max: number,
  next: Next,
  oneExit: boolean
): Bound | undefined => {
  let entries = 0
  let chains = 1
  let exits = 0
  for (let count = 0; count <= max; count++) {
    if (count >= min) exits += chains
    if (count < max) entries += chains
    chains *= round.ways
    if (entries > limit || exits > limit) return undefined
  }
  const ways = round.ways === 1 && oneExit ? 1 : exits
  const steps = entries * (round.steps + 1) + exits * next.width
  return { ways, many: false, steps, linear: round.linear }
}

/** Does every match begin at the start of the text? */
const isAnchored = (node: RegexNode | undefined): boolean => {
  if (node === undefined) return false
  if (node.kind === "assertion") return node.at === "start"
  if (node.kind === "sequence") return isAnchored(node.items[0])
  return node.kind === "choice" && node.options.every(isAnchored)
}
