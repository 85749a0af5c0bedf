import { describe, expect, it } from "@effect/vitest"
import { elementOf, iterationOf, keysOf, propertyOf, valueOf } from "../src/types/Access.ts"
import {
  dyn,
  int,
  list,
  map,
  never,
  nullType,
  optional,
  record,
  ref,
  string,
  stringOf,
  type Type
} from "../src/types/Type.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { union } from "../src/types/Union.ts"

const indicator = record({ type: stringOf("indicator"), "confidence?": int }, { name: "Indicator" })
const malware = record({ type: stringOf("malware"), name: string }, { name: "Malware" })
const either = union([indicator, malware])

const access = (type: Type, name: string): ReadonlyArray<string | boolean> => {
  const found = propertyOf(type, name)
  const names = (types: ReadonlyArray<Type>) => types.map((member) => showType(member)).join(" ")
  return [showType(found.type), names(found.missingFrom), names(found.optionalIn), found.dynamic]
}

describe("x.name", () => {
  it.each<readonly [Type, string, string, string, string, boolean]>([
    [indicator, "type", '"indicator"', "", "", false],
    [indicator, "confidence", "int", "", "Indicator", false],
    [indicator, "nmae", "never", "Indicator", "", false],
    [either, "type", '"indicator" | "malware"', "", "", false],
    [either, "name", "string", "Indicator", "", false],
    [either, "confidence", "int", "Malware", "Indicator", false],
    [union([malware, nullType, string]), "name", "string", "null string", "", false],
    [map(int), "a", "int", "", "map<string, int>", false],
    [record({}, { rest: int, name: "Open" }), "a", "int", "", "Open", false],
    [record({ "a?": never }, { name: "Not" }), "a", "never", "Not", "", false],
    [record({}, { rest: never, name: "Shut" }), "a", "never", "Shut", "", false],
    [record({ __proto__: int, ["constructor"]: int }, { name: "P" }), "toString", "never", "P", "", false],
    [dyn, "a", "dyn", "", "", true],
    [union([ref("Any", () => dyn), malware]), "name", "dyn", "", "", true],
    [ref("Ref", () => either), "name", "string", "Indicator", "", false],
    [list(int), "a", "never", "list<int>", "", false],
    [optional(malware), "name", "never", "optional<Malware>", "", false],
    [never, "a", "never", "", "", false]
  ])("on %j: %s", (type, name, ...expected) => {
    expect(access(type, name)).toEqual(expected)
  })
})

describe("elements, keys and values", () => {
  it("an index gives the elements of lists, and names what has none", () => {
    const found = elementOf(union([list(int), list(string), nullType, map(int)]))
    expect(showType(found.type)).toBe("int | string")
    expect(found.missingFrom.map((member) => member.kind)).toEqual(["null", "map"])
    expect(elementOf(dyn)).toMatchObject({ type: dyn, dynamic: true, missingFrom: [] })
  })

  it("iteration gives elements of lists and keys of objects", () => {
    expect(showType(iterationOf(list(int)).type)).toBe("int")
    expect(showType(iterationOf(map(int)).type)).toBe("string")
    expect(showType(iterationOf(malware).type)).toBe('"type" | "name"')
    expect(showType(iterationOf(record({}, { rest: int })).type)).toBe("string")
    expect(iterationOf(record({})).type).toBe(never)
    expect(iterationOf(string).missingFrom).toEqual([string])
  })

  it("a key that is not known gives any of the values", () => {
    expect(showType(valueOf(malware).type)).toBe("string")
    expect(showType(valueOf(record({ a: int }, { rest: string })).type)).toBe("int | string")
    expect(showType(valueOf(map(int)).type)).toBe("int")
    expect(valueOf(list(int)).missingFrom.length).toBe(1)
  })

  it("the names are those of all members, once, without those that cannot be there", () => {
    expect(keysOf(union([either, nullType]))).toEqual(["type", "confidence", "name"])
    expect(keysOf(record({ "a?": never, b: int }))).toEqual(["b"])
    expect(keysOf(dyn)).toEqual([])
  })
})
