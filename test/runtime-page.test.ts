import { HttpTransport, loadManifest, openConnector, SessionVault, SourceFile } from "@sallyport/runtime"
import { Fault, SimulatedSekoia } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { codeBlocks } from "./guide/CodeBlocks.ts"
import { compile, directoryInside, repository, runProgram } from "./guide/GuideProcess.ts"

const read = (path: string): string => readFileSync(join(repository, path), "utf8")
const page = read("docs/runtime.md")

/** The names in the first column of the tables of a page that match. */
const rows = (pattern: RegExp): ReadonlyArray<string> =>
  [...page.matchAll(/^\| `([a-z_.]+)` \|/gm)].flatMap(([, name = ""]) => (pattern.test(name) ? [name] : []))

/** A call that is repeated after a wait, and one that fails; all spans and counters of both. */
const observed = Effect.gen(function* () {
  const spans: Array<Tracer.NativeSpan> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  const sekoia = yield* SimulatedSekoia.make()
  const { manifest } = loadManifest(new SourceFile("manifests/sekoia.yaml", read("manifests/sekoia.yaml")))
  if (manifest === undefined) return yield* Effect.die(new Error("the manifest does not load"))
  const metrics = yield* Effect.gen(function* () {
    const service = yield* openConnector(manifest, { actions: new Map(), triggers: new Map() })
    const connection = yield* service.open({
      name: "sekoia",
      connector: "sekoia",
      config: { base_url: sekoia.baseUrl },
      secrets: new Map([["api_key", Redacted.make(sekoia.apiKey)]])
    })
    sekoia.faults.add(Fault.status(503))
    yield* connection.call("check_key", {})
    sekoia.faults.add(Fault.status(403))
    yield* Effect.exit(connection.call("check_key", {}))
    // Refused before the transport: neither seen nor counted.
    yield* Effect.exit(connection.call("get_feed", { feed_id: 7 }))
    return yield* Metric.snapshot
  }).pipe(
    Effect.provide(Layer.merge(HttpTransport.layer(), SessionVault.layerMemory)),
    Effect.provideService(Tracer.Tracer, tracer),
    Effect.provideService(Metric.MetricRegistry, new Map())
  )
  return { metrics, spans }
})

describe("docs/runtime.md", () => {
  it.live("lists the attributes of spans and the counters that there are", () =>
    Effect.gen(function* () {
      const { metrics, spans } = yield* observed
      const attributes = new Set(spans.flatMap((span) => [...span.attributes.keys()]))
      expect(rows(/^(sallyport|http|error)\./).toSorted()).toEqual([...attributes].toSorted())
      expect(spans.map(({ name }) => name)).toEqual(["sekoia.check_key", "sekoia.check_key"])
      const counters = new Set(metrics.map(({ id }) => id).filter((id) => id.startsWith("sallyport_")))
      expect(metrics.map(({ attributes }) => attributes?.["action"])).not.toContain("get_feed")
      expect(rows(/^sallyport_/).toSorted()).toEqual([...counters].toSorted())
    })
  )

  it("names only files and folders of the runtime that exist", () => {
    const named = [...page.matchAll(/\b(?:[a-z]+\/)(?:[A-Za-z]+\.ts)?(?=[\s`,:;)|])/g)].map(([path]) => path)
    const inside = named.filter((path) => !/^(?:bench|src)/.test(path))
    expect(inside.length).toBeGreaterThan(10)
    expect(inside.filter((path) => !existsSync(join(repository, "packages/runtime/src", path)))).toEqual([])
  })
})

describe("the README of the runtime", () => {
  it("has a program that compiles and runs", () => {
    const directory = directoryInside("packages/cli")
    try {
      const programs = codeBlocks(read("packages/runtime/README.md")).filter(
        ({ language }) => language === "ts"
      )
      expect(programs).toHaveLength(1)
      writeFileSync(join(directory, "Program.ts"), programs[0]?.text ?? "")
      expect(compile(directory)).toBe("")
      const { status, text } = runProgram(join(directory, "Program.ts"), [])
      expect(text).toContain("identity")
      expect(text).toMatch(/^\d+ true$/m)
      expect(status).toBe(0)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
