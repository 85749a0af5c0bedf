import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readJson } from "../src/json/JsonReader.ts"
import { isList, isMap, type JsonValue } from "../src/json/JsonValue.ts"

/** The value as JSON.parse gives it. */
const plain = (value: JsonValue): unknown =>
  isList(value)
    ? value.map(plain)
    : isMap(value)
      ? Object.fromEntries([...value].map(([name, inner]) => [name, plain(inner)]))
      : value

const read = (text: string): unknown => {
  const reading = readJson("a.json", text)
  return "problem" in reading ? reading.problem : plain(reading.value)
}

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

describe("JSON", () => {
  it.effect("reads what JSON.stringify writes", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.schema(Schema.Json),
        (value) => JSON.stringify(read(JSON.stringify(value, undefined, 1))) === JSON.stringify(value),
        { runs: 500, seed: 20_261_122, size: 40 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.effect("takes and refuses the same texts as JSON.parse", () =>
    Effect.gen(function* () {
      const pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"a"',
        '"\\u00e9"',
        '"\\x"',
        "1",
        "-",
        "01",
        ".5",
        "1e-5",
        " ",
        "\n",
        "true",
        "nul",
        "null",
        "'",
        "\u00a0"
      ]
      const index = Arbitrary.schema(
        Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: pieces.length - 1 }))
      )
      const texts = Arbitrary.array(index, { maxLength: 8 }).pipe(
        Arbitrary.map((indexes) => indexes.map((at) => pieces[at] ?? "").join(""))
      )
      const result = yield* Arbitrary.checkEffect(
        texts,
        (text) => {
          const expected = parsed(text)
          const found = read(text)
          return expected === undefined
            ? typeof found === "string" && found.startsWith("a.json:")
            : JSON.stringify(found) === JSON.stringify(expected)
        },
        { runs: 5_000, seed: 20_261_122, size: 60 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it.each([
    ["a trailing comma", '{\n  "a": 1,\n}', 'a.json:3:1: expected a name in "", found "}"'],
    ["a comment", "[1, // one\n2]", 'a.json:1:5: expected a value, found "/"'],
    ["NaN", "[NaN]", 'a.json:1:2: expected a value, found "N"'],
    ["nothing", "", "a.json:1:1: expected a value, found the end of the file"],
    ["text behind the end", "{} x", 'a.json:1:4: expected the end of the file, found "x"'],
    [
      "a text that does not end",
      '["a',
      "a.json:1:2: this text does not end, or holds what JSON does not allow"
    ],
    ["a number that is too large", "1e999", 'a.json:1:1: the number "1e999" is too large']
  ])("refuses %s at its place", (_, text, problem) => {
    expect(read(text)).toBe(problem)
  })

  it("refuses a million brackets without running out of stack", () => {
    expect(read("[".repeat(1_000_000))).toBe("a.json:1:101: objects and lists are more than 100 deep")
  })

  it("reports a name that is there twice at its second place", () => {
    const reading = readJson("a.json", '{"a": 1,\n "a": 2}')
    expect("duplicates" in reading ? reading.duplicates : []).toEqual([{ name: "a", line: 2, column: 2 }])
  })
})
