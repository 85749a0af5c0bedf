import { describe, expect, it } from "@effect/vitest"
import {
  bool,
  boolOf,
  double,
  dyn,
  int,
  intOf,
  list,
  map,
  never,
  nullType,
  record,
  ref,
  string,
  stringExcept,
  stringOf,
  type Type
} from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { mapMembers, membersOf, nullable, union } from "../src/types/Union.ts"

describe("a union", () => {
  it.each([
    [[], "never"],
    [[never, string], "string"],
    [[string, dyn, int], "dyn"],
    [[int, double], "double"],
    [[double, intOf(1)], "double"],
    [[intOf(2), string, intOf(1)], "1 | 2 | string"],
    [[boolOf(true), boolOf(false)], "bool"],
    [[boolOf(true), boolOf(true)], "true"],
    [[stringOf("b"), stringOf("a")], '"b" | "a"'],
    [[stringOf("a"), string], "string"],
    [[stringExcept("a", "b"), stringOf("b")], 'string other than "a"'],
    [[stringExcept("a"), stringOf("a")], "string"],
    [[stringExcept("a", "b"), stringExcept("b", "c")], 'string other than "b"'],
    [[list(int), list(double)], "list<double>"],
    [[list(int), list(string)], "list<int> | list<string>"],
    [[record({ a: int }), map(int)], "map<string, int>"],
    [[record({ a: int }), record({ a: int, "b?": int })], "{ a: int, b?: int }"],
    [[nullType, string, nullType], "string | null"]
  ] as const)("of %s is %s", (types: ReadonlyArray<Type>, text) => {
    expect(showType(union(types))).toBe(text)
    expect(showType(union(types.toReversed())).split(" | ").toSorted()).toEqual(text.split(" | ").toSorted())
  })

  it("of one type is that type, with its name and identity", () => {
    const named = union([record({ a: int }), record({ b: int })], { name: "AB" })
    expect(union([named])).toBe(named)
    expect(union([named, never])).toBe(named)
    expect(union([named, named])).toBe(named)
    expect(union([named, record({ a: int })])).toBe(named)
    expect(union([record({ a: int })], { name: "A" })).toEqual(record({ a: int }))
  })

  it("keeps a discriminator when null joins it, and loses it to another object", () => {
    const kinds = union([record({ t: stringOf("a") }), record({ t: stringOf("b") })], { discriminator: "t" })
    expect(nullable(kinds)).toMatchObject({ discriminator: "t" })
    expect(union([kinds, record({ u: int })])).not.toHaveProperty("discriminator")
  })

  it("a format stays when all strings have it", () => {
    expect(
      union([
        { kind: "string", format: "uri" },
        { kind: "string", format: "uri", values: ["x:y"] }
      ])
    ).toEqual({
      kind: "string",
      format: "uri"
    })
    expect(union([{ kind: "string", format: "uri" }, string])).toEqual(string)
  })

  it("does not look behind references while it is built", () => {
    const early: Type = ref("Early", () => {
      throw new Error("too early")
    })
    expect(showType(union([early, record({ a: early }), record({ a: int }), nullType, early]))).toBe(
      "Early | { a: Early } | { a: int } | null"
    )
  })

  it("records with different texts at one key are compared with the others only, to the same result", () => {
    const known = ["a", "b", "c"].map((name) => record({ t: stringOf(name), x: int }))
    const same = record({ t: stringOf("b"), x: double })
    const open = record({ "t?": string }, { rest: dyn })
    expect(showType(union([...known, same]))).toBe(
      '{ t: "a", x: int } | { t: "c", x: int } | { t: "b", x: double }'
    )
    expect(union([...known, open])).toBe(open)
    expect(union([open, ...known])).toBe(open)
  })

  it("of 200,000 texts, numbers or records is built at once", () => {
    const many = Array.from({ length: 200_000 }, (_, at) => at)
    const start = performance.now()
    expect(showType(union(many.map((at) => stringOf(`${at}`))))).toContain("199994 more")
    expect(showType(union(many.map((at) => intOf(at))))).toContain("199994 more")
    expect(membersOf(union(many.map((at) => list(record({ [`p${at}`]: int }))))).length).toBe(200_000)
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

describe("the members of a type", () => {
  it("are those behind references too, each once", () => {
    const loop: Type = ref("Loop", () => union([nullType, inner, bool]))
    const inner: Type = ref("Inner", () => union([loop, int]))
    expect(membersOf(loop).map((member) => member.kind)).toEqual(["null", "int", "bool"])
    expect(membersOf(string)).toEqual([string])
    expect(membersOf(never)).toEqual([never])
  })

  it("a type in which nothing changes is the same type", () => {
    const type = union([record({ a: int }), nullType], { name: "T" })
    expect(mapMembers(type, (member) => member)).toBe(type)
    const named = ref("R", () => type)
    expect(mapMembers(named, (member) => member)).toBe(named)
    expect(mapMembers(type, (member) => (member.kind === "null" ? never : member))).toEqual(
      record({ a: int })
    )
  })
})
