import { describe, expect, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { convertModule, countLosses } from "../src/index.ts"
import { at, head, imported, importedAction, keysOf, manifestOf, shown } from "./ImportedText.ts"

describe("names", () => {
  it("the slug is the connector's name; one that is refused is renamed, with both names", () => {
    const module = imported({ "manifest.json": { ...head, slug: "Acme.desk-2" } })
    expect(module.name).toBe("acme_desk_2")
    expect(shown(module.losses)).toContain(
      'loss /slug: "Acme.desk-2" is called "acme_desk_2": names have small letters, digits and _'
    )
  })

  it("inputs that would have the same name are numbered; those that are good keep theirs", () => {
    const module = importedAction({
      arguments: { properties: { "match[a]": {}, match_a: {}, "match.a": {}, $top: {} } },
      results: {}
    })
    expect(keysOf(at(manifestOf(module), "actions", "run", "input"))).toEqual([
      "match_a_2?",
      "match_a?",
      "match_a_3?",
      "top?"
    ])
    expect(shown(module.losses)).toContain(
      'loss /arguments/properties/match.a: the input "match.a" is called "match_a_3": names have letters, digits and _'
    )
  })

  it("__proto__ and constructor are inputs like others, renamed where the vocabulary refuses them", () => {
    const args: unknown = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}'
    )
    const module = importedAction({ arguments: args, results: {} })
    expect(at(manifestOf(module), "actions", "run", "input")).toEqual({
      "proto?": { type: "string" },
      "constructor?": { type: "string" }
    })
  })

  it("an action is called by its slug, else its command, else its file", () => {
    const module = imported({
      "manifest.json": head,
      "action_a.json": { name: "A", slug: "first", docker_parameters: "x" },
      "action_b.json": { name: "B", docker_parameters: "second" },
      "action_third.json": { name: "C", docker_parameters: "get-third/{id}" },
      "action_d.json": { name: "D", slug: "first" }
    })
    expect(keysOf(at(manifestOf(module), "actions"))).toEqual(["first", "second", "first_2", "third"])
    expect(module.actions).toBe(4)
  })

  it("a connector that is a trigger too is imported beside it, and that is said", () => {
    const same = { name: "Events", docker_parameters: "events", uuid: "u1", arguments: {} }
    const module = imported({
      "manifest.json": head,
      "connector_events.json": same,
      "trigger_events.json": { ...same, results: {} }
    })
    expect(keysOf(at(manifestOf(module), "triggers"))).toEqual(["events", "events_connector"])
    expect(shown(module.losses)).toContain(
      "assumption /uuid: it has the uuid of trigger_events.json: both are imported, and one of them is probably enough"
    )
  })
})

describe("the connection", () => {
  it("secrets are what secrets names or what is marked; the rest are settings", () => {
    const module = imported({
      "manifest.json": {
        ...head,
        configuration: {
          properties: {
            baseUrl: { type: "string" },
            api_key: { type: "string", description: "The key" },
            token: { type: "string", secret: true, default: "hunter2" },
            "pass-word": { type: "string", format: "password" }
          },
          required: ["baseUrl", "api_key"],
          secrets: ["api_key", "extra"]
        }
      }
    })
    expect(at(manifestOf(module), "connection")).toEqual({
      config: { base_url: { type: "string" } },
      secrets: { api_key: { description: "The key" }, "token?": {}, "pass_word?": {}, "extra?": {} }
    })
    expect(JSON.stringify(module)).not.toContain("hunter2")
    expect(shown(module.losses)).toEqual(
      expect.arrayContaining([
        'loss /configuration/properties/token/default: "default" of a secret is dropped: secrets are texts of any form',
        'assumption /configuration/secrets/1: the secret "extra" is no property of the configuration; taken as the optional secret "extra"'
      ])
    )
  })

  it("a secret inside of a setting is marked there", () => {
    const firewall = {
      type: "object",
      properties: { api_key: { type: "string" } },
      additionalProperties: false
    }
    const module = imported({
      "manifest.json": {
        ...head,
        configuration: { properties: { firewalls: { type: "array", items: firewall } }, secrets: ["api_key"] }
      }
    })
    expect(
      at(manifestOf(module), "connection", "config", "firewalls?", "items", "properties", "api_key")
    ).toEqual({
      type: "string",
      "x-secret": true
    })
    expect(module.losses.some(({ kind, severity }) => kind === "secret" && severity === "loss")).toBe(true)
  })

  it("an argument that is a secret is marked and listed", () => {
    const module = importedAction({
      arguments: { properties: { token: { type: "string", default: "hunter2" } }, secrets: ["token"] }
    })
    expect(at(manifestOf(module), "actions", "run", "input")).toEqual({
      "token?": { type: "string", "x-secret": true }
    })
    expect(JSON.stringify(module)).not.toContain("hunter2")
  })
})

describe("what an action does", () => {
  const configuration = {
    properties: { base_url: { type: "string" }, api_key: { type: "string" } },
    required: ["base_url"],
    secrets: ["api_key"]
  }
  const withAction = (action: { readonly [name: string]: unknown }) =>
    imported({
      "manifest.json": { ...head, configuration },
      "action_run.json": { name: "Run", slug: "run", results: {}, ...action }
    })

  it("a declared call becomes a request; each argument goes where it says", () => {
    const module = withAction({
      docker_parameters: "patch-items/{item-id}/state",
      arguments: {
        properties: {
          "item-id": { type: "string", in: "path" },
          "match[a]": { type: "string", in: "query" },
          state: { type: "string", in: "body" },
          "X-Trace": { type: "string", in: "header" }
        },
        required: ["item-id"]
      }
    })
    const manifest = manifestOf(module)
    expect(at(manifest, "actions", "run", "request")).toEqual({
      PATCH: "/items/{item_id}/state",
      query: { "match[a]": "${{ input.match_a }}" },
      json: { state: "${{ input.state }}" },
      headers: { "X-Trace": "${{ input.X_Trace }}" }
    })
    expect(at(manifest, "actions", "run", "effect")).toBe("write")
    expect(at(manifest, "http")).toEqual({ base: "${{ config.base_url }}", auth: "api_key" })
    expect(module.losses.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["http", "authentication", "effect"])
    )
  })

  it("GET reads, DELETE destroys, everything that is not said writes", () => {
    const effectOf = (command: string) =>
      at(manifestOf(withAction({ docker_parameters: command })), "actions", "run", "effect")
    expect(effectOf("get-items/all")).toBe("read")
    expect(effectOf("delete-items/all")).toBe("destructive")
    expect(effectOf("post-items/all")).toBe("write")
    expect(effectOf("get_items")).toBe("write")
  })

  it.each([
    ["an argument that the path lacks", "get-a/{b}", {}, 'the path needs "{b}", which is no argument'],
    [
      "an argument that may be missing",
      "get-a/{b}",
      { b: { in: "path" } },
      'the path needs "{b}", which may be missing'
    ],
    [
      "an argument that goes nowhere",
      "post-a/b",
      { c: {} },
      'it is not said which part of the request takes "c"'
    ],
    ["a body where there is none", "get-a/b", { c: { in: "body" } }, "a GET request has no body"]
  ])("a call is left to code because of %s", (_, command, properties, reason) => {
    const module = withAction({ docker_parameters: command, arguments: { properties } })
    expect(at(manifestOf(module), "actions", "run", "implementation")).toBe("code")
    expect(shown(module.losses)).toContain(
      `loss /docker_parameters: the call "${command}" is left to code: ${reason}`
    )
  })

  it("a request that the loader refuses is left to code", () => {
    const module = withAction({
      docker_parameters: "get-a/b",
      arguments: { properties: { c: { type: "object", in: "query" } } }
    })
    expect(at(manifestOf(module), "actions", "run", "implementation")).toBe("code")
    expect(at(manifestOf(module), "http")).toBeUndefined()
    expect(shown(module.losses)).toContain(
      "loss /docker_parameters: the request does not fit its inputs; the action is left to code"
    )
  })

  it("properties of all branches of the arguments are inputs", () => {
    const module = importedAction({
      arguments: {
        oneOf: [{ properties: { a: {} }, required: ["a"] }, { properties: { b: {} } }],
        allOf: [{ properties: { c: {} }, required: ["c"] }]
      }
    })
    expect(keysOf(at(manifestOf(module), "actions", "run", "input"))).toEqual(["c", "a?", "b?"])
  })
})

describe("the rest of a module", () => {
  it("members that have no place in a manifest are listed by name", () => {
    const module = importedAction({ outputs: { known: "yes" }, capability: 1 })
    expect(shown(module.losses)).toEqual(
      expect.arrayContaining([
        'loss /outputs: "outputs" has no place in a manifest; dropped',
        'loss /capability: "capability" has no place in a manifest; dropped'
      ])
    )
  })

  it("a version that is none is made one", () => {
    const versionOf = (version: unknown) =>
      at(manifestOf(imported({ "manifest.json": { ...head, version } })), "version")
    expect(versionOf("1.0")).toBe("1.0.0")
    expect(versionOf("1.2.3-beta.1")).toBe("1.2.3-beta.1")
    expect(versionOf("latest")).toBe("0.0.0")
    expect(versionOf(3)).toBe("0.0.0")
    expect(versionOf("01.2.3")).toBe("0.0.0")
  })

  it("broken files are listed at their place and the rest is imported", () => {
    const module = imported({
      "manifest.json": '{ "name": "Acme",\n  "slug": }',
      "action_a.json": { name: "A", description: 5 },
      "action_b.json": "[1]",
      "action_c.json": '{ "name": "C", "name": "D" }'
    })
    expect(module.name).toBe("acme")
    expect(module.unreadable).toEqual([
      { file: "action_b.json", message: "action_b.json:1:1: expected a JSON object" },
      { file: "manifest.json", message: 'manifest.json:2:11: expected a value, found "}"' }
    ])
    expect(keysOf(at(manifestOf(module), "actions"))).toEqual(["a", "c"])
    expect(shown(module.losses)).toEqual(
      expect.arrayContaining([
        'problem /description: "description" is no text; dropped',
        'problem : "name" is there twice at action_c.json:1:16; the last one counts'
      ])
    )
  })

  it("a folder without a file of a module is an error that says what belongs there", () => {
    const result = convertModule({
      name: "src",
      files: [{ name: "package.json", text: "{}" }],
      icon: undefined
    })
    expect(Result.isFailure(result) ? result.failure.message : undefined).toBe(
      'cannot import the folder "src": there is no manifest.json, action_*.json, trigger_*.json or connector_*.json in it'
    )
  })

  it("the same folder gives the same manifest and digest", () => {
    const files = { "manifest.json": head, "action_a.json": { name: "A" } }
    expect(imported(files)).toEqual(imported(files))
    expect(imported(files).digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it("a manifest that would be too large gives up its largest schemas, and says which", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `a${index}`,
        { type: "string", enum: ["x", "y"], title: "T" }
      ])
    )
    const arguments_ = { properties: { id: { type: "string" } } }
    const actions = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `action_a${index}.json`,
        { name: "A", arguments: arguments_, results: { type: "object", properties } }
      ])
    )
    const module = imported({ "manifest.json": head, ...actions })
    const manifest = manifestOf(module)
    const isKept = (name: string) => at(manifest, "actions", name, "output", "type") === "object"
    const given = module.losses.filter(({ kind }) => kind === "size")
    expect(given.length).toBeGreaterThan(0)
    for (let index = 0; index < 40; index++) {
      const isGiven = given.some(
        ({ file, pointer }) => file === `action_a${index}.json` && pointer === "/results"
      )
      expect(isKept(`a${index}`)).toBe(!isGiven)
      expect(at(manifest, "actions", `a${index}`, "input")).toEqual({ "id?": { type: "string" } })
    }
  })

  it("a manifest that is too large for even that keeps its operations alone, and says so for each", () => {
    const properties = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`a${index}`, {}]))
    const names = Array.from({ length: 100 }, (_, index) => `a${index}`)
    const actions = Object.fromEntries(
      names.map((name) => [`action_${name}.json`, { name, arguments: { properties } }])
    )
    const module = imported({ "manifest.json": head, ...actions })
    expect(module.actions).toBe(100)
    for (const name of names) {
      expect(at(manifestOf(module), "actions", name)).toEqual({
        summary: name,
        effect: "write",
        output: {},
        implementation: "code"
      })
      const file = `action_${name}.json`
      expect(
        module.losses.some((loss) => loss.file === file && loss.pointer === "" && loss.kind === "size")
      ).toBe(true)
    }
  })

  it("losses are counted by severity and kind, problems first", () => {
    const loss = { file: "a", pointer: "", message: "" }
    const losses = [
      { ...loss, severity: "loss", kind: "type" },
      { ...loss, severity: "loss", kind: "enum" },
      { ...loss, severity: "loss", kind: "enum" },
      { ...loss, severity: "problem", kind: "file" }
    ] as const
    expect(countLosses(losses)).toEqual([
      { severity: "problem", kind: "file", count: 1 },
      { severity: "loss", kind: "enum", count: 2 },
      { severity: "loss", kind: "type", count: 1 }
    ])
  })
})
