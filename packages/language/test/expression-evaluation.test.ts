import { describe, expect, it } from "@effect/vitest"
import { Optional, type Value } from "../src/expression/Value.ts"
import { compile, resultOf, values } from "./ExpressionWorld.ts"

// `resultOf` runs generated code and the interpreter, and shows both when they differ.

describe("values", () => {
  const cases: ReadonlyArray<readonly [string, unknown]> = [
    ["n / 2 * 2", 6],
    ["-7 / 2", -3],
    ["-7 % 2", -1],
    ["n / 2.0", 3.5],
    ["0.0 / 0.0 == 0.0 / 0.0", false],
    ["1.0 / -0 > 0.0", true],
    ["1.0 / -0.0 < 0.0", true],
    ["[n, d][1]", 2.5],
    ["s + ' ' + indicator.name", "hello evil.example"],
    ["xs + [4]", [1, 2, 3, 4]],
    ["{'a': n, 'b': {'c': xs}}", { a: 7, b: { c: [1, 2, 3] } }],
    ["{'a': 1, ?'b': optional.none(), ?'c': optional.of(2)}", { a: 1, c: 2 }],
    ["event.?confidence.orValue(0)", 80],
    ["event.?family.orValue(false)", false],
    ["indicator.owner == null ? '' : indicator.?owner.?mail.orValue('x')", null],
    ["indicator.owner != null && indicator.owner.mail == null", true],
    ["indicator.references[1].url == null", true],
    ["any.missing == null", true],
    ['any["missing"] == null && headers["none"] == null', true],
    ["any.a.b[1]", 2],
    ["any.?nothing.?deep.orValue('d')", "d"],
    ["any.a.?b[?9].orValue('d')", "d"],
    ["has(any.a) && !has(any.zz)", true],
    ["headers['content-type']", "text/plain"],
    ["headers[?'x'].orValue('-')", "-"],
    ["open.extra + 'y'", "xy"],
    ["xs.all(x, x > 0) && xs.exists(x, x == 2) && xs.exists_one(x, x > 2)", true],
    ["xs.map(x, xs.filter(y, y < x).map(y, x * 10 + y))", [[], [21], [31, 32]]],
    ["headers.map(k, k)", ["content-type"]],
    ["headers.transformMap(k, v, v.size())", { "content-type": 10 }],
    ["tags.transformMapEntry(i, t, {t: i})", { apt: 0, crime: 1 }],
    ["xs.transformList(i, x, i > 0, i * x)", [2, 6]],
    ["events.sortBy(e, e.id).map(e, e.id)", ["indicator--1", "malware--2", "tool--3"]],
    ["cel.bind(x, n * 2, x + x)", 28],
    ["now - duration('24h') < now", true],
    ["type(now) == google.protobuf.Timestamp", true],
    ["level in ['high', 'low']", true],
    ["n in [1, 2, 3, 4, 5, 6, 7, 8, 9]", true],
    ["d in xs", false],
    ["{'a': 1} in [{'a': 1}]", true],
    ["s == \"}}\" || '$${{' != s", true],
    ["tree.children[0].value", 2]
  ]
  for (const [text, expected] of cases) {
    it(text, () => {
      expect(resultOf(text)).toEqual(expected)
    })
  }

  it("an optional is a value of its own", () => {
    expect(resultOf("optional.of(1)")).toEqual(new Optional(1))
  })
})

describe("failures are located", () => {
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ["1 + xs[9]", "SP1301", "xs[9]"],
    ["xs[-1]", "SP1301", "xs[-1]"],
    ["2 * (n / (n - 7))", "SP1302", "(n / (n - 7))"],
    ["n % (n - n)", "SP1302", "n % (n - n)"],
    ["headers.host.size()", "SP1303", "headers.host"],
    ["open.nothere", "SP1303", "open.nothere"],
    ["event.?family.value()", "SP1303", "event.?family.value()"],
    ["int(s) + 1", "SP1304", "int(s)"],
    ["timestamp(s) > now", "SP1304", "timestamp(s)"],
    ["9007199254740991 + n", "SP1305", "9007199254740991 + n"],
    ["n * 9007199254740991", "SP1305", "n * 9007199254740991"],
    ["any.text - 1", "SP1307", "any.text - 1"],
    ["any.a ? 1 : 2", "SP1307", "any.a"],
    ["any.a.startsWith('x')", "SP1307", "any.a.startsWith('x')"],
    ["any.nothing.x", "SP1307", "any.nothing.x"],
    ["xs.map(x, 10 / (x - 2))", "SP1302", "10 / (x - 2)"]
  ]
  for (const [text, code, at] of cases) {
    it(`${text} fails with ${code} at ${at}`, () => {
      expect(resultOf(text)).toEqual({ fails: code, at })
    })
  }

  it("a message never holds the data", () => {
    const secret = "s3cr3t-value-of-the-customer"
    for (const text of ["int(s)", "timestamp(s)", "any + 1", "headers[s]", "duration(s)", "hex.decode(s)"]) {
      const result = compile(text).program?.evaluate({ ...values, s: secret, any: secret })
      expect(result?.ok).toBe(false)
      expect(JSON.stringify(result?.ok === false ? result.diagnostic.message : "")).not.toContain("s3cr3t")
    }
  })
})

describe("&& and || decide although the other side fails", () => {
  const cases: ReadonlyArray<readonly [string, unknown]> = [
    ["xs[9] == 1 || true", true],
    ["true || xs[9] == 1", true],
    ["xs[9] == 1 && false", false],
    ["false && xs[9] == 1", false],
    ["xs[9] == 1 || false", { fails: "SP1301", at: "xs[9]" }],
    ["xs[9] == 1 && true", { fails: "SP1301", at: "xs[9]" }],
    ["xs.exists(x, 6 / (x - 1) == 6)", true],
    ["xs.all(x, 6 / (x - 1) == 7)", false],
    ["xs.exists(x, 6 / (x - 1) == 9)", { fails: "SP1302", at: "6 / (x - 1)" }],
    ["xs.exists_one(x, 6 / (x - 1) == 6)", { fails: "SP1302", at: "6 / (x - 1)" }]
  ]
  for (const [text, expected] of cases) {
    it(text, () => {
      expect(resultOf(text)).toEqual(expected)
    })
  }

  it("also where a key of an object turns out to be no text", () => {
    expect(resultOf("[1, 2].exists(i, i == 1 ? {dyn(1): 2} == {} : true)")).toBe(true)
  })

  it("but a variable that was not given is no such failure", () => {
    for (const mode of ["generate", "interpret"] as const) {
      const { program } = compile("[1, 2].exists(i, i == 1 ? n == 2 : true)", { mode })
      expect(program?.evaluate({})).toMatchObject({ ok: false, diagnostic: { code: "SP1309" } })
    }
  })

  it("but not where the right side is only correct because of the left one", () => {
    expect(resultOf("xs[9] == 1 && has(event.confidence) && event.confidence == 1")).toEqual({
      fails: "SP1301",
      at: "xs[9]"
    })
  })
})

describe("the budget", () => {
  it("ends a loop that would go on too long, at its place", () => {
    expect(resultOf("xs.all(x, xs.all(y, x + y > 0))", { budget: 5 })).toEqual({
      fails: "SP1306",
      at: "xs.all(y, x + y > 0)"
    })
  })

  it("is never taken for a failure that another operand makes irrelevant", () => {
    expect(resultOf("xs.all(x, x > 0) || true", { budget: 1 })).toEqual({
      fails: "SP1306",
      at: "xs.all(x, x > 0)"
    })
    expect(resultOf("xs.exists(x, xs.all(y, y / 1 > 0)) || true", { budget: 2 })).toEqual({
      fails: "SP1306",
      at: "xs.all(y, y / 1 > 0)"
    })
  })

  it("is new for every evaluation", () => {
    const { program } = compile("xs.all(x, x > 0)")
    for (let run = 0; run < 10; run++) expect(program?.evaluate(values, { budget: 4 }).ok).toBe(true)
  })

  it("is the same for generated code and closures where a macro has two variables", () => {
    expect(resultOf("xs.transformList(i, x, i + x)", { budget: 3 })).toEqual([1, 3, 5])
    expect(resultOf("xs.transformList(i, x, i + x)", { budget: 2 })).toMatchObject({ fails: "SP1306" })
  })

  it("is the same for a value looked for in a list of variables", () => {
    const text = `n in [${"n, ".repeat(100)}1]`
    expect(resultOf(text, { budget: 6 })).toBe(true)
    expect(resultOf(text, { budget: 5 })).toMatchObject({ fails: "SP1306" })
  })

  it("is taken by long lists that a macro makes for each element", () => {
    const long = `xs.map(x, [${"x, ".repeat(1_000)}])`
    expect(resultOf(long, { budget: 100 })).toMatchObject({ fails: "SP1306" })
    expect(resultOf("xs.map(x, [x, x, x])", { budget: 3 })).toHaveLength(3)
  })

  it("is taken by listing the keys of a large object again and again", () => {
    const large = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, "v"]))
    for (const mode of ["generate", "interpret"] as const) {
      for (const text of [
        "lists.range(1000).all(i, headers.exists(k, true))",
        "lists.range(1000).all(i, headers.exists(k, v, true))",
        "lists.range(1000).all(i, optional.ofNonZeroValue(headers).hasValue())"
      ]) {
        const result = compile(text, { mode }).program?.evaluate({ ...values, headers: large })
        expect(result).toMatchObject({ ok: false, diagnostic: { code: "SP1306" } })
      }
    }
  })

  it("holds for texts that double", () => {
    const doubled = `[s]${".map(x, x + x)".repeat(40)}`
    expect(resultOf(doubled)).toMatchObject({ fails: "SP1306" })
  })

  it("holds for lists that double", () => {
    expect(resultOf(`[xs]${".map(x, x + x)".repeat(40)}`)).toMatchObject({ fails: "SP1306" })
  })
})

describe("data", () => {
  // A computed key makes "__proto__" an ordinary own key, as it comes from JSON.
  const own = { ["__proto__"]: "p", constructor: "c", toString: "t" }

  it("keys named like parts of JavaScript are ordinary keys, when they are there", () => {
    const run = (text: string, headers: Value) => {
      const result = compile(text).program?.evaluate({ ...values, headers })
      return result?.ok === true ? result.value : result?.diagnostic.code
    }
    for (const [key, value] of [
      ["__proto__", "p"],
      ["constructor", "c"],
      ["toString", "t"]
    ]) {
      expect(run(`headers.${key}`, own)).toBe(value)
      expect(run(`headers[${JSON.stringify(key)}]`, own)).toBe(value)
      expect(run(`has(headers.${key})`, own)).toBe(true)
      expect(run(`headers.?${key}.orValue("-")`, own)).toBe(value)
      expect(run(`headers.${key}`, {})).toBe("SP1303")
      expect(run(`has(headers.${key})`, {})).toBe(false)
      expect(run(`headers.?${key}.orValue("-")`, {})).toBe("-")
      expect(run(`headers.${key} == null`, {})).toBe(true)
      expect(run(`"${key}" in headers`, {})).toBe(false)
    }
  })

  it("a literal with such a key has it as its own and nothing else changes", () => {
    expect(resultOf('{"__proto__": {"x": 1}}.__proto__.x')).toBe(1)
    const result = resultOf('{"__proto__": 1, "a": 2}')
    expect(typeof result === "object" && result !== null ? Object.keys(result) : []).toEqual([
      "__proto__",
      "a"
    ])
  })

  it("that break their declared type end in a located failure, not in a throw", () => {
    for (const mode of ["generate", "interpret"] as const) {
      const { program } = compile("indicator.references[0].source.size() > 0", { mode })
      for (const indicator of [{ references: null }, { references: [null] }, null, {}]) {
        const result = program?.evaluate({ ...values, indicator })
        expect(result?.ok === false ? result.diagnostic.code : result).toMatch(/^SP13/)
      }
    }
  })

  it("are read the same once code is generated for an expression that is run often", () => {
    const { program } = compile("xs.map(x, x * n)")
    for (let run = 0; run < 200; run++)
      expect(program?.evaluate(values)).toEqual({ ok: true, value: [7, 14, 21] })
  })

  it("a variable that is not given fails with its name", () => {
    const result = compile("n + 1").program?.evaluate({})
    expect(result?.ok === false ? result.diagnostic.message : result).toBe('the variable "n" was not given')
  })
})

describe("generated code", () => {
  it("holds nothing of the expression but strings, numbers and own names", () => {
    const { program } = compile(
      `"\\u2028*/};process.exit()//" + s == headers["a\\"];alert(1)//"] || xs.exists(evil_name, evil_name > 1)`
    )
    expect(program?.code).not.toContain("evil_name")
    expect(program?.code).toContain(String.raw`"a\"];alert(1)//"`)
  })

  it("is not used where generation is forbidden, with the same results", () => {
    expect(compile("n + 1", { mode: "interpret" }).program?.code).toBeUndefined()
    expect(compile("n + 1").program?.code).toBeDefined()
  })
})
