/**
 * What a typed action call costs: `get_feed` of `manifests/sekoia.yaml` against a server on loopback in a process of its own,
 * beside undici alone (request and JSON.parse), with 1 and with 16 calls under way. The rounds of both alternate.
 */
import { type ConnectorError, HttpTransport, SessionVault } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { join } from "node:path"
import { Agent, request } from "undici"
import { figure, scaled } from "./Figure.ts"
import { describeMachine } from "./Machine.ts"
import { sekoiaConnection } from "./SekoiaConnection.ts"
import { serverProcess } from "./ServerProcess.ts"
import { textTable } from "./TextTable.ts"

const rounds = 7
const roundMillis = 700
const inFlight = [1, 16]
const columns = [
  { heading: "in flight", align: "right" },
  { heading: "called by", align: "left" },
  { heading: "calls/s", align: "right" },
  { heading: "min\u2013max", align: "left" },
  { heading: "µs a call", align: "right" },
  { heading: "to undici", align: "right" }
] as const
const feed = "4f7c1a52-0d8e-4b3f-a6c9-2e5b7d9f1030"

const server = await serverProcess(
  join(import.meta.dirname, "calls", "CallServer.ts"),
  [],
  Schema.Struct({ port: Schema.Finite })
)
const base = `http://127.0.0.1:${server.ready.port}`

const program = Effect.gen(function* () {
  const connection = yield* sekoiaConnection(base)
  const agent = new Agent({ allowH2: false })
  const bare = Effect.promise(async () => {
    const headers = { authorization: "Bearer bench-key", accept: "application/json" }
    const response = await request(`${base}/v2/inthreat/feeds/${feed}`, { dispatcher: agent, headers })
    const body: unknown = JSON.parse(await response.body.text())
    return body
  })
  const kinds: ReadonlyArray<readonly [string, Effect.Effect<unknown, ConnectorError>]> = [
    ["sallyport", connection.call("get_feed", { feed_id: feed })],
    ["undici", bare]
  ]
  const rows: Array<ReadonlyArray<string>> = []
  for (const width of inFlight) {
    const rates = new Map<string, Array<number>>(kinds.map(([name]) => [name, []]))
    for (let round = 0; round <= rounds; round++)
      for (const [name, call] of kinds) {
        const rate = yield* callsPerSecond(call, width)
        // The first round warms up.
        if (round > 0) rates.get(name)?.push(rate)
      }
    const undici = median(rates.get("undici") ?? [])
    for (const [name, of] of rates)
      rows.push([
        String(width),
        name,
        scaled(median(of)),
        `${scaled(Math.min(...of))}\u2013${scaled(Math.max(...of))}`,
        figure((width * 1e6) / median(of)),
        `${figure(median(of) / undici)}x`
      ])
  }
  yield* Effect.promise(() => agent.close())
  process.stdout.write(`${describeMachine()}\n\n${textTable(columns, rows)}\n`)
})

try {
  await Effect.runPromise(
    Effect.scoped(Effect.provide(program, Layer.merge(HttpTransport.layer(), SessionVault.layerMemory)))
  )
} finally {
  server.stop()
}

function callsPerSecond(
  call: Effect.Effect<unknown, ConnectorError>,
  width: number
): Effect.Effect<number, ConnectorError> {
  return Effect.gen(function* () {
    const began = performance.now()
    let calls = 0
    const worker = Effect.whileLoop({
      while: () => performance.now() - began < roundMillis,
      body: () => call,
      step: () => {
        calls++
      }
    })
    yield* Effect.all(
      Array.from({ length: width }, () => worker),
      { concurrency: width }
    )
    return (calls * 1000) / (performance.now() - began)
  })
}

function median(values: ReadonlyArray<number>): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
