import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import {
  bool,
  boolOf,
  double,
  duration,
  dyn,
  int,
  intOf,
  list,
  map,
  never,
  nullType,
  optional,
  record,
  type RecordType,
  ref,
  string,
  stringExcept,
  stringOf,
  timestamp,
  type Type,
  typeType
} from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { union } from "../src/types/Union.ts"
import { definitions, recipe, TypeBuilder } from "./TypeRecipe.ts"

const letters = Array.from({ length: 60 }, (_, at) => `v${at}`)

describe("a type as text", () => {
  it.each<readonly [Type, string]>([
    [dyn, "dyn"],
    [never, "never"],
    [nullType, "null"],
    [bool, "bool"],
    [boolOf(false), "false"],
    [int, "int"],
    [intOf(3, 1), "1 | 3"],
    [double, "double"],
    [string, "string"],
    [{ kind: "string", format: "uri" }, "string"],
    [stringOf("a", 'q"'), '"a" | "q\\""'],
    [stringExcept("a", "b"), 'string other than "a", "b"'],
    [timestamp, "timestamp"],
    [duration, "duration"],
    [typeType, "type"],
    [list(int), "list<int>"],
    [list(union([int, string])), "list<int | string>"],
    [map(string), "map<string, string>"],
    [optional(string), "optional<string>"],
    [record({}), "{}"],
    [record({ id: string, "name?": string }), "{ id: string, name?: string }"],
    [record({ id: string }, { rest: dyn }), "{ id: string, … }"],
    [record({ id: string }, { rest: int }), "{ id: string, …: int }"],
    [record({ "a b": int, "": int, "x-y": int }), '{ "a b": int, "": int, x-y: int }'],
    [record({ id: string }, { name: "Indicator" }), "Indicator"],
    [ref("Tree", () => never), "Tree"],
    [union([nullType, record({}, { name: "A" }), record({ a: int }, { name: "B" })]), "A | B | null"],
    [union([int, string], { name: "Id" }), "Id"],
    [
      list(record({ a: list(record({ b: list(record({ c: list(record({ d: int })) })) })) })),
      "list<{ a: list<{ b: list<{ … }> }> }>"
    ]
  ])("%j is %s", (type, text) => {
    expect(showType(type)).toBe(text)
  })

  it("long lists of literals, members and properties are cut and counted", () => {
    expect(showType(stringOf(...letters))).toBe('"v0" | "v1" | "v2" | "v3" | "v4" | "v5" | … 54 more')
    expect(showType(stringExcept(...letters))).toBe(
      'string other than "v0", "v1", "v2", "v3", "v4", "v5", … 54 more'
    )
    expect(showType(union(letters.map((name) => record({ [name]: int }, { name }))))).toBe(
      "v0 | v1 | v2 | v3 | v4 | v5 | v6 | v7 | … 52 more"
    )
    expect(showType(record(Object.fromEntries(letters.map((name) => [name, int]))))).toBe(
      "{ v0: int, v1: int, v2: int, v3: int, v4: int, v5: int, v6: int, v7: int, … 52 more }"
    )
  })

  it("a long literal is cut between characters", () => {
    expect(showType(stringOf("🙂".repeat(50)))).toBe(`"${"🙂".repeat(19)}…"`)
  })

  it("expanded, it has a line a property or member, with descriptions", () => {
    const type: RecordType = {
      kind: "record",
      name: "Indicator",
      properties: new Map([
        ["type", { type: stringOf("indicator"), required: true }],
        ["name", { type: string, required: false, description: "What it is called.\nMore." }]
      ]),
      rest: dyn
    }
    expect(showType(type, { expanded: true })).toBe(
      'Indicator = {\n  type: "indicator"\n  name?: string  // What it is called.\n  …\n}'
    )
    expect(
      showType(
        ref("I", () => type),
        { expanded: true }
      )
    ).toMatch(/^I = \{\n/)
    expect(showType(union([type, nullType]), { expanded: true })).toBe("| Indicator\n  | null")
    expect(showType(union([type, nullType], { name: "T" }), { expanded: true })).toBe(
      "T =\n  | Indicator\n  | null"
    )
    expect(showType({ kind: "string", format: "uri" }, { expanded: true })).toBe("string (uri)")
    expect(
      showType(
        ref("K", () => stringOf("a")),
        { expanded: true }
      )
    ).toBe('K = "a"')
    expect(showType(list(int), { expanded: true })).toBe("list<int>")
  })

  it.effect("is on one line, bounded and the same for the same type", () =>
    Effect.gen(function* () {
      const input = Arbitrary.all({ definitions, type: recipe(5, 3) })
      const result = yield* Arbitrary.checkEffect(
        input,
        (given) => {
          const text = showType(new TypeBuilder(given.definitions).build(given.type))
          const again = showType(new TypeBuilder(given.definitions).build(given.type))
          return text === again && text.length < 1000 && !text.includes("\n")
        },
        { runs: 500, seed: 21 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})
