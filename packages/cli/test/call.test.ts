import { describe, expect, it } from "@effect/vitest"
import { Fault } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { document, onlyManifest, sallyport, start } from "./Sallyport.ts"
import { holdNextRequest, sekoiaWorld } from "./SekoiaWorld.ts"

describe("sallyport call", () => {
  it.live("prints the output: one document on one line with --json, and for people otherwise", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const json = yield* sallyport(["call", "sekoia.check_key", "--json"], { cwd, env })
      expect(json).toMatchObject({ code: 0, err: "" })
      expect(document(json)).toEqual({ identity: "apikey:simulated" })
      const pretty = yield* sallyport(["call", "sekoia.check_key"], { cwd, env })
      expect(pretty.out).toBe('{\n  "identity": "apikey:simulated"\n}\n')
      expect(sekoia.requests.lines).toHaveLength(2)
      // A call that needs no session leaves nothing behind.
      expect(readdirSync(cwd)).toEqual([])
    })
  )

  it.live(
    "takes its input as JSON, from a file, from standard input, and value by value, typed by the schema",
    () =>
      Effect.gen(function* () {
        const { cwd, env, sekoia } = yield* sekoiaWorld()
        writeFileSync(join(cwd, "input.json"), '{"limit": 3, "include_revoked": false}')
        const action = ["call", "sekoia.list_objects"]
        yield* sallyport([...action, "--input", '{"limit":3,"include_revoked":false}'], { cwd, env })
        yield* sallyport([...action, "--input", "@input.json"], { cwd, env })
        yield* sallyport([...action, "--input", "-"], {
          cwd,
          env,
          input: '{"limit":3,"include_revoked":false}'
        })
        yield* sallyport([...action, "--set", "limit=3", "--set", "include_revoked=false"], { cwd, env })
        const [first, ...others] = sekoia.requests.lines
        expect(first).toContain("limit=3")
        expect(others).toEqual([first, first, first])
      })
  )

  it.live("with --all prints the items of all pages, one a line", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const { code, out } = yield* sallyport(["call", "sekoia.list_objects", "--set", "limit=100", "--all"], {
        cwd,
        env
      })
      expect(code).toBe(0)
      const ids = out.trimEnd().split("\n").map(idOf)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBe(sekoia.objects.size)
      expect(sekoia.requests.lines.length).toBeGreaterThan(2)
    })
  )

  it.live("input that is wrong in any way is exit code 2, and nothing is sent", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
        [["sekoia.list_objects", "--input", '{"limit":"many"}'], "InvalidInput"],
        [["sekoia.get_object_file", "--input", '{"object_id":"../../etc","sha256":"x"}'], "InvalidInput"],
        [["sekoia.list_objects", "--input", "[]"], "Input"],
        [["sekoia.list_objects", "--input", '{"secret-in-broken-json'], "Input"],
        [["sekoia.list_objects", "--input", "@missing.json"], "Input"],
        [["sekoia.list_objects", "--set", "limti=3"], "Input"],
        [["sekoia.list_object"], "UnknownOperation"],
        [["sekoia"], "Usage"],
        [["sekoia.check_key", "--all"], "Usage"],
        [["sekoia.check_key", "--connection", "other"], "Connection"]
      ]
      const runs = yield* Effect.forEach(
        wrong,
        ([args]) => sallyport(["call", ...args, "--json"], { cwd, env }),
        { concurrency: 2 }
      )
      for (const [index, ended] of runs.entries()) {
        const [args, reason] = wrong[index] ?? []
        expect({ args, code: ended.code, document: document(ended) }).toMatchObject({
          args,
          code: 2,
          document: { error: { reason } }
        })
        expect(ended.out).not.toContain("secret-in-broken-json")
      }
      const missing = yield* sallyport(["call", "sekoia.check_key"], {
        cwd,
        env: { ...env, SEKOIA_API_KEY: "" }
      })
      expect(missing).toMatchObject({ code: 2, out: "" })
      expect(missing.err).toContain("set SEKOIA_API_KEY")
      const number = yield* sallyport(["call", "sekoia.list_objects", "--set", "feed_id=42"], { cwd, env })
      expect(number.code).toBe(2)
      expect(number.err).toContain("feed_id")
      expect(number.err).not.toContain("number")
      const remote = yield* sallyport(["call", "sekoia.check_key"], {
        cwd,
        env: { ...env, SEKOIA_BASE_URL: "http://sekoia.example" }
      })
      expect(remote.code).toBe(2)
      expect(remote.err).toContain("https")
      expect(sekoia.requests.lines).toEqual([])
    })
  )

  it.live(
    "code that comes with sallyport does its actions, with the manifest that it was made for and no other",
    () =>
      Effect.gen(function* () {
        const manifests = yield* onlyManifest("stix")
        const env = { SALLYPORT_MANIFESTS: manifests }
        const command = [
          "call",
          "stix.check_pattern",
          "--set",
          "pattern=[ipv4-addr:value = '198.51.100.7']",
          "--json"
        ]
        expect(document(yield* sallyport(command, { env }))).toMatchObject({ valid: true, errors: [] })
        const path = join(manifests, "stix.yaml")
        writeFileSync(path, readFileSync(path, "utf8").replace(/^version: .*$/m, "version: 99.0.0"))
        const changed = yield* sallyport(command, { env })
        expect(document(changed)).toMatchObject({ error: { reason: "Manifest" } })
        expect(changed.code).toBe(2)
      })
  )

  it.live(
    "without its code a connector still does what is declared, and says what is missing for the rest",
    () =>
      Effect.gen(function* () {
        const { cwd, env, sekoia } = yield* sekoiaWorld()
        const path = join(env["SALLYPORT_MANIFESTS"] ?? "", "sekoia.yaml")
        const coded = "actions:\n  scan:\n    summary: Scan\n    effect: read\n    implementation: code\n"
        writeFileSync(path, readFileSync(path, "utf8").replace(/^actions:\n/m, coded))
        const declared = yield* sallyport(["call", "sekoia.check_key", "--json"], { cwd, env })
        expect(document(declared)).toEqual({ identity: "apikey:simulated" })
        const refused = yield* sallyport(["call", "sekoia.scan"], { cwd, env })
        expect(refused).toMatchObject({ code: 2, out: "" })
        expect(refused.err).toContain('the code of "sekoia.scan" is not part of this program')
        expect(sekoia.requests.lines).toHaveLength(1)
      })
  )

  it.live("what the service refuses is exit code 1, with its reason and without the key", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      const refused = yield* sallyport(["call", "sekoia.check_key", "--json"], {
        cwd,
        env: { ...env, SEKOIA_API_KEY: "a-key-nobody-knows" }
      })
      expect(refused.code).toBe(1)
      expect(document(refused)).toMatchObject({ error: { reason: "Unauthorized", status: 401, attempts: 1 } })
      expect(refused.out + refused.err).not.toContain("a-key-nobody-knows")
      sekoia.faults.add(Fault.status(404, { body: "empty" }))
      const gone = yield* sallyport(["call", "sekoia.check_key"], { cwd, env })
      expect(gone).toMatchObject({ code: 1, out: "" })
      expect(gone.err).toMatch(/^sallyport: .*404/)
      expect(gone.err).not.toMatch(/\n\s+at /)
    })
  )

  it.live("ends quietly when nobody reads any more", () =>
    Effect.gen(function* () {
      const { cwd, env } = yield* sekoiaWorld()
      const running = yield* start(["call", "sekoia.list_objects", "--all"], { cwd, env })
      running.process.stdout?.destroy()
      expect(yield* running.ended).toMatchObject({ code: 141, err: "" })
    })
  )

  it.live("Ctrl-C ends it with 130, the system with 143, and with --json there is still a document", () =>
    Effect.gen(function* () {
      const { cwd, env, sekoia } = yield* sekoiaWorld()
      for (const [signal, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143]
      ] as const) {
        const { arrived } = holdNextRequest(sekoia)
        const running = yield* start(["call", "sekoia.check_key", "--json"], { cwd, env })
        yield* arrived
        running.process.kill(signal)
        const ended = yield* running.ended
        expect(ended).toMatchObject({ code, err: "" })
        expect(document(ended)).toMatchObject({ error: { reason: "Interrupted" } })
      }
      expect(existsSync(join(cwd, "state"))).toBe(false)
    })
  )
})

const idOf = (line: string): unknown => {
  const value: unknown = JSON.parse(line)
  return typeof value === "object" && value !== null ? Reflect.get(value, "id") : undefined
}
