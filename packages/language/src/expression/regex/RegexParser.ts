import { charSet, type CharSet, complementOf, rangesOf, unionOf } from "./CharSet.ts"
import { assertion, chars, choice, type RegexNode, repeat, sequence } from "./RegexNode.ts"

/** The understood part of a pattern. `named`: it has named groups, whose names were not checked. */
export interface ParsedRegex {
  readonly root: RegexNode
  readonly named: boolean
}

/**
 * Reads the part of RE2's syntax (https://github.com/google/re2/wiki/Syntax) that most patterns stay within; undefined
 * for everything else, which then is RE2's alone to read. Where it gives an answer, RE2 accepts the pattern too
 * (names of groups aside) and gives it the same meaning: a property test compares them.
 */
export const parseRegex = (pattern: string): ParsedRegex | undefined => {
  const flags = /^\(\?(i|s|is|si)\)/.exec(pattern)
  const parser = new RegexParser(pattern, flags?.[0].length ?? 0, flags?.[1] ?? "")
  try {
    const root = parser.choice(0)
    return parser.atEnd ? { root, named: parser.named } : undefined
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

/** Ends the reading; never leaves this file. */
class NotUnderstood extends Error {}

const maxNesting = 20
const digits = charSet([0x30, 0x39])
const space = charSet([0x09, 0x0a], [0x0c, 0x0d], [0x20, 0x20])
const word = charSet([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a])
const perlClasses: ReadonlyMap<string, CharSet> = new Map([
  ["d", digits],
  ["s", space],
  ["w", word]
])
const controls: ReadonlyMap<string, number> = new Map([
  ["a", 0x07],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["v", 0x0b]
])
const assertions: ReadonlyMap<string, "start" | "end" | "word"> = new Map([
  ["A", "start"],
  ["z", "end"],
  ["b", "word"]
])

class RegexParser {
  named = false
  readonly #pattern: string
  readonly #ignoreCase: boolean
  readonly #dotAll: boolean
  #at: number

  constructor(pattern: string, at: number, flags: string) {
    this.#pattern = pattern
    this.#at = at
    this.#ignoreCase = flags.includes("i")
    this.#dotAll = flags.includes("s")
  }

  get atEnd(): boolean {
    return this.#at >= this.#pattern.length
  }

  choice(depth: number): RegexNode {
    if (depth > maxNesting) throw new NotUnderstood()
    const options = [this.#sequence(depth)]
    while (this.#take("|")) options.push(this.#sequence(depth))
    return choice(options)
  }

  #sequence(depth: number): RegexNode {
    const items: Array<RegexNode> = []
    while (!this.atEnd && !this.#sees("|") && !this.#sees(")")) items.push(this.#quantified(depth))
    return sequence(items)
  }

  #quantified(depth: number): RegexNode {
    const item = this.#atom(depth)
    const bounds = this.#bounds()
    if (bounds === undefined) return item
    // Lazy or greedy makes no difference to whether there is a match. `**` is an error, `a{` a literal: RE2 decides.
    this.#take("?")
    if (this.#sees("*") || this.#sees("+") || this.#sees("?") || this.#sees("{")) throw new NotUnderstood()
    return repeat(item, bounds[0], bounds[1])
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Infinity]
    if (this.#take("+")) return [1, Infinity]
    if (this.#take("?")) return [0, 1]
    if (!this.#sees("{")) return undefined
    const counts = this.#match(/\{(\d{1,3})(?:(,)(\d{1,3})?)?\}/y)
    const min = Number(counts[1])
    const max = counts[2] === undefined ? min : counts[3] === undefined ? Infinity : Number(counts[3])
    if (max < min || max === 0) throw new NotUnderstood()
    return [min, max]
  }

  #atom(depth: number): RegexNode {
    if (this.#take("(")) return this.#group(depth)
    if (this.#take("[")) return this.#class()
    if (this.#take(".")) return chars(complementOf(this.#dotAll ? [] : charSet([0x0a, 0x0a])))
    if (this.#take("^")) return assertion("start")
    if (this.#take("$")) return assertion("end")
    if (this.#sees("\\")) {
      const at = assertions.get(this.#pattern.charAt(this.#at + 1))
      if (at !== undefined) {
        this.#at += 2
        return assertion(at)
      }
      return chars(this.#escape())
    }
    if ("*+?{}])".includes(this.#pattern.charAt(this.#at))) throw new NotUnderstood()
    return chars(this.#fold(this.#codePoint()))
  }

  #group(depth: number): RegexNode {
    if (this.#sees("?") && this.#match(/\?(?::|P?<\w{1,32}>)/y)[0] !== "?:") this.named = true
    const body = this.choice(depth + 1)
    if (!this.#take(")")) throw new NotUnderstood()
    return body
  }

  #class(): RegexNode {
    const negated = this.#take("^")
    const sets: Array<CharSet> = []
    // A `]` that comes first stands for itself.
    if (this.#sees("]")) throw new NotUnderstood()
    while (!this.#take("]")) {
      if (this.atEnd || this.#pattern.startsWith("[:", this.#at)) throw new NotUnderstood()
      sets.push(this.#classItem())
    }
    const set = unionOf(...sets)
    return chars(negated ? complementOf(set) : set)
  }

  #classItem(): CharSet {
    const escaped = this.#sees("\\")
    const set = escaped ? this.#escape() : undefined
    const first = set === undefined ? this.#codePoint() : rangesOf(set)[0]
    if (first === undefined) throw new NotUnderstood()
    const isRange = this.#sees("-") && this.#pattern.charAt(this.#at + 1) !== "]"
    if (!isRange) return set ?? this.#fold(first)
    // A range from an escape (`[\x00-\x1f]`) is rare, and `[\d-z]` is no range: both are left to RE2.
    if (escaped) throw new NotUnderstood()
    this.#at++
    if (this.atEnd || this.#sees("\\")) throw new NotUnderstood()
    const last = this.#codePoint()
    if (last[1] < first[0]) throw new NotUnderstood()
    return this.#fold([first[0], last[1]])
  }

  /** The set that an escape stands for, case folded. */
  #escape(): CharSet {
    const letter = this.#pattern.charAt(this.#at + 1)
    const perl = perlClasses.get(letter.toLowerCase())
    const control = controls.get(letter)
    if (letter === "x") return this.#hex()
    if (perl === undefined && control === undefined && !/[!-/:-@[-`{-~ ]/.test(letter))
      throw new NotUnderstood()
    this.#at += 2
    if (control !== undefined) return charSet([control, control])
    if (perl === undefined) return this.#fold([letter.charCodeAt(0), letter.charCodeAt(0)])
    const folded = unionOf(...rangesOf(perl).map((range) => this.#fold(range)))
    return letter === letter.toLowerCase() ? folded : complementOf(folded)
  }

  #hex(): CharSet {
    const [, two, braced] = this.#match(/\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/y)
    const code = Number.parseInt(two ?? braced ?? "", 16)
    if (code > 0x10ffff) throw new NotUnderstood()
    return this.#fold([code, code])
  }

  /**
   * The range with the other case of its letters, when case does not matter. Beyond ASCII only RE2 knows the pairs;
   * two of them reach into ASCII: U+017F is an s, U+212A a k.
   */
  #fold(range: readonly [number, number]): CharSet {
    const [first, last] = range
    if (!this.#ignoreCase) return charSet(range)
    if (last > 0x7f) throw new NotUnderstood()
    const out: Array<readonly [number, number]> = [range]
    for (let code = Math.max(first, 0x41); code <= Math.min(last, 0x7a); code++) {
      const lower = code | 0x20
      if (lower < 0x61 || lower > 0x7a) continue
      out.push([lower, lower], [lower - 0x20, lower - 0x20])
      if (lower === 0x6b) out.push([0x212a, 0x212a])
      if (lower === 0x73) out.push([0x17f, 0x17f])
    }
    return charSet(...out)
  }

  #codePoint(): readonly [number, number] {
    const code = this.#pattern.codePointAt(this.#at)
    if (code === undefined) throw new NotUnderstood()
    this.#at += code > 0xffff ? 2 : 1
    return [code, code]
  }

  #match(sticky: RegExp): RegExpExecArray {
    sticky.lastIndex = this.#at
    const match = sticky.exec(this.#pattern)
    if (match === null) throw new NotUnderstood()
    this.#at = sticky.lastIndex
    return match
  }

  #sees(char: string): boolean {
    return this.#pattern.charAt(this.#at) === char
  }

  #take(char: string): boolean {
    if (!this.#sees(char)) return false
    this.#at++
    return true
  }
}
