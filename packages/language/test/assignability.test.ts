import { describe, expect, it } from "@effect/vitest"
import { isAssignable, isSameType, isSubtype } from "../src/types/Assignability.ts"
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
  optional,
  record,
  ref,
  type RecordType,
  string,
  stringExcept,
  stringOf,
  timestamp,
  type Type
} from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { union } from "../src/types/Union.ts"

const text = ref("Text", () => stringOf("a", "b"))
const yes = ref("Yes", () => boolOf(true))
const anything = ref("Anything", () => dyn)
const tree: Type = ref("Tree", () => record({ value: int, kids: list(tree) }))
const unrolled: Type = record({ value: int, kids: list(record({ value: int, kids: list(tree) })) })
const broken: Type = ref("Broken", () => record({ value: string, kids: list(broken) }))

const below: ReadonlyArray<readonly [Type, Type]> = [
  [never, string],
  [string, dyn],
  [int, double],
  [intOf(1), intOf(1, 2)],
  [intOf(1, 2), int],
  [boolOf(true), bool],
  [stringOf("a"), string],
  [stringOf("a"), stringOf("a", "b")],
  [stringOf("a"), stringExcept("b")],
  [stringExcept("a", "b"), stringExcept("a")],
  [stringExcept("a"), string],
  [list(int), list(double)],
  [list(never), list(string)],
  [map(int), map(double)],
  [optional(int), optional(double)],
  [record({ a: int }), record({ "a?": int })],
  [record({ a: int }), record({ a: double })],
  [record({ a: int }), record({ a: int, "b?": string })],
  [record({ a: int, b: string }), record({ a: int }, { rest: string })],
  [record({ a: int }), map(int)],
  [map(int), record({}, { rest: int })],
  [map(int), record({ "a?": int }, { rest: double })],
  [record({}, { rest: never }), record({})],
  [record({ "a?": never }), record({})],
  [map(never), record({})],
  [int, union([string, int])],
  [union([int, string]), union([string, nullType, double])],
  // Several members together, because a reference hides some of them.
  [stringOf("a", "c"), union([text, stringOf("c")])],
  [string, union([ref("NotA", () => stringExcept("a")), stringOf("a")])],
  [bool, union([yes, boolOf(false)])],
  [intOf(1, 2), union([ref("One", () => intOf(1)), intOf(2)])],
  [dyn, union([anything, nullType])],
  // A record that fits a union only when a property's literals are split.
  [record({ t: stringOf("a", "b") }), union([record({ t: stringOf("a") }), record({ t: stringOf("b") })])],
  [record({ t: string }), union([record({ t: stringOf("a") }), record({ t: stringExcept("a") })])],
  [record({ t: bool }), union([record({ t: boolOf(true) }), record({ t: boolOf(false), "u?": int })])],
  [
    record({ t: stringOf("a", "b"), u: intOf(1, 2) }),
    union([
      record({ t: stringOf("a"), u: intOf(1) }),
      record({ t: stringOf("a"), u: intOf(2) }),
      record({ t: stringOf("b"), u: intOf(1, 2) })
    ])
  ],
  [tree, unrolled],
  [unrolled, tree]
]

const notBelow: ReadonlyArray<readonly [Type, Type]> = [
  [dyn, string],
  [double, int],
  [string, stringOf("a")],
  [string, stringExcept("a")],
  [stringExcept("a"), stringExcept("a", "b")],
  [stringOf("a", "b"), stringExcept("b")],
  [string, nullType],
  [string, timestamp],
  [optional(int), int],
  [int, optional(int)],
  [record({ "a?": int }), record({ a: int })],
  [record({ a: int, b: int }), record({ a: int })],
  [record({ a: int }, { rest: int }), record({ a: int })],
  [record({ a: int }, { rest: string }), record({ a: int, "b?": int }, { rest: string })],
  [map(int), record({ "a?": string }, { rest: int })],
  [map(int), record({ a: int }, { rest: int })],
  [map(int), record({ "a?": int })],
  [record({ t: stringOf("a", "c") }), union([record({ t: stringOf("a") }), record({ t: stringOf("b") })])],
  [record({ "t?": bool }), union([record({ t: boolOf(true) }), record({ t: boolOf(false) })])],
  [bool, union([yes, stringOf("false")])],
  [tree, broken],
  [broken, tree]
]

describe("a subtype", () => {
  it.each(below.map(([a, b]) => [showType(a), showType(b), a, b] as const))(
    "%s is below %s",
    (_, __, a, b) => {
      expect(isSubtype(a, b)).toBe(true)
      expect(isAssignable(a, b)).toBe(true)
    }
  )

  it.each(notBelow.map(([a, b]) => [showType(a), showType(b), a, b] as const))(
    "%s is not below %s",
    (_, __, a, b) => {
      expect(isSubtype(a, b)).toBe(false)
    }
  )

  it("types that were written apart are the same when their values are", () => {
    const [one, two]: ReadonlyArray<Type> = [0, 1].map(() => {
      const node: Type = ref("Node", () => record({ next: union([nullType, node]), kind: text }))
      return node
    })
    expect(one !== undefined && two !== undefined && isSameType(one, two)).toBe(true)
  })

  it("what was only assumed in a branch that failed is not taken for true afterwards", () => {
    // Comparing with the first member assumes that Inner fits WideInner while Outer fits Wrong, which fails in the end.
    const inner: Type = ref("Inner", () => record({ back: outer }))
    const outer: Type = ref("Outer", () => record({ deep: inner, last: string }))
    const wrongInner: Type = ref("WrongInner", () => record({ back: wrong }))
    const wrong: Type = ref("Wrong", () => record({ deep: wrongInner, last: int }))
    expect(isSubtype(outer, wrong)).toBe(false)
    expect(
      isSubtype(record({ x: outer, y: inner }), record({ x: union([wrong, outer]), y: wrongInner }))
    ).toBe(false)
    expect(isSubtype(record({ x: outer, y: inner }), record({ x: union([wrong, outer]), y: inner }))).toBe(
      true
    )
  })

  it("a reference to nothing but itself has no values", () => {
    const self: Type = ref("Self", () => self)
    expect(isSubtype(self, string)).toBe(true)
    expect(isSubtype(string, self)).toBe(false)
  })

  it("types nested thousands deep are answered, with no when it is too deep to tell", () => {
    const nest = (): Type => {
      let type: Type = int
      for (let depth = 0; depth < 5000; depth++) type = list(type)
      return type
    }
    const one = nest()
    expect(isSubtype(one, one)).toBe(true)
    expect(isSubtype(one, nest())).toBe(false)
  })

  it("references that branch are compared in polynomial time", () => {
    const chain = (last: Type): Type => {
      let type = last
      for (let level = 0; level < 60; level++) {
        const inner = type
        const made: RecordType = record({ a: ref("X", () => inner), b: ref("X", () => inner) })
        type = made
      }
      return type
    }
    expect(isSubtype(chain(int), chain(double))).toBe(true)
    expect(isSubtype(chain(int), chain(string))).toBe(false)
  })
})

describe("assignability", () => {
  it("dyn fits everywhere, in both directions and at any depth", () => {
    expect(isAssignable(dyn, string)).toBe(true)
    expect(isAssignable(list(dyn), list(string))).toBe(true)
    expect(isAssignable(record({ a: dyn }), record({ a: int }))).toBe(true)
    expect(isAssignable(union([anything, nullType]), string)).toBe(true)
    expect(isAssignable(list(dyn), map(dyn))).toBe(false)
  })

  it("a missing property is missing whatever its type", () => {
    expect(isAssignable(record({ "a?": dyn }), record({ a: int }))).toBe(false)
    expect(isAssignable(map(dyn), record({ "a?": int }))).toBe(false)
  })
})
