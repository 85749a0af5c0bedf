import { RE2JS, RE2JSException } from "re2js"
import type { Evaluation } from "./Evaluation.ts"
import { nativeRegex } from "./regex/NativeRegex.ts"
import { stepsPerChar } from "./regex/RegexCost.ts"
import type { RegexNode } from "./regex/RegexNode.ts"
import { parseRegex, type ParsedRegex } from "./regex/RegexParser.ts"
import { regexProblem } from "./regex/RegexProblem.ts"
import { reachIn, type RegexReach, reachOf } from "./regex/RegexReach.ts"

/** The longest pattern that is accepted, in UTF-16 units. */
export const maxPatternLength = 4_096

/**
 * Texts up to this length may go to the native matcher. It needs a stack that grows with the text; re2js does not,
 * and is as fast there.
 */
const maxNativeLength = 32_768

/** Compiling takes some microseconds and about one more for each character and instruction. */
const compilingSteps = 64

/** One match: offsets in UTF-16 units, and the groups by number (0 is the whole), undefined when they took no part. */
export interface RegexMatch {
  readonly start: number
  readonly end: number
  readonly groups: ReadonlyArray<string | undefined>
}

/**
 * A regular expression of RE2's syntax. Every search takes time linear in the text. Whether a pattern matches is left
 * to the native matcher when that is proven to take linear time and to mean the same (`regex/RegexCost.ts`), which is
 * about ten times as fast; all else is done by re2js.
 */
export class Regex {
  readonly pattern: string
  /** Undefined when only re2js can read the pattern. */
  readonly #parsed: ParsedRegex | undefined
  /** What the native matcher may be trusted with; its expression is built when it is first needed. */
  readonly #nativeRoot: RegexNode | undefined
  #native: RegExp | undefined
  /** Steps of the native matcher for each character, at worst. */
  readonly #weight: number
  /** What it takes to compile: the characters, and what counted repetition expands to. */
  readonly #size: number
  #charged: Evaluation | undefined
  #re2: RE2JS | undefined
  #reach: RegexReach | undefined

  /** Compiles the pattern; throws a `RE2JSException` when it is not valid. */
  constructor(pattern: string) {
    this.pattern = pattern
    this.#parsed = parseRegex(pattern)
    const root = this.#parsed?.named === false ? this.#parsed.root : undefined
    const weight = root === undefined ? undefined : stepsPerChar(root)
    this.#nativeRoot = weight === undefined ? undefined : root
    this.#weight = weight ?? 0
    // What the parser reads whole is valid, so re2js can wait until it is needed.
    if (weight === undefined) this.#re2 = RE2JS.compile(pattern)
    this.#size = pattern.length + (this.#re2?.programSize() ?? 0)
  }

  /** True when `matches` runs natively on short texts. */
  get isNative(): boolean {
    return this.#nativeRoot !== undefined
  }

  /**
   * Takes the budget for compiling, once for each evaluation: whether the pattern came from the cache must not decide
   * whether an evaluation stays within its budget.
   */
  chargeTo(evaluation: Evaluation): void {
    if (this.#charged === evaluation) return
    this.#charged = evaluation
    evaluation.spend(compilingSteps + 16 * this.#size)
  }

  /** How many groups capture. */
  get groupCount(): number {
    return this.#engine.groupCount()
  }

  /** Does the pattern match anywhere in the text? Takes budget in proportion to the text. */
  matches(text: string, evaluation: Evaluation): boolean {
    if (this.#nativeRoot !== undefined && text.length <= maxNativeLength) {
      evaluation.spend(1 + ((text.length * this.#weight) >>> 7))
      this.#native ??= nativeRegex(this.#nativeRoot)
      return this.#native.test(text)
    }
    evaluation.spend(this.#stepsFor(text.length))
    return this.#engine.test(text)
  }

  /**
   * The matches from left to right, none overlapping another and none empty where the one before ended, as RE2's
   * global replace has them; at most `limit`. Takes budget for what is looked at: some patterns look far ahead for
   * each match.
   */
  *findAll(text: string, limit: number, evaluation: Evaluation): Generator<RegexMatch, void> {
    const matcher = this.#engine.matcher(text)
    const groups = this.groupCount
    let last = -1
    let left = limit
    evaluation.spend(this.#stepsFor(text.length))
    while (left > 0 && matcher.find()) {
      const start = matcher.start()
      const end = matcher.end()
      evaluation.spend(this.#stepsFor(this.#lookedAt(text, end) - end))
      if (start === end && start === last) continue
      last = end
      left--
      yield {
        start,
        end,
        groups: Array.from({ length: groups + 1 }, (_, group) => matcher.group(group) ?? undefined)
      }
    }
  }

  get #engine(): RE2JS {
    this.#re2 ??= RE2JS.compile(this.pattern)
    return this.#re2
  }

  /** re2js takes at most some 10 ns for each character and instruction. */
  #stepsFor(length: number): number {
    return 1 + Math.floor((length * this.#engine.programSize()) / 16)
  }

  #lookedAt(text: string, end: number): number {
    if (this.#parsed === undefined) return text.length
    this.#reach ??= reachOf(this.#parsed.root)
    return reachIn(text, end, this.#reach)
  }
}

/** Why RE2 does not accept a pattern: one sentence with the place, without the pattern; undefined when it does. */
export const checkRegex = (pattern: string): string | undefined => {
  const regex = cached(pattern)
  return typeof regex === "string" ? regex : undefined
}

/**
 * The compiled pattern, from a cache where it can be. Fails with SP1308 when RE2 does not accept it; takes budget in
 * proportion to its size at its first use in an evaluation.
 */
export const compileRegex = (pattern: string, evaluation: Evaluation): Regex => {
  const regex = cached(pattern)
  if (typeof regex === "string") {
    evaluation.spend(compilingSteps + 16 * pattern.length)
    return evaluation.fail("SP1308", regex)
  }
  regex.chargeTo(evaluation)
  return regex
}

/** A compiled pattern, or why there is none. */
type Compiled = Regex | string

/**
 * Two generations: what was used since the last change of generations, and what was used in the one before. So at
 * most twice `generationSize` patterns are kept, those used last among them, and a hit costs one look-up.
 */
const generationSize = 128
let recent = new Map<string, Compiled>()
let older = new Map<string, Compiled>()

const cached = (pattern: string): Compiled => {
  const known = recent.get(pattern)
  if (known !== undefined) return known
  const compiled = older.get(pattern) ?? compile(pattern)
  if (recent.size >= generationSize) {
    older = recent
    recent = new Map()
  }
  recent.set(pattern, compiled)
  return compiled
}

const compile = (pattern: string): Compiled => {
  if (pattern.length > maxPatternLength) return "the regular expression is longer than 4,096 characters"
  try {
    return new Regex(pattern)
  } catch (error) {
    if (error instanceof RE2JSException) return regexProblem(error, pattern)
    throw error
  }
}
