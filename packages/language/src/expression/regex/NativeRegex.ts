import { charSet, type CharSet, complementOf, overlaps, rangesOf } from "./CharSet.ts"
import type { RegexNode } from "./RegexNode.ts"

const surrogates = charSet([0xd800, 0xdfff])
const beyondBmp = charSet([0x10000, 0x10ffff])

/**
 * A JavaScript regular expression that matches where the node does. Every set is written out, as RE2's `\s`, `\w`,
 * `.` and case folding differ from JavaScript's.
 */
export const nativeRegex = (root: RegexNode): RegExp => {
  // Without `u` the matcher sees UTF-16 units, which is faster and the same as long as no set holds a surrogate or a
  // character written with two: then nothing can match in the middle of a pair, nor `\b` hold there.
  const unicode = needsUnicode(root)
  return new RegExp(sourceOf(root, unicode), unicode ? "u" : "")
}

const needsUnicode = (node: RegexNode): boolean => {
  switch (node.kind) {
    case "chars":
      return overlaps(node.set, surrogates) || overlaps(node.set, beyondBmp)
    case "assertion":
      return false
    case "sequence":
      return node.items.some(needsUnicode)
    case "choice":
      return node.options.some(needsUnicode)
    default:
      return needsUnicode(node.item)
  }
}

const sourceOf = (node: RegexNode, unicode: boolean): string => {
  switch (node.kind) {
    case "chars":
      return sourceOfSet(node.set, unicode)
    case "assertion":
      return node.at === "start" ? "^" : node.at === "end" ? "$" : "\\b"
    case "sequence":
      return node.items.map((item) => sourceOf(item, unicode)).join("")
    case "choice":
      return `(?:${node.options.map((option) => sourceOf(option, unicode)).join("|")})`
    default:
      return `${atomOf(node.item, unicode)}${quantifierOf(node.min, node.max)}`
  }
}

const quantifierOf = (min: number, max: number): string => {
  if (max === Infinity) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`
  if (min === max) return `{${min}}`
  return min === 0 && max === 1 ? "?" : `{${min},${max}}`
}

const atomOf = (node: RegexNode, unicode: boolean): string =>
  node.kind === "sequence" || node.kind === "repeat"
    ? `(?:${sourceOf(node, unicode)})`
    : sourceOf(node, unicode)

const sourceOfSet = (set: CharSet, unicode: boolean): string => {
  const [range] = rangesOf(set)
  if (range === undefined) return "[]"
  if (set.length === 2 && range[0] === range[1]) return escapeOf(range[0], unicode)
  // The shorter of the two ways to write it, which is also the one that compiles to less.
  const rest = complementOf(set)
  return unicode && rest.length < set.length ? `[^${partsOf(rest, unicode)}]` : `[${partsOf(set, unicode)}]`
}

const partsOf = (set: CharSet, unicode: boolean): string =>
  rangesOf(set)
    .map(([first, last]) =>
      first === last ? escapeOf(first, unicode) : `${escapeOf(first, unicode)}-${escapeOf(last, unicode)}`
    )
    .join("")

const escapeOf = (code: number, unicode: boolean): string => {
  if (isPlain(code)) return String.fromCharCode(code)
  return unicode ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`
}

/** ASCII letters and digits. */
const isPlain = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
