import { loadYaml, readSchema, SourceFile, toJson, type YamlNode } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import { createRequire } from "node:module"
import { manifestCodes } from "../src/diagnostics/ManifestCodes.ts"
import { dialectKeywords } from "../src/manifest/DialectSchema.ts"
import { manifestJsonSchema } from "../src/manifest/EditorSchema.ts"
import { manifestReference } from "../src/manifest/ManifestReference.ts"
import { fixtureText } from "./ManifestText.ts"

interface Judge {
  (value: unknown): boolean
}

/** ajv is a development dependency of `packages/language`; from there it has no types. */
const judge: Judge = (() => {
  const from = createRequire(new URL("../../language/package.json", import.meta.url))
  // What `require` gives is `any`; this is the part of ajv's interface that is used.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { Ajv2020 } = from("ajv/dist/2020.js") as {
    readonly Ajv2020: new (options: object) => { readonly compile: (schema: object) => Judge }
  }
  return new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    ownProperties: true
  }).compile(manifestJsonSchema())
})()

const rootOf = (text: string): YamlNode => {
  const { root } = loadYaml(new SourceFile("example.yaml", text))
  if (root === undefined) throw new Error("the text is no YAML")
  return root
}

const accepts = (text: string): boolean => judge(structuredClone(toJson(rootOf(text))))

/** The codes of mistakes that shapes alone tell. */
const structural: ReadonlySet<string> = new Set([
  "SP0301",
  "SP0302",
  "SP0303",
  "SP0304",
  "SP0305",
  "SP0306",
  "SP0307",
  "SP0308",
  "SP0309",
  "SP0311",
  "SP0314",
  "SP0315"
])

describe("the editor schema", () => {
  it("accepts the manifest that has everything", () => {
    expect(accepts(fixtureText)).toBe(true)
  })

  for (const [code, { example }] of Object.entries(manifestCodes)) {
    it(`accepts the right example of ${code}`, () => {
      expect(accepts(example.right)).toBe(true)
    })

    it(`${structural.has(code) ? "refuses" : "leaves to the loader"} the wrong example of ${code}`, () => {
      expect(accepts(example.wrong)).toBe(!structural.has(code))
    })
  }

  it("describes every key", () => {
    const missing: Array<string> = []
    const isMap = (value: unknown): value is { readonly [key: string]: unknown } =>
      typeof value === "object" && value !== null
    const visit = (value: unknown, path: string): void => {
      if (!isMap(value)) return
      const properties = path.endsWith("/properties") ? undefined : value["properties"]
      for (const [name, property] of Object.entries(isMap(properties) ? properties : {}))
        if (!isMap(property) || !Object.hasOwn(property, "description")) missing.push(`${path}.${name}`)
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`)
    }
    visit(manifestJsonSchema(), "#")
    expect(missing).toEqual([])
  })

  it("has only keywords of schemas that the loader takes", () => {
    const samples: { readonly [keyword: string]: string } = {
      $ref: "#",
      $defs: "{}",
      type: "string",
      enum: "[1]",
      const: "1",
      properties: "{}",
      required: "[]",
      patternProperties: "{}",
      prefixItems: "[true]",
      oneOf: "[true]",
      anyOf: "[true]",
      allOf: "[{ type: object, properties: {} }]",
      extends: "X",
      discriminator: "x",
      examples: "[]"
    }
    for (const keyword of Object.keys(dialectKeywords)) {
      const text = `{ ${keyword}: ${samples[keyword] ?? "1"} }`
      const codes = readSchema(rootOf(text)).diagnostics.map(({ code }) => code)
      expect([keyword, codes.filter((code) => code === "SP0202" || code === "SP0203")]).toEqual([keyword, []])
    }
  })
})

describe("the reference", () => {
  const reference = manifestReference()

  it("has a section for every kind of map and a row for every key", () => {
    for (const name of ["Action", "Trigger", "Http", "AuthScheme", "Pagination", "Retry", "JsonSchema"])
      expect(reference).toContain(`\n## ${name}\n`)
    expect(reference).toContain(
      "| `paginate`? | [Pagination](#pagination) | How to go on to the next page. |"
    )
    expect(reference).toContain("| `every` | [Duration](#duration) |")
  })

  it("has no link to a section that there is not", () => {
    const sections = new Set([...reference.matchAll(/^## (\w+)$/gm)].map(([, name]) => name?.toLowerCase()))
    const links = [...reference.matchAll(/\]\(#(\w+)\)/g)].map(([, name]) => name)
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter((name) => !sections.has(name))).toEqual([])
  })

  it("is the same text every time", () => {
    expect(manifestReference()).toBe(reference)
  })
})
