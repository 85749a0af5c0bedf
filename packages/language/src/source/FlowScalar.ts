import type { ScalarDecoder, ScalarSink } from "./ScalarSink.ts"

/** Plain scalars: only line folding (YAML 1.2.2, 7.3.3). */
export const decodePlain: ScalarDecoder = (source, sink) =>
  unfold(source, 0, source.length, sink, (from, to) => sink.copy(from, to))

/** Single-quoted scalars: line folding, and `''` is a quote (7.3.2). */
export const decodeSingleQuoted: ScalarDecoder = (source, sink) => {
  const end = isClosedSingle(source) ? source.length - 1 : source.length
  unfold(source, 1, end, sink, (from, to) => copyQuotes(source, from, to, sink))
}

/** Double-quoted scalars: line folding and escapes (7.3.1, 5.7). */
export const decodeDoubleQuoted: ScalarDecoder = (source, sink) => {
  const end = isClosedDouble(source) ? source.length - 1 : source.length
  let copied = 1
  let at = 1
  while (at < end) {
    if (source[at] === "\\") {
      sink.copy(copied, at)
      copied = at = decodeEscape(source, at, end, sink)
      continue
    }
    // Blanks before a line break are not content.
    const next = skipBlanks(source, at, end)
    if (isBreak(source, next)) {
      sink.copy(copied, at)
      copied = at = foldBreaks(source, next, end, sink)
    } else at = Math.max(next, at + 1)
  }
  sink.copy(copied, end)
}

/** True when the scalar ends with a quote of its own, not one of a `''`. */
export const isClosedSingle = (source: string): boolean => {
  let at = source.length
  while (at > 1 && source[at - 1] === "'") at -= 1
  return (source.length - at) % 2 === 1
}

/** True when the scalar ends with a quote that is not escaped. */
export const isClosedDouble = (source: string): boolean => {
  const last = source.length - 1
  if (last < 1 || source[last] !== '"') return false
  let at = last
  while (at > 1 && source[at - 1] === "\\") at -= 1
  return (last - at) % 2 === 0
}

/**
 * Line folding: blanks around a break are dropped, a single break becomes a space, and of several the first is
 * dropped and the others are line feeds. Each made character is reported at the break that it came from.
 */
const unfold = (
  source: string,
  from: number,
  to: number,
  sink: ScalarSink,
  copy: (from: number, to: number) => void
): void => {
  let line = from
  let breakFrom = -1
  let breakTo = -1
  for (;;) {
    const newline = source.indexOf("\n", line)
    const isLast = newline < 0 || newline >= to
    const lineEnd = isLast ? to : newline > line && source[newline - 1] === "\r" ? newline - 1 : newline
    const isFirst = line === from
    const start = isFirst ? line : skipBlanks(source, line, lineEnd)
    const end = isLast ? lineEnd : trimBlanks(source, start, lineEnd)
    if (start === end && !isFirst && !isLast) {
      sink.make("\n", lineEnd, newline + 1)
      breakFrom = -1
    } else {
      if (breakFrom >= 0) sink.make(" ", breakFrom, breakTo)
      copy(start, end)
      breakFrom = lineEnd
      breakTo = newline + 1
    }
    if (isLast) return
    line = newline + 1
  }
}

const copyQuotes = (source: string, from: number, to: number, sink: ScalarSink): void => {
  let copied = from
  for (let at = from; at + 1 < to; at += 1) {
    if (source[at] !== "'" || source[at + 1] !== "'") continue
    sink.copy(copied, at)
    sink.make("'", at, at + 2)
    copied = at + 2
    at += 1
  }
  sink.copy(copied, to)
}

/** Writes the breaks that begin at `at` and returns the offset of the text after them. */
const foldBreaks = (source: string, at: number, end: number, sink: ScalarSink): number => {
  const firstEnd = breakEnd(source, at)
  let next = skipBlanks(source, firstEnd, end)
  if (!isBreak(source, next)) sink.make(" ", at, firstEnd)
  while (isBreak(source, next)) {
    sink.make("\n", next, breakEnd(source, next))
    next = skipBlanks(source, breakEnd(source, next), end)
  }
  return next
}

/** Writes the escape whose backslash is at `at` and returns the offset after it. */
const decodeEscape = (source: string, at: number, end: number, sink: ScalarSink): number => {
  if (isBreak(source, at + 1)) return skipBlanks(source, breakEnd(source, at + 1), end)
  const letter = source.charAt(at + 1)
  const simple = simpleEscapes.get(letter)
  if (simple !== undefined && at + 1 < end) {
    sink.make(simple, at, at + 2)
    return at + 2
  }
  const digits = hexLengths.get(letter) ?? 0
  const code =
    digits === 0 ? undefined : readHex(source.slice(at + 2, Math.min(at + 2 + digits, end)), digits)
  if (code !== undefined) {
    sink.make(String.fromCodePoint(code), at, at + 2 + digits)
    return at + 2 + digits
  }
  const rawEnd = Math.min(at + 2, end)
  sink.refuse("escape", at, rawEnd)
  sink.copy(at, rawEnd)
  return rawEnd
}

const readHex = (text: string, digits: number): number | undefined => {
  if (text.length !== digits || !/^[0-9a-fA-F]+$/.test(text)) return undefined
  const code = Number.parseInt(text, 16)
  return code <= 0x10ffff ? code : undefined
}

const isBlank = (char: string | undefined): boolean => char === " " || char === "\t"

const isBreak = (source: string, at: number): boolean =>
  source[at] === "\n" || (source[at] === "\r" && source[at + 1] === "\n")

const breakEnd = (source: string, at: number): number => (source[at] === "\r" ? at + 2 : at + 1)

const skipBlanks = (source: string, from: number, to: number): number => {
  let at = from
  while (at < to && isBlank(source[at])) at += 1
  return at
}

const trimBlanks = (source: string, from: number, to: number): number => {
  let at = to
  while (at > from && isBlank(source[at - 1])) at -= 1
  return at
}

const hexLengths: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8]
])

/** YAML 1.2.2, 5.7: productions 42 to 58. */
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
  [" ", " "],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["\t", "\t"]
])
