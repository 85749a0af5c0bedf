import { describe, expect, it } from "@effect/vitest"
import { applyFixes } from "../src/diagnostics/FixApplication.ts"
import { SourceFile } from "../src/source/SourceFile.ts"
import { loadYaml } from "../src/source/YamlLoader.ts"
import { nodeAt, type YamlNode } from "../src/source/YamlNode.ts"
import { readSchema, SchemaDocument } from "../src/types/JsonSchema.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { problems, summary, yaml } from "./SchemaText.ts"

const at = (root: YamlNode, ...path: ReadonlyArray<string | number>): YamlNode => {
  const node = nodeAt(root, path)
  if (node === undefined) throw new Error(`there is nothing at ${path.join(".")}`)
  return node
}

/** The text after all fixes of a schema's problems. */
const mended = (text: string): string => {
  const file = new SourceFile("schema.json", text)
  const { root } = loadYaml(file)
  if (root === undefined) throw new Error("nothing was read")
  const fixes = readSchema(root).diagnostics.flatMap(({ fix }) => (fix === undefined ? [] : [fix]))
  return applyFixes(fixes).changed.get(file) ?? text
}

describe("a schema that was written in JSON", () => {
  it("is JSON still after its keywords, types and formats were fixed", () => {
    const text = '{"type": "int", "maximun": 3, "$defs": {"T": {"type": \'string\', "format": "datetime"}}}'
    expect(mended(text)).toBe(
      '{"type": "integer", "maximum": 3, "$defs": {"T": {"type": \'string\', "format": "date-time"}}}'
    )
  })
})

describe("schemas as they are found in the wild", () => {
  it("a format of numbers is refused once, and its help is about numbers", () => {
    const { diagnostics } = readSchema(yaml("{ type: integer, format: int32 }"))
    expect(summary(diagnostics)).toEqual(["SP0206 1:26 int32"])
    expect(diagnostics[0]?.help).toBe(
      "only texts have formats: say what numbers fit with minimum and maximum"
    )
  })

  it("a known format beside another type has no effect", () => {
    expect(problems("{ type: integer, format: uuid }")).toEqual(["SP0216 1:18 format"])
  })

  it("properties beside branches of required names are one problem, not one for each name", () => {
    const text =
      "{ properties: { a: {}, b: { type: strng } }, oneOf: [{ required: [a] }, { required: [b] }, { type: obj }] }"
    expect(problems(text)).toEqual(["SP0214 1:3 properties", "SP0205 1:35 strng", "SP0205 1:100 obj"])
  })

  it("a property that lost its properties is not taken for a misspelt keyword", () => {
    const { diagnostics } = readSchema(yaml("{ type: object, properties: {}, _type: { type: string } }"))
    expect(diagnostics.map(({ help, fix }) => [help, fix])).toEqual([
      ["a property of that name belongs under properties", undefined]
    ])
  })

  it("x-secret is a flag: a yes that is a text would leave the secret open", () => {
    expect(problems("{ type: string, x-secret: yes }")).toEqual(["SP0204 1:27 yes"])
    expect(problems("{ type: string, x-secret: true, x-anything: [1] }")).toEqual([])
  })
})

const manifest = yaml(`
types:
  Base: { properties: { id: { type: string, title: Base ID } }, required: [id] }
  Token: { type: string, x-secret: true, default: none }
  Session:
    extends: Base
    x-keep-unknown: true
    allOf:
      - properties: { token: { $ref: "#/types/Token" } }
    properties:
      next: { $ref: "#/types/Session" }
actions:
  open:
    input:
      limit?: { type: integer, minimum: 1, default: 10 }
      name: { type: string, pattern: "^[a-z]+$" }
    output: { $ref: "#/types/Session" }
`)

describe("for whoever loads a manifest", () => {
  const document = new SchemaDocument(manifest)
  const output = at(manifest, "actions", "open", "output")

  it("the parts of a schema are found through references, extends and allOf, nearest first, each once", () => {
    const parts = document.partsOf(output)
    const session = at(manifest, "types", "Session")
    expect(parts).toEqual([output, session, at(manifest, "types", "Base"), at(session, "allOf", 0)])
    expect(parts.filter((part) => part.get("x-keep-unknown") !== undefined)).toEqual([session])
    const names = parts.flatMap((part) => {
      const properties = part.get("properties")
      return properties?.kind === "map" ? properties.entries.map(({ key }) => key.name) : []
    })
    expect(names).toEqual(["next", "id", "token"])
    const token = document.partsOf(at(session, "allOf", 0, "properties", "token"))
    expect(token.some((part) => part.get("x-secret") !== undefined)).toBe(true)
  })

  it("a circle of references has an end", () => {
    const circle = yaml(
      '{ $ref: "#/$defs/A", $defs: { A: { allOf: [{ $ref: "#/$defs/B" }] }, B: { $ref: "#/$defs/A" } } }'
    )
    expect(new SchemaDocument(circle).partsOf(circle).length).toBe(4)
  })

  it("a boolean schema has no parts", () => {
    expect(document.partsOf(yaml("true"))).toEqual([])
  })

  it("an input is checked against the short form: names and types first, then limits and patterns", () => {
    const input = at(manifest, "actions", "open", "input")
    const { type, diagnostics } = document.readProperties(input)
    expect(diagnostics).toEqual([])
    expect(showType(type)).toBe("{ limit?: int, name: string }")
    const check = (text: string) => summary(document.checkProperties(yaml(text), input))
    expect(check("{ name: abc }")).toEqual([])
    expect(check("{ limit: a, nmae: abc }")).toEqual(["SP0231 1:10 a", "SP0233 1:13 nmae", "SP0232 1:1 {"])
    expect(check("{ name: ABC, limit: 0 }")).toEqual(["SP0236 1:9 ABC", "SP0236 1:21 0"])
    expect(check("[]")).toEqual(["SP0231 1:1 ["])
  })
})

describe("a value that is checked", () => {
  const tree = yaml(`
$ref: "#/$defs/Tree"
$defs:
  Tree:
    allOf: [{ $ref: "#/$defs/Leaf" }, { properties: { inner: { $ref: "#/$defs/Tree" } } }]
  Leaf:
    properties: { size: { type: integer, maximum: 9 } }`)

  it("is checked to its deepest level", () => {
    const document = new SchemaDocument(tree)
    expect(document.read(tree).diagnostics).toEqual([])
    const nested = (size: number) => yaml(`${"{ inner: ".repeat(60)}{ size: ${size} }${" }".repeat(60)}`)
    expect(document.check(nested(9), tree)).toEqual([])
    expect(summary(document.check(nested(10), tree))).toEqual(["SP0236 1:549 10"])
  })

  it("is refused when it is too large to be looked through, never passed in silence", () => {
    const part = "{ properties: { a: { maximum: 9 } } }"
    const schema = yaml(`items: { allOf: [${Array.from({ length: 40 }, () => part).join(", ")}] }`)
    const document = new SchemaDocument(schema)
    expect(document.read(schema).diagnostics).toEqual([])
    const value = yaml(`[${"{ a: 1 }, ".repeat(6000)}]`)
    expect(summary(document.check(value, schema))).toEqual(["SP0219 1:1 ["])
  })
})

describe("what types have no words for is checked all the same", () => {
  const check = (schema: string, value: string): ReadonlyArray<string> => {
    const node = yaml(schema)
    const document = new SchemaDocument(node)
    expect(document.read(node).diagnostics).toEqual([])
    return summary(document.check(yaml(value), node))
  }

  it("which item stands where, and that there are no more", () => {
    const pair = "{ prefixItems: [{ type: integer }, { type: string, maxLength: 3 }] }"
    expect(check(pair, "[1, abc]")).toEqual([])
    expect(check(pair, "[1]")).toEqual([])
    expect(check(pair, "[abc, 1]")).toEqual(["SP0231 1:2 abc", "SP0231 1:7 1"])
    expect(check(pair, "[1, abcd, 2]")).toEqual(["SP0236 1:5 abcd", "SP0236 1:11 2"])
    expect(check("{ prefixItems: [{ type: integer }], items: { type: string } }", "[1, a, 2]")).toEqual([
      "SP0231 1:8 2"
    ])
  })

  it("which pattern a property belongs to", () => {
    const schema = '{ patternProperties: { "^x": { type: integer }, "^y": { type: string } } }'
    expect(check(schema, "{ x1: 1, y1: a }")).toEqual([])
    expect(check(schema, "{ x1: a, y1: 1, z: 1 }")).toEqual([
      "SP0231 1:7 a",
      "SP0231 1:14 1",
      "SP0236 1:17 z"
    ])
  })

  it("which numbers with a fraction are allowed", () => {
    expect(check("{ enum: [1, 2.5] }", "2.5")).toEqual([])
    expect(check("{ enum: [1, 2.5] }", "3.5")).toEqual(["SP0234 1:1 3.5"])
    expect(check("{ const: 2.5 }", "2")).toEqual(["SP0234 1:1 2"])
    expect(check("{ anyOf: [{ const: 1.5 }, { const: 2.5 }, { type: string }] }", "2.5")).toEqual([])
  })
})
