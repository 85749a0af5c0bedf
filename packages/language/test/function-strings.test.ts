import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { fixedText, plainText, scientificText } from "../src/expression/functions/DecimalText.ts"
import { stringFunctions } from "../src/expression/functions/StringFunctions.ts"
import { indexesOf, indexOf, lastIndexOf } from "../src/expression/TextSearch.ts"
import { Duration, Optional, Timestamp, TypeName, type Value } from "../src/expression/Value.ts"
import { anyText, failureOf, FunctionTable, holdsFor, oneOf, textOf, wholeNumber } from "./FunctionTable.ts"

const table = new FunctionTable(stringFunctions)
const call = (name: string, ...args: ReadonlyArray<Value>): Value => table.call(name, ...args)
const code = (name: string, ...args: ReadonlyArray<Value>): string | undefined =>
  table.failure(name, ...args)?.code
const characters = (text: string): ReadonlyArray<string> => Array.from(text)

/** Texts in which things repeat, with a surrogate pair and half of one. */
const repetitive = textOf(oneOf("a", "b", "ab", "😀", "\ud83d"), 0, 12)

describe("searching in a text", () => {
  it("finds what CEL's conformance tests find", () => {
    expect(call("contains", "hello", "")).toBe(true)
    expect(call("contains", "abababc", "ababc")).toBe(true)
    expect(call("contains", "🐱😀😁", "😀")).toBe(true)
    expect(call("contains", "", "something")).toBe(false)
    expect(call("startsWith", "", "foo")).toBe(false)
    expect(call("startsWith", "foobar", "")).toBe(true)
    expect(call("endsWith", "forté", "té")).toBe(true)
    expect(call("endsWith", "🐱😀😛", "😛")).toBe(true)
    expect(call("indexOf", "tacocat", "")).toBe(0)
    expect(call("indexOf", "tacocat", "none")).toBe(-1)
    expect(call("indexOf", "tacocat", "", 3)).toBe(3)
    expect(call("indexOf", "tacocat", "a", 3)).toBe(5)
    expect(call("indexOf", "ta©o©αT", "©", 3)).toBe(4)
    expect(call("indexOf", "ta©o©αT", "©αT", 3)).toBe(4)
    expect(call("indexOf", "ta©o©αT", "©α", 5)).toBe(-1)
    expect(call("indexOf", "hello wello", "ello", 6)).toBe(7)
    expect(call("lastIndexOf", "", "@@")).toBe(-1)
    expect(call("lastIndexOf", "tacocat", "")).toBe(7)
    expect(call("lastIndexOf", "tacocat", "", 3)).toBe(3)
    expect(call("lastIndexOf", "tacocat", "a", 3)).toBe(1)
    expect(call("lastIndexOf", "ta©o©αT", "©α", 4)).toBe(4)
    expect(call("lastIndexOf", "hello wello", "ello", 6)).toBe(1)
    expect(call("lastIndexOf", "bananananana", "nana", 7)).toBe(6)
  })

  it("counts code points, not UTF-16 units", () => {
    expect(call("indexOf", "😀😀b", "b")).toBe(2)
    expect(call("indexOf", "😀b😀b", "b", 2)).toBe(3)
    expect(call("lastIndexOf", "😀b😀b", "b")).toBe(3)
    expect(call("lastIndexOf", "😀b😀b", "b", 2)).toBe(1)
  })

  it("fails with SP1301 from a place outside of the text", () => {
    expect(code("indexOf", "tacocat", "a", 30)).toBe("SP1301")
    expect(code("indexOf", "😀", "a", 2)).toBe("SP1301")
    expect(code("lastIndexOf", "tacocat", "a", -1)).toBe("SP1301")
    expect(code("lastIndexOf", "tacocat", "a", 30)).toBe("SP1301")
  })

  it.effect("agrees with JavaScript for needles of any length", () => {
    const needles = Arbitrary.all([textOf(oneOf("a", "b", "ab"), 1, 4), wholeNumber(1, 30)]).pipe(
      Arbitrary.map(([part, times]) => part.repeat(times))
    )
    return holdsFor(
      Arbitrary.all([textOf(needles, 0, 6), needles, wholeNumber(0, 60)]),
      ([text, needle, from]) => {
        const all = indexesOf(text, needle, Infinity)
        return (
          indexOf(text, needle, from) === text.indexOf(needle, from) &&
          lastIndexOf(text, needle) === text.lastIndexOf(needle) &&
          lastIndexOf(text, needle, from) === text.lastIndexOf(needle, from) &&
          all.length === text.split(needle).length - 1 &&
          all.every((at) => text.startsWith(needle, at))
        )
      }
    )
  })

  it("takes linear time where the engine's own search takes seconds", () => {
    const text = "ab".repeat(500_000)
    const needle = `${"ab".repeat(20_000)}b${"ab".repeat(20_000)}`
    const start = performance.now()
    expect(call("contains", text, needle)).toBe(false)
    expect(call("lastIndexOf", text, needle)).toBe(-1)
    expect(call("split", text, needle)).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe("taking a text apart", () => {
  it("gives what CEL's conformance tests give", () => {
    expect(call("charAt", "tacocat", 3)).toBe("o")
    expect(call("charAt", "tacocat", 7)).toBe("")
    expect(call("charAt", "©αT", 1)).toBe("α")
    expect(call("substring", "tacocat", 4)).toBe("cat")
    expect(call("substring", "tacocat", 7)).toBe("")
    expect(call("substring", "tacocat", 0, 4)).toBe("taco")
    expect(call("substring", "tacocat", 4, 4)).toBe("")
    expect(call("substring", "ta©o©αT", 2, 6)).toBe("©o©α")
    expect(call("split", "hello world", " ")).toEqual(["hello", "world"])
    expect(call("split", "hello world events!", " ", 0)).toEqual([])
    expect(call("split", "hello world events!", " ", 1)).toEqual(["hello world events!"])
    expect(call("split", "o©o©o©o", "©", -1)).toEqual(["o", "o", "o", "o"])
  })

  it("fails with SP1301 outside of the text", () => {
    for (const args of [[40], [-1], [1, 50], [49, 50], [4, 3], [-1, 2]]) {
      expect([args, code("substring", "tacocat", ...args)]).toEqual([args, "SP1301"])
    }
    expect(code("charAt", "tacocat", 30)).toBe("SP1301")
    expect(code("charAt", "tacocat", -1)).toBe("SP1301")
    expect(code("charAt", "😀", 2)).toBe("SP1301")
  })

  it("splits by nothing into characters, by a limit into parts and a rest", () => {
    expect(call("split", "a😀b", "")).toEqual(["a", "😀", "b"])
    expect(call("split", "a😀b", "", 2)).toEqual(["a", "😀b"])
    expect(call("split", "a😀b", "", 1)).toEqual(["a😀b"])
    expect(call("split", "a😀b", "", 3)).toEqual(["a", "😀", "b"])
    expect(call("split", "a😀b", "", 9)).toEqual(["a", "😀", "b"])
    expect(call("split", "", "")).toEqual([])
    expect(call("split", "", ",")).toEqual([""])
    expect(call("split", ",a,", ",")).toEqual(["", "a", ""])
    expect(call("split", "a,b,c", ",", 2)).toEqual(["a", "b,c"])
    expect(call("split", "a,b,c", ",", 3)).toEqual(["a", "b", "c"])
  })

  it.effect("cuts where the code points are", () =>
    holdsFor(Arbitrary.all([anyText, wholeNumber(0, 40), wholeNumber(0, 40)]), ([text, a, b]) => {
      const all = characters(text)
      const [start, end] = [Math.min(a, b, all.length), Math.min(Math.max(a, b), all.length)]
      return (
        call("substring", text, start, end) === all.slice(start, end).join("") &&
        call("charAt", text, start) === (all[start] ?? "")
      )
    })
  )

  it.effect("is undone by join, whatever the separator", () =>
    holdsFor(
      Arbitrary.all([repetitive, textOf(oneOf("a", "b", "😀"), 0, 2), wholeNumber(-1, 4)]),
      ([text, separator, limit]) => {
        const parts = call("split", text, separator, limit)
        if (limit === 0) return Array.isArray(parts) && parts.length === 0
        return call("join", parts, separator) === text
      }
    )
  )
})

describe("changing a text", () => {
  it("gives what CEL's conformance tests give", () => {
    expect(call("replace", "12 days 12 hours", "{0}", "2")).toBe("12 days 12 hours")
    expect(call("replace", "{0} days {0} hours", "{0}", "2")).toBe("2 days 2 hours")
    expect(call("replace", "{0} days {0} hours", "{0}", "2", 1)).toBe("2 days {0} hours")
    expect(call("replace", "1 ©αT taco", "αT", "o©α")).toBe("1 ©o©α taco")
    expect(call("lowerAscii", "TacoCÆt Xii")).toBe("tacocÆt xii")
    expect(call("upperAscii", "tacoCαt")).toBe("TACOCαT")
    expect(call("trim", " \f\n\r\t\vtext  ")).toBe("text")
    expect(call("trim", "\u0085\u00a0\u1680text")).toBe("text")
    expect(call("trim", "\u200atext\u2028\u2029\u202F\u205F\u3000")).toBe("text")
    expect(call("trim", "\u180etext\u200b\u200c\u200d\u2060\ufeff")).toBe(
      "\u180etext\u200b\u200c\u200d\u2060\ufeff"
    )
    expect(call("join", ["x", "y"])).toBe("xy")
    expect(call("join", ["x", "y"], "-")).toBe("x-y")
    expect(call("join", [], "-")).toBe("")
  })

  it("replaces the empty text around every character, and takes $ for what it is", () => {
    expect(call("replace", "a😀", "", "-")).toBe("-a-😀-")
    expect(call("replace", "a😀", "", "-", 2)).toBe("-a-😀")
    expect(call("replace", "", "", "-")).toBe("-")
    expect(call("replace", "abc", "b", "$&$1")).toBe("a$&$1c")
    expect(call("replace", "abc", "b", "x", 0)).toBe("abc")
  })

  it.effect("replaces as splitting and joining does", () =>
    holdsFor(
      Arbitrary.all([repetitive, textOf(oneOf("a", "b", "😀"), 1, 2), anyText, wholeNumber(0, 4)]),
      ([text, part, replacement, limit]) => {
        const parts = text.split(part)
        const changed = parts.slice(0, limit + 1).join(replacement)
        const expected = [changed, ...parts.slice(limit + 1)].join(part)
        return (
          call("replace", text, part, replacement) === parts.join(replacement) &&
          call("replace", text, part, replacement, limit) === expected
        )
      }
    )
  )

  it("names the element that join cannot take", () => {
    const failure = table.failure("join", ["a", 1])
    expect(failure?.code).toBe("SP1307")
    expect(failure?.message).toBe('"join" takes strings, the element 1 is int')
  })

  it("pays for a result before it makes it", () => {
    const long = "a".repeat(1_000_000)
    expect(code("replace", long, "a", long)).toBe("SP1306")
    expect(code("replace", long, "", long)).toBe("SP1306")
    expect(
      code(
        "join",
        Array.from({ length: 1_000 }, () => long)
      )
    ).toBe("SP1306")
    expect(
      code(
        "format",
        "%s".repeat(1_000),
        Array.from({ length: 1_000 }, () => long)
      )
    ).toBe("SP1306")
    expect(code("split", "a".repeat(2_000_000), "a")).toBe("SP1306")
  })
})

describe("quoting", () => {
  it("escapes what CEL's conformance tests escape", () => {
    const quote = (text: string): Value => call("strings.quote", text)
    expect(quote("first\nsecond")).toBe('"first\\nsecond"')
    expect(quote("bell\u0007")).toBe('"bell\\a"')
    expect(quote("\b \f \r \t \v")).toBe('"\\b \\f \\r \\t \\v"')
    expect(quote("double \\\\ slash")).toBe('"double \\\\\\\\ slash"')
    expect(quote("ends with \\")).toBe('"ends with \\\\"')
    expect(quote('mid string " quote')).toBe('"mid string \\" quote"')
    expect(quote("size('ÿ') 😀")).toBe("\"size('ÿ') 😀\"")
    expect(quote("")).toBe('""')
    expect(quote("\ud83d")).toBe('"\ufffd"')
  })
})

describe("format", () => {
  const format = (text: string, ...values: ReadonlyArray<Value>): Value => call("format", text, values)

  it("gives what CEL's conformance tests give", () => {
    expect(format("no substitution")).toBe("no substitution")
    expect(format("%%%s%%", "text")).toBe("%text%")
    expect(format("%d %d, %s", 1, 2, "A")).toBe("1 2, A")
    expect(format("%.3f", 1.2345)).toBe("1.234")
    expect(format("%b %b", 5, true)).toBe("101 1")
    expect(format("%o", 11)).toBe("13")
    expect(format("%x %X", 30, 30)).toBe("1e 1E")
    expect(format("%x", "Hello world!")).toBe("48656c6c6f20776f726c6421")
    expect(format("%X", "Hello world!")).toBe("48656C6C6F20776F726C6421")
    expect(format("%.6e", 1_052.032911275)).toBe("1.052033e+03")
    expect(format("%f %e", 2.5, 1_234.5)).toBe("2.500000 1.234500e+03")
    expect(format("%e %d %f", Number.NaN, Infinity, -Infinity)).toBe("NaN Infinity -Infinity")
    expect(format("%s %s", null, 999_999_999_999)).toBe("null 999999999999")
    expect(format("%s", new TypeName("string"))).toBe("string")
    expect(format("%s", new Timestamp(1_675_467_080, 0))).toBe("2023-02-03T23:31:20Z")
    expect(format("%s", new Duration(6_347, 0))).toBe("6347s")
    expect(format("%s", ["abc", 3.14, null, [9, 8], new Timestamp(1_675_467_080, 0)])).toBe(
      "[abc, 3.14, null, [9, 8], 2023-02-03T23:31:20Z]"
    )
    expect(
      format("%s", { key1: "xyz", key5: null, key2: new Duration(7_200, 0), key4: true, key3: 2.75 })
    ).toBe("{key1: xyz, key2: 7200s, key3: 2.75, key4: true, key5: null}")
    expect(format("%.0f %.0f %.0f %.0f", 3.5001, 3.4999, 1.5, 2.5)).toBe("4 3 2 2")
    expect(format("%.3f %.3f %.3f", 123.4999, -123.4999, -123.4994)).toBe("123.500 -123.500 -123.499")
    expect(format("%.5f", -1.2)).toBe("-1.20000")
  })

  it("fails on what CEL's conformance tests fail on", () => {
    expect(code("format", "%a", [1])).toBe("SP1308")
    expect(code("format", "%E", [0.5])).toBe("SP1308")
    expect(code("format", "%", [1])).toBe("SP1308")
    expect(code("format", "%.3d", [1])).toBe("SP1308")
    expect(code("format", "%.101f", [1])).toBe("SP1308")
    expect(code("format", "%d %d %d", [0, 1])).toBe("SP1301")
    for (const clause of ["%d", "%e", "%f", "%x", "%X", "%b", "%o"]) {
      expect([clause, code("format", clause, [null])]).toEqual([clause, "SP1307"])
    }
    expect(code("format", "%b", ["abc"])).toBe("SP1307")
    expect(code("format", "%o", ["abc"])).toBe("SP1307")
    expect(code("format", "%x", [0.5])).toBe("SP1307")
    expect(code("format", "%s", [Optional.none])).toBe("SP1307")
  })

  it("does not print the value that it cannot format", () => {
    expect(table.failure("format", "%d", ["hunter2"])?.message).toBe('"%d" cannot format string')
  })

  it("ends in a failure on a value that nests too deeply", () => {
    let deep: Value = []
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(code("format", "%s", [deep])).toBe("SP1306")
  })

  it("takes __proto__ for a key", () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}')
    // JSON.parse gives JSON values only.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    expect(format("%s", hostile as Value)).toBe("{__proto__: {a: 1}, constructor: 2}")
  })
})

describe("numbers as text", () => {
  const doubles = Arbitrary.all([wholeNumber(0, 0xffffffff), wholeNumber(0, 0xffffffff)]).pipe(
    Arbitrary.map(([high, low]) => {
      const view = new DataView(new ArrayBuffer(8))
      view.setUint32(0, high)
      view.setUint32(4, low)
      return view.getFloat64(0)
    })
  )
  const decimals = Arbitrary.all([wholeNumber(-1_000_000, 1_000_000), wholeNumber(0, 6)]).pipe(
    Arbitrary.map(([digits, places]) => digits / 10 ** places)
  )

  it("round an exact half to the even digit", () => {
    expect([0.5, 1.5, 2.5, -2.5].map((value) => fixedText(value, 0))).toEqual(["0", "2", "2", "-2"])
    expect([0.125, 0.375].map((value) => fixedText(value, 2))).toEqual(["0.12", "0.38"])
    expect([2.5, 3.5, 9.5].map((value) => scientificText(value, 0))).toEqual(["2e+00", "4e+00", "1e+01"])
  })

  it("hold at the ends of what a double can be", () => {
    expect(fixedText(1e21, 1)).toBe("1000000000000000000000.0")
    expect(fixedText(5e-324, 3)).toBe("0.000")
    expect(scientificText(5e-324, 2)).toBe("4.94e-324")
    expect(scientificText(Number.MAX_VALUE, 3)).toBe("1.798e+308")
    expect(scientificText(1e23, 20)).toBe("9.99999999999999916114e+22")
    expect(scientificText(0, 2)).toBe("0.00e+00")
    expect(plainText(1e-7)).toBe("0.0000001")
    expect(plainText(-1.5e21)).toBe("-1500000000000000000000")
    expect(plainText(0.1)).toBe("0.1")
  })

  it.effect("are within half a unit of the last digit", () =>
    holdsFor(Arbitrary.all([decimals, wholeNumber(0, 8)]), ([value, digits]) => {
      const difference = Math.abs(Number(fixedText(value, digits)) - value)
      return difference <= 0.5 * 10 ** -digits * (1 + 1e-9)
    })
  )

  it.effect("give the number back when they have all digits", () =>
    holdsFor(doubles, (value) => {
      if (!Number.isFinite(value)) return true
      return Number(scientificText(value, 17)) === value && Number(plainText(value)) === value
    })
  )
})

describe("every string function", () => {
  it.effect("answers or fails in time on any text, half surrogate pairs included", () =>
    holdsFor(Arbitrary.all([anyText, anyText, wholeNumber(-2, 20), wholeNumber(-2, 20)]), ([a, b, m, n]) => {
      const calls: ReadonlyArray<readonly [string, ...ReadonlyArray<Value>]> = [
        ["contains", a, b],
        ["startsWith", a, b],
        ["endsWith", a, b],
        ["charAt", a, m],
        ["indexOf", a, b, m],
        ["lastIndexOf", a, b, m],
        ["substring", a, m, n],
        ["replace", a, b, a, m],
        ["split", a, b, m],
        ["lowerAscii", a],
        ["upperAscii", a],
        ["trim", a],
        ["strings.quote", a],
        ["format", a, [b, m, null]]
      ]
      return calls.every(([name, ...args]) => {
        const failure = failureOf(() => call(name, ...args))
        return failure === undefined || /^SP13\d\d$/.test(failure.code)
      })
    })
  )

  it("takes budget in proportion to the text", () => {
    for (const name of ["lowerAscii", "upperAscii", "trim", "strings.quote"]) {
      expect(table.steps(name, "a".repeat(64_000))).toBeGreaterThanOrEqual(1_000)
    }
    expect(table.steps("contains", "a".repeat(64_000), "b")).toBeGreaterThanOrEqual(1_000)
  })
})
