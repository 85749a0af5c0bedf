import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { document, repository, sallyport, temporaryDirectory } from "./Sallyport.ts"

const typed = `connector: typed
version: 1.0.0
title: Typed
http: { base: https://typed.example }
types:
  Kind: { type: string, enum: [${Array.from({ length: 20 }, (_, index) => `kind${index}`).join(", ")}] }
  Host:
    type: object
    properties:
      name: { type: string, format: hostname, description: What it is called }
      kind: { $ref: "#/types/Kind" }
    required: [name, kind]
actions:
  find:
    summary: Look a host up
    effect: read
    input:
      id: { type: string, format: uuid }
      limit?: { type: integer, minimum: 1, maximum: 50, default: 10 }
      kinds?: { type: array, maxItems: 3, items: { $ref: "#/types/Kind" } }
    output: { oneOf: [{ $ref: "#/types/Host" }, { type: "null" }] }
    request: { GET: "/hosts/{id}", query: { limit: "\${{ input.limit }}", kinds: "\${{ input.kinds }}" } }
  list:
    summary: List hosts
    effect: read
    output: { type: array, items: { $ref: "#/types/Host" } }
    request: { GET: /hosts }
`

const right = `connector: acme
version: 1.2.0
title: Acme
http: { base: https://acme.example }
actions:
  ping:
    summary: Ask
    request: { GET: /ping }
`

describe("manifests on the command line", () => {
  it.live("all that is right is named, all that is wrong is shown at its place, and the exit code is 2", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryDirectory
      mkdirSync(join(cwd, "manifests"))
      writeFileSync(join(cwd, "manifests/acme.yaml"), right)
      const good = yield* sallyport(["check"], { cwd })
      expect(good).toEqual({
        code: 0,
        out: "manifests/acme.yaml: acme 1.2.0, 1 action, 0 triggers\n",
        err: ""
      })
      writeFileSync(
        join(cwd, "manifests/other.yaml"),
        right.replace("acme\n", "other\n").replace("summary", "sumary")
      )
      const bad = yield* sallyport(["check"], { cwd })
      expect(bad.code).toBe(2)
      expect(bad.out).toContain("manifests/acme.yaml: acme 1.2.0")
      expect(bad.out).toContain("manifests/other.yaml:7:5")
      expect(bad.err).toBe("")
      const json = yield* sallyport(["check", "manifests/other.yaml", "--json"], { cwd })
      expect(json.code).toBe(2)
      expect(document(json)).toMatchObject({
        version: 1,
        files: [{ path: "manifests/other.yaml", ok: false }],
        summary: { files: 1 }
      })
      const github = yield* sallyport(["check", "manifests/other.yaml", "--format", "github"], { cwd })
      expect(github.out).toMatch(/^::error file=manifests\/other.yaml,line=7,/m)
      // One bad manifest does not take the others away.
      const list = yield* sallyport(["connectors", "--json"], { cwd })
      expect(list.code).toBe(0)
      expect(document(list)).toMatchObject({ connectors: [{ name: "acme", actions: ["ping"] }] })
      expect(list.err).toContain("manifests/other.yaml is left out: ")
      // Nor is it used.
      const show = yield* sallyport(["connectors", "show", "other", "--json"], { cwd })
      expect(document(show)).toMatchObject({ error: { reason: "Manifest" } })
      expect(show.code).toBe(2)
    })
  )

  it.live("a connector is known by what its manifest says, and two manifests of one name are refused", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryDirectory
      mkdirSync(join(cwd, "manifests"))
      writeFileSync(join(cwd, "manifests/file.yaml"), right)
      const [shown, byFile] = yield* Effect.all(
        [
          sallyport(["connectors", "show", "acme.ping", "--json"], { cwd }),
          sallyport(["connectors", "show", "file"], { cwd })
        ],
        { concurrency: 2 }
      )
      expect(document(shown)).toMatchObject({ name: "ping" })
      expect(byFile.err).toContain('there is no connector "file" in manifests; there are "acme"')
      writeFileSync(join(cwd, "manifests/other.yaml"), `"connector" : "acme"\n${right.replace(/^.*\n/, "")}`)
      const commands = [["connectors"], ["check"], ["call", "acme.ping"], ["connections"]]
      const runs = yield* Effect.forEach(commands, (args) => sallyport(args, { cwd }), { concurrency: 2 })
      for (const ended of runs) {
        expect(ended).toMatchObject({ code: 2, out: "" })
        expect(ended.err).toContain("manifests/file.yaml and manifests/other.yaml are both manifests")
      }
    })
  )

  it.live("tables fit the width that there is", () =>
    Effect.gen(function* () {
      const { code, out } = yield* sallyport(["connectors", "show", "sekoia.list_objects"], {
        env: { COLUMNS: "72" }
      })
      expect(code).toBe(0)
      expect(out).toContain("list_objects  [action, read, paged]")
      expect(out).toMatch(/feed_id\?\s+FeedId/)
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(72)
    })
  )

  it.live("what is asked of an input, and what is behind null and lists, is shown within the width", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryDirectory
      mkdirSync(join(cwd, "manifests"))
      writeFileSync(join(cwd, "manifests/typed.yaml"), typed)
      const [find, list, feed] = yield* Effect.all(
        [
          sallyport(["connectors", "show", "typed.find"], { cwd }),
          sallyport(["connectors", "show", "typed.list"], { cwd, env: { COLUMNS: "60" } }),
          sallyport(["connectors", "show", "sekoia.feed"], { env: { COLUMNS: "60" } })
        ],
        { concurrency: 2 }
      )
      expect(find.err).toBe("")
      expect(find.out).toMatch(/id +string +Uuid\.\n/)
      expect(find.out).toMatch(/limit\? +int +1 to 50\. Default: 10\n/)
      expect(find.out).toMatch(
        /kinds\? +list<Kind> +At most 3 items; each: one of "kind0", .*"kind11", … 8 more\.\n/
      )
      expect(find.out).toContain("output: Host | null\n")
      expect(find.out).toMatch(/name +string +What it is called\. Hostname\.\n/)
      expect(list.out).toContain("output: list<Host>\n")
      expect(list.out).toMatch(/kind +Kind +One of "kind0"/)
      expect(feed.out).toContain("asks: list_objects until there is no more, and again after\n  5m\n")
      expect(feed.out).toContain("events are known by: event.id\n")
      expect(feed.out).toContain("the newest is told by:\n  timestamp(")
      for (const { out } of [list, feed])
        expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60)
    })
  )

  it.live("a name that is nearly one is answered with the one that was meant", () =>
    Effect.gen(function* () {
      const connector = yield* sallyport(["connectors", "show", "sekoja"])
      expect(connector.err).toBe(
        'sallyport: there is no connector "sekoja" in manifests; did you mean "sekoia"?\n'
      )
      const action = yield* sallyport(["call", "sekoia.get_objct", "--json"])
      expect(document(action)).toMatchObject({ error: { reason: "UnknownOperation" } })
      expect([connector.code, action.code]).toEqual([2, 2])
    })
  )

  it.live("a name leads to no other file than a manifest of that name", () =>
    Effect.gen(function* () {
      const directory = yield* temporaryDirectory
      writeFileSync(join(directory, "acme.yaml"), right)
      mkdirSync(join(directory, "manifests"))
      const commands = [
        ["connectors", "show", "../acme"],
        ["call", "../acme.ping"]
      ] as const
      const runs = yield* Effect.forEach(commands, (args) => sallyport(args, { cwd: directory }), {
        concurrency: 2
      })
      for (const ended of runs) expect(ended).toMatchObject({ code: 2, out: "" })
    })
  )

  it.live("the editor schema is the one that is shipped", () =>
    Effect.gen(function* () {
      const { out } = yield* sallyport(["schema", "manifest"])
      expect(JSON.parse(out)).toEqual(
        JSON.parse(readFileSync(join(repository, "manifests/manifest.schema.json"), "utf8"))
      )
    })
  )

  it.live("every code that is documented can be explained", () =>
    Effect.gen(function* () {
      const index = readFileSync(join(repository, "docs/errors/README.md"), "utf8")
      const documented = [...index.matchAll(/\[(SP\d{4})\]/g)].map(([, code]) => code)
      const { codes } = yield* Effect.promise(() => import("../src/Codes.ts"))
      expect(new Set(codes.entries.keys())).toEqual(new Set(documented))
      const { code, out } = yield* sallyport(["explain", "sp0301"])
      expect(code).toBe(0)
      expect(out).toMatch(/^SP0301: .* \(error\)\n/)
      const unknown = yield* sallyport(["explain", "SP9999", "--json"])
      expect(document(unknown)).toMatchObject({ error: { reason: "UnknownCode" } })
      expect(unknown.code).toBe(2)
    })
  )
})
