import { SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { checked, fixtureText } from "./ManifestText.ts"

/** The limit is 200 ms; a machine that is busy with other things gets ten times that. */
const patience = 5_000

const head = "connector: example\nversion: 1.0.0\ntitle: Example\n"
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("")

/** Loads within the limit, and gives the codes of what is wrong. */
const codesOf = (text: string): ReadonlyArray<string> => {
  const start = performance.now()
  const { diagnostics } = loadManifest(new SourceFile("example.yaml", text))
  expect(performance.now() - start).toBeLessThan(patience)
  return [...new Set(diagnostics.map(({ code }) => code))]
}

describe("a hostile manifest is answered at once", () => {
  const cases: ReadonlyArray<readonly [string, string, ReadonlyArray<string>]> = [
    ["no text at all", "", ["SP0303"]],
    ["a list", "[]", ["SP0303"]],
    ["10,000 brackets", `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, ["SP0115"]],
    [
      "schemas 60 deep",
      `${head}types: { A: ${'{"items":'.repeat(60)}true${"}".repeat(60)} }`,
      ["SP0332", "SP0219"]
    ],
    ["a text of 1 MB", `${head}description: "${"x".repeat(1_000_000)}"`, []],
    [
      "an expression of 1 MB",
      `${head}http: { base: "\${{ ${"config.a + ".repeat(100_000)} 1 }}" }`,
      ["SP1108"]
    ],
    ["30,000 unknown keys", head + many(30_000, (index) => `k${index}: 1\n`), ["SP0114"]],
    [
      "5,000 empty actions",
      `${head}actions:\n${many(5_000, (index) => `  a${index}: { x: 1 }\n`)}`,
      ["SP0302", "SP0301"]
    ],
    [
      "5,000 bad headers",
      `${head}http: { base: "https://a.example", headers: {${many(5_000, (index) => `h${index}: "\${{ config.x }}",`)}} }`,
      ["SP1203"]
    ],
    [
      "a path of 200,000 inputs",
      `${head}http: { base: "https://a.example" }\nactions: { a: { summary: s, request: { GET: "/${"{a}".repeat(200_000)}" } } }`,
      ["SP0316"]
    ],
    [
      "aliases that multiply",
      `${head}a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      ["SP0301"]
    ],
    [
      "types that use each other twice, 30 deep",
      `${head}types:\n${many(30, (index) => `  A${index}: { type: object, properties: { a: { $ref: "#/types/A${index + 1}" }, b: { $ref: "#/types/A${index + 1}" } } }\n`)}  A30: { type: string, x-secret: true }\nactions: { a: { summary: s, effect: read, output: { $ref: "#/types/A0" }, implementation: code } }`,
      []
    ]
  ]
  for (const [what, text, expected] of cases) {
    it(what, () => {
      expect(codesOf(text)).toEqual(expected)
    })
  }

  it("at most 200 problems are kept", () => {
    const text = `${head}actions:\n${many(5_000, (index) => `  a${index}: { x: 1 }\n`)}`
    expect(loadManifest(new SourceFile("example.yaml", text)).diagnostics).toHaveLength(200)
  })
})

describe("a manifest that is broken anywhere", () => {
  const at = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: fixtureText.length })))
  const piece = Arbitrary.schema(
    Schema.Literals([
      "",
      " ",
      "\n",
      ":",
      "?",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "${{",
      "}}",
      "- ",
      "&a ",
      "*a",
      "null",
      "x",
      "\u0000",
      "\uD800"
    ])
  )

  it.effect("is answered, never with a throw, and not taken with an error", () =>
    Effect.gen(function* () {
      const cut = Arbitrary.all({ at, length: Arbitrary.schema(Schema.Literals([0, 1, 5, 40])), piece })
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.array(cut, { minLength: 1, maxLength: 3 }),
        (cuts) => {
          let text = fixtureText
          for (const { at, length, piece } of cuts) text = text.slice(0, at) + piece + text.slice(at + length)
          const { diagnostics, manifest } = loadManifest(new SourceFile("acme_desk.yaml", text))
          const hasError = diagnostics.some(({ severity }) => severity === "error")
          const isLocated = diagnostics.every(({ span }) => span.start <= span.end && span.end <= text.length)
          return isLocated && (manifest === undefined) === hasError
        },
        { runs: 200, seed: 3 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})

describe("names of JavaScript's own", () => {
  it("are ordinary keys where any name may stand", () => {
    const text = `${head}http: { base: "https://a.example", headers: { __proto__: x, constructor: y } }\nactions: { constructor: { summary: s, effect: read, input: { constructor: { type: string }, toString: { type: string } }, implementation: code } }`
    const { actions, http, manifest } = checked(text)
    expect([...(http?.headers.keys() ?? [])]).toEqual(["__proto__", "constructor"])
    expect(Object.keys(manifest.http?.headers ?? {})).toEqual(["__proto__", "constructor"])
    expect([...(actions.get("constructor")?.input.properties.keys() ?? [])]).toEqual([
      "constructor",
      "toString"
    ])
  })

  it("are refused where they are no names of ours", () => {
    expect(codesOf(`${head}__proto__: 1\nhasOwnProperty: 1`)).toEqual(["SP0301"])
    expect(
      codesOf(`${head}actions: { __proto__: { summary: s, effect: read, implementation: code } }`)
    ).toEqual(["SP0305"])
  })
})
