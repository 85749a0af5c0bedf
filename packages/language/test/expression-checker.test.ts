import { describe, expect, it } from "@effect/vitest"
import { environment } from "../src/expression/Environment.ts"
import { record, string, stringOf } from "../src/types/Type.ts"
import { codesOf, compile, problemsOf, typeOf } from "./ExpressionWorld.ts"

describe("every mistake is reported at its place", () => {
  const cases: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
    ["evnt.id", ['SP1201 «evnt» unknown name "evnt"']],
    ["event.nmae", ['SP1203 «nmae» unknown field "nmae" on StixObject']],
    ["s.length", ['SP1203 «length» string has no fields, so no "length"']],
    ["s.lenght()", ['SP1202 «lenght» unknown method "lenght"']],
    ["strat(s)", ['SP1202 «strat» unknown function "strat"']],
    ["math.gratest(1, 2)", ['SP1202 «math.gratest» unknown function "math.gratest"']],
    ["startsWith(s, 'a')", ['SP1202 «startsWith» "startsWith" is called on a value, not on its own']],
    ["s.sha256()", ['SP1202 «sha256» unknown method "sha256"']],
    ["maths.abs(n)", ['SP1201 «maths» unknown name "maths"']],
    ["s.startsWith(1)", ['SP1206 «1» "startsWith" does not take 1 as prefix']],
    ["n.startsWith('a')", ['SP1206 «n» "startsWith" cannot be called on int']],
    ["s.startsWith()", ['SP1210 «startsWith» "startsWith" does not take 0 arguments']],
    ["n + s", ['SP1207 «n + s» "+" has no meaning between int and string']],
    ["n < s", ['SP1207 «n < s» "<" cannot compare int with string']],
    ["d % 2", ['SP1207 «d % 2» "%" has no meaning between double and 2']],
    ["-s", ['SP1207 «-s» "-" needs a number, this is string']],
    ["s && b", ["SP1208 «s» a condition must be a bool, this is string"]],
    ["n ? 1 : 2", ["SP1208 «n» a condition must be a bool, this is int"]],
    ["n == s", ["SP1209 «n == s» int and string are never equal"]],
    ['level == "hihg"', ['SP1209 «"hihg"» "hihg" is not a possible value here']],
    ["xs[s]", ["SP1212 «s» a list is indexed by int, this is string"]],
    ["xs[d]", ["SP1212 «d» a list is indexed by int, this is double"]],
    ["n[0]", ["SP1212 «0» int has no elements to index"]],
    ["s.all(c, c == 'a')", ['SP1212 «s» "all" goes over lists and objects, this is string']],
    ["'a' in s", ['SP1212 «s» "in" needs a list or an object on its right, this is string']],
    ["{1: 2}", ["SP1213 «1» the keys of a JSON object are strings, this is 1"]],
    ["{'a': 1, 'a': 2}", ["SP1214 «'a'» the key \"a\" is given twice"]],
    ["has(event)", ['SP1218 «has(event)» "has" takes one field: has(x.y)']],
    ["xs.all(x)", ['SP1210 «all» "all" does not take 1 argument']],
    ["xs.all(1, true)", ["SP1210 «1» a macro begins with the name of its variable"]],
    ["'%d %s'.format([s, n])", ['SP1206 «s» "%d" cannot format string']],
    ["'%d %s'.format([n])", ["SP1206 «[n]» the format has 2 clauses for 1 value"]],
    ["'%q'.format([n])", ["SP1206 «'%q'» the format has no known clause at offset 0"]],
    ["maybe + 'x'", ['SP1207 «maybe + \'x\'» "+" has no meaning between null and "x"']],
    ["mixed + 1", ['SP1207 «mixed + 1» "+" has no meaning between string and 1']],
    ["s.matches(s)", ['SP1211 «s» the pattern of "matches" must be a literal']],
    [
      "(b ? optional.of({'a': 1}) : {'a': 's'}).?a.orValue('') + 'x'",
      [`SP1207 «a» "a" cannot be read from optional<{ a: 1 }> | { a: "s" }`]
    ],
    ["xs.sortBy(x, [x])", ['SP1207 «[x]» "sortBy" cannot order by list<int>']],
    ["xs.sortBy(x, x > 1 ? x : 'a')", [`SP1207 «x > 1 ? x : 'a'» "sortBy" cannot order by int | "a"`]]
  ]
  for (const [text, expected] of cases) {
    it(text, () => {
      expect(problemsOf(text)).toEqual(expected)
    })
  }

  it("all of them, not only the first", () => {
    expect(codesOf("evnt.id + foo(n, s.lenght()) > (n && b ? 'x' : y)")).toEqual([
      "SP1201",
      "SP1202",
      "SP1202",
      "SP1208",
      "SP1201"
    ])
  })

  it("one mistake is not reported again by what is built on it", () => {
    expect(codesOf("evnt.a.b[0].startsWith('x') && n + 1 > evnt.c")).toEqual(["SP1201", "SP1201"])
    expect(codesOf("s.startsWith(evnt)")).toEqual(["SP1201"])
    expect(codesOf("event.nmae.startsWith(1)")).toEqual(["SP1203", "SP1206"])
  })

  it("what the parser reported is not reported again", () => {
    expect(codesOf("event.")).toEqual(["SP1101"])
    expect(codesOf("if")).toEqual(["SP1107"])
  })
})

describe("help and fixes", () => {
  const help = (text: string) => compile(text).diagnostics[0]?.help
  const fixed = (text: string) => {
    const edits = compile(text).diagnostics[0]?.fix?.edits ?? []
    return edits.reduce(
      (out, { span, text: by }) => out.slice(0, span.start) + by + out.slice(span.end),
      text
    )
  }

  it("a misspelt name, field, function or value comes with the right one", () => {
    expect(fixed("evnt.id")).toBe("event.id")
    expect(fixed("event.nmae")).toBe("event.name")
    expect(fixed("s.startWith('a')")).toBe("s.startsWith('a')")
    expect(fixed('level == "hihg"')).toBe('level == "high"')
  })

  it("a field that may be missing comes with a guard and a default that fit it", () => {
    expect(help("indicator.confidence > 70")).toBe(
      "guard it: has(indicator.confidence) && …, or give a default: indicator.?confidence.orValue(0)"
    )
  })

  it("a conversion is proposed where one would do", () => {
    expect(help("'a' + n")).toBe("convert it: string(n)")
    expect(help("xs[d]")).toBe("convert it: int(d)")
    expect(help("n == s")).toBe("convert one side: int(s)")
  })

  it("a word that was meant as text is told to be quoted", () => {
    expect(help("level == high")).toBe(
      'the variables here are event, events, indicator, tree, n, d, s, b, …; text is written in quotes: "high"'
    )
  })
})

describe("types", () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ["n + 1", "int"],
    ["n + 1.5", "double"],
    ["n / 2", "int"],
    ["s + s", "string"],
    ["xs + xs", "list<int>"],
    ["now - now", "duration"],
    ['now + duration("1h")', "timestamp"],
    ["b ? n : s", "int | string"],
    ["b ? n : null", "int | null"],
    ["xs.map(x, string(x))", "list<string>"],
    ["xs.filter(x, x > 1)", "list<int>"],
    ["headers.map(k, headers[k])", "list<string>"],
    ["headers.transformMap(k, v, size(v))", "map<string, int>"],
    ["event.?confidence", "optional<int>"],
    ["event.?confidence.orValue(0)", "int"],
    ["indicator.references[0].?url.orValue('')", "string"],
    ["{'a': n, 'b': [s]}", "{ a: int, b: list<string> }"],
    ["any.x.y", "dyn"],
    ["tree.children[0].children", "list<Tree>"],
    ["open.whatever", "string"],
    ["type(n)", "type"],
    ["cel.bind(x, n, x + 1)", "int"],
    ["xs.sortBy(x, -x)", "list<int>"],
    ["mixed", "int | string | list<int>"]
  ]
  for (const [text, expected] of cases) {
    it(`${text} is ${expected}`, () => {
      expect(typeOf(text)).toBe(expected)
    })
  }
})

describe("macros bind their variables and nothing else", () => {
  it("a variable hides one of the same name inside, not outside", () => {
    expect(typeOf("[1].exists(s, s > 0) && s == 'x'")).toBe("bool")
  })

  it("the variable is unknown behind the macro", () => {
    expect(codesOf("xs.exists(x, x > 0) && x > 0")).toEqual(["SP1201"])
  })

  it("two variables of one name are refused", () => {
    expect(codesOf("xs.all(x, x, x > 0)")).toEqual(["SP1210"])
  })
})

describe("fields named like parts of JavaScript", () => {
  it("are unknown unless declared", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(codesOf(`indicator.${name}`)).toEqual(["SP1203"])
    }
  })
})

describe("what a place takes", () => {
  it("is asked for also where there is a warning", () => {
    const { diagnostics, program } = compile('event.type == "malwre" ? 1 : 2', { expected: string })
    expect(diagnostics.map(({ code }) => code)).toEqual(["SP1219", "SP1216"])
    expect(program).toBeUndefined()
  })
})

describe("a fix for a misspelling", () => {
  const scope = environment({
    e: record({ name: string, "content-type": string, kind: stringOf("two words", "ok", 'a "quote"') })
  })
  const cases: ReadonlyArray<readonly [string, string]> = [
    ['e["nmae"]', 'e["name"]'],
    ["e['nmae']", "e['name']"],
    ["has(e['nmae'])", "has(e['name'])"],
    ["e.contenttype", "e.`content-type`"],
    ["e.`content-typ`", "e.`content-type`"],
    ["e.kind == 'two wrds'", "e.kind == 'two words'"],
    ["'two wrds' in [e.kind]", "'two words' in [e.kind]"]
  ]
  for (const [text, right] of cases) {
    it(`${text} gives ${right}`, () => {
      const [diagnostic] = compile(text, {}, scope).diagnostics
      const [edit] = diagnostic?.fix?.edits ?? []
      if (edit === undefined) throw new Error("there is no fix")
      expect(text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end)).toBe(right)
      expect(compile(right, {}, scope).diagnostics).toEqual([])
    })
  }

  it("is not given where the text is not written as it is", () => {
    for (const text of ["e.kind == r'two wrds'", "e.kind == 'a \\x22quote'", "e.kind == ('two wrds')"]) {
      const [diagnostic] = compile(text, {}, scope).diagnostics
      expect(diagnostic?.help).toContain("did you mean")
      expect(diagnostic?.fix).toBeUndefined()
    }
  })
})
