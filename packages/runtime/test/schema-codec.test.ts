import { describe, expect, it } from "@effect/vitest"
import { type Json, loadYaml, SourceFile, toJson } from "@sallyport/language"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inputCodec, outputCodec, propertiesCodec, type ValueCodec } from "../src/schema/ValueCodec.ts"
import { showPath, valueLimits } from "../src/schema/ValueProblem.ts"

/** Against hangs only: V8 alone takes 0.3 s to list a million keys, and parsing them takes twice that. */
const patience = 5_000

const json = (text: string): Json => {
  const { root } = loadYaml(new SourceFile("schema.yaml", text))
  if (root === undefined) throw new Error("not YAML")
  return toJson(root)
}

const definitions = (text: string): { readonly [name: string]: Json } => ({ types: json(text) })

const types = definitions(`
Indicator:
  type: object
  properties: { type: { const: indicator }, name: { type: string }, score: { type: integer, maximum: 100 } }
  required: [type, name]
Malware:
  type: object
  properties: { type: { const: malware }, family: { type: boolean } }
  required: [type, family]
Other:
  type: object
  properties: { type: { type: string } }
  required: [type]
  additionalProperties: true
Any: { oneOf: [{ $ref: "#/types/Indicator" }, { $ref: "#/types/Malware" }, { $ref: "#/types/Other" }] }
Known: { oneOf: [{ $ref: "#/types/Indicator" }, { $ref: "#/types/Malware" }] }
Page: { type: object, properties: { items: { type: array, items: { $ref: "#/types/Known" } } }, required: [items] }
Tree: { type: object, properties: { child: { $ref: "#/types/Tree" } } }
Knot: { anyOf: [{ type: array, items: { $ref: "#/types/Knot" } }, { type: array, items: { $ref: "#/types/Loop" } }, { type: string }] }
Loop: { anyOf: [{ type: array, items: { $ref: "#/types/Knot" } }, { type: array, items: { $ref: "#/types/Loop" } }, { type: integer }] }
`)

const input = (schema: string): ValueCodec => inputCodec(json(schema), types)
const output = (schema: string): ValueCodec => outputCodec(json(schema), types)

/** `path: message` of every problem. */
const problems = (codec: ValueCodec, value: unknown): ReadonlyArray<string> => {
  const result = codec.decode(value)
  return Result.isSuccess(result)
    ? []
    : result.failure.map(({ message, path }) => `${showPath(path)}: ${message}`)
}

const decoded = (codec: ValueCodec, value: unknown): unknown => {
  const result = codec.decode(value)
  if (Result.isFailure(result)) throw new Error(JSON.stringify(result.failure))
  return JSON.parse(JSON.stringify(result.success))
}

const timed = <A>(run: () => A): A => {
  const start = performance.now()
  const result = run()
  expect(performance.now() - start).toBeLessThan(patience)
  return result
}

describe("defaults", () => {
  const settings = `
type: object
properties:
  url: { type: string, default: "https://api.example.com" }
  limit: { type: integer, default: 10 }
  paging: { type: object, properties: { size: { type: integer, default: 5 }, tag: { type: string } }, default: {} }
  each: { type: array, items: { type: object, properties: { on: { type: boolean, default: true } } } }
required: [limit]`

  it("are filled in at every depth, inside defaults too", () => {
    expect(decoded(input(settings), { each: [{}, { on: false }] })).toEqual({
      url: "https://api.example.com",
      limit: 10,
      paging: { size: 5 },
      each: [{ on: true }, { on: false }]
    })
    expect(decoded(output(settings), { paging: { tag: "x" } })).toMatchObject({
      paging: { size: 5, tag: "x" }
    })
  })

  it("leave the value alone: it is copied where something is missing, and shared where nothing is", () => {
    const each = Object.freeze([Object.freeze({ on: true })])
    const value = Object.freeze({ each })
    const result = input(settings).decode(value)
    expect(Result.isSuccess(result) && result.success !== value).toBe(true)
    expect(Result.isSuccess(result) && Object.getOwnPropertyDescriptor(result.success, "each")?.value).toBe(
      each
    )
    const full = { url: "u", limit: 1, paging: { size: 1 }, each: [] }
    expect(Result.getOrThrow(input(settings).decode(full))).toBe(full)
  })

  it("of a union are those of the branch that takes the value", () => {
    const codec = input(`
oneOf:
  - { type: object, properties: { kind: { const: a }, n: { type: integer, default: 1 } }, required: [kind] }
  - { type: object, properties: { kind: { const: b }, n: { type: integer, default: 2 } }, required: [kind] }`)
    expect(decoded(codec, { kind: "b" })).toEqual({ kind: "b", n: 2 })
  })

  it("come through allOf, patternProperties and $ref", () => {
    const own = definitions(`
Base: { type: object, properties: { a: { type: integer, default: 1 } } }
More: { extends: Base, type: object, properties: { b: { $ref: "#/types/Word" } } }
Word: { type: string, default: w }`)
    expect(decoded(inputCodec({ $ref: "#/types/More" }, own), {})).toEqual({ a: 1, b: "w" })
    const keyed = inputCodec({ type: "object", patternProperties: { "^x": { $ref: "#/types/Base" } } }, own)
    expect(decoded(keyed, { x1: {} })).toEqual({ x1: { a: 1 } })
  })

  it("of a type inside its own default end", () => {
    const own = definitions(
      `Tree: { type: object, properties: { child: { $ref: "#/types/Tree", default: {} } } }`
    )
    expect(decoded(inputCodec({ $ref: "#/types/Tree" }, own), {})).toEqual({ child: { child: {} } })
  })

  it("of a map of names are optional to give, and a name with ? is optional", () => {
    const codec = propertiesCodec(
      { "feed_id?": { type: "string" }, limit: { type: "integer", default: 3 }, q: { type: "string" } },
      types
    )
    expect(decoded(codec, { q: "x" })).toEqual({ q: "x", limit: 3 })
    expect(problems(codec, { fed_id: "y" })).toEqual([
      ': missing field "q", which is string',
      'fed_id: unknown field "fed_id"; did you mean "feed_id"?'
    ])
  })
})

describe("fields that the schema does not know", () => {
  const record = `{ type: object, x-keep-unknown: true, properties: { id: { type: string }, in: { type: object, properties: { a: { type: integer } } } } }`

  it("are kept in an output where it says so, in the same object", () => {
    const value = { id: "1", extra: { deep: [1] }, constructor: 2 }
    expect(Result.getOrThrow(output(record).decode(value))).toBe(value)
  })

  it("are refused in an input, and in the records inside that do not say so", () => {
    expect(problems(input(record), { ide: "1" })).toEqual(['ide: unknown field "ide"; did you mean "id"?'])
    expect(problems(output(record), { in: { a: 1, b: 2 } })).toEqual([
      'in.b: unknown field "b"; the fields are "a"'
    ])
  })

  it("called __proto__ or constructor are fields like others", () => {
    const closed = input("{ type: object, properties: { a: { type: integer } } }")
    expect(problems(closed, JSON.parse('{"__proto__": 1}'))).toEqual([
      '__proto__: unknown field "__proto__"; the fields are "a"'
    ])
    const own = input(
      "{ type: object, properties: { constructor: { type: integer }, __proto__: { type: string } } }"
    )
    expect(problems(own, {})).toEqual([])
    expect(problems(own, JSON.parse('{"constructor": 1, "__proto__": "x"}'))).toEqual([])
    expect(problems(own, JSON.parse('{"constructor": "x", "__proto__": 1}'))).toEqual([
      "constructor: expected int, found a text",
      "__proto__: expected string, found a whole number"
    ])
    const wanted = input("{ type: object, properties: { toString: {} }, required: [toString] }")
    expect(problems(wanted, {})).toEqual([': missing field "toString", which is dyn'])
  })
})

describe("a union of objects", () => {
  const any = input(`{ $ref: "#/types/Any" }`)

  it("takes what no branch claims as any other value", () => {
    expect(problems(any, { type: "note", text: "x" })).toEqual([])
  })

  it("never takes a broken known object for another", () => {
    expect(problems(any, { type: "malware" })).toEqual([': missing field "family" of Malware, which is bool'])
    expect(problems(any, { type: "indicator", name: "n", score: 101 })).toEqual([
      "score: the number is more than 100"
    ])
  })

  it("names the kinds that there are", () => {
    const known = input(`{ $ref: "#/types/Known" }`)
    expect(problems(known, { type: "note" })).toEqual([
      'type: expected one of "indicator", "malware", found another text'
    ])
    expect(problems(known, {})).toEqual([
      ': missing field "type", which says what kind of object it is: one of "indicator", "malware"'
    ])
  })
})

describe("what the types of the language do not say", () => {
  it("items have the type of their place, and no others follow", () => {
    const codec = input("{ prefixItems: [{ type: string }, { type: integer }] }")
    expect(problems(codec, ["a", 1])).toEqual([])
    expect(problems(codec, [1, "a", 2])).toEqual([
      ": more than 2 items",
      "[0]: expected string, found a whole number",
      "[1]: expected int, found a text"
    ])
  })

  it("a key decides the type of its value", () => {
    const codec = input(
      `{ type: object, patternProperties: { "^s": { type: string }, "^i": { type: integer } } }`
    )
    expect(problems(codec, { s: "a", i: 1 })).toEqual([])
    expect(problems(codec, { s: 1 })).toEqual(["s: expected string, found a whole number"])
    expect(problems(codec, { x: 1 })).toEqual(['x: the key "x" matches none of the patterns'])
  })

  it("constants with a fraction are constants", () => {
    const codec = input("{ enum: [1.5, 2] }")
    expect(problems(codec, 1.5)).toEqual([])
    expect(problems(codec, 3)).toEqual([": expected one of 1.5, 2"])
  })

  it("formats, the usual timestamps among them", () => {
    const codec = input("{ type: string, format: date-time }")
    const bad = [
      "2026-02-29T00:00:00Z",
      "2026-01-01T24:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-01-01",
      "0000-01-01T00:00:00Z"
    ]
    for (const text of bad)
      expect(problems(codec, text)).toEqual([": the text is not of the format date-time"])
    const good = ["2026-02-28T23:59:59.123Z", "2024-02-29T00:00:00Z", "2026-01-31t00:00:00+02:00"]
    for (const text of good) expect(problems(codec, text)).toEqual([])
  })
})

describe("messages", () => {
  const page = output(`{ $ref: "#/types/Page" }`)

  it("say where, what is wanted and what kind of thing is there", () => {
    expect(
      problems(page, { items: [{ type: "indicator", name: 7, score: 1.5, nmae: "x" }, 3], next: null })
    ).toEqual([
      "items[0].name: expected string, found a whole number",
      "items[0].score: expected int, found a number",
      'items[0].nmae: unknown field "nmae" on Indicator; the fields are "type", "name", "score"',
      "items[1]: expected Known, found a whole number",
      'next: unknown field "next" on Page; the fields are "items"'
    ])
  })

  it("quote a name that is no word in the path", () => {
    const codec = input("{ type: object, additionalProperties: { type: string } }")
    expect(problems(codec, { "x-id": 1 })).toEqual(['["x-id"]: expected string, found a whole number'])
  })

  it("never hold the value", () => {
    const secret = "s3cr3t-value"
    const schemas = [
      "{ type: integer }",
      "{ const: a }",
      "{ enum: [s3cr3t-valux, b] }",
      "{ type: string, pattern: '^x' }",
      "{ type: string, format: uuid }",
      "{ type: string, maxLength: 3 }",
      "{ type: array, items: { type: integer } }",
      "{ anyOf: [{ type: array, items: { type: integer } }, { type: array, items: { type: boolean } }] }",
      "{ type: object, additionalProperties: { $ref: '#/types/Known' } }",
      "{ type: array, uniqueItems: true, items: { type: string } }"
    ]
    const values = [
      secret,
      [secret, secret],
      { a: { type: secret } },
      { a: { type: "indicator", name: [secret] } }
    ]
    let refused = 0
    for (const schema of schemas)
      for (const value of values) {
        const { decode, schema: effectSchema } = input(schema)
        const result = decode(value)
        if (Result.isSuccess(result)) continue
        refused++
        expect(JSON.stringify(result.failure)).not.toContain(secret)
        const raised = Schema.decodeUnknownResult(effectSchema)(value)
        expect(Result.isFailure(raised) && String(raised.failure)).not.toContain(secret)
      }
    expect(refused).toBeGreaterThan(20)
  })

  it("are at most twenty", () => {
    const value = { items: Array.from({ length: 100 }, () => 1) }
    expect(problems(page, value)).toHaveLength(valueLimits.problems)
  })
})

describe("values that JSON does not have", () => {
  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol("s"), () => 1])(
    "%o is refused",
    (value) => {
      for (const schema of [
        "{}",
        "{ type: number }",
        "{ type: string }",
        "{ type: object, additionalProperties: {} }"
      ])
        expect(problems(input(schema), value)).toHaveLength(1)
      expect(problems(input("{ type: object, additionalProperties: true }"), { a: value })).toHaveLength(1)
    }
  )
})

describe("hostile values are answered at once", () => {
  const deep = (make: (inner: unknown) => unknown): unknown => {
    let value: unknown = 1
    for (let depth = 0; depth < 10_000; depth++) value = make(value)
    return value
  }

  it("nested 10,000 deep", () => {
    for (const codec of [input(`{ $ref: "#/types/Tree" }`), output(`{ $ref: "#/types/Tree" }`)])
      expect(
        timed(() =>
          problems(
            codec,
            deep((child) => ({ child }))
          )
        ).map((problem) => problem.slice(-32))
      ).toEqual(["nested more than 128 levels deep"])
    for (const schema of ["{}", `{ $ref: "#/types/Knot" }`])
      expect(
        timed(() =>
          problems(
            input(schema),
            deep((inner) => [inner])
          )
        )
      ).toHaveLength(1)
  })

  it("a circle", () => {
    const circle: { child?: unknown } = {}
    circle.child = circle
    expect(timed(() => problems(input("{}"), circle))).toHaveLength(1)
    expect(timed(() => problems(input(`{ $ref: "#/types/Tree" }`), circle))).toHaveLength(1)
  })

  it("a million keys", () => {
    const value = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, at) => [`k${at}`, 1]))
    expect(timed(() => problems(input("{ type: object, properties: { a: {} } }"), value))).toHaveLength(20)
  })

  it("2^40 ways through unions inside unions", () => {
    let value: unknown = [true]
    for (let depth = 0; depth < 40; depth++) value = [value, value]
    expect(timed(() => problems(input(`{ $ref: "#/types/Knot" }`), value))).toHaveLength(1)
  })
})

describe("the Effect schema of a codec", () => {
  it("decodes as the codec does, with the path of every problem", () => {
    const { schema } = input("{ type: object, properties: { a: { type: integer, default: 1 } } }")
    const inner = Schema.Struct({ input: schema })
    expect(JSON.stringify(Schema.decodeUnknownSync(inner)({ input: {} }))).toBe('{"input":{"a":1}}')
    const result = Schema.decodeUnknownResult(inner)({ input: { a: "x" } })
    expect(Result.isFailure(result) && String(result.failure)).toContain("expected int, found a text")
    expect(Result.isFailure(result) && String(result.failure)).toContain('["input"]["a"]')
  })

  it("of what is no schema is not made", () => {
    expect(() => input("{ type: strung }")).toThrow("not a schema")
  })
})
