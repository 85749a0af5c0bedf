/**
 * How fast a feed is read: 200,000 STIX objects in pages of 2,000 from a server on loopback, with a durable cursor after each
 * page. Sallyport, which checks every object, beside plain Node and Python's requests, which check nothing; each run is a
 * process of its own, and the runs alternate. The argument `--objects N` reads fewer.
 */
import * as Schema from "effect/Schema"
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FeedRun } from "./feed/DurableCursor.ts"
import { figure, scaled } from "./Figure.ts"
import { describeMachine } from "./Machine.ts"
import { serverProcess } from "./ServerProcess.ts"
import { textTable } from "./TextTable.ts"

const at = process.argv.indexOf("--objects")
const objects = at === -1 ? 200_000 : Number(process.argv[at + 1])
const limit = 2_000
const rounds = 3

const Run = Schema.fromJsonString(
  Schema.Struct({
    objects: Schema.Finite,
    millis: Schema.Finite,
    cpuMillis: Schema.Finite,
    maxRss: Schema.Finite
  })
)
const Started = Schema.Struct({ port: Schema.Finite, bytes: Schema.Finite })

const here = (file: string): string => join(import.meta.dirname, "feed", file)

const clients = [
  { name: "sallyport", command: process.execPath, args: [here("sallyport.ts")] },
  { name: "plain Node: fetch, JSON.parse", command: process.execPath, args: [here("plain.ts")] },
  ...(spawnSync("python3", ["-c", "import requests"]).status === 0
    ? [{ name: "Python: requests", command: "python3", args: [here("sample.py")] }]
    : [])
]

const directory = mkdtempSync(join(tmpdir(), "sallyport-feed-"))
const server = await serverProcess(here("FeedServer.ts"), [String(objects), String(limit)], Started)
try {
  const { bytes, port } = server.ready
  const runs = new Map<string, Array<FeedRun>>(clients.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const { args, command, name } of clients) {
      const child = spawnSync(command, [...args, `http://127.0.0.1:${port}`, join(directory, "state")], {
        stdio: ["ignore", "pipe", "inherit"]
      })
      const run = Schema.decodeUnknownSync(Run)(child.stdout.toString())
      if (run.objects !== objects) throw new Error(`${name} read ${run.objects} of ${objects} objects`)
      runs.get(name)?.push(run)
    }
  process.stdout.write(`${describeMachine()}\n`)
  process.stdout.write(
    `${objects} objects of ${figure(bytes / objects)} bytes in pages of ${limit}, ${rounds} runs each, medians\n\n`
  )
  process.stdout.write(`${table(runs)}\n`)
} finally {
  server.stop()
  rmSync(directory, { recursive: true, force: true })
}

function table(runs: ReadonlyMap<string, ReadonlyArray<FeedRun>>): string {
  const plain = rate(runs.get("plain Node: fetch, JSON.parse") ?? [])
  const rows = [...runs].map(([name, of]) => [
    name,
    scaled(rate(of)),
    figure(median(of.map(({ cpuMillis }) => cpuMillis)) / (objects / 1000)),
    figure(Math.max(...of.map(({ maxRss }) => maxRss)) / 2 ** 20),
    `${figure(rate(of) / plain)}x`
  ])
  return textTable(
    [
      { heading: "read by", align: "left" },
      { heading: "objects/s", align: "right" },
      { heading: "CPU ms per 1000", align: "right" },
      { heading: "peak RSS MiB", align: "right" },
      { heading: "to plain Node", align: "right" }
    ],
    rows
  )
}

function rate(of: ReadonlyArray<FeedRun>): number {
  return (objects * 1000) / median(of.map(({ millis }) => millis))
}

function median(values: ReadonlyArray<number>): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
