import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { parsePattern } from "../src/pattern/PatternParser.ts"
import { showPattern } from "../src/pattern/PatternPrinter.ts"
import { extractObservables } from "../src/observable/Observables.ts"
import type { StixPattern } from "../src/pattern/StixPattern.ts"
import { patternOf } from "./PatternRecipe.ts"
import { parsed, withoutPlaces } from "./Patterns.ts"
import { anyText, type Chooser, chosen, holdsFor } from "./Property.ts"

/** Pieces that a pattern is made of, and some that it is not. */
const pieces = [
  ..."[ ] ( ) , : . = == != <> < >= * ' \\ / // /* */ + - 0 1 .5 t' h' b' \u00a0 \n é 😀 \ud83d \u0000 `".split(
    " "
  ),
  ..."AND OR NOT FOLLOWEDBY LIKE IN EXISTS WITHIN SECONDS START STOP true LAST within".split(" "),
  " ",
  "[file:name = 'a']",
  "ipv4-addr:value",
  "file:hashes.'SHA-256'",
  "'x'",
  "t'2020-01-01T00:00:00Z'",
  "WITHIN 5 SECONDS"
]

describe("printing a pattern", () => {
  it("gives one way of writing", () => {
    expect(showPattern(parsed("( [ a:'b'.'c-d'[*]==1/**/AND(x:y<>'it\\'s') ]) WITHIN +5 SECONDS"))).toBe(
      "[a:b.'c-d'[*] = 1 AND x:y != 'it\\'s'] WITHIN +5 SECONDS"
    )
  })

  it("keeps the parentheses that matter and no others", () => {
    for (const text of [
      "[a:v = 1] AND ([b:v = 1] OR [c:v = 1])",
      "([a:v = 1] OR [b:v = 1]) OR [c:v = 1]",
      "([a:v = 1] FOLLOWEDBY [b:v = 1]) WITHIN 5 SECONDS",
      "([a:v = 1]) WITHIN 5 SECONDS WITHIN 6 SECONDS",
      "([a:v = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS",
      "[(a:v = 1 OR b:v = 1) AND (c:v = 1 AND d:v = 1)]"
    ]) {
      expect(showPattern(parsed(text))).toBe(text)
    }
    expect(showPattern(parsed("([a:v = 1] AND ([b:v = 1])) OR (([c:v = 1]))"))).toBe(
      "[a:v = 1] AND [b:v = 1] OR [c:v = 1]"
    )
  })

  it.effect("is read back as the same tree, for every tree", () =>
    Effect.gen(function* () {
      const seen = new Map<string, number>()
      const isSame = (pattern: StixPattern): boolean => {
        seen.set(pattern.kind, (seen.get(pattern.kind) ?? 0) + 1)
        const again = parsed(showPattern(pattern))
        return JSON.stringify(withoutPlaces(again)) === JSON.stringify(withoutPlaces(pattern))
      }
      yield* holdsFor(chosen(patternOf), isSame, 3_000)
      expect(
        ["and", "or", "followedby", "qualified", "observation"].filter((kind) => (seen.get(kind) ?? 0) < 100)
      ).toEqual([])
    })
  )
})

describe("any text", () => {
  const isJudged = (text: string): boolean => {
    const result = parsePattern(text)
    extractObservables({ type: "indicator", pattern: text })
    return Result.isSuccess(result)
      ? result.success.end <= text.length
      : result.failure.offset <= text.length && result.failure.line > 0 && result.failure.column > 0
  }

  it.effect("is taken or refused with a place, never thrown at", () => holdsFor(anyText, isJudged))

  it.effect("is taken or refused with a place when it is nearly a pattern", () =>
    Effect.gen(function* () {
      let taken = 0
      const isCounted = (text: string): boolean => {
        if (Result.isSuccess(parsePattern(text))) taken++
        return isJudged(text)
      }
      yield* holdsFor(chosen(damaged), isCounted, 5_000)
      expect(taken).toBeGreaterThan(500)
      expect(taken).toBeLessThan(4_500)
    })
  )
})

/** A pattern of which a few characters are replaced by a piece. */
const damaged = (chooser: Chooser): string => {
  const [piece, from, length] = [chooser.pick("", ...pieces), chooser.below(5_000), chooser.below(4)]
  const text = showPattern(patternOf(chooser))
  const at = from % (text.length + 1)
  return text.slice(0, at) + piece + text.slice(at + length)
}
