import { describe, expect, it } from "@effect/vitest"
import { SimulatedThreatWinds } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { document, onlyManifest, sallyport, start, temporaryDirectory } from "./Sallyport.ts"
import { sekoiaWorld } from "./SekoiaWorld.ts"

describe("sallyport connections", () => {
  it.live("says where everything comes from and what is missing, and shows no value", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      writeFileSync(
        join(cwd, "connections.yaml"),
        `connections:
  second:
    connector: sekoia
    config: { base_url: "${sekoia.baseUrl}" }
    secrets:
      api_key: { file: key.txt }
`
      )
      writeFileSync(join(cwd, "key.txt"), "the-key-in-the-file\n", { mode: 0o600 })
      const { code, out } = yield* sallyport(["connections", "--json"], { cwd, env })
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({
        connections: [
          { name: "second", connector: "sekoia", place: "connections.yaml:2:3" },
          { name: "sekoia", properties: [{ origin: { variable: "SEKOIA_BASE_URL" } }, { name: "api_key" }] }
        ]
      })
      const table = yield* sallyport(["connections"], { cwd, env })
      expect(table.out).toContain("$SEKOIA_API_KEY")
      expect(table.out).toContain("file key.txt (connections.yaml:6:7)")
      for (const secret of [sekoia.apiKey, "the-key-in-the-file", sekoia.baseUrl])
        expect(out + table.out).not.toContain(secret)
      const second = yield* sallyport(["call", "sekoia.check_key", "--connection", "second", "--json"], {
        cwd,
        env
      })
      expect(document(second)).toMatchObject({ error: { reason: "Unauthorized", status: 401 } })
      const checked = yield* sallyport(["check"], { cwd, env })
      expect(checked.out).toContain("connections.yaml: 1 connection")
    })
  )

  it.live("a mistake in connections.yaml is shown at its place, and a written secret is not", () =>
    Effect.gen(function* () {
      const { cwd, env } = yield* sekoiaWorld()
      writeFileSync(
        join(cwd, "connections.yaml"),
        "connections:\n  sekoia:\n    secrets:\n      api_key: written-down-secret\n"
      )
      const { code, err, out } = yield* sallyport(["check", "connections.yaml"], { cwd, env })
      expect(code).toBe(2)
      expect(out).toContain("SP0408")
      expect(out).toContain("connections.yaml:4:16")
      expect(out + err).not.toContain("written-down-secret")
      const call = yield* sallyport(["call", "sekoia.check_key"], { cwd, env })
      expect(call.code).toBe(2)
      expect(call.out + call.err).not.toContain("written-down-secret")
    })
  )

  it.live("a warning goes to standard error and leaves the document alone", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const { SEKOIA_API_KEY: _key, ...others } = env
      writeFileSync(
        join(cwd, "connections.yaml"),
        "connections:\n  sekoia:\n    secrets:\n      api_key: { file: key.txt }\n"
      )
      writeFileSync(join(cwd, "key.txt"), sekoia.apiKey, { mode: 0o644 })
      const called = yield* sallyport(["call", "sekoia.check_key", "--json"], { cwd, env: others })
      expect(document(called)).toEqual({ identity: "apikey:simulated" })
      expect(called.err).toMatch(/^sallyport: warn: .*key\.txt/)
      expect(called.err).not.toContain(sekoia.apiKey)
    })
  )

  it.live("a connection that works is told from one that does not, each with its reason", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const good = yield* sallyport(["connections", "check"], { cwd, env })
      expect(good).toMatchObject({ code: 0, out: "sekoia: ok\n" })
      sekoia.keys.set(sekoia.apiKey, { state: "revoked" })
      const revoked = yield* sallyport(["connections", "check", "sekoia", "--json"], { cwd, env })
      expect(revoked.code).toBe(1)
      expect(document(revoked)).toMatchObject({
        connections: [{ name: "sekoia", ok: false, error: { reason: "Unauthorized" } }]
      })
      const both = yield* sallyport(["connections", "check", "sekoia", "nobody"], { cwd, env })
      expect(both.code).toBe(2)
      expect(both.out).toMatch(/^sekoia: Unauthorized: .*\nnobody: Connection: /)
    })
  )

  it.live(
    "a session is opened in one process, answered in the next, used in a third, and forgotten in a fourth",
    () =>
      Effect.gen(function* () {
        const threatwinds = yield* SimulatedThreatWinds.make()
        const cwd = yield* temporaryDirectory
        const env = {
          SALLYPORT_MANIFESTS: yield* onlyManifest("threatwinds"),
          XDG_STATE_HOME: cwd,
          THREATWINDS_BASE_URL: threatwinds.baseUrl,
          THREATWINDS_EMAIL: threatwinds.accounts.email
        }
        const login = ["connections", "login", "threatwinds", "--json"]
        const opened = yield* sallyport(login, { cwd, env })
        expect(document(opened)).toMatchObject({ connection: "threatwinds", confirmed: false })
        const code = threatwinds.accounts.mailbox.last?.code ?? ""
        expect(code).not.toBe("")
        const wrong = yield* sallyport([...login, "--code", "000"], { cwd, env })
        expect(wrong.code).toBe(1)
        const right = yield* sallyport([...login, "--code", "-"], { cwd, env, input: `${code}\n` })
        expect(document(right)).toMatchObject({ confirmed: true })
        const used = yield* sallyport(["call", "threatwinds.list_sessions", "--json"], { cwd, env })
        expect(used.code).toBe(0)
        const kept = readdirSync(join(cwd, "sallyport"), { recursive: true, encoding: "utf8" })
        for (const name of kept) {
          const path = join(cwd, "sallyport", name)
          const info = statSync(path)
          expect(info.mode & 0o077).toBe(0)
          if (!info.isFile()) continue
          for (const { bearer } of threatwinds.accounts.sessions.values())
            expect(readFileSync(path, "utf8")).not.toContain(bearer)
        }
        for (const { bearer } of threatwinds.accounts.sessions.values())
          expect(opened.out + right.out + used.out + used.err).not.toContain(bearer)
        const forgotten = yield* sallyport(["connections", "logout", "threatwinds", "--json"], { cwd, env })
        expect(forgotten.code).toBe(0)
        const after = yield* sallyport(["call", "threatwinds.list_sessions", "--json"], { cwd, env })
        expect(after.code).toBe(2)
      })
  )

  it.live("the simulated services print what a session needs, and the code of each mail", () =>
    Effect.gen(function* () {
      const simulator = yield* start(["simulate"])
      let printed = ""
      for (const stream of [simulator.process.stdout, simulator.process.stderr])
        // Before the listener that goes on with the test.
        stream?.prependListener("data", (chunk: Buffer) => (printed += chunk.toString()))
      yield* simulator.printed("export THREATWINDS_EMAIL=robin@soc.example\n")
      const all = Object.fromEntries(
        [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value])
      )
      const cwd = yield* temporaryDirectory
      const { THREATWINDS_EMAIL: _email, ...withoutEmail } = all
      const own = { SALLYPORT_MANIFESTS: yield* onlyManifest("threatwinds"), XDG_STATE_HOME: cwd }
      const login = ["connections", "login", "threatwinds", "--json"]
      const refused = yield* sallyport(login, { cwd, env: { ...withoutEmail, ...own } })
      expect(refused.code).toBe(2)
      expect(document(refused)).toMatchObject({ error: { reason: "Session" } })
      expect(refused.out).toContain("session needs email (THREATWINDS_EMAIL)")
      const { THREATWINDS_API_KEY: _key, THREATWINDS_API_SECRET: _secret, ...withoutKey } = all
      const env = { ...withoutKey, ...own }
      expect(document(yield* sallyport(login, { cwd, env }))).toMatchObject({ confirmed: false })
      yield* simulator.reported("mail to robin@soc.example: the code is ")
      const [, code = ""] = /the code is (\d{6})\n/.exec(printed) ?? []
      const answered = yield* sallyport([...login, "--code", code], { cwd, env })
      expect(document(answered)).toMatchObject({ confirmed: true })
    })
  )
})
