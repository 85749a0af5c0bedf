/** Where the thing ends, or what is wrong with it. */
export type RegexSpan = { readonly end: number } | { readonly problem: string }

/** The class that opens at that place: `[…]`. */
export const classProblem = (pattern: string, start: number): RegexSpan => {
  let at = pattern[start + 1] === "^" ? start + 2 : start + 1
  // A bracket that is the first in a class stands for itself.
  for (let isFirst = true; at < pattern.length; isFirst = false) {
    if (pattern[at] === "]" && !isFirst) return { end: at + 1 }
    const named = namedClass(pattern, at)
    if (named !== undefined && "problem" in named) return named
    const item = named ?? range(pattern, at)
    if ("problem" in item) return item
    at = item.end
  }
  return { problem: 'a "[" that is not closed' }
}

/** The escape that begins with the backslash at that place. */
export const escapeProblem = (pattern: string, start: number, place: "class" | "outside"): RegexSpan => {
  const rest = pattern.slice(start + 1, start + maxEscape)
  const perl = place === "class" ? /^[dswDSW]/ : /^[dswDSWAbBz]/
  if (perl.test(rest)) return { end: start + 2 }
  const property = /^[pP](?:\{\^?([A-Za-z_]{1,60})\}|([A-Za-z]))/.exec(rest)
  if (property !== null) {
    const isKnown = isPropertyName(property[1] ?? property[2] ?? "")
    return isKnown ? { end: start + 1 + property[0].length } : { problem: "an unknown Unicode class" }
  }
  const character = characterEscape.exec(rest)
  if (character === null) return { problem: "an escape that RE2 does not have (RE2 has no back-reference)" }
  if (codePointOf(character[0]) > 0x10ffff) return { problem: "a character beyond U+10FFFF" }
  return { end: start + 1 + character[0].length }
}

/** Longer than every escape: `\p{…}` with a name of 60 letters. */
const maxEscape = 66

/** Control characters, octal, hexadecimal, and punctuation that stands for itself. */
const characterEscape =
  /^(?:[afnrtv]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]{1,8}\}|[\u0000-/:-@[-`{-\u007f])/

const controls: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["f", 12],
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["v", 11]
])

const codePointOf = (escape: string): number => {
  const hex = /^x\{?([0-9A-Fa-f]+)/.exec(escape)?.[1]
  if (hex !== undefined) return Number.parseInt(hex, 16)
  if (/^[0-7]/.test(escape)) return Number.parseInt(escape, 8)
  return controls.get(escape) ?? escape.codePointAt(0) ?? 0
}

/** `[:alpha:]`, and classes with a backslash: they cannot begin a range. */
const namedClass = (pattern: string, at: number): RegexSpan | undefined => {
  const posix = /^\[:\^?([a-z]*):\]/.exec(pattern.slice(at, at + 16))
  if (posix !== null) {
    return posixNames.has(posix[1] ?? "")
      ? { end: at + posix[0].length }
      : { problem: "an unknown class between [: and :]" }
  }
  return /^\\[dswDSWpP]/.test(pattern.slice(at, at + 2)) ? escapeProblem(pattern, at, "class") : undefined
}

const posixNames: ReadonlySet<string> = new Set(
  "alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit".split(" ")
)

const range = (pattern: string, at: number): RegexSpan => {
  const low = classCharacter(pattern, at)
  if ("problem" in low) return low
  const isRange = pattern[low.end] === "-" && low.end + 1 < pattern.length && pattern[low.end + 1] !== "]"
  if (!isRange) return low
  const high = classCharacter(pattern, low.end + 1)
  if ("problem" in high) return high
  return high.codePoint < low.codePoint ? { problem: "a range whose ends are not in order" } : high
}

const classCharacter = (
  pattern: string,
  at: number
): { readonly end: number; readonly codePoint: number } | { readonly problem: string } => {
  const codePoint = pattern.codePointAt(at) ?? 0
  if (pattern[at] !== "\\") return { end: at + (codePoint > 0xffff ? 2 : 1), codePoint }
  const span = escapeProblem(pattern, at, "class")
  return "problem" in span ? span : { ...span, codePoint: codePointOf(pattern.slice(at + 1, span.end)) }
}

/** A general category or a script, with the spelling of Unicode. */
const isPropertyName = (name: string): boolean =>
  name === "Any" || name === "ASCII" || name === "Assigned" || isValueOf("gc", name) || isValueOf("sc", name)

const isValueOf = (property: "gc" | "sc", name: string): boolean => {
  try {
    return new RegExp(`\\p{${property}=${name}}`, "u").unicode
  } catch {
    return false
  }
}
