import { Type, union } from "@sallyport/language"
import { describe, expect, it, layer } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { resolveConnection } from "../src/connection/ConnectionResolver.ts"
import { undeclaredConnection } from "../src/connection/DeclaredConnection.ts"
import {
  type Environment,
  sharedVariables,
  variableAt,
  variableName
} from "../src/connection/VariableName.ts"
import { valueOfText } from "../src/connection/VariableValue.ts"
import type { CheckedManifest } from "../src/manifest/CheckedManifest.ts"
import { connector, loaded, sekoia, threatwinds } from "./ConnectionManifests.ts"

describe("the variable of a property", () => {
  it("is the names of connection and property in capital letters", () => {
    expect(variableName({ connection: "sekoia", property: "api_key" })).toBe("SEKOIA_API_KEY")
    expect(variableName({ connection: "sekoia_prod2", property: "base_url" })).toBe("SEKOIA_PROD2_BASE_URL")
  })

  const names = Arbitrary.map(
    Arbitrary.array(Arbitrary.schema(Schema.Literals(["a", "b", "_", "1"])), { minLength: 0, maxLength: 5 }),
    (letters) => `a${letters.join("")}`
  )

  it.effect(
    "can be one that every shell sets, and is shared only where the names together are the same",
    () =>
      Effect.gen(function* () {
        const reader = Arbitrary.all({ connection: names, property: names })
        const result = yield* Arbitrary.checkEffect(
          Arbitrary.all({ one: reader, other: reader }),
          ({ one, other }) => {
            const readers = [one, other].map((names) => ({ ...names, kind: "secret" as const }))
            const isSame = `${one.connection}_${one.property}` === `${other.connection}_${other.property}`
            return (
              /^[A-Z][A-Z0-9_]*$/.test(variableName(one)) &&
              sharedVariables(readers).size === (isSame ? 1 : 0)
            )
          },
          { runs: 1_000, seed: 3 }
        )
        expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
      })
  )

  it("that is empty, or only of the prototype, is not set", () => {
    expect(variableAt({ A: "" }, "A")).toBeUndefined()
    expect(variableAt({}, "toString")).toBeUndefined()
    expect(variableAt({ A: "0" }, "A")).toBe("0")
  })
})

describe("the text of a variable", () => {
  const list = Type.list(Type.string)
  const cases: ReadonlyArray<readonly [string, Type.Type, unknown]> = [
    ["3", Type.string, "3"],
    ["true", union([Type.string, Type.bool]), "true"],
    ["3", Type.int, 3],
    ["-3", Type.int, -3],
    ["3.5", Type.int, "must be a whole number"],
    ["3.5", Type.double, 3.5],
    ["1e3", Type.double, 1000],
    ["1e999", Type.double, "must be a number"],
    ["0x10", Type.int, "must be a whole number"],
    ["007", Type.int, "must be a whole number"],
    ["three", Type.int, "must be a whole number"],
    ["9007199254740993", Type.int, "must be a whole number"],
    ["true", Type.bool, true],
    ["yes", Type.bool, "must be true or false"],
    ["1", Type.bool, "must be true or false"],
    ['["a"]', list, ["a"]],
    ["a,b", list, "must be a list in JSON"],
    ['{"a":1}', Type.map(Type.int), { a: 1 }],
    ["[1]", Type.map(Type.int), "must be an object in JSON"],
    ["null", union([Type.int, Type.nullType]), null],
    ["x", union([Type.int, Type.nullType]), "must be"],
    ["x y", Type.dyn, "x y"],
    ["[1]", Type.dyn, [1]],
    [`${"[".repeat(5_000)}${"]".repeat(5_000)}`, list, "must be a list in JSON"]
  ]
  for (const [text, type, expected] of cases)
    it(`${JSON.stringify(text.slice(0, 20))} as ${type.kind} ${JSON.stringify(expected)}`, () => {
      const value = valueOfText(text, type)
      if (typeof expected === "string" && expected.startsWith("must be"))
        expect(Result.isFailure(value) ? `must be ${value.failure}` : "taken").toContain(expected)
      else expect(value).toEqual(Result.succeed(expected))
    })
})

/** A connection of a file, or of nothing but the environment; what is wrong with it are the lines of the message. */
const resolved = (manifest: CheckedManifest, environment: Environment, file?: string, name?: string) => {
  const { connector } = manifest.manifest
  const declared = file === undefined ? undefined : loaded(file).connections.get(name ?? connector)
  if (file !== undefined && declared === undefined) throw new Error("the file does not declare it")
  return resolveConnection(declared ?? undeclaredConnection(name ?? connector, connector), manifest, {
    environment
  }).pipe(
    Effect.map(({ config, secrets }) => ({
      config,
      secrets: Object.fromEntries([...secrets].map(([name, secret]) => [name, Redacted.value(secret)]))
    })),
    Effect.catchTag("ConnectionError", ({ message }) => Effect.succeed(message.split("\n")))
  )
}

layer(NodeServices.layer)("a connection from the environment", (it) => {
  it.effect("has its settings and secrets from variables, and the defaults of its connector", () =>
    Effect.gen(function* () {
      expect(yield* resolved(sekoia, { SEKOIA_API_KEY: "k", OTHER: "x" })).toEqual({
        config: { base_url: "https://api.sekoia.io" },
        secrets: { api_key: "k" }
      })
      expect(
        yield* resolved(threatwinds, {
          THREATWINDS_API_KEY: "a",
          THREATWINDS_API_SECRET: "b",
          THREATWINDS_BEARER: "",
          THREATWINDS_BASE_URL: "http://localhost:9",
          THREATWINDS_RELATIONS_PARAMETER: "levels"
        })
      ).toEqual({
        config: { base_url: "http://localhost:9", relations_parameter: "levels" },
        secrets: { api_key: "a", api_secret: "b" }
      })
    })
  )

  it.effect("that lacks something names the variable to set", () =>
    Effect.gen(function* () {
      expect(yield* resolved(sekoia, {})).toEqual([
        'connection "sekoia": the secret api_key is missing: set SEKOIA_API_KEY'
      ])
      expect(yield* resolved(sekoia, { SEKOIA_API_KEY: "" })).toEqual([
        'connection "sekoia": the secret api_key is missing: set SEKOIA_API_KEY'
      ])
      expect(yield* resolved(threatwinds, { THREATWINDS_API_KEY: "a" })).toEqual([
        'connection "threatwinds": there is nothing to sign in with: give api_key (THREATWINDS_API_KEY) and api_secret (THREATWINDS_API_SECRET), or bearer (THREATWINDS_BEARER), or email (THREATWINDS_EMAIL); only api_key is given'
      ])
    })
  )

  it.effect(
    "reads numbers, words and JSON by the schemas of its settings, and never shows what does not fit",
    () =>
      Effect.gen(function* () {
        const manifest = connector(
          "  config: { port: { type: integer }, strict: { type: boolean }, feeds: { type: array, items: { type: string } }, note?: { type: string } }"
        )
        expect(
          yield* resolved(manifest, {
            EXAMPLE_PORT: "443",
            EXAMPLE_STRICT: "false",
            EXAMPLE_FEEDS: '["a"]',
            EXAMPLE_NOTE: "12"
          })
        ).toEqual({ config: { port: 443, strict: false, feeds: ["a"], note: "12" }, secrets: {} })
        expect(
          yield* resolved(manifest, { EXAMPLE_PORT: "topsecret", EXAMPLE_STRICT: "no", EXAMPLE_FEEDS: "[1]" })
        ).toEqual([
          'connection "example": the setting port does not fit: EXAMPLE_PORT must be a whole number',
          'connection "example": the setting strict does not fit: EXAMPLE_STRICT must be true or false',
          'connection "example": the setting feeds does not fit at [0]: expected string, found a whole number (from EXAMPLE_FEEDS)'
        ])
      })
  )

  it.effect("says of which variable an address is that cannot be used", () =>
    Effect.gen(function* () {
      const [problem] = yield* Effect.map(
        resolved(sekoia, { SEKOIA_API_KEY: "k", SEKOIA_BASE_URL: "http://a.example" }),
        (found) => (Array.isArray(found) ? found : [])
      )
      expect(problem).toContain("the setting base_url cannot be used: a base URL must be https")
      expect(problem).toContain("(from SEKOIA_BASE_URL)")
    })
  )
})

layer(NodeServices.layer)("a connection of a file", (it) => {
  const file = `connections:
  sekoia_prod:
    connector: sekoia
    secrets: { api_key: { env: PROD_KEY } }
`
  it.effect("reads the variables that are named, and for what is left out those of its own name", () =>
    Effect.gen(function* () {
      expect(
        yield* resolved(
          sekoia,
          {
            PROD_KEY: "k",
            SEKOIA_PROD_API_KEY: "not this",
            SEKOIA_API_KEY: "nor this",
            SEKOIA_PROD_BASE_URL: "https://app.fra2.sekoia.io/api"
          },
          file,
          "sekoia_prod"
        )
      ).toEqual({ config: { base_url: "https://app.fra2.sekoia.io/api" }, secrets: { api_key: "k" } })
    })
  )

  it.effect("is not changed by a variable where the file says something", () =>
    Effect.gen(function* () {
      const text = `connections:\n  sekoia: { config: { base_url: "https://a.example" }, secrets: { api_key: { env: K } } }\n`
      expect(
        yield* resolved(sekoia, { K: "k", SEKOIA_BASE_URL: "https://b.example", SEKOIA_API_KEY: "b" }, text)
      ).toEqual({ config: { base_url: "https://a.example" }, secrets: { api_key: "k" } })
    })
  )

  it.effect("says which variable to set and which line to edit", () =>
    Effect.gen(function* () {
      expect(yield* resolved(sekoia, {}, file, "sekoia_prod")).toEqual([
        'connection "sekoia_prod": the secret api_key cannot be read: the variable PROD_KEY is not set (connections.yaml:4:16)'
      ])
      expect(yield* resolved(sekoia, {}, "connections:\n  sekoia: {}\n")).toEqual([
        'connection "sekoia": the secret api_key is missing: set SEKOIA_API_KEY, or write it down at connections.yaml:2:3'
      ])
      expect(yield* resolved(sekoia, { PROD_KEY: "a\nb" }, file, "sekoia_prod")).toEqual([
        'connection "sekoia_prod": the secret api_key holds a line break, which no header can: give it on one line (from variable PROD_KEY, connections.yaml:4:16)'
      ])
      expect(
        yield* resolved(
          sekoia,
          { SEKOIA_API_KEY: "k" },
          'connections:\n  sekoia:\n    config: { base_url: "http://a.example" }\n'
        )
      ).toEqual([expect.stringMatching(/must be https: .* \(connections\.yaml:3:15\)$/)])
    })
  )
})
