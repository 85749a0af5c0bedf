import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { suggest, suggestions } from "../src/diagnostics/Suggestion.ts"

describe("did you mean", () => {
  it("two exchanged letters are one error", () => {
    expect(suggest("nmae", ["date", "name", "nature"])).toBe("name")
  })

  it("a missing, a wrong and a superfluous letter are found", () => {
    expect(suggest("severty", ["severity"])).toBe("severity")
    expect(suggest("sevarity", ["severity"])).toBe("severity")
    expect(suggest("severiity", ["severity"])).toBe("severity")
  })

  it("a difference in case alone goes before every other", () => {
    expect(suggest("STARTSWITH", ["startswitch", "startsWith"])).toBe("startsWith")
    expect(suggest("ID", ["IP", "id"])).toBe("id")
  })

  it("what is not near is not suggested", () => {
    expect(suggest("verdict", ["severity", "name"])).toBeUndefined()
    expect(suggest("a", ["b"])).toBeUndefined()
    expect(suggest("", ["a"])).toBeUndefined()
    expect(suggest("name", [])).toBeUndefined()
  })

  it("a word is not suggested for itself", () => {
    expect(suggest("name", ["name"])).toBeUndefined()
  })

  it("of equally near candidates the alphabetically first is taken, in whatever order they come", () => {
    expect(suggest("cat", ["hat", "bat", "rat"])).toBe("bat")
    expect(suggest("cat", ["rat", "hat", "bat"])).toBe("bat")
  })

  it("several suggestions come best first, without repetition", () => {
    expect(suggestions("naem", ["named", "name", "NAEM", "name", "other"], 2)).toEqual(["NAEM", "name"])
  })

  it("names of objects' own machinery are ordinary words", () => {
    expect(suggest("__prto__", ["__proto__", "constructor"])).toBe("__proto__")
    expect(suggest("constuctor", ["__proto__", "constructor"])).toBe("constructor")
  })

  const word = Arbitrary.array(Arbitrary.schema(Schema.Literals(["a", "b", "c"])), {
    minLength: 3,
    maxLength: 12
  }).pipe(Arbitrary.map((letters) => letters.join("")))
  it.effect("the nearest is the nearest by the whole table of distances", () =>
    Effect.gen(function* () {
      let suggested = 0
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.all({ word, candidates: Arbitrary.array(word, { maxLength: 20 }) }),
        (given) => {
          const found = suggest(given.word, given.candidates)
          if (found !== undefined) suggested++
          return found === naiveSuggest(given.word, given.candidates)
        },
        { runs: 3000, seed: 17 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      expect(suggested).toBeGreaterThan(500)
    })
  )

  it("a long word among 100,000 long candidates is answered within bounds", () => {
    const candidates = Array.from(
      { length: 100_000 },
      (_, index) => "a".repeat(40) + String(index).padStart(8, "b")
    )
    const started = performance.now()
    expect(suggest("a".repeat(48), candidates)).toBeUndefined()
    expect(suggest("a".repeat(1_000_000), [...candidates, "b".repeat(1_000_000)])).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

/** The same rules with the full table and a sort. */
const naiveSuggest = (given: string, candidates: ReadonlyArray<string>): string | undefined => {
  const most = given.length < 2 ? 0 : Math.min(3, Math.max(1, Math.floor(given.length / 3)))
  return candidates
    .filter((candidate) => candidate !== given && naiveDistance(given, candidate) <= most)
    .toSorted((a, b) => naiveDistance(given, a) - naiveDistance(given, b) || (a < b ? -1 : 1))[0]
}

const naiveDistance = (a: string, b: string): number => {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0))
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0
  for (let row = 0; row <= a.length; row++) {
    for (let column = 0; column <= b.length; column++) {
      const options = [row === 0 ? column : column === 0 ? row : Infinity]
      if (row > 0 && column > 0) {
        options.push(at(row - 1, column) + 1, at(row, column - 1) + 1)
        options.push(at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1))
      }
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        options.push(at(row - 2, column - 2) + 1)
      table[row]?.splice(column, 1, Math.min(...options))
    }
  }
  return at(a.length, b.length)
}
