import { describe, expect, it } from "@effect/vitest"
import { at, importedAction, importedInput, manifestOf, shown } from "./ImportedText.ts"

describe("types", () => {
  it("a schema without a type has the type that its keywords are about", () => {
    const { losses, schema } = importedInput({ minLength: 2 })
    expect(schema).toEqual({ type: "string", minLength: 2 })
    expect(losses).toEqual(['assumption : there is no "type"; string is taken from the other keywords'])
  })

  it("the type list is taken as array, and each such word is listed", () => {
    const { losses, schema } = importedInput({ type: "list", items: { type: "str" } })
    expect(schema).toEqual({ type: "array", items: { type: "string" } })
    expect(losses).toEqual([
      'assumption /type: "list" is taken as the type array',
      'assumption /items/type: "str" is taken as the type string'
    ])
  })

  it("a type that does not exist is any type", () => {
    const { losses, schema } = importedInput({ type: "file", description: "A file" })
    expect(schema).toEqual({ description: "A file" })
    expect(losses).toEqual(['problem /type: "file" is no type of JSON Schema; taken as any type'])
  })

  it("null written as a word of JSON is the type null", () => {
    expect(importedInput({ type: ["string", null] }).schema).toEqual({ type: ["string", "null"] })
  })

  it("nullable of OpenAPI adds null to the type, the values and the branches", () => {
    expect(importedInput({ type: "string", nullable: true }).schema).toEqual({ type: ["string", "null"] })
    expect(importedInput({ enum: ["a"], "x-nullable": true }).schema).toEqual({ enum: ["a", null] })
    expect(importedInput({ anyOf: [{ type: "string" }], nullable: true }).schema).toEqual({
      anyOf: [{ type: "string" }, { type: "null" }]
    })
  })

  it("a keyword about another type is dropped and listed", () => {
    const { losses, schema } = importedInput({ type: "integer", minLength: 1 })
    expect(schema).toEqual({ type: "integer" })
    expect(losses).toEqual(['problem /minLength: "minLength" says nothing about the type integer; dropped'])
  })

  it("a property that is only the name of a type is that type, anything else is any value", () => {
    expect(importedInput("integer").schema).toEqual({ type: "integer" })
    const { losses, schema } = importedInput([1])
    expect(schema).toEqual({})
    expect(losses).toEqual(["problem : this is no schema; any value fits"])
  })
})

describe("values", () => {
  it("a default that does not fit its type is dropped, with the reason", () => {
    const { losses, schema } = importedInput({ type: "boolean", default: "false" })
    expect(schema).toEqual({ type: "boolean" })
    expect(losses).toEqual([
      'problem /default: "default" is dropped: the default does not fit its schema: expected bool, found the text "false"'
    ])
  })

  it("examples that do not fit are dropped; those that do are kept, example too", () => {
    expect(importedInput({ type: "integer", example: 3, examples: [4] }).schema).toEqual({
      type: "integer",
      examples: [4, 3]
    })
    const { losses, schema } = importedInput({ type: "integer", example: "three" })
    expect(schema).toEqual({ type: "integer" })
    expect(losses).toEqual(['problem : "examples" is dropped: expected int, found the text "three"'])
  })

  it("an enum of objects is dropped; the type stays", () => {
    const { losses, schema } = importedInput({ type: "object", enum: [{ a: 1 }] })
    expect(schema).toEqual({ type: "object", additionalProperties: true })
    expect(losses).toEqual([
      'loss /enum: "enum" has objects, lists or inexact numbers; any value of the type fits'
    ])
  })

  it("values of an enum that are not of the type are dropped; when none is, the type is wrong", () => {
    expect(importedInput({ type: "string", enum: ["a", 1] }).schema).toEqual({ type: "string", enum: ["a"] })
    const { losses, schema } = importedInput({ type: "string", enum: [1, 2] })
    expect(schema).toEqual({ enum: [1, 2] })
    expect(losses).toEqual(['problem /type: no value of "enum" is of the type string; the type is dropped'])
  })

  it("an integer that no double holds is dropped, not rounded", () => {
    const text = '{ "properties": { "it": { "type": "integer", "maximum": 18446744073709551615 } } }'
    const args: unknown = JSON.parse(text)
    const module = importedAction({ arguments: args, results: {} })
    expect(at(manifestOf(module), "actions", "run", "input", "it?")).toEqual({ type: "integer" })
    expect(shown(module.losses)).toContain(
      'problem /arguments/properties/it/maximum: "maximum" is larger than numbers are exact; dropped'
    )
  })
})

describe("texts and numbers", () => {
  it("draft 4: a boolean exclusiveMinimum makes the minimum an exclusive one", () => {
    const schema = { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }
    expect(importedInput(schema)).toEqual({
      schema: { type: "number", exclusiveMinimum: 0, maximum: 9 },
      losses: []
    })
  })

  it("bounds that no value meets are given up", () => {
    const { losses, schema } = importedInput({ type: "integer", minimum: 9, maximum: 1 })
    expect(schema).toEqual({ type: "integer", minimum: 9 })
    expect(losses).toEqual([
      'problem /maximum: "maximum" is dropped: no value fits: minimum is 9 and maximum is 1'
    ])
  })

  it("a pattern that RE2 does not have is dropped", () => {
    const { losses, schema } = importedInput({ type: "string", pattern: "^(?=a)b" })
    expect(schema).toEqual({ type: "string" })
    expect(losses).toHaveLength(1)
    expect(losses[0]).toMatch(/^loss \/pattern: "pattern" is dropped: /)
  })

  it("a format is kept as one that is enforced, under its right name, or dropped", () => {
    expect(importedInput({ type: "string", format: "datetime" }).schema).toEqual({
      type: "string",
      format: "date-time"
    })
    expect(importedInput({ type: "string", format: "uuid" }).losses).toEqual([
      "assumption /format: the format uuid is enforced here; upstream it is a remark that values may break"
    ])
    for (const [type, format] of [
      ["string", "color"],
      ["integer", "int32"]
    ]) {
      const { losses, schema } = importedInput({ type, format })
      expect(schema).toEqual({ type })
      expect(losses[0]).toMatch(/^loss \/format: /)
    }
  })

  it("multipleOf is dropped, but steps of one are the type integer", () => {
    expect(importedInput({ type: "number", multipleOf: 1 })).toEqual({
      schema: { type: "integer" },
      losses: []
    })
    expect(importedInput({ type: "integer", multipleOf: 5 }).losses).toEqual([
      'loss /multipleOf: "multipleOf" is dropped: all steps fit'
    ])
  })
})

describe("objects and lists", () => {
  it("required: true within a property is meant for the object around it", () => {
    const { losses, schema } = importedInput({
      type: "object",
      properties: { a: { type: "string", required: true } },
      additionalProperties: false
    })
    expect(schema).toEqual({
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: false
    })
    expect(losses).toEqual([
      'assumption /properties/a/required: "required: true" within a property is taken as meant for the object around it'
    ])
  })

  it("properties that stand beside the keywords are properties", () => {
    const { losses, schema } = importedInput({ type: "object", type_: { type: "string" } })
    expect(schema).toMatchObject({ properties: { type_: { type: "string" } } })
    expect(losses).toEqual(['assumption /type_: "type_" stands outside of "properties"; taken as a property'])
    expect(importedInput({ description: { type: "string" } }).schema).toMatchObject({
      properties: { description: { type: "string" } }
    })
  })

  it("what is required and not described may be anything", () => {
    expect(importedInput({ type: "object", required: ["a"], additionalProperties: false }).schema).toEqual({
      type: "object",
      properties: { a: {} },
      required: ["a"],
      additionalProperties: false
    })
  })

  it("an input is open where JSON Schema is; a result keeps what it does not know", () => {
    const object = { type: "object", properties: { a: { type: "string" } } }
    expect(importedInput(object).schema).toEqual({ ...object, additionalProperties: true })
    const module = importedAction({ results: object })
    expect(at(manifestOf(module), "actions", "run", "output")).toEqual({ ...object, "x-keep-unknown": true })
  })

  it("items in a list become prefixItems, open as they were", () => {
    expect(importedInput({ type: "array", items: [{ type: "string" }] }).schema).toEqual({
      type: "array",
      prefixItems: [{ type: "string" }],
      items: {}
    })
    const closed = { type: "array", items: [{ type: "string" }], additionalItems: false }
    expect(importedInput(closed).schema).toEqual({ type: "array", prefixItems: [{ type: "string" }] })
  })

  it("patternProperties are kept where nothing else may be there, and widened otherwise", () => {
    const patterns = { patternProperties: { "^a": { type: "string" } } }
    expect(importedInput({ type: "object", ...patterns, additionalProperties: false }).schema).toEqual({
      type: "object",
      ...patterns
    })
    const { losses, schema } = importedInput({ type: "object", ...patterns })
    expect(schema).toEqual({ type: "object", additionalProperties: true })
    expect(losses[0]).toMatch(/^loss \/patternProperties: /)
  })

  it("conditions that the dialect does not have are dropped and listed", () => {
    const { losses, schema } = importedInput({
      type: "array",
      not: { minItems: 3 },
      contains: {},
      if: {},
      else: false
    })
    expect(schema).toEqual({ type: "array" })
    expect(losses.map((loss) => loss.split(":")[0])).toEqual([
      "loss /not",
      "loss /contains",
      "loss /if",
      "loss /else"
    ])
  })

  it("schemas deeper than a manifest can hold are any value from there on", () => {
    let schema: unknown = { type: "string" }
    for (let level = 0; level < 40; level++) schema = { type: "object", properties: { a: schema } }
    const { losses } = importedInput(schema)
    expect(losses).toHaveLength(1)
    expect(losses[0]).toMatch(/: more than 20 schemas deep: from here on any value fits$/)
  })
})

describe("references and alternatives", () => {
  it("definitions become types, also those that contain themselves", () => {
    const module = importedAction({
      arguments: {},
      results: {
        $ref: "#/definitions/tree node",
        definitions: {
          "tree node": { type: "object", properties: { next: { $ref: "#/definitions/tree node" } } },
          other: { type: "string" }
        }
      }
    })
    expect(at(manifestOf(module), "types")).toEqual({
      TreeNode: { type: "object", properties: { next: { $ref: "#/types/TreeNode" } }, "x-keep-unknown": true }
    })
    expect(at(manifestOf(module), "actions", "run", "output")).toEqual({ $ref: "#/types/TreeNode" })
    expect(shown(module.losses)).toContain(
      "loss /results/definitions/other: nothing refers to this definition; dropped"
    )
  })

  it("a reference that leads nowhere, or around in a circle, is any value", () => {
    const { losses, schema } = importedInput({ $ref: "#/components/schemas/file" })
    expect(schema).toEqual({})
    expect(losses).toEqual([
      'loss /$ref: "#/components/schemas/file" leads nowhere in this schema; any value fits'
    ])
    const circle = importedInput(
      { $ref: "#/definitions/a" },
      { definitions: { a: { $ref: "#/definitions/b" }, b: { $ref: "#/definitions/a" } } }
    )
    expect(circle.schema).toEqual({ $ref: "#/types/A" })
  })

  it("what stands beside a $ref is dropped, but for notes", () => {
    const { losses, schema } = importedInput(
      { $ref: "#/definitions/a", description: "It", minLength: 3 },
      { definitions: { a: { type: "string" } } }
    )
    expect(schema).toEqual({ description: "It", $ref: "#/types/A" })
    expect(losses).toEqual(['loss /minLength: "minLength" beside a $ref is dropped'])
  })

  it("anyOf beside properties is dropped; beside a type its branches take the type", () => {
    const { losses, schema } = importedInput({
      type: "object",
      properties: { a: {} },
      anyOf: [{ required: ["a"] }]
    })
    expect(schema).toEqual({ type: "object", properties: { a: {} }, additionalProperties: true })
    expect(losses).toEqual([
      'loss /anyOf: "anyOf" is dropped because of "properties" beside it: all values of the rest fit'
    ])
    expect(importedInput({ type: "string", anyOf: [{ minLength: 1 }, { pattern: "a" }] }).schema).toEqual({
      type: "string",
      anyOf: [
        { type: "string", minLength: 1 },
        { type: "string", pattern: "a" }
      ]
    })
  })

  it("that only one branch of a oneOf may fit is listed as not checked", () => {
    const { losses } = importedInput({ oneOf: [{ type: "string" }, { type: "integer" }] })
    expect(losses).toEqual(["assumption /oneOf: that only one branch may fit is not checked here"])
  })

  it("allOf of objects is merged, allOf of anything else dropped", () => {
    const parts = [
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      { type: "object", properties: { b: { type: "string" } }, additionalProperties: false }
    ]
    expect(importedInput({ allOf: parts }).schema).toEqual({ allOf: parts })
    const { losses, schema } = importedInput({
      allOf: [{ type: "string" }, { type: "string", minLength: 1 }]
    })
    expect(schema).toEqual({})
    expect(losses[0]).toMatch(/^loss \/allOf: /)
  })
})
