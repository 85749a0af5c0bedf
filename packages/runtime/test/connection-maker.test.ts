import { describe, expect, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import {
  connector,
  errorOf,
  example,
  made,
  type Parts,
  problemsOf,
  sekoia,
  threatwinds
} from "./ConnectionManifests.ts"

describe("a connection", () => {
  it("has the defaults of its connector, and the secrets that were given", () => {
    const connection = made(sekoia, { secrets: { api_key: "k-1" } })
    expect(connection.name).toBe("sekoia")
    expect(connection.connector).toBe("sekoia")
    expect(connection.config).toEqual({ base_url: "https://api.sekoia.io" })
    expect([...connection.secrets].map(([name, secret]) => [name, Redacted.value(secret)])).toEqual([
      ["api_key", "k-1"]
    ])
  })

  it("keeps the settings that were given", () => {
    const { config } = made(example, { config: { depth: 7 }, secrets: { api_key: "k" } })
    expect(config).toEqual({ base_url: "https://api.example.com", depth: 7 })
  })

  it("of a connector without settings, secrets and requests needs nothing", () => {
    expect(made(connector("  config: { a?: { type: string } }"), {}).config).toEqual({})
  })

  it("has all its problems reported, one a line, each with the name of the connection", () => {
    const error = errorOf(sekoia, {
      name: "prod",
      config: { base_ulr: "https://x.example" },
      secrets: { apikey: "k" }
    })
    expect(error.connection).toBe("prod")
    expect(error.connector).toBe("sekoia")
    expect(error.message.split("\n")).toEqual([
      'connection "prod": there is no setting "base_ulr": did you mean base_url?',
      'connection "prod": there is no secret "apikey": did you mean api_key?',
      'connection "prod": the secret api_key is missing'
    ])
  })

  for (const name of ["", "Prod", "a-b", "1a", "a".repeat(65), "../a", "a\n"])
    it(`cannot be called ${JSON.stringify(name.slice(0, 10))}`, () => {
      expect(problemsOf(sekoia, { name, secrets: { api_key: "k" } })).toEqual([
        expect.stringContaining("no name of a connection")
      ])
    })
})

describe("a setting of a connection", () => {
  it("that is required and missing is named", () => {
    const manifest = connector("  config: { region: { type: string } }")
    expect(problemsOf(manifest, {})).toEqual(["region: the setting region is missing"])
  })

  it("that does not fit is named, with the place inside it", () => {
    const manifest = connector(
      "  config: { feeds: { type: array, items: { type: integer, minimum: 1 } }, mode?: { enum: [a, b] } }"
    )
    expect(problemsOf(manifest, { config: { feeds: [1, "x", 0], mode: 3 } })).toEqual([
      "feeds: the setting feeds does not fit at [1]: expected int, found a text",
      expect.stringMatching(/^mode: the setting mode does not fit: /)
    ])
  })

  it("of a nested schema and of the types of the manifest is completed too", () => {
    const manifest = connector(
      '  config: { limits?: { $ref: "#/types/Limits", default: {} } }',
      "types:\n  Limits: { type: object, properties: { pages: { type: integer, default: 5 } } }"
    )
    expect(made(manifest, {}).config).toEqual({ limits: { pages: 5 } })
  })

  it("cannot be given as a secret, nor a secret as a setting", () => {
    expect(
      problemsOf(sekoia, {
        config: { api_key: "k" },
        secrets: { base_url: "https://x.example", api_key: "k" }
      })
    ).toEqual([
      'api_key: there is no setting "api_key": it is a secret',
      'base_url: there is no secret "base_url": it is a setting'
    ])
  })

  it("cannot reach into the prototype", () => {
    const config = Object.fromEntries<unknown>([
      ["__proto__", { a: 1 }],
      ["constructor", 1]
    ])
    expect(problemsOf(sekoia, { config, secrets: { api_key: "k" } })).toEqual([
      expect.stringContaining('there is no setting "__proto__"'),
      expect.stringContaining('there is no setting "constructor"')
    ])
  })
})

describe("the address of a connection", () => {
  const address = (url: unknown, options = {}): ReadonlyArray<string> =>
    problemsOf(sekoia, { config: { base_url: url }, secrets: { api_key: "k" } }, options)

  it("must be https, and the problem is that of the setting it is made of", () => {
    expect(address("http://api.example.com")).toEqual([
      "base_url: the setting base_url cannot be used: a base URL must be https: plain http would show the credentials to the network"
    ])
  })

  it("may be plain http on this machine, and elsewhere where that is allowed", () => {
    const given = (base_url: string) => ({ config: { base_url }, secrets: { api_key: "k" } })
    expect(made(sekoia, given("http://127.0.0.1:8080/api")).config["base_url"]).toBe(
      "http://127.0.0.1:8080/api"
    )
    expect(made(sekoia, given("http://api.example.com"), { allowHttp: true }).name).toBe("sekoia")
  })

  it("never shows a password that stands in it", () => {
    const [problem] = address("https://user:hunter2-pass@api.example.com")
    expect(problem).toContain("user name or a password")
    expect(problem).not.toContain("hunter2")
  })

  it("is missing where an optional setting that it is made of is not given", () => {
    const manifest = connector(
      "  config: { base_url?: { type: string } }",
      "http: { base: '${{ config.?base_url.value() }}' }"
    )
    expect(problemsOf(manifest, {})).toEqual(["base_url: the setting base_url is missing"])
    expect(made(manifest, { config: { base_url: "https://a.example" } }).config).toEqual({
      base_url: "https://a.example"
    })
  })
})

describe("a secret of a connection", () => {
  const cases: ReadonlyArray<readonly [string, string, string]> = [
    ["is empty", "", "is empty"],
    ["has a line break in it", "top\nsecret", "holds a line break"],
    ["ends with a line break", "topsecret\n", "holds a line break"],
    ["ends with a carriage return", "topsecret\r", "holds a line break"],
    ["begins with a space", " topsecret", "begins or ends with white space"],
    ["ends with a tab", "topsecret\t", "begins or ends with white space"],
    ["ends with a no-break space", "topsecret\u00a0", "begins or ends with white space"],
    ["has a NUL in it", "top\0secret", "holds a character that no header can"],
    ["has a zero-width space in it", "top\u200bsecret", "holds a character that no header can"],
    ["has a lone surrogate in it", "top\ud800secret", "holds a character that no header can"]
  ]
  for (const [what, secret, expected] of cases)
    it(`that ${what} is refused without being shown`, () => {
      const [problem, ...others] = problemsOf(sekoia, { secrets: { api_key: secret } })
      expect(problem).toContain(`api_key: the secret api_key ${expected}`)
      expect(problem).not.toContain("top")
      expect(others).toEqual([])
    })

  it("may have spaces inside and characters of Latin-1", () => {
    expect(made(sekoia, { secrets: { api_key: "a b\u00e9~!" } }).secrets.size).toBe(1)
  })
})

describe("of the ways to prove who one is", () => {
  const sign = (parts: Parts): ReadonlyArray<string> => problemsOf(threatwinds, parts)

  it("one is enough", () => {
    for (const secrets of [{ api_key: "a", api_secret: "b" }, { bearer: "c" }])
      expect(made(threatwinds, { secrets }).secrets.size).toBe(Object.keys(secrets).length)
  })

  it("a session that needs a setting only can be used when it is given", () => {
    expect(made(threatwinds, { config: { email: "robin@soc.example" } }).config["email"]).toBe(
      "robin@soc.example"
    )
  })

  it("all are listed where none can be used", () => {
    expect(sign({})).toEqual([
      "there is nothing to sign in with: give api_key and api_secret, or bearer, or email"
    ])
  })

  it("one that is given by half is named", () => {
    expect(sign({ secrets: { api_secret: "b" } })).toEqual([
      "there is nothing to sign in with: give api_key and api_secret, or bearer, or email; only api_secret is given"
    ])
  })

  it("a secret that is required is not asked for twice", () => {
    expect(problemsOf(sekoia, {})).toEqual(["api_key: the secret api_key is missing"])
  })

  it("none is needed by a connector whose requests name none", () => {
    const manifest = connector(
      "  secrets: { token?: {} }",
      'http: { base: "https://a.example" }\nauth: { t: { headers: { authorization: "${{ secrets.token }}" } } }\nactions: { a: { summary: A, auth: t, request: { GET: /a } } }'
    )
    expect(made(manifest, {}).secrets.size).toBe(0)
  })
})
