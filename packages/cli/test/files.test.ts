import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { document, sallyport, temporaryDirectory } from "./Sallyport.ts"

const manifest = `connector: acme
version: 1.2.0
title: Acme
http: { base: https://acme.example }
actions:
  ping:
    summary: Ask
    request: { GET: /ping }
    output: { type: string }
`

describe("files that are made of manifests", () => {
  it.live("generated modules are written where there is a folder, and what is out of date is named", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryDirectory
      mkdirSync(join(cwd, "manifests"))
      mkdirSync(join(cwd, "connectors/acme/src"), { recursive: true })
      writeFileSync(join(cwd, "manifests/acme.yaml"), manifest)
      writeFileSync(join(cwd, "manifests/other.yaml"), manifest.replace("acme\n", "other\n"))
      writeFileSync(join(cwd, "connectors/acme/package.json"), "{}")
      const path = "connectors/acme/src/manifest.gen.ts"
      const before = yield* sallyport(["generate", "--check"], { cwd })
      expect(before).toMatchObject({ code: 2, err: "" })
      expect(before.out).toContain(path)
      expect(readdirSync(join(cwd, "connectors/acme/src"))).toEqual([])
      const written = yield* sallyport(["generate", "--json"], { cwd })
      expect(document(written)).toEqual({ written: [path], modules: [path] })
      expect(readFileSync(join(cwd, path), "utf8")).toMatch(/^\/\/ .*generated/i)
      expect(yield* sallyport(["generate", "--check"], { cwd })).toEqual({
        code: 0,
        out: "all 1 are as their manifests say\n",
        err: ""
      })
      // An error in any manifest leaves everything as it was.
      writeFileSync(join(cwd, "manifests/acme.yaml"), manifest.replace("summary", "sumary"))
      const refused = yield* sallyport(["generate", "--json"], { cwd })
      expect(document(refused)).toMatchObject({ error: { reason: "Manifest" } })
      expect(refused.code).toBe(2)
    })
  )

  it.live("pages are printed, or written with their index", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryDirectory
      mkdirSync(join(cwd, "manifests"))
      writeFileSync(join(cwd, "manifests/acme.yaml"), manifest)
      const printed = yield* sallyport(["docs", "acme"], { cwd })
      expect(printed.out).toMatch(/^# Acme\n/)
      const written = yield* sallyport(["docs", "--out", "site/pages"], { cwd })
      expect(written.code).toBe(0)
      expect(readFileSync(join(cwd, "site/pages/acme.md"), "utf8")).toContain(printed.out.trimEnd())
      expect(readFileSync(join(cwd, "site/pages/README.md"), "utf8")).toContain("acme.md")
    })
  )

  it.live("a module of another platform becomes a manifest that loads, with what is lost beside it", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryDirectory
      const module = { slug: "acme", name: "Acme", version: "1.0.0", description: "Asks", configuration: {} }
      const action = {
        uuid: "4f7b2f0c-6a0f-4d2e-9d55-3a8d6c1c0001",
        name: "Ping",
        description: "Ask",
        docker_parameters: "ping",
        arguments: { type: "object", properties: { host: { type: "string" } }, required: ["host"] },
        results: { type: "object", properties: {} }
      }
      mkdirSync(join(cwd, "Acme"))
      mkdirSync(join(cwd, "manifests"))
      writeFileSync(join(cwd, "Acme/manifest.json"), JSON.stringify(module))
      writeFileSync(join(cwd, "Acme/action_ping.json"), JSON.stringify(action))
      const command = ["import", "sekoia-module", "Acme", "--out", "manifests/acme.yaml"]
      const imported = yield* sallyport(command, { cwd })
      expect(imported).toMatchObject({ code: 0, out: "manifests/acme.yaml written\n" })
      expect(imported.err).toContain("acme: 1 actions, 0 triggers")
      expect(yield* sallyport(["check"], { cwd })).toMatchObject({ code: 0 })
      const json = yield* sallyport(["import", "sekoia-module", "Acme", "--json"], { cwd })
      expect(document(json)).toMatchObject({
        name: "acme",
        actions: 1,
        losses: [{ pointer: "/uuid" }, { kind: "effect" }, { kind: "code" }]
      })
      const again = yield* sallyport([...command, "--json"], { cwd })
      expect(document(again)).toMatchObject({ error: { reason: "File" } })
      expect(again.code).toBe(2)
      const none = yield* sallyport(["import", "sekoia-module", "manifests", "--json"], { cwd })
      expect(document(none)).toMatchObject({ error: { reason: "Import" } })
    })
  )
})
