import { describe, expect, it } from "@effect/vitest"
import { hashProblems } from "../src/pattern/HashProblems.ts"
import type { PropertyTest } from "../src/pattern/StixPattern.ts"
import { propertyTestsOf } from "../src/pattern/PropertyTests.ts"
import { parsed, refused, shape, withoutPlaces } from "./Patterns.ts"

/** The one test of a pattern that has one. */
const test = (text: string): PropertyTest => {
  const [first, ...others] = propertyTestsOf(parsed(text))
  return first === undefined || others.length > 0 ? expect.fail("not one test") : first
}

const literal = (text: string): unknown => {
  const found = test(`[x:y = ${text}]`)
  return found.kind === "comparison" ? withoutPlaces(found.operand) : expect.fail("no comparison")
}

describe("observation expressions", () => {
  it("AND binds tighter than OR, and OR tighter than FOLLOWEDBY", () => {
    expect(shape(parsed("[a:v=1] FOLLOWEDBY [b:v=1] OR [c:v=1] AND [d:v=1]"))).toBe(
      "([a] followedby ([b] or ([c] and [d])))"
    )
    expect(shape(parsed("[a:v=1] AND [b:v=1] OR [c:v=1] FOLLOWEDBY [d:v=1]"))).toBe(
      "((([a] and [b]) or [c]) followedby [d])"
    )
  })

  it("parentheses win over binding, and operands of one kind stand in one list", () => {
    expect(shape(parsed("[a:v=1] AND ([b:v=1] OR [c:v=1])"))).toBe("([a] and ([b] or [c]))")
    expect(shape(parsed("[a:v=1] OR [b:v=1] OR [c:v=1]"))).toBe("([a] or [b] or [c])")
    expect(shape(parsed("([a:v=1] OR [b:v=1]) OR [c:v=1]"))).toBe("(([a] or [b]) or [c])")
  })

  it("a qualifier belongs to the one expression before it", () => {
    expect(shape(parsed("[a:v=1] AND [b:v=1] WITHIN 5 SECONDS"))).toBe("([a] and [b]+within)")
    expect(shape(parsed("([a:v=1] AND [b:v=1]) WITHIN 5 SECONDS"))).toBe("([a] and [b])+within")
    expect(
      shape(
        parsed(
          "[a:v=1] REPEATS 5 TIMES WITHIN 1.5 SECONDS START t'2020-01-01T00:00:00Z' STOP t'2020-01-02T00:00:00Z'"
        )
      )
    ).toBe("[a]+repeats+within+start-stop")
  })

  it("the same kind of qualifier stands behind brackets once, behind parentheses as often as one likes", () => {
    expect(refused("[a:v=1] WITHIN 5 SECONDS WITHIN 6 SECONDS")).toMatchObject({
      offset: 25,
      message: "a second WITHIN qualifies the same observation"
    })
    expect(refused("([a:v=1] REPEATS 2 TIMES WITHIN 1 SECONDS REPEATS 3 TIMES)").message).toMatch(
      /second REPEATS/
    )
    const window = "START t'2020-01-01T00:00:00Z' STOP t'2020-01-02T00:00:00Z'"
    expect(refused(`[a:v=1] ${window} ${window}`).message).toMatch(/second START/)
    expect(shape(parsed("([a:v=1]) WITHIN 5 SECONDS WITHIN 6 SECONDS"))).toBe("[a]+within+within")
    expect(shape(parsed("([a:v=1] REPEATS 2 TIMES) REPEATS 2 TIMES"))).toBe("[a]+repeats+repeats")
  })

  it("the numbers of a qualifier are not negative, those of REPEATS are whole, its times are timestamps", () => {
    expect(refused("[a:v=1] WITHIN -5 SECONDS").offset).toBe(15)
    expect(refused("[a:v=1] REPEATS 1.5 TIMES").offset).toBe(16)
    expect(refused("[a:v=1] WITHIN 5 MINUTES").message).toBe('expected "SECONDS", found "MINUTES"')
    expect(refused("[a:v=1] START '2020-01-01T00:00:00Z' STOP t'2020-01-02T00:00:00Z'")).toMatchObject({
      offset: 14,
      help: "write \"t'2020-01-31T00:00:00Z'\""
    })
  })
})

describe("comparisons", () => {
  it("AND binds tighter than OR in brackets", () => {
    expect(shape(parsed("[a:v=1 OR b:v=1 AND c:v=1]"))).toBe("[(a or (b and c))]")
    expect(shape(parsed("[(a:v=1 OR b:v=1) AND c:v=1]"))).toBe("[((a or b) and c)]")
  })

  it("all ways to write equality and inequality are two operators", () => {
    expect(["=", "==", "!=", "<>"].map((operator) => test(`[x:y ${operator} 1]`))).toMatchObject([
      { operator: "=" },
      { operator: "=" },
      { operator: "!=" },
      { operator: "!=" }
    ])
  })

  it("every operator is read, with and without NOT between path and operator", () => {
    for (const operator of ["=", "!=", "<", "<=", ">", ">=", "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET"]) {
      expect(test(`[x:y ${operator} 'a']`)).toMatchObject({ kind: "comparison", operator, negated: false })
      expect(test(`[x:y NOT ${operator} 'a']`)).toMatchObject({ kind: "comparison", operator, negated: true })
    }
    expect(test("[x:y NOT IN ('a')]")).toMatchObject({ kind: "in", negated: true })
    expect(test("[EXISTS x:y]")).toMatchObject({ kind: "exists", negated: false })
    expect(test("[NOT EXISTS x:y]")).toMatchObject({ kind: "exists", negated: true })
  })

  it("NOT before a path is refused, with what to do", () => {
    expect(refused("[NOT x:y = 1]")).toMatchObject({
      offset: 5,
      message: 'expected "EXISTS", found "x"',
      help: "NOT stands between the path and its operator"
    })
  })

  it("IN takes a list of any literals, an empty one too", () => {
    expect(test("[x:y IN ()]")).toMatchObject({ kind: "in", values: [] })
    expect(test("[x:y IN('a',2,true)]")).toMatchObject({
      values: [{ value: "a" }, { value: "2" }, { value: true }]
    })
    expect(refused("[x:y IN ('a' 'b')]").message).toBe('expected "," or ")", found the string "b"')
    expect(refused("[x:y IN ('a',)]").offset).toBe(13)
  })

  it("words take a string only, and a boolean has no order", () => {
    expect(refused("[x:y LIKE 1]").message).toBe('expected a string, found the number "1"')
    expect(refused("[x:y > true]").message).toBe('expected a literal that has an order, found "true"')
  })
})

describe("object paths", () => {
  const steps = (text: string): unknown => withoutPlaces(test(`[${text} = 1]`).path)

  it("properties, quoted properties and indexes are steps", () => {
    expect(steps("file:extensions.'windows-pebinary-ext'.sections[*].entropy[0][-1]")).toEqual({
      objectType: "file",
      steps: [
        { kind: "property", name: "extensions" },
        { kind: "property", name: "windows-pebinary-ext" },
        { kind: "property", name: "sections" },
        { kind: "any" },
        { kind: "property", name: "entropy" },
        { kind: "index", index: "0" },
        { kind: "index", index: "-1" }
      ]
    })
  })

  it("the first property may be quoted, and escapes in quotes are undone", () => {
    expect(steps(String.raw`x:'it\'s'.'a\\b'`)).toMatchObject({ steps: [{ name: "it's" }, { name: "a\\b" }] })
  })

  it("a type may have a hyphen, a property only in quotes", () => {
    expect(steps("x-usb-device:a")).toMatchObject({ objectType: "x-usb-device" })
    expect(refused("[file:hashes.SHA-256 = 'a']")).toMatchObject({
      offset: 13,
      message: 'expected a property, found "SHA-256"',
      help: "a property of this name is written in quotes: 'SHA-256'"
    })
  })

  it("a keyword is no property unless it is quoted", () => {
    expect(refused("[x:IN = 1]").help).toBe("a property of this name is written in quotes: 'IN'")
    expect(steps("x:'IN'")).toMatchObject({ steps: [{ name: "IN" }] })
  })
})

describe("literals", () => {
  it("strings know two escapes, and any other backslash is refused where it stands", () => {
    expect(literal(String.raw`'O\'Brien \\ "x"'`)).toEqual({ kind: "string", value: `O'Brien \\ "x"` })
    expect(literal("''")).toEqual({ kind: "string", value: "" })
    expect(refused(String.raw`[x:y = 'a\n']`)).toMatchObject({
      offset: 9,
      message: "a backslash in a string stands before a single quote or another backslash only"
    })
    expect(refused("[x:y = 'a]").message).toBe("a string that starts here has no end")
  })

  it("numbers keep their text, with any sign and any length", () => {
    expect(literal("+5")).toEqual({ kind: "integer", value: "+5" })
    expect(literal("-12345678901234567890")).toEqual({ kind: "integer", value: "-12345678901234567890" })
    expect(literal("-.5")).toEqual({ kind: "float", value: "-.5" })
    expect(literal("007.50")).toEqual({ kind: "float", value: "007.50" })
    expect(refused("[x:y = 012]").message).toBe("a whole number does not start with 0")
    expect(refused("[x:y = 1.]").offset).toBe(8)
  })

  it("booleans are lower-case", () => {
    expect(literal("true")).toEqual({ kind: "boolean", value: true })
    expect(literal("false")).toEqual({ kind: "boolean", value: false })
    expect(refused("[x:y = True]").message).toBe('expected a literal, found "True"')
  })

  it("hexadecimal literals are pairs of digits, none too", () => {
    expect(literal("h'fFd8'")).toEqual({ kind: "hex", value: "fFd8" })
    expect(literal("h''")).toEqual({ kind: "hex", value: "" })
    expect(refused("[x:y = h'abc']").message).toBe('"abc" is not pairs of hexadecimal digits')
  })

  it("Base64 literals are whole groups of four, at least one", () => {
    expect(literal("b'AA=='")).toEqual({ kind: "binary", value: "AA==" })
    for (const text of ["", "====", "A===", "AAA", "AA=A", "A\\'A"]) {
      expect(refused(`[x:y = b'${text}']`).offset).toBe(7)
    }
  })

  it("timestamps are in UTC, with a fraction of any width and a leap second", () => {
    expect(literal("t'2018-03-22T12:11:60.123456789Z'")).toEqual({
      kind: "timestamp",
      value: "2018-03-22T12:11:60.123456789Z"
    })
    for (const text of [
      "2018-13-01T00:00:00Z",
      "2018-00-01T00:00:00Z",
      "2018-01-32T00:00:00Z",
      "2018-01-00T00:00:00Z",
      "2018-01-01T24:00:00Z",
      "2018-01-01T00:60:00Z",
      "2018-01-01T00:00:61Z",
      "2018-01-01T00:00:00",
      "2018-01-01T00:00:00+00:00",
      "2018-01-01 00:00:00Z",
      "2018-01-01T00:00:00.Z",
      "2018-01-01t00:00:00z"
    ]) {
      expect(refused(`[x:y = t'${text}']`)).toMatchObject({
        offset: 7,
        message: `"${text}" is not a timestamp`
      })
    }
  })
})

describe("words and blanks", () => {
  it("keywords are upper-case, and the help says so", () => {
    expect(refused("[a:v=1] and [b:v=1]")).toMatchObject({ offset: 8, help: "write the keyword as AND" })
    expect(refused("[x:y like 'a']").help).toBe("write the keyword as LIKE")
  })

  it("every blank of the grammar separates, Unicode ones too, but not a byte order mark", () => {
    const blanks =
      "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    for (const blank of blanks) expect(shape(parsed(`[a:v${blank}=${blank}1]${blank}`))).toBe("[a]")
    expect(refused("\ufeff[a:v=1]").offset).toBe(0)
    expect(refused("[a:v\u200b=1]").offset).toBe(4)
  })

  it("comments separate, and what looks like one in a string is text", () => {
    expect(shape(parsed("/* one */[a:v=1] // two\nOR/**/[b:v=1]// three"))).toBe("([a] or [b])")
    expect(literal("'http://a/*b*/'")).toEqual({ kind: "string", value: "http://a/*b*/" })
    expect(refused("[a:v=1] /* no end")).toMatchObject({
      offset: 8,
      message: "a comment that starts here has no end"
    })
  })

  it("a keyword may touch the string behind it", () => {
    expect(test("[x:y MATCHES'a']")).toMatchObject({ operator: "MATCHES" })
  })
})

describe("an error", () => {
  it("tells offset, line, column, what was expected and what was found", () => {
    expect(refused("[a:v = 1]\r\nOR\n  [b.v = 2]")).toEqual({
      offset: 18,
      line: 3,
      column: 5,
      message: 'expected ":", found "."',
      expected: ['":"']
    })
  })

  it("tells of the end of the pattern", () => {
    expect(refused("[a:v = 1").message).toBe('expected "]", "AND" or "OR", found the end of the pattern')
    expect(refused("").message).toBe('expected "[" or "(", found the end of the pattern')
    expect(refused("a:v = 1").message).toBe('expected "[" or "(", found "a"')
    expect(refused("[a:v = 1]]")).toMatchObject({
      offset: 9,
      expected: [
        '"AND"',
        '"OR"',
        '"FOLLOWEDBY"',
        '"WITHIN"',
        '"REPEATS"',
        '"START"',
        "the end of the pattern"
      ]
    })
  })

  it("shows no more than 40 characters of the pattern and no control character", () => {
    expect(refused(`[x:y = ${"z".repeat(100)}]`).message).toBe(
      `expected a literal, found "${"z".repeat(39)}…"`
    )
    expect(refused("[x:y = \u001b[31m]").message).toBe(String.raw`unexpected character "\u001b"`)
  })

  it("names the whole character that is wrong, a surrogate pair too", () => {
    expect(refused("[x:y = 😀]").message).toBe('unexpected character "😀"')
  })
})

describe("places", () => {
  it("every node knows its start and end", () => {
    const text = "[ a:b.c = 'x' ] WITHIN 5 SECONDS"
    const pattern = parsed(text)
    const [{ path, start, end }] = [test(text)]
    expect(text.slice(start, end)).toBe("a:b.c = 'x'")
    expect(text.slice(path.start, path.end)).toBe("a:b.c")
    expect(path.steps.map((step) => text.slice(step.start, step.end))).toEqual(["b", "c"])
    expect(text.slice(pattern.start, pattern.end)).toBe(text)
    expect(pattern.kind === "qualified" && text.slice(pattern.expression.start, pattern.expression.end)).toBe(
      "[ a:b.c = 'x' ]"
    )
  })
})

describe("hashes in a pattern", () => {
  const problems = (text: string): unknown => hashProblems(text, parsed(text))

  it("a value that cannot be a hash of its kind is told where it stands", () => {
    expect(problems("[file:hashes.'SHA-256' = 'f00']")).toEqual([
      { offset: 25, line: 1, column: 26, message: '"f00" is not a SHA-256 hash', expected: [] }
    ])
    expect(problems("[file:hashes.MD5 IN ('d41d8cd98f00b204e9800998ecf8427e', 'x')]")).toMatchObject([
      { offset: 57 }
    ])
  })

  it("right ones, unknown kinds, parts of hashes and hashes of no kind are left alone", () => {
    expect(problems("[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']")).toEqual([])
    expect(problems("[file:hashes.SSDEEP = 'x']")).toEqual([])
    expect(problems("[file:hashes.MD5 LIKE 'd41%']")).toEqual([])
    expect(problems("[file:hashes[*] = 'x']")).toEqual([])
    expect(problems("[EXISTS file:hashes.MD5]")).toEqual([])
  })
})
