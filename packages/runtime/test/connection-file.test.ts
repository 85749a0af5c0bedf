import { renderTerminal, SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { connectionsJsonSchema } from "../src/connection/ConnectionsFile.ts"
import { loadConnections } from "../src/connection/ConnectionsLoader.ts"
import { connectionCodes } from "../src/diagnostics/ConnectionCodes.ts"
import { example, loaded, manifests, mistakesOf } from "./ConnectionManifests.ts"

const right = `connections:
  sekoia_prod:
    connector: sekoia
    config: { base_url: https://api.sekoia.io }
    secrets: { api_key: { env: SEKOIA_API_KEY } }
  threatwinds:
    secrets:
      api_key: { file: keys/threatwinds }
      api_secret: { command: [pass, show, threatwinds] }
`

describe("the codes of connections", () => {
  for (const [code, entry] of Object.entries(connectionCodes))
    it(`${code}: the wrong example has exactly this problem, the right one none`, () => {
      const { right, wrong } = entry.example
      const codesOf = (text: string) =>
        loadConnections(
          new SourceFile("connections.yaml", text),
          new Map([["example", example]])
        ).diagnostics.map(({ code, severity }) => `${code} ${severity}`)
      expect(codesOf(right)).toEqual([])
      expect(codesOf(wrong)).toEqual([`${code} ${entry.severity}`])
    })
})

describe("a file of connections", () => {
  it("declares connections with their settings and the sources of their secrets", () => {
    const { connections, diagnostics } = loaded(right)
    expect(diagnostics).toEqual([])
    const [prod, threatwinds] = [...connections.values()]
    expect(prod?.connector).toBe("sekoia")
    expect(prod?.config.get("base_url")?.value).toBe("https://api.sekoia.io")
    expect(prod?.secrets.get("api_key")?.source).toEqual({ env: "SEKOIA_API_KEY" })
    expect(threatwinds?.connector).toBe("threatwinds")
    expect(threatwinds?.secrets.get("api_key")?.source).toEqual({ file: "keys/threatwinds" })
    expect(threatwinds?.secrets.get("api_secret")?.source).toEqual({
      command: ["pass", "show", "threatwinds"]
    })
  })

  it("as docs/connections.md shows it has no mistakes", () => {
    const page = readFileSync(new URL("../../../docs/connections.md", import.meta.url), "utf8")
    const files = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text)
    expect(files.length).toBe(2)
    for (const text of files) expect(mistakesOf(text)).toEqual([])
    expect([...loaded(files[0] ?? "").connections.keys()]).toEqual(["sekoia_prod", "threatwinds"])
  })

  it("has every mistake reported at its place", () => {
    expect(
      mistakesOf(`connections:
  Sekoia: { connector: sekoia }
  a: { connector: sekoja, confg: {} }
  b:
    connector: sekoia
    config: { base_url: 3, api_key: x }
    secrets:
      api_kei: { env: A }
      api_key: topsecret
  c: { connector: threatwinds, config: [], secrets: { bearer: { env: A-B }, api_key: {}, base_url: { env: A } } }
extra: 1
`)
    ).toEqual([
      'SP0404 2:3 "Sekoia" is not a name of small letters, digits and _, at most 64, such as sekoia_prod',
      'SP0405 3:19 there is no connector "sekoja"',
      'SP0401 3:27 unknown key "confg" in "a"',
      "SP0407 6:25 the setting base_url does not fit: expected string, found 3",
      'SP0406 6:28 the connector "sekoia" has no setting "api_key"',
      'SP0406 8:7 the connector "sekoia" has no secret "api_kei"',
      "SP0408 9:16 the secret api_key is written down here instead of where it comes from",
      "SP0403 10:40 expected a map, found a list",
      "SP0410 10:65 env of the secret bearer is not the name of a variable: letters, digits and _",
      "SP0409 10:77 nothing says where the secret api_key comes from",
      'SP0406 10:90 the connector "threatwinds" has no secret "base_url"',
      'SP0401 11:1 unknown key "extra"'
    ])
  })

  it("says what was probably meant", () => {
    const helps = (text: string) => loaded(text).diagnostics.map(({ help }) => help)
    expect(helps("connections: { sekoja: {} }")).toEqual(['did you mean "sekoia"?'])
    expect(helps("connections: { prod: {} }")).toEqual([
      "write the connector of this connection: connector: NAME; the connectors are example, sekoia, threatwinds"
    ])
    expect(helps("connections: { sekoia: { secrets: { api_key: { flie: a } } } }")).toEqual([
      'did you mean "file"?'
    ])
    expect(helps("connections: { sekoia: { config: { api_key: a } } }")).toEqual([
      "it is a secret: say under secrets where it comes from"
    ])
  })

  it("that is given twice the same connection reports the second one", () => {
    expect(mistakesOf("connections:\n  sekoia: {}\n  sekoia: {}\n")).toEqual([
      expect.stringMatching(/^SP01\d\d 3:3 /)
    ])
  })

  it("with a mistake in one connection still gives the others", () => {
    const { connections, fileErrors, refused } = loaded(
      "connections:\n  sekoia: {}\n  threatwinds: { config: { emial: a@b.example } }\n"
    )
    expect([...connections.keys()]).toEqual(["sekoia"])
    expect([...refused].map(([name, problems]) => [name, problems.length])).toEqual([["threatwinds", 1]])
    expect(fileErrors).toEqual([])
  })

  it("with a mistake that an alias repeats refuses every connection that has it", () => {
    const { connections, fileErrors, refused } = loaded(`connections:
  a: { connector: sekoia, config: &wrong { base_ulr: x } }
  b: { connector: sekoia, config: *wrong }
  c: &c { connector: sekoia, secrets: { api_key: topsecret } }
  d: *c
  e: { connector: sekoia }
`)
    expect([...refused.keys()]).toEqual(["a", "b", "c", "d"])
    expect([...connections.keys()]).toEqual(["e"])
    expect(fileErrors).toEqual([])
  })

  it("that is wrong as a whole gives none", () => {
    for (const text of ["connections: { sekoia: {} }\nmore: 1", "connections: { sekoia: {} ", "[]", ""]) {
      const { connections, fileErrors } = loaded(text)
      expect(connections.size).toBe(0)
      expect(fileErrors.length).toBeGreaterThan(0)
    }
  })

  it("may leave out for two connections what would be one variable if it is written down for one", () => {
    expect(
      mistakesOf(
        "connections:\n  example: { secrets: { api_key: { env: A } } }\n  example_api: { connector: example }"
      )
    ).toEqual([])
  })

  it("has a schema for editors with the three sources", () => {
    const schema = JSON.stringify(connectionsJsonSchema())
    for (const word of ["env", "file", "command", "connector", "config", "secrets"])
      expect(schema).toContain(`"${word}"`)
  })
})

const secret = "sk-live-4242"

describe("a secret that is written down in the file", () => {
  const places: ReadonlyArray<readonly [string, string]> = [
    ["as the secret", `connections: { sekoia: { secrets: { api_key: ${secret} } } }`],
    ["in quotes", `connections: { sekoia: { secrets: { api_key: "${secret}" } } }`],
    [
      "as a block",
      `connections:\n  sekoia:\n    secrets:\n      api_key: |\n        ${secret}\n        ${secret}\n`
    ],
    ["in a list", `connections: { sekoia: { secrets: { api_key: [${secret}] } } }`],
    ["under value", `connections: { sekoia: { secrets: { api_key: { value: ${secret} } } } }`],
    ["as a key", `connections: { sekoia: { secrets: { api_key: { ${secret} } } } }`],
    ["as the variable", `connections: { sekoia: { secrets: { api_key: { env: ${secret} } } } }`],
    ["as the command", `connections: { sekoia: { secrets: { api_key: { command: echo ${secret} } } } }`],
    ["as a setting", `connections: { sekoia: { config: { api_key: ${secret} } } }`],
    ["as an unknown setting", `connections: { sekoia: { config: { apikey: ${secret} } } }`],
    ["beside config", `connections: { sekoia: { api_key: ${secret} } }`],
    ["as all secrets", `connections: { sekoia: { secrets: ${secret} } }`],
    ["as the connection", `connections: { sekoia: ${secret} }`],
    ["as all connections", `connections: ${secret}`],
    ["as the file", secret],
    ["at the root", `api_key: ${secret}\nconnections: {}`],
    ["for an unknown connector", `connections: { sekoja: { config: { api_key: ${secret} } } }`],
    [
      "on a line with another mistake",
      `connections: { sekoia: { secrets: { api_key: ${secret} }, confg: {} } }`
    ],
    ["in a comment beside a mistake", `connections:\n  sekoia: { api: ${secret} } # ${secret}`],
    [
      "through an alias",
      `connections: { sekoia: { config: { k: &a ${secret} }, secrets: { api_key: *a } } }`
    ],
    [
      "in a file that is no YAML",
      `connections:\n  sekoia:\n    secrets:\n      api_key: ${secret}\n   x: ]\n  - ${secret}`
    ],
    ["in a flow map that is not closed", `connections: { sekoia: { secrets: { api_key: ${secret} `]
  ]
  for (const [where, text] of places)
    it(`${where} is refused and shown nowhere`, () => {
      const { connections, diagnostics, fileErrors, refused } = loaded(text)
      expect(diagnostics.filter(({ severity }) => severity === "error").length).toBeGreaterThan(0)
      expect(connections.size).toBe(0)
      const lines = diagnostics.map(({ help, message, notes, span }) =>
        [message, help, ...notes.map(({ message }) => message), span.file.text].join("\n")
      )
      const everything = [
        renderTerminal(diagnostics, { color: false }),
        ...lines,
        JSON.stringify([diagnostics, fileErrors, [...refused]])
      ].join("\n")
      expect(everything).not.toContain(secret)
      expect(everything).not.toContain("4242")
    })

  it("leaves the places of all problems as they are", () => {
    const text = `connections:\n  sekoia: { secrets: { api_key: ${secret} } }\n  b: { connector: nothing_such }\n`
    expect(mistakesOf(text)).toEqual([
      "SP0408 2:33 the secret api_key is written down here instead of where it comes from",
      'SP0405 3:19 there is no connector "nothing_such"'
    ])
    const [first] = loaded(text).diagnostics
    expect(first?.span.file.text).toContain("sekoia: { secrets: { api_key: ************ } }")
  })
})

describe("a hostile file of connections", () => {
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join("")
  const cases: ReadonlyArray<readonly [string, string]> = [
    ["10,000 brackets", `connections: ${"[".repeat(10_000)}`],
    [
      "names of the prototype",
      "connections: { __proto__: {}, constructor: {}, toString: { config: { __proto__: {} } } }"
    ],
    ["10,000 connections", `connections:\n${many(10_000, (index) => `  c${index}: {}\n`)}`],
    [
      "10,000 unknown settings",
      `connections:\n  sekoia:\n    config:\n${many(10_000, (index) => `      k${index}: 1\n`)}`
    ],
    ["a text of 1 MB", `connections: { sekoia: { config: { base_url: "${"x".repeat(1_000_000)}" } } }`],
    [
      "aliases that multiply",
      `a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nconnections: { sekoia: { config: { base_url: [*c,*c,*c] } } }`
    ],
    ["an alias to itself", "connections: &a { sekoia: *a }"],
    ["a tag", "connections: !!js/function { sekoia: {} }"],
    ["a NUL", 'connections: { sekoia: { secrets: { api_key: { file: "a\\0b" } } } }']
  ]
  for (const [what, text] of cases)
    it(`is answered with errors: ${what}`, () => {
      const { connections, diagnostics } = loaded(text)
      expect(connections.size).toBe(0)
      expect(diagnostics.length).toBeGreaterThan(0)
      expect(diagnostics.length).toBeLessThanOrEqual(300)
    })

  it.effect("broken anywhere is answered, never with a throw, and every problem has a place", () =>
    Effect.gen(function* () {
      const at = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: right.length })))
      const piece = Arbitrary.schema(
        Schema.Literals([
          "",
          " ",
          "\n",
          ":",
          "{",
          "}",
          "[",
          "]",
          '"',
          "- ",
          "&a ",
          "*a",
          "null",
          "?",
          "\0",
          "\ud800"
        ])
      )
      const cut = Arbitrary.all({ at, length: Arbitrary.schema(Schema.Literals([0, 1, 5, 40])), piece })
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.array(cut, { minLength: 1, maxLength: 3 }),
        (cuts) => {
          let text = right
          for (const { at, length, piece } of cuts) text = text.slice(0, at) + piece + text.slice(at + length)
          const file = new SourceFile("connections.yaml", text)
          const { connections, diagnostics } = loadConnections(file, manifests)
          const errors = diagnostics.filter(({ severity }) => severity === "error")
          const isLocated = diagnostics.every(
            ({ span }) =>
              span.start <= span.end && span.end <= text.length && span.file.text.length === text.length
          )
          return isLocated && (errors.length > 0 || connections.size > 0 || !text.includes("sekoia_prod:"))
        },
        { runs: 300, seed: 3 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})
