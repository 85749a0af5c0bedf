import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { regexFunctions } from "../src/expression/functions/RegexFunctions.ts"
import { Optional, type Value } from "../src/expression/Value.ts"
import { FunctionTable, holdsFor, oneOf, textOf } from "./FunctionTable.ts"

const table = new FunctionTable(regexFunctions)
const call = (name: string, ...args: ReadonlyArray<Value>): Value => table.call(name, ...args)
const code = (name: string, ...args: ReadonlyArray<Value>): string | undefined =>
  table.failure(name, ...args)?.code

describe("matches", () => {
  it("gives what CEL's conformance tests give", () => {
    for (const [text, pattern, expected] of [
      ["hubba", "ubb", true],
      ["", "foo|bar", false],
      ["cows", "", true],
      ["", "", true],
      ["abcd", "bc", true],
      ["grey", "gr(a|e)y", true],
      ["banana", "ba(na)*", true],
      ["mañana", "a+ñ+a+", true],
      ["🐱😀😀", "(a|😀){2}", true]
    ] as const) {
      expect([text, pattern, call("matches", text, pattern)]).toEqual([text, pattern, expected])
    }
  })

  it("is both a method and a function whose pattern is checked with the expression", () => {
    const both = regexFunctions.filter(({ name }) => name === "matches")
    expect(both.map(({ style }) => style)).toEqual(["method", "function"])
    for (const { overloads } of regexFunctions) {
      expect(overloads.map(({ params }) => params[1]?.constant)).toEqual(overloads.map(() => "regex"))
    }
  })

  it("fails with SP1308 on a pattern that is only known at run time and not valid", () => {
    const failure = table.failure("matches", "text", "sec(ret")
    expect(failure?.code).toBe("SP1308")
    expect(failure?.message).toBe("the regular expression is not valid at character 4: missing closing )")
  })
})

describe("regex.extract and regex.extractAll", () => {
  it("give the match, or its group", () => {
    expect(call("regex.extract", "hello world", "hello(.*)")).toEqual(new Optional(" world"))
    expect(call("regex.extract", "item-A, item-B", "item-(\\w+)")).toEqual(new Optional("A"))
    expect(call("regex.extract", "item-A", "\\w-(?:\\w)")).toEqual(new Optional("m-A"))
    expect(call("regex.extract", "HELLO", "hello")).toBe(Optional.none)
    expect(call("regex.extract", "", "")).toEqual(new Optional(""))
    expect(call("regex.extractAll", "id:123, id:456", "id:\\d+")).toEqual(["id:123", "id:456"])
    expect(call("regex.extractAll", "id:123, id:456", "id:(\\d+)")).toEqual(["123", "456"])
    expect(call("regex.extractAll", "id:123, id:456", "assa")).toEqual([])
  })

  it("leave out a group that took no part or is empty", () => {
    expect(call("regex.extract", "b", "(a)?b")).toBe(Optional.none)
    expect(call("regex.extract", "b", "(a*)b")).toBe(Optional.none)
    expect(call("regex.extractAll", "b ab b", "(a)?b")).toEqual(["a"])
  })

  it("fail with SP1308 when there is more than one group", () => {
    expect(code("regex.extract", "user@domain", "(.*)@([^.]*)")).toBe("SP1308")
    expect(code("regex.extractAll", "user@domain", "(.*)@([^.]*)")).toBe("SP1308")
  })

  it.effect("find what JavaScript finds where both mean the same", () =>
    holdsFor(
      Arbitrary.all([
        textOf(oneOf("a", "b", "1", " ", "\n", "😀"), 0, 12),
        oneOf("a", "a+", "ab|a", "\\d+|b", "[a-z]+1?", "a*", "\\ba", "(?:ab)*", "^a", "b$")
      ]),
      ([text, pattern]) => {
        const expected = [...text.matchAll(new RegExp(pattern, "gu"))]
        // RE2 does not take an empty match where the match before it ended.
        const wanted = expected.filter(
          (match, index) =>
            match[0] !== "" ||
            match.index !== (expected[index - 1]?.index ?? -1) + (expected[index - 1]?.[0].length ?? 0)
        )
        const found = call("regex.extractAll", text, pattern)
        return JSON.stringify(found) === JSON.stringify(wanted.map(([whole]) => whole))
      }
    )
  )
})

describe("regex.replace", () => {
  it("replaces matches, with groups where the replacement names them", () => {
    expect(call("regex.replace", "hello world hello", "hello", "hi")).toBe("hi world hi")
    expect(call("regex.replace", "banana", "a", "x", 0)).toBe("banana")
    expect(call("regex.replace", "banana", "a", "x", 1)).toBe("bxnana")
    expect(call("regex.replace", "banana", "a", "x", 2)).toBe("bxnxna")
    expect(call("regex.replace", "banana", "a", "x", -12)).toBe("bxnxnx")
    expect(call("regex.replace", "foo bar", "(fo)o (ba)r", "\\2 \\1")).toBe("ba fo")
    expect(call("regex.replace", "foo", "o+", "[\\0]")).toBe("f[oo]")
    expect(call("regex.replace", "b", "(a)?b", "<\\1>")).toBe("<>")
    expect(call("regex.replace", "a.b", "\\.", "\\\\")).toBe("a\\b")
    expect(call("regex.replace", "abc", "b", "$&$1")).toBe("a$&$1c")
    expect(call("regex.replace", "abc", "", "-")).toBe("-a-b-c-")
    expect(call("regex.replace", "a😀", "", "-")).toBe("-a-😀-")
  })

  it("fails with SP1308 on a replacement that makes no sense", () => {
    expect(code("regex.replace", "test", "(.)", "\\2")).toBe("SP1308")
    expect(code("regex.replace", "test", ".", "\\x")).toBe("SP1308")
    expect(code("regex.replace", "test", ".", "\\")).toBe("SP1308")
    expect(code("regex.replace", "foo bar", "(", "x")).toBe("SP1308")
  })

  it("pays for what it writes", () => {
    expect(code("regex.replace", "a".repeat(10_000), "a", "b".repeat(100_000))).toBe("SP1306")
  })
})
