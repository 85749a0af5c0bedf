import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import { RE2JS, RE2JSException } from "re2js"
import { Evaluation } from "../src/expression/Evaluation.ts"
import { checkRegex, compileRegex, maxPatternLength } from "../src/expression/Regex.ts"
import { parseRegex } from "../src/expression/regex/RegexParser.ts"
import { stepsPerChar } from "../src/expression/regex/RegexCost.ts"
import { BacktrackingMatcher } from "./BacktrackingMatcher.ts"
import { failureOf, holdsFor } from "./FunctionTable.ts"
import { patterns, repetitiveSubjects, subjects } from "./RegexRecipe.ts"

const evaluation = (): Evaluation => new Evaluation(1_000_000_000)
const matches = (pattern: string, text: string): boolean =>
  compileRegex(pattern, evaluation()).matches(text, evaluation())
const isNative = (pattern: string): boolean => compileRegex(pattern, evaluation()).isNative

const re2 = (pattern: string): RE2JS | undefined => {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (error instanceof RE2JSException) return undefined
    throw error
  }
}

describe("a pattern that the native matcher takes", () => {
  it.effect(
    "means what it means to RE2, on more than 20,000 pairs of pattern and text",
    () => {
      const texts = Arbitrary.array(subjects, { minLength: 12, maxLength: 12 })
      let pairs = 0
      return holdsFor(
        Arbitrary.all([patterns, texts]),
        ([pattern, samples]) => {
          const reference = re2(pattern)
          if (reference === undefined) return checkRegex(pattern) !== undefined
          const regex = compileRegex(pattern, evaluation())
          if (regex.isNative) pairs += samples.length
          return samples.every((sample) => regex.matches(sample, evaluation()) === reference.test(sample))
        },
        6_000
      ).pipe(Effect.tap(() => Effect.sync(() => expect(pairs).toBeGreaterThan(20_000))))
    },
    60_000
  )

  it.effect(
    "takes no more steps than proven, even to a matcher without optimisations",
    () => {
      let proven = 0
      return holdsFor(
        Arbitrary.all([patterns, repetitiveSubjects]),
        ([pattern, subject]) => {
          const root = parseRegex(pattern)?.root
          const steps = root === undefined ? undefined : stepsPerChar(root)
          if (root === undefined || steps === undefined) return true
          proven++
          // Sequences and options, which a native matcher compiles away, are steps of this one: hence the factor.
          const matcher = new BacktrackingMatcher(subject, 3 * steps * (subject.length + 2))
          matcher.matches(root)
          return !matcher.gaveUp
        },
        6_000
      ).pipe(Effect.tap(() => Effect.sync(() => expect(proven).toBeGreaterThan(1_500))))
    },
    60_000
  )

  it("is one whose every choice is settled by the next character, or one without loops", () => {
    for (const pattern of [
      "",
      "scanner|bot",
      "\\.(exe|dll|scr)$",
      "(?i)\\b(mimikatz|rubeus)\\b",
      "^[a-f0-9]{64}$",
      "^CVE-\\d{4}-\\d{4,7}$",
      "^(?:\\d{1,3}\\.){3}\\d{1,3}$",
      "^[a-z0-9.-]+\\.example\\.(com|org)$",
      "^(?:[a-z0-9-]+\\.)+example\\.com$",
      "^[\\w.+-]+@[a-z0-9.-]+\\.com$",
      "^(a|b)*$",
      "foo.*",
      "(?:^|[^a-z])cmd(?:$|[^a-z])"
    ]) {
      expect([pattern, isNative(pattern)]).toEqual([pattern, true])
    }
  })

  it("is none that may take more than linear time", () => {
    for (const pattern of [
      "^(a+)+$",
      "^(a|a)*$",
      "^(a|ab)*$",
      "^(a*)*$",
      "(x+x+)+y",
      "a+b",
      ".*foo",
      "^.*a.*b",
      "^\\S+@\\S+$",
      "(?:a?){20}a{20}",
      "[ab]{30}[ab]{0,30}[ab]{0,30}c"
    ]) {
      expect([pattern, isNative(pattern)]).toEqual([pattern, false])
    }
  })

  it("keeps RE2's own idea of white space, words, dots and case", () => {
    expect(matches("^\\s$", "\v")).toBe(false)
    expect(matches("^\\s$", "\u00a0")).toBe(false)
    expect(matches("^\\w$", "é")).toBe(false)
    expect(matches("^.$", "\u2028")).toBe(true)
    expect(matches("^.$", "\n")).toBe(false)
    expect(matches("(?s)^.$", "\n")).toBe(true)
    expect(matches("^.$", "😀")).toBe(true)
    expect(matches("(?i)^k$", "\u212a")).toBe(true)
    expect(matches("^k$", "K")).toBe(false)
    expect(matches("a$", "a\n")).toBe(false)
  })
})

describe("any pattern", () => {
  it("takes linear time: what hangs a backtracking matcher is answered at once", () => {
    const text = "a".repeat(100_000)
    const start = performance.now()
    expect(matches("^(a+)+$", `${text}!`)).toBe(false)
    expect(matches("^(a+)+$", text)).toBe(true)
    expect(matches("(a|a)*b", text)).toBe(false)
    expect(matches("^[a]{1,200}b", text)).toBe(false)
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it("runs out of budget before it runs for long", () => {
    const text = "ab".repeat(50_000)
    const heavy = compileRegex("(?:a|b)[ab]{900}$", evaluation())
    expect(failureOf(() => heavy.matches(text, new Evaluation()))?.code).toBe("SP1306")
    // Each match looks ahead to the end of the text.
    const ahead = compileRegex("(a[^c]*c)|[ab]", evaluation())
    expect(failureOf(() => [...ahead.findAll(text, Infinity, new Evaluation())])?.code).toBe("SP1306")
  })

  it("costs little to search for where its matches are local", () => {
    const text = "mail from joe@example.com to ann@example.org; ".repeat(1_000)
    const address = compileRegex("[a-z0-9._-]+@[a-z0-9-]+\\.[a-z]{2,10}", evaluation())
    expect([...address.findAll(text, Infinity, new Evaluation())].length).toBe(2_000)
  })

  it("finds what is left to right and does not overlap, as RE2 does", () => {
    const found = (pattern: string, text: string): ReadonlyArray<string> =>
      [...compileRegex(pattern, evaluation()).findAll(text, Infinity, evaluation())].map(
        ({ start, end }) => `${start}-${end}`
      )
    expect(found("a*", "baaac")).toEqual(["0-0", "1-4", "5-5"])
    expect(found("", "😀b")).toEqual(["0-0", "2-2", "3-3"])
    expect(found("a|ab", "abab")).toEqual(["0-1", "2-3"])
    expect(found("^a", "aaa")).toEqual(["0-1"])
    expect(found("\\bb", "ab b")).toEqual(["3-4"])
  })

  it("answers alike on both sides of the length from which texts go to re2js", () => {
    for (const length of [32_767, 32_768, 32_769]) {
      expect(matches("^a*b$", `${"a".repeat(length - 1)}b`)).toBe(true)
      expect(matches("^a*b$", `${"a".repeat(length - 1)}c`)).toBe(false)
    }
  })
})

describe("a pattern that RE2 does not accept", () => {
  it("is refused with the reason and the place, without the pattern", () => {
    const prefix = "the regular expression is not valid at character"
    expect(checkRegex("x(y")).toBe(`${prefix} 2: missing closing )`)
    expect(checkRegex("[()]xy)")).toBe(`${prefix} 7: unexpected )`)
    expect(checkRegex("ab[c")).toBe(`${prefix} 3: missing closing ]`)
    expect(checkRegex("*a")).toBe(`${prefix} 1: missing argument to repetition operator`)
    expect(checkRegex("secret\\q")).toBe(`${prefix} 7: invalid escape sequence`)
    expect(checkRegex("a\\")).toBe(`${prefix} 2: trailing backslash at end of expression`)
    expect(checkRegex("(?=a)")).toBe(`${prefix} 1: invalid or unsupported Perl syntax`)
    expect(checkRegex("(?P<n>a)(?P<n>b)")).toBe(`${prefix} 5: duplicate capture group name`)
  })

  it("fails with SP1308 when it is only known at run time", () => {
    expect(failureOf(() => compileRegex("x(y", evaluation()))?.code).toBe("SP1308")
    expect(failureOf(() => compileRegex("x(y", evaluation()))?.code).toBe("SP1308")
  })

  it("may be too long or too deep", () => {
    expect(checkRegex("a".repeat(maxPatternLength))).toBeUndefined()
    expect(checkRegex("a".repeat(maxPatternLength + 1))).toBe(
      "the regular expression is longer than 4,096 characters"
    )
    expect(checkRegex("(".repeat(2_000) + ")".repeat(2_000))).toContain("nests too deeply")
  })
})

describe("the cache of patterns", () => {
  it("gives the same object while a pattern is in use, and forgets those that are not", () => {
    const kept = compileRegex("kept", evaluation())
    for (let index = 0; index < 1_000; index++) {
      compileRegex(`passing ${index}`, evaluation())
      expect(compileRegex("kept", evaluation())).toBe(kept)
    }
    for (let index = 0; index < 1_000; index++) compileRegex(`passing ${index}`, evaluation())
    expect(compileRegex("kept", evaluation())).not.toBe(kept)
  })

  it("does not decide what an evaluation costs", () => {
    const cost = (pattern: string): number => {
      const budget = new Evaluation(1_000_000)
      compileRegex(pattern, budget)
      const first = 1_000_000 - budget.left
      compileRegex(pattern, budget)
      expect(1_000_000 - budget.left).toBe(first)
      return first
    }
    for (const pattern of ["charged [a-z]{1,20} once", "(a+)+ (charged|charges)+b", "(a?){300}"]) {
      const first = cost(pattern)
      expect(first).toBeGreaterThan(0)
      expect(cost(pattern)).toBe(first)
    }
  })
})
