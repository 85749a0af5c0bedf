import { describe, expect, it } from "@effect/vitest"
import { nodeAt } from "../src/source/YamlNode.ts"
import { readProperties, readSchema, SchemaDocument } from "../src/types/JsonSchema.ts"
import { membersOf } from "../src/types/Members.ts"
import { showType } from "../src/types/TypePrinter.ts"
import { problems, shown, summary, typeOfSchema, yaml } from "./SchemaText.ts"

describe("a schema's type", () => {
  it.each([
    ["{ type: string }", "string"],
    ["{ type: integer }", "int"],
    ["{ type: number }", "double"],
    ["{ type: boolean }", "bool"],
    ['{ type: "null" }', "null"],
    ['{ type: [string, "null"] }', "string | null"],
    ["{ type: [integer, number] }", "double"],
    ["{ type: array, items: { type: integer } }", "list<int>"],
    ["{ type: array }", "list<dyn>"],
    ["{ prefixItems: [{ type: integer }, { type: string }] }", "list<int | string>"],
    ["{ prefixItems: [{ type: integer }], items: { type: string } }", "list<int | string>"],
    ["{ type: object, additionalProperties: { type: integer } }", "map<string, int>"],
    ["{ type: object, additionalProperties: true }", "map<string, dyn>"],
    ["{ type: object, additionalProperties: false }", "{}"],
    ["{ type: object, properties: {} }", "{}"],
    [
      '{ patternProperties: { "^x": { type: integer }, "^y": { type: string } } }',
      "map<string, int | string>"
    ],
    ["{ properties: { a: { type: integer }, b: {} }, required: [a] }", "{ a: int, b?: dyn }"],
    ["{ properties: { a: {} }, additionalProperties: true }", "{ a?: dyn, … }"],
    ["{ properties: { a: {} }, additionalProperties: { type: integer } }", "{ a?: dyn, …: int }"],
    ["{ required: [a], additionalProperties: { type: integer } }", "{ a: int, …: int }"],
    ["{ enum: [b, a] }", '"b" | "a"'],
    ["{ enum: [2, 1, null, true] }", "1 | 2 | true | null"],
    ["{ type: number, enum: [1, 2.5] }", "double"],
    ["{ const: indicator }", '"indicator"'],
    ["{ const: 1.0 }", "1"],
    ["{ oneOf: [{ type: string }, { type: array, items: { type: string } }] }", "string | list<string>"],
    ["{ anyOf: [{ const: a }, { const: b }, { enum: [c, d] }] }", '"a" | "b" | "c" | "d"'],
    ["{ type: string, oneOf: [{ const: a }, { const: b }] }", '"a" | "b"'],
    ["{ minLength: 1 }", "string"],
    ["{ minimum: 1 }", "double"],
    ["true", "dyn"],
    ["false", "never"],
    ["{}", "dyn"],
    [
      "{ type: string, title: T, description: D, deprecated: true, readOnly: true, $comment: c, x-secret: true }",
      "string"
    ]
  ])("%s is %s", (schema, type) => {
    expect(shown(schema)).toBe(type)
  })

  it("the same schema as JSON text has the same type: JSON is YAML", () => {
    const json = JSON.stringify(
      {
        type: "object",
        properties: { a: { type: ["string", "null"] }, "b/c": { const: 1 } },
        required: ["a"]
      },
      undefined,
      "\t"
    )
    expect(shown(json.replaceAll("\t", "  "))).toBe('{ a: string | null, "b/c"?: 1 }')
  })

  it("x-keep-unknown stays a closed record", () => {
    expect(shown("{ properties: { a: {} }, x-keep-unknown: true }")).toBe("{ a?: dyn }")
  })

  it("a property keeps its description for hover texts", () => {
    const type = typeOfSchema("{ properties: { a: { type: string, description: the a }, b: { title: B } } }")
    expect(
      type.kind === "record" ? [...type.properties.values()].map((property) => property.description) : []
    ).toEqual(["the a", "B"])
  })

  it("__proto__ and constructor are ordinary names of properties, definitions and types", () => {
    const text = `
$ref: "#/$defs/__proto__"
$defs:
  __proto__: { properties: { __proto__: { type: integer }, constructor: { $ref: "#/$defs/constructor" } } }
  constructor: { type: string }`
    expect(showType(typeOfSchema(text), { expanded: true })).toBe(
      "__proto__ = {\n  __proto__?: int\n  constructor?: constructor\n}"
    )
    expect(problems("{ type: constructor }")).toEqual(["SP0205 1:9 constructor"])
    expect(problems("{ type: string, format: toString }")).toEqual(["SP0206 1:25 toString"])
    expect(problems("{ hasOwnProperty: 1 }")).toEqual(["SP0202 1:3 hasOwnProperty"])
  })
})

describe("a property with a default", () => {
  const schema = "{ properties: { a: { type: integer, default: 1 }, b: { type: integer } } }"

  it("is optional for whoever gives the value", () => {
    expect(shown(schema)).toBe("{ a?: int, b?: int }")
  })

  it("is always there once defaults are applied", () => {
    expect(shown(schema, { defaults: "applied" })).toBe("{ a: int, b?: int }")
  })

  it("takes the default of the schema that it refers to", () => {
    const text = `
properties: { a: { $ref: "#/$defs/Limit" } }
$defs: { Limit: { type: integer, default: 7 } }`
    expect(shown(text, { defaults: "applied" })).toBe("{ a: Limit }")
    const document = new SchemaDocument(yaml(text))
    const root = yaml(text)
    const property = root.kind === "map" ? root.get("properties") : undefined
    const limit = property?.kind === "map" ? property.get("a") : undefined
    expect(limit === undefined ? undefined : document.defaultOf(limit)).toMatchObject({ value: 7 })
  })

  it.each([
    ["{ type: integer, default: ten }", "ten"],
    ["{ type: integer, default: 1.5 }", "1.5"],
    ["{ type: integer, minimum: 1, default: 0 }", "0"],
    ["{ type: number, exclusiveMaximum: 1, default: 1 }", "1"],
    ["{ type: string, minLength: 3, default: ab }", "ab"],
    ["{ type: string, maxLength: 1, default: 🙂🙂 }", "🙂🙂"],
    ['{ type: string, pattern: "^a+$", default: ab }', "ab"],
    ["{ type: string, format: uuid, default: d6092c37 }", "d6092c37"],
    ["{ enum: [a, b], default: c }", "c"],
    ["{ items: { type: integer, maximum: 3 }, default: [1, 2, 5] }", "5"],
    ["{ items: { type: integer }, maxItems: 1, default: [1, 2] }", "["],
    ["{ items: { type: integer }, uniqueItems: true, default: [1, 2, 1.0] }", "1.0"],
    ["{ properties: { a: { maximum: 3 } }, default: { a: 4 } }", "4"],
    ["{ additionalProperties: { maximum: 3 }, default: { a: 4 } }", "4"],
    ['{ patternProperties: { "^a": { maximum: 3 } }, default: { b: 1 } }', "b"],
    ["{ anyOf: [{ type: string, maxLength: 1 }, { type: integer }], default: ab }", "ab"],
    ["{ allOf: [{ properties: { a: { maximum: 3 } } }], default: { a: 4 } }", "4"],
    ['{ $ref: "#/$defs/N", $defs: { N: { maximum: 3 } }, default: 4 }', "4"]
  ])("%s: the default does not fit, at %s", (schema, at) => {
    const found = readSchema(yaml(schema)).diagnostics
    expect(found.map(({ code, span }) => [code, span.file.text.slice(span.start, span.end)])).toEqual([
      ["SP0212", at]
    ])
  })

  it.each([
    "{ type: string, maxLength: 2, default: 🙂🙂 }",
    "{ type: string, format: uuid, default: d6092c37-d8d7-45c3-8aff-c4dc26030608 }",
    "{ anyOf: [{ type: string, maxLength: 1 }, { type: string, pattern: b }], default: ab }",
    "{ type: number, default: 1 }",
    "{ items: { type: array }, uniqueItems: true, default: [[1], [2], [1, 2]] }"
  ])("%s: the default fits", (schema) => {
    expect(problems(schema)).toEqual([])
  })
})

describe("references", () => {
  it("types may contain themselves", () => {
    const type = typeOfSchema(`
$ref: "#/$defs/Tree"
$defs:
  Tree:
    properties: { value: { type: integer }, kids: { items: { $ref: "#/$defs/Tree" } } }
    required: [value]`)
    expect(showType(type)).toBe("Tree")
    expect(showType(type, { expanded: true })).toBe("Tree = {\n  value: int\n  kids?: list<Tree>\n}")
  })

  it("one definition is one type, wherever it is referred to", () => {
    const type = typeOfSchema(`
properties: { a: { $ref: "#/$defs/T" }, b: { $ref: "#/$defs/T" } }
$defs: { T: { properties: { x: {} } } }`)
    const [a, b] = type.kind === "record" ? [...type.properties.values()] : []
    expect(a?.type).toBe(b?.type)
  })

  it("a manifest's types are found from any schema of the manifest, and read once", () => {
    const manifest = yaml(`
types:
  Kind: { enum: [a, b] }
  Broken: { type: strin }
input:
  kind: { $ref: "#/types/Kind" }
  other?: { $ref: "#/types/Broken" }
output: { $ref: "#/types/Broken" }`)
    if (manifest.kind !== "map") throw new Error("not a map")
    const document = new SchemaDocument(manifest)
    const [types, input, output] = ["types", "input", "output"].map((name) => manifest.get(name))
    if (types === undefined || input === undefined || output === undefined) throw new Error("missing")
    const read = document.readProperties(input)
    expect(showType(read.type)).toBe("{ kind: Kind, other?: Broken }")
    expect(summary(read.diagnostics)).toEqual(["SP0205 4:19 strin"])
    expect(document.read(output).diagnostics).toEqual([])
    const definitions = document.readDefinitions(types)
    expect([...definitions.types.keys()]).toEqual(["Kind", "Broken"])
    expect(definitions.diagnostics).toEqual([])
  })

  it("a definition that nobody refers to is checked too", () => {
    expect(problems("{ type: string, $defs: { A: { type: strin } } }")).toEqual(["SP0205 1:37 strin"])
  })

  it("percent and tilde escapes of a pointer are decoded", () => {
    expect(shown('{ $ref: "#/$defs/a~1b~0%20c", $defs: { "a/b~ c": { type: integer } } }')).toBe("int")
  })

  it.each([
    ["https://example.com/schema.json", "is not a local reference"],
    ["other.yaml#/types/A", "is not a local reference"],
    ["#Indicator", "is not a local reference"],
    ["#/$defs/A~2", "is not a JSON pointer"],
    ["#/$defs/%zz", "is not a JSON pointer"],
    ["#/$defs/%ff", "is not a JSON pointer"],
    ["#/$defs/Nothing", "there is no"]
  ])("%s: %s", (pointer, message) => {
    const { diagnostics } = readSchema(yaml(`{ $ref: "${pointer}", $defs: { Other: {} } }`))
    expect(diagnostics.map(({ code }) => code)).toEqual(["SP0208"])
    expect(diagnostics[0]?.message).toContain(message)
  })

  it("a near miss is suggested", () => {
    const { diagnostics } = readSchema(yaml('{ $ref: "#/$defs/Indicater", $defs: { Indicator: {} } }'))
    expect(diagnostics[0]?.help).toBe('did you mean "#/$defs/Indicator"?')
  })

  it.each([
    '{ $ref: "#" }',
    '{ $ref: "#/$defs/A", $defs: { A: { $ref: "#/$defs/B" }, B: { $ref: "#/$defs/A" } } }',
    '{ $ref: "#/$defs/A", $defs: { A: { anyOf: [{ type: string }, { $ref: "#/$defs/A" }] } } }',
    '{ $ref: "#/$defs/A", $defs: { A: { allOf: [{ $ref: "#/$defs/A" }, { properties: {} }] } } }',
    '{ allOf: [{ $ref: "#" }] }'
  ])("%s contains itself with nothing in between", (schema) => {
    expect(problems(schema).map((problem) => problem.slice(0, 6))).toEqual(["SP0209"])
  })
})

describe("merging objects", () => {
  it("allOf has the properties of all parts, required where one requires them", () => {
    expect(
      shown(`
allOf:
  - properties: { id: { type: string }, name: { type: string } }
  - { $ref: "#/$defs/Dated" }
  - required: [id]
properties: { extra: { type: integer } }
$defs:
  Dated: { properties: { created: { type: string, format: date-time } }, required: [created] }`)
    ).toBe("{ id: string, name?: string, created: string, extra?: int }")
  })

  it("a property of two parts has the narrower type", () => {
    expect(
      shown(
        "{ allOf: [{ properties: { t: { type: string } } }, { properties: { t: { const: a } }, required: [t] }] }"
      )
    ).toBe('{ t: "a" }')
  })

  it("extends is an allOf with types of the document", () => {
    const root = yaml(`
output: { $ref: "#/types/Malware" }
types:
  Core: { properties: { id: { type: string }, type: { type: string } }, required: [id, type] }
  Named: { extends: Core, properties: { name: { type: string } } }
  Malware: { extends: [Named], properties: { type: { const: malware } } }`)
    const output = nodeAt(root, ["output"])
    if (output === undefined) throw new Error("no output")
    const { type, diagnostics } = readSchema(output, { root })
    expect(diagnostics).toEqual([])
    expect(showType(type, { expanded: true })).toBe(
      'Malware = {\n  id: string\n  type: "malware"\n  name?: string\n}'
    )
  })

  it("open wins over closed", () => {
    expect(
      shown("{ allOf: [{ properties: { a: {} } }, { properties: { b: {} }, additionalProperties: true }] }")
    ).toBe("{ a?: dyn, b?: dyn, … }")
  })

  it("an allOf of one schema with a description is that schema", () => {
    expect(shown('{ description: D, allOf: [{ $ref: "#/$defs/K" }], $defs: { K: { enum: [a] } } }')).toBe(
      '"a"'
    )
  })

  it("a conflict is reported at the later property, with a note at the earlier", () => {
    const { diagnostics } = readSchema(
      yaml("{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }")
    )
    expect(summary(diagnostics)).toEqual(["SP0213 1:68 a"])
    expect(diagnostics[0]?.notes.map(({ span }) => span?.start)).toEqual([26])
  })

  it.each([
    "{ allOf: [{ type: string }, { properties: {} }] }",
    "{ allOf: [{ oneOf: [{}] }, { properties: {} }] }"
  ])("%s: a part is no object", (schema) => {
    expect(problems(schema)[0]).toMatch(/^SP0213 1:11/)
  })
})

describe("unions of objects", () => {
  const stix = `
oneOf:
  - { $ref: "#/$defs/Indicator" }
  - { $ref: "#/$defs/Malware" }
  - { $ref: "#/$defs/Other" }
$defs:
  Indicator: { properties: { type: { const: indicator }, pattern: { type: string } }, required: [type, pattern] }
  Malware: { properties: { type: { enum: [malware, tool] }, name: { type: string } }, required: [type, name] }
  Other: { properties: { type: { type: string }, name: { type: string } }, required: [type], additionalProperties: true }`

  it("are told apart by the property whose constants differ", () => {
    const type = typeOfSchema(stix)
    expect(type.kind === "union" ? type.discriminator : undefined).toBe("type")
    expect(showType(type)).toBe("Indicator | Malware | Other")
  })

  it("the branch without a constant takes any other value, so a broken known object is none of it", () => {
    const other = membersOf(typeOfSchema(stix))[2]
    expect(other?.kind === "record" ? other.properties.get("type")?.type : undefined).toEqual({
      kind: "string",
      except: ["indicator", "malware", "tool"]
    })
  })

  it("an open branch that does not name the property gets it as any other value", () => {
    const type = typeOfSchema(`
oneOf:
  - { properties: { t: { const: a }, x: {} }, required: [t] }
  - { properties: { t: { const: b }, y: {} }, required: [t] }
  - { properties: { z: {} }, additionalProperties: true }`)
    expect(showType(type)).toBe(
      '{ t: "a", x?: dyn } | { t: "b", y?: dyn } | { z?: dyn, t?: string other than "a", "b", … }'
    )
  })

  it("a union in a branch is taken apart", () => {
    const type = typeOfSchema(`
oneOf: [{ $ref: "#/$defs/AB" }, { properties: { t: { const: c } }, required: [t] }]
$defs:
  AB: { oneOf: [{ properties: { t: { const: a } }, required: [t] }, { properties: { t: { const: b } }, required: [t] }] }`)
    expect(membersOf(type).length).toBe(3)
    expect(type.kind === "union" ? type.discriminator : undefined).toBe("t")
  })

  it("null beside them does not matter", () => {
    const type = typeOfSchema(`
anyOf:
  - { type: "null" }
  - { properties: { t: { const: a } }, required: [t] }
  - { properties: { t: { const: b } }, required: [t] }`)
    expect(type.kind === "union" ? type.discriminator : undefined).toBe("t")
  })

  it.each([
    ["a constant in two branches", "{ t: { const: a } }", "{ t: { const: a }, u: {} }"],
    ["two branches without a constant", "{ t: { type: string } }", "{ t: { type: string }, u: {} }"]
  ])("%s tells nothing apart", (_, one, two) => {
    const type = typeOfSchema(
      `{ oneOf: [{ properties: ${one}, required: [t] }, { properties: ${two}, required: [t] }] }`
    )
    expect(type.kind === "union" ? type.discriminator : undefined).toBeUndefined()
  })
})

describe("problems of schemas", () => {
  it("all are reported, each at its place", () => {
    expect(
      problems(`
type: objct
properties:
  a: { type: strin }
  b: text
  c: { type: string, patern: "^a", format: date }
  d: { items: { $ref: "#/$defs/None" }, minimum: "1" }
if: { const: 1 }`)
    ).toEqual([
      "SP0205 2:7 objct",
      "SP0205 4:14 strin",
      "SP0201 5:6 text",
      "SP0202 6:22 patern",
      "SP0206 6:44 date",
      'SP0208 7:23 "#/$defs/None"',
      'SP0204 7:50 "1"',
      "SP0203 8:1 if"
    ])
  })

  it.each([
    ["{ type: string, requierd: [a] }", 'did you mean "required"?'],
    ["{ type: int }", 'did you mean "integer"?'],
    ["{ type: string, nullable: true }", 'write type: [string, "null"]'],
    ["{ type: string, format: datetime }", 'did you mean "date-time"?'],
    ["{ properties: { name: {} }, required: [nmae] }", 'did you mean "name"?'],
    [
      "{ properties: { name: { type: string, required: true } } }",
      "list the names in the required of the object around"
    ]
  ])("%s: %s", (schema, help) => {
    expect(readSchema(yaml(schema)).diagnostics.map((problem) => problem.help)).toEqual([help])
  })

  it.each([
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "contains",
    "unevaluatedProperties",
    "multipleOf",
    "$id"
  ])("%s is refused, not ignored", (keyword) => {
    expect(problems(`{ type: string, ${keyword}: {} }`)).toEqual([`SP0203 1:17 ${keyword}`])
  })

  it.each([
    "{ enum: [{ a: 1 }] }",
    "{ enum: [] }",
    "{ const: [1] }",
    "{ required: a }",
    "{ properties: [a] }",
    "{ oneOf: [] }",
    "{ minLength: -1 }",
    "{ minLength: 1.5 }",
    "{ exclusiveMinimum: true }",
    "{ uniqueItems: 1 }",
    "{ description: 1 }"
  ])("%s has a value of the wrong form", (schema) => {
    expect(problems(schema).map((problem) => problem.slice(0, 6))).toEqual(["SP0204"])
  })

  it("a fix writes what was meant", () => {
    const { diagnostics } = readSchema(yaml("type: [string, null]"))
    expect(diagnostics[0]?.fix?.edits.map(({ span, text }) => [span.start, span.end, text])).toEqual([
      [15, 19, '"null"']
    ])
  })

  it("names in required are fine where further properties are allowed", () => {
    expect(problems("{ properties: { a: {} }, required: [b], additionalProperties: true }")).toEqual([])
  })

  it("a branch of another type than the one beside is reported", () => {
    expect(problems("{ type: string, oneOf: [{ const: a }, { const: 1 }] }")).toEqual(["SP0210 1:39 {"])
  })
})

describe("the short form of properties", () => {
  it("a name that ends in ? is optional, the record is closed", () => {
    const { type, diagnostics } = readProperties(
      yaml("{ id: { type: string }, limit?: { type: integer, default: 5 } }")
    )
    expect(diagnostics).toEqual([])
    expect(showType(type)).toBe("{ id: string, limit?: int }")
  })

  it("with defaults applied, an optional one with a default is there", () => {
    const { type } = readProperties(yaml("{ id: { type: string }, limit?: { type: integer, default: 5 } }"), {
      defaults: "applied"
    })
    expect(showType(type)).toBe("{ id: string, limit: int }")
  })

  it("a name with and without the mark is declared twice", () => {
    expect(summary(readProperties(yaml("{ a: {}, a?: {} }")).diagnostics)).toEqual(["SP0214 1:10 a?"])
  })

  it("nothing is the empty record", () => {
    const { type, diagnostics } = readProperties(yaml(""))
    expect(diagnostics).toEqual([])
    expect(showType(type)).toBe("{}")
  })

  it("a list is no map of properties", () => {
    expect(summary(readProperties(yaml("[a]")).diagnostics)).toEqual(["SP0201 1:1 ["])
  })
})
