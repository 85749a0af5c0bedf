import { describe, expect, it } from "@effect/vitest"
import { SourceFile } from "../src/source/SourceFile.ts"
import { type YamlEntry, YamlMap, type YamlNode } from "../src/source/YamlNode.ts"
import { checkValue } from "../src/types/Conformance.ts"
import { readProperties, readSchema } from "../src/types/JsonSchema.ts"
import { isSubtype } from "../src/types/Assignability.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { yaml } from "./SchemaText.ts"

/** The limit is 200 ms; a machine that is busy with other things gets ten times that. */
const patience = 5_000

const timed = <A>(run: () => A): A => {
  const start = performance.now()
  const result = run()
  expect(performance.now() - start).toBeLessThan(patience)
  return result
}

const codes = (schema: YamlNode): ReadonlyArray<string> =>
  timed(() => [...new Set(readSchema(schema).diagnostics.map(({ code }) => code))])

const { map, list, scalar } = (() => {
  const file = new SourceFile("made.yaml", "made")
  const span = file.span(0, 4)
  const scalar = (value: string | number | boolean) => ({
    kind: "scalar" as const,
    value,
    style: "plain" as const,
    text: new SourceFile("made.yaml", String(value)),
    span
  })
  const list = (items: ReadonlyArray<YamlNode>): YamlNode => ({ kind: "list", items, span })
  const map = (entries: { readonly [name: string]: YamlNode }): YamlNode =>
    new YamlMap(
      new Map(
        Object.entries(entries).map(([name, value]): [string, YamlEntry] => [
          name,
          { key: { ...scalar(name), name }, value }
        ])
      ),
      span
    )
  return { map, list, scalar }
})()

describe("hostile schemas are answered at once", () => {
  it("nested 10,000 deep", () => {
    let schema = map({ type: scalar("string") })
    for (let depth = 0; depth < 10_000; depth++) schema = map({ items: schema })
    expect(codes(schema)).toEqual(["SP0219"])
  })

  it("nested 10,000 deep in oneOf and allOf", () => {
    for (const keyword of ["oneOf", "allOf"]) {
      let schema = map({ properties: map({}) })
      for (let depth = 0; depth < 10_000; depth++) schema = map({ [keyword]: list([schema, schema]) })
      expect(codes(schema)).toEqual(["SP0219"])
    }
  })

  it("a chain of 10,000 references", () => {
    const definitions: { [name: string]: YamlNode } = { D10000: map({ type: scalar("string") }) }
    for (let at = 0; at < 10_000; at++) definitions[`D${at}`] = map({ $ref: scalar(`#/$defs/D${at + 1}`) })
    expect(codes(map({ $ref: scalar("#/$defs/D0"), $defs: map(definitions) }))).toEqual(["SP0219"])
  })

  it("10,000 recursive definitions", () => {
    const definitions: { [name: string]: YamlNode } = {}
    for (let at = 0; at < 10_000; at++)
      definitions[`D${at}`] = map({
        properties: map({ next: map({ $ref: scalar(`#/$defs/D${(at + 1) % 10_000}`) }) })
      })
    const schema = map({ $ref: scalar("#/$defs/D0"), $defs: map(definitions) })
    expect(codes(schema)).toEqual([])
    const [a, b] = [readSchema(schema).type, readSchema(schema).type]
    timed(() => isSubtype(a, b))
  })

  it("two circles of coprime length do not overflow the stack", () => {
    const circle = (length: number): YamlNode => {
      const definitions: { [name: string]: YamlNode } = {}
      for (let at = 0; at < length; at++)
        definitions[`D${at}`] = map({
          properties: map({ next: map({ $ref: scalar(`#/$defs/D${(at + 1) % length}`) }) })
        })
      return map({ $ref: scalar("#/$defs/D0"), $defs: map(definitions) })
    }
    const [a, b] = [readSchema(circle(997)).type, readSchema(circle(1009)).type]
    timed(() => isSubtype(a, b))
    const [c, d] = [readSchema(circle(7)).type, readSchema(circle(9)).type]
    expect(timed(() => isSubtype(c, d))).toBe(true)
  })

  it("shared nodes that stand for 2^60 schemas", () => {
    let schema = map({ type: scalar("string") })
    for (let depth = 0; depth < 30; depth++) schema = map({ properties: map({ a: schema, b: schema }) })
    expect(codes(schema)).toEqual([])
    const { type } = readSchema(schema)
    expect(timed(() => showType(type)).length).toBeLessThan(2000)
    expect(timed(() => showType(type, { expanded: true })).length).toBeLessThan(5000)
    timed(() => isSubtype(type, readSchema(schema).type))
  })

  it("1 MB of branches", () => {
    const branches = Array.from({ length: 20_000 }, (_, at) =>
      map({ properties: map({ [`p${at}`]: map({}) }) })
    )
    expect(codes(map({ oneOf: list(branches) }))).toEqual(["SP0219"])
    const groups = Array.from({ length: 20 }, (_, at) =>
      map({ oneOf: list(branches.slice(at * 450, at * 450 + 450)) })
    )
    expect(codes(map({ oneOf: list(groups) }))).toEqual([])
  })

  it("100,000 properties", () => {
    const properties: { [name: string]: YamlNode } = {}
    for (let at = 0; at < 100_000; at++) properties[`p${at}`] = map({})
    expect(codes(map({ properties: map(properties) }))).toEqual(["SP0219"])
  })

  it("100,000 unknown keywords", () => {
    const entries: { [name: string]: YamlNode } = {}
    for (let at = 0; at < 100_000; at++) entries[`requirad${at % 10}${at}`] = scalar(1)
    expect(codes(map(entries))).toEqual(["SP0202", "SP0219"])
  })

  it("an enum of 100,000 texts, and a value that is none of them", () => {
    const values = Array.from({ length: 100_000 }, (_, at) => scalar(`v${at}`))
    const schema = map({ enum: list(values) })
    expect(codes(schema)).toEqual([])
    const { type } = readSchema(schema)
    expect(timed(() => checkValue(scalar("w"), type)).map(({ code }) => code)).toEqual(["SP0234"])
    expect(showType(type)).toBe('"v0" | "v1" | "v2" | "v3" | "v4" | "v5" | … 99994 more')
  })

  it("100 kB of pattern", () => {
    expect(codes(map({ pattern: scalar("x*".repeat(50_000)) }))).toEqual(["SP0207"])
    const many: { [name: string]: YamlNode } = {}
    for (let at = 0; at < 1000; at++) many[`p${at}`] = map({ pattern: scalar("(?i)\\p{L}".repeat(200)) })
    expect(codes(map({ properties: map(many) }))).toEqual(["SP0219"])
  })

  it("a value of 20,000 elements against unions inside unions", () => {
    const { type } = readSchema(
      yaml(`
$ref: "#/$defs/A"
$defs:
  A: { anyOf: [{ items: { $ref: "#/$defs/A" } }, { items: { $ref: "#/$defs/B" } }, { type: string }] }
  B: { anyOf: [{ items: { $ref: "#/$defs/A" } }, { items: { $ref: "#/$defs/B" } }, { type: integer }] }`)
    )
    let value: YamlNode = list([scalar(true)])
    for (let depth = 0; depth < 40; depth++) value = list([value, value])
    expect(timed(() => checkValue(value, type)).map(({ code }) => code)).toEqual(["SP0235"])
  })

  it("a default against 40 levels of allOf of itself", () => {
    let schema = map({ properties: map({ a: map({ maximum: scalar(1) }) }) })
    for (let depth = 0; depth < 25; depth++)
      schema = map({ allOf: list([schema, schema, map({ properties: map({}) })]) })
    const given = map({
      properties: map({ x: map({ allOf: list([schema, map({ properties: map({}) })]), default: map({}) }) })
    })
    expect(codes(given)).toEqual([])
  })

  it("shorthand with 100,000 names", () => {
    const properties: { [name: string]: YamlNode } = {}
    for (let at = 0; at < 100_000; at++) properties[`p${at}?`] = scalar(true)
    const { diagnostics } = timed(() => readProperties(map(properties)))
    expect(diagnostics.map(({ code }) => code)).toEqual(["SP0219"])
  })
})
