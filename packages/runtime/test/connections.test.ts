import { expect, layer } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Redacted from "effect/Redacted"
import { join } from "node:path"
import { Connections, type ConnectionsOptions } from "../src/connection/Connections.ts"
import type { PropertySummary } from "../src/connection/ConnectionSummary.ts"
import { manifests } from "./ConnectionManifests.ts"

/** A directory with `connections.yaml` and other files in it. */
const withFiles = Effect.fnUntraced(function* (contents: { readonly [name: string]: string }) {
  const files = yield* FileSystem.FileSystem
  const directory = yield* files.makeTempDirectoryScoped()
  for (const [name, content] of Object.entries(contents))
    yield* files.writeFileString(join(directory, name), content, { mode: 0o600 })
  return directory
})

const connections = (options: Partial<ConnectionsOptions>) =>
  Effect.provide(Connections.layer({ manifests, environment: {}, ...options }))

/** What `get` fails with. */
const refusal = (name: string) =>
  Effect.flatMap(Connections, ({ get }) => Effect.map(Effect.flip(get(name)), ({ message }) => message))

const origins = (properties: ReadonlyArray<PropertySummary> = []): ReadonlyArray<string> =>
  properties.map(({ kind, name, origin }) => `${kind} ${name}: ${Object.values(origin).join(" ")}`)

layer(NodeServices.layer)("connections", (it) => {
  it.effect("are those of the file, and of connectors that only variables are set for", () =>
    Effect.gen(function* () {
      const directory = yield* withFiles({
        "connections.yaml": `connections:
  sekoia_prod:
    connector: sekoia
    secrets: { api_key: { file: keys } }
  threatwinds:
    config: { email: robin@soc.example }
    secrets: { api_key: { command: [pass, topsecret] }, bearer: { env: NOT_SET } }
`,
        keys: "k-1\n"
      })
      const file = join(directory, "connections.yaml")
      const environment = { EXAMPLE_API_KEY: "k", THREATWINDS_API_SECRET: "s" }
      yield* Effect.gen(function* () {
        const { diagnostics, get, list } = yield* Connections
        expect(diagnostics).toEqual([])
        expect(list.map(({ connector, isUsable, name }) => [name, connector, isUsable])).toEqual([
          ["example", "example", true],
          ["sekoia_prod", "sekoia", true],
          ["threatwinds", "threatwinds", true]
        ])
        expect(list.map(({ place }) => place)).toEqual([undefined, `${file}:2:3`, `${file}:5:3`])
        expect(list.flatMap(({ properties }) => origins(properties))).toEqual([
          "setting base_url: default",
          "setting depth: default",
          "secret api_key: environment EXAMPLE_API_KEY",
          "secret key: missing EXAMPLE_KEY",
          "setting base_url: default",
          `secret api_key: file ${file}:4:16 file keys`,
          "setting base_url: default",
          `setting email: file ${file}:6:15`,
          "setting relations_parameter: default",
          `secret api_key: file ${file}:7:16 command pass`,
          "secret api_secret: environment THREATWINDS_API_SECRET",
          `secret bearer: missing NOT_SET ${file}:7:57`
        ])
        const { secrets } = yield* get("sekoia_prod")
        expect([...secrets.values()].map(Redacted.value)).toEqual(["k-1"])
      }).pipe(connections({ file, environment }))
    })
  )

  it.effect("without a file are one of each connector, with what is to be set", () =>
    Effect.gen(function* () {
      const { get, list } = yield* Connections
      expect(list.map(({ name }) => name)).toEqual(["example", "sekoia", "threatwinds"])
      expect(origins(list[1]?.properties)).toEqual([
        "setting base_url: default",
        "secret api_key: missing SEKOIA_API_KEY"
      ])
      expect((yield* get("example")).config).toEqual({ base_url: "https://b.example", depth: 9 })
    }).pipe(
      connections({
        environment: { EXAMPLE_API_KEY: "k", EXAMPLE_BASE_URL: "https://b.example", EXAMPLE_DEPTH: "9" }
      })
    )
  )

  it.effect("read their secrets anew whenever they are asked for", () =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const directory = yield* withFiles({
        "connections.yaml": "connections: { sekoia: { secrets: { api_key: { file: key } } } }",
        key: "first"
      })
      yield* Effect.gen(function* () {
        const { get } = yield* Connections
        const key = Effect.map(get("sekoia"), ({ secrets }) => [...secrets.values()].map(Redacted.value))
        expect(yield* key).toEqual(["first"])
        yield* files.writeFileString(join(directory, "key"), "second")
        expect(yield* key).toEqual(["second"])
      }).pipe(connections({ file: join(directory, "connections.yaml") }))
    })
  )

  it.effect("that are declared wrongly say where, and leave the others alone", () =>
    Effect.gen(function* () {
      const directory = yield* withFiles({
        "connections.yaml": "connections:\n  sekoia: { config: { base_ulr: x } }\n  example: {}\n"
      })
      const file = join(directory, "connections.yaml")
      yield* Effect.gen(function* () {
        const { diagnostics, get, list } = yield* Connections
        expect(diagnostics.map(({ code }) => code)).toEqual(["SP0406"])
        expect(list.map(({ isUsable, name }) => [name, isUsable])).toEqual([
          ["example", true],
          ["sekoia", false],
          ["threatwinds", true]
        ])
        expect((yield* get("example")).name).toBe("example")
        expect(yield* refusal("sekoia")).toBe(
          `connection "sekoia": ${file}:2:23: the connector "sekoia" has no setting "base_ulr"; did you mean "base_url"?`
        )
      }).pipe(connections({ file, environment: { EXAMPLE_API_KEY: "k", SEKOIA_API_KEY: "k" } }))
    })
  )

  it.effect("of a file that is no YAML are all refused", () =>
    Effect.gen(function* () {
      const directory = yield* withFiles({ "connections.yaml": "connections: { sekoia: {}" })
      const message = yield* refusal("sekoia").pipe(
        connections({ file: join(directory, "connections.yaml"), environment: { SEKOIA_API_KEY: "k" } })
      )
      expect(message).toMatch(/^connection "sekoia": .*connections\.yaml:1:\d+: /)
    })
  )

  it.effect("that there are not suggest one that there is", () =>
    Effect.gen(function* () {
      expect(yield* refusal("sekoja")).toBe(
        'connection "sekoja": there is no such connection: did you mean sekoia?'
      )
      expect(yield* refusal("prod")).toBe(
        'connection "prod": there is no such connection: declare it in connections.yaml, or use one of example, sekoia, threatwinds'
      )
    }).pipe(connections({}))
  )

  it.effect("cannot be read from a file that there is not", () =>
    Effect.gen(function* () {
      const directory = yield* withFiles({})
      const layer = connections({ file: join(directory, "none.yaml") })
      const error = yield* Effect.flip(Effect.asVoid(Connections).pipe(layer))
      expect(error.message).toBe(`the file of connections ${join(directory, "none.yaml")} does not exist`)
      const other = yield* Effect.flip(Effect.asVoid(Connections).pipe(connections({ file: directory })))
      expect(other.message).toBe(`${directory} is not a file of connections`)
    })
  )

  it.effect("whose variable could be meant for another refuse it when it is set", () =>
    Effect.gen(function* () {
      const directory = yield* withFiles({
        "connections.yaml":
          "connections:\n  example_api: { connector: example, secrets: { api_key: { env: K } } }\n"
      })
      const options = { file: join(directory, "connections.yaml") }
      const message = yield* refusal("example").pipe(
        connections({ ...options, environment: { EXAMPLE_API_KEY: "k", K: "k" } })
      )
      expect(message).toBe(
        'connection "example": the secret api_key cannot be read: EXAMPLE_API_KEY could also be the secret key of "example_api": write down in connections.yaml where it comes from'
      )
      const { name } = yield* Effect.flatMap(Connections, ({ get }) => get("example_api")).pipe(
        connections({ ...options, environment: { K: "k" } })
      )
      expect(name).toBe("example_api")
    })
  )

  it.effect("never show a secret: not in messages, logs, lists, JSON or what a person prints", () =>
    Effect.gen(function* () {
      const secret = "sk-4242-topsecret"
      const node = JSON.stringify(process.execPath)
      const printing = `console.log("${secret}\\n${secret}"); console.error("${secret}")`
      const directory = yield* withFiles({
        "connections.yaml": `connections:
  by_env: { connector: sekoia, secrets: { api_key: { env: KEY } } }
  by_file: { connector: sekoia, secrets: { api_key: { file: key } } }
  by_command: { connector: sekoia, secrets: { api_key: { command: [${node}, -e, ${JSON.stringify(printing)}] } } }
  by_failing: { connector: sekoia, secrets: { api_key: { command: [${node}, -e, ${JSON.stringify(`${printing}; process.exitCode = 1`)}] } } }
  good: { connector: sekoia, secrets: { api_key: { env: GOOD } } }
  literal: { connector: sekoia, secrets: { api_key: ${secret} } }
`,
        key: `${secret}\n${secret}\n`
      })
      const shown: Array<string> = []
      const logger = Logger.make(({ cause, message }) => {
        shown.push(JSON.stringify(message), String(cause))
      })
      const environment = {
        KEY: `${secret}\n`,
        GOOD: secret,
        EXAMPLE_API_KEY: ` ${secret}`,
        EXAMPLE_DEPTH: secret,
        THREATWINDS_BASE_URL: `https://user:${secret}@a.example`,
        THREATWINDS_EMAIL: `${secret} `
      }
      const names = ["by_env", "by_file", "by_command", "by_failing", "literal", "example", "threatwinds"]
      yield* Effect.gen(function* () {
        const { diagnostics, get, list } = yield* Connections
        shown.push(JSON.stringify([diagnostics, list]))
        for (const name of names) {
          const error = yield* Effect.flip(get(name))
          yield* Effect.logError("refused", error)
          shown.push(error.message, JSON.stringify(error), String(error), error.stack ?? "")
        }
        const good = yield* get("good")
        yield* Effect.logInfo(good)
        shown.push(
          JSON.stringify(good),
          JSON.stringify([...good.secrets]),
          [...good.secrets.values()].map(String).join(" ")
        )
      }).pipe(
        connections({ file: join(directory, "connections.yaml"), environment }),
        Effect.provide(Logger.layer([logger])),
        Effect.provideService(References.MinimumLogLevel, "All")
      )
      expect(shown.length).toBeGreaterThan(names.length * 5)
      for (const text of shown) for (const part of ["4242", "topsecret"]) expect(text).not.toContain(part)
    })
  )
})
