import { describe, expect, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import { BaseUrl } from "../src/http/BaseUrl.ts"
import { ConnectionGate } from "../src/http/ConnectionGate.ts"
import type { HttpPolicies } from "../src/http/HttpPolicies.ts"
import type { HttpRequest } from "../src/http/HttpRequest.ts"
import { HttpWire } from "../src/http/HttpWire.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { RateBudget } from "../src/http/RateBudget.ts"
import { RetryPolicy } from "../src/http/RetryPolicy.ts"
import { advance, policies, request, scripted, type ScriptedAnswer } from "./HttpCalls.ts"
import { type Answer, freePort, loopback } from "./LoopbackServer.ts"

interface Watching {
  readonly policies?: Partial<HttpPolicies>
  /** A pool of connections unless said otherwise. */
  readonly transport?: Layer.Layer<HttpTransport>
  /** Whether the clock is moved on until the calls have ended. */
  readonly moving?: boolean
}

const pool = Layer.orDie(HttpTransport.layer())

const scriptedTransport = (answer: (index: number) => ScriptedAnswer): Layer.Layer<HttpTransport> =>
  Layer.provide(HttpTransport.layerWire(), Layer.succeed(HttpWire, scripted(answer).wire))

/** Makes the calls one after the other and keeps every span, log line and metric. */
const watched = Effect.fnUntraced(function* (calls: ReadonlyArray<HttpRequest>, watching: Watching = {}) {
  const spans: Array<Tracer.NativeSpan> = []
  const logs: Array<string> = []
  const tracer = Tracer.make({
    span(options) {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  const logger = Logger.make((entry) => {
    const annotations = entry.fiber.getRef(References.CurrentLogAnnotations)
    logs.push(inspect([entry.message, entry.cause, annotations], { depth: 9 }))
  })
  const applied = policies(watching.policies)
  const fiber = yield* Effect.all(
    calls.map((call) => Effect.flatMap(HttpTransport, (http) => Effect.exit(http.call(call, applied))))
  ).pipe(
    Effect.flatMap((exits) => Effect.map(Metric.snapshot, (metrics) => ({ exits, metrics }))),
    Effect.provide([watching.transport ?? pool, Logger.layer([logger])]),
    Effect.provideService(References.MinimumLogLevel, "All"),
    Effect.provideService(Tracer.Tracer, tracer),
    Effect.provideService(Metric.MetricRegistry, new Map()),
    Effect.forkChild
  )
  if (watching.moving === true) yield* advance(fiber, "1 second")
  return { ...(yield* Fiber.join(fiber)), spans, logs }
})

describe("a span", () => {
  it.effect("is one for each call, with what happened and nothing of what was sent", () =>
    Effect.gen(function* () {
      const { logs, spans } = yield* watched([request("https://example.com")], {
        transport: scriptedTransport((index) => ({
          status: index === 0 ? 503 : 200,
          headers: { "retry-after": "3" }
        })),
        policies: { retry: new RetryPolicy({ attempts: 3 }) },
        moving: true
      })
      expect(spans.length).toBe(1)
      expect(spans[0]).toMatchObject({
        name: "acme.read_thing",
        kind: "client",
        status: { _tag: "Ended" }
      })
      expect(Object.fromEntries(spans[0]?.attributes ?? [])).toEqual({
        "sallyport.connector": "acme",
        "sallyport.action": "read_thing",
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "sallyport.attempts": 2,
        "sallyport.waited_ms": 3000
      })
      expect(logs.length).toBe(1)
      expect(logs[0]).toContain("repeating a request in 3000 ms after Upstream")
    })
  )

  it.effect("is not told to the upstream", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback((response) => response.writeHead(404).end())
        yield* watched([request(server.origin)])
        expect(Object.keys(server.received[0]?.headers ?? {}).toSorted()).toEqual([
          "accept",
          "accept-encoding",
          "connection",
          "host",
          "user-agent"
        ])
      })
    )
  )

  it.effect("of a failed call holds its status and reason", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const server = yield* loopback((response) => response.writeHead(403).end())
        const { spans } = yield* watched([request(server.origin)])
        expect(Object.fromEntries(spans[0]?.attributes ?? [])).toMatchObject({
          "http.response.status_code": 403,
          "error.type": "Forbidden",
          "sallyport.attempts": 1
        })
        const status = spans[0]?.status
        expect(status?._tag === "Ended" && Exit.isFailure(status.exit)).toBe(true)
      })
    )
  )
})

describe("metrics", () => {
  it.effect("count calls, errors by reason, repetitions and waits", () =>
    Effect.gen(function* () {
      const call = request("https://example.com")
      const { metrics } = yield* watched([call, call, call], {
        transport: scriptedTransport((index) => ({ status: [503, 200, 200, 404][index] ?? 500 })),
        policies: {
          retry: new RetryPolicy({ attempts: 2, backoff: "2 seconds", max: "2 seconds" }),
          budget: new RateBudget({ requests: 2, per: "1 minute" })
        },
        moving: true
      })
      const shown = new Map(
        metrics.map((metric) => [
          [metric.id, ...Object.values(metric.attributes ?? {}).toSorted()].join(" "),
          metric.type === "Counter" ? metric.state.count : undefined
        ])
      )
      expect(shown.get("sallyport_http_calls_total acme read_thing")).toBe(3)
      expect(shown.get("sallyport_http_errors_total NotFound acme read_thing")).toBe(1)
      expect(shown.get("sallyport_http_retries_total Upstream acme read_thing")).toBe(1)
      expect(shown.get("sallyport_http_waits_total acme backoff read_thing")).toBe(1)
      expect(shown.get("sallyport_http_waits_total acme budget read_thing")).toBe(2)
      expect(shown.get("sallyport_http_wait_milliseconds_total acme budget read_thing")).toBeGreaterThan(
        55_000
      )
      expect(shown.size).toBe(7)
    })
  )
})

describe("secrets, cursors and bodies", () => {
  const key = "api-key-0123456789"
  const cursor = "cursor/0123+456=="
  const password = "password-in-body"
  const forbidden = [
    key,
    cursor,
    encodeURIComponent(cursor),
    Buffer.from(key).toString("base64").slice(2, -4),
    password,
    "query-value",
    "response-body-text",
    "path-of-redirect"
  ]

  /** Sends back whatever it was sent, in every place that is read. */
  const echo =
    (status: number): Answer =>
    (response, received) => {
      const everything = `${received.target} ${JSON.stringify(received.headers)} ${received.body} ${Buffer.from(`u:${key}`).toString("base64")}`
      response.writeHead(status, {
        "content-type": "application/json",
        "x-error-id": encodeURIComponent(everything).slice(0, 4000)
      })
      response.end(JSON.stringify({ message: everything, code: key, other: "response-body-text" }))
    }

  const answers: ReadonlyArray<readonly [string, Answer]> = [
    ...[400, 401, 403, 404, 429, 500, 503].map((status) => [String(status), echo(status)] as const),
    ["not JSON", (response) => response.end(`response-body-text ${key} ${cursor}`)],
    [
      "HTML",
      (response) => response.writeHead(200, { "content-type": `text/html; ${key}` }).end("response-body-text")
    ],
    ["odd type", (response) => response.writeHead(200, { "content-type": key }).end("response-body-text")],
    [
      "odd charset",
      (response) => response.writeHead(200, { "content-type": `text/plain; charset=${key}` }).end("{")
    ],
    [
      "damaged gzip",
      (response) => response.writeHead(200, { "content-encoding": "gzip" }).end("response-body-text")
    ],
    [
      "odd encoding",
      (response) => response.writeHead(200, { "content-encoding": key }).end("response-body-text")
    ],
    [
      "redirect",
      (response) => response.writeHead(302, { location: `https://${key}.example/path-of-redirect` }).end()
    ],
    ["loop", (response, received) => response.writeHead(307, { location: received.target }).end()],
    ["reset", (_response, _received, _index, socket) => socket.resetAndDestroy()],
    [
      "cut",
      (response, _received, _index, socket) => {
        response.writeHead(200, { "content-length": "1000" })
        response.write("response-body-text", () => socket.destroy())
      }
    ],
    ["not HTTP", (_response, _received, _index, socket) => socket.end(`response-body-text ${key}\r\n\r\n`)],
    ["silence", () => undefined]
  ]

  function sensitive(origin: string, change: Partial<HttpRequest> = {}): HttpRequest {
    const target = Result.flatMap(BaseUrl.parse(origin), (base) =>
      base.target({ path: "/x", query: { cursor: Redacted.make(cursor), q: Redacted.make("query-value") } })
    )
    return request(origin, {
      method: "POST",
      action: "search",
      target: Result.getOrThrow(target),
      headers: { authorization: Redacted.make(`Bearer ${key}`), cookie: Redacted.make(key) },
      body: { contentType: "application/json", bytes: Buffer.from(JSON.stringify({ password })) },
      sensitive: () => [Redacted.make(password)],
      expect: [{ status: 200, as: "json" }],
      describe: ({ body, headers }) => {
        const { code, message } = Object.assign({ code: "", message: "" }, body)
        return { message, code, id: headers["x-error-id"] ?? "" }
      },
      ...change
    })
  }

  /** Everything that anybody might print of what a call left behind. */
  function traces(run: Effect.Success<ReturnType<typeof watched>>): string {
    const shown = run.exits.map((exit) =>
      Exit.isFailure(exit)
        ? [
            Cause.pretty(exit.cause),
            inspect(exit, { depth: 20, showHidden: true }),
            JSON.stringify(exit),
            ...exit.cause.reasons.map((reason) =>
              Cause.isFailReason(reason) ? `${String(reason.error)} ${reason.error.stack}` : "a defect"
            )
          ].join("\n")
        : "success"
    )
    const spans = run.spans.map((span) =>
      inspect([span.name, span.attributes, span.events, span.status], { depth: 20, showHidden: true })
    )
    return [...shown, ...spans, ...run.logs, inspect(run.metrics, { depth: 9 })].join("\n")
  }

  it.effect("are in no error, span, log line or metric, however the call fails", () =>
    Effect.gen(function* () {
      for (const [name, answer] of answers) {
        yield* Effect.scoped(
          Effect.gen(function* () {
            const server = yield* loopback(answer)
            const run = yield* watched([sensitive(server.origin)], {
              policies: { retry: new RetryPolicy({ attempts: 2, backoff: 0 }) },
              moving: name === "silence"
            })
            expect(run.exits.every(Exit.isFailure), name).toBe(true)
            const text = traces(run)
            expect(text, name).toContain("ConnectorError")
            expect(text, name).not.toContain("a defect")
            expect(run.logs.length > 0 || server.received.length === 1 || name === "loop", name).toBe(true)
            for (const value of forbidden) expect(text, `${name}: ${value}`).not.toContain(value)
          })
        )
      }
    })
  )

  it.effect("are in none of them when nothing was sent", () =>
    Effect.gen(function* () {
      const port = yield* freePort
      const origin = `http://127.0.0.1:${port}`
      const exhausted = new RateBudget({ requests: 1, per: "1 hour" })
      const runs = [
        yield* watched([sensitive(origin)]),
        yield* watched([sensitive(origin, { headers: { "x-key": Redacted.make(`${key}\r\nx: 1`) } })]),
        yield* watched([sensitive(origin), sensitive(origin)], {
          policies: { budget: exhausted, deadline: "5 seconds" },
          moving: true
        }),
        yield* watched([sensitive(`http://${"a".repeat(60)}.localhost:1`)], {
          policies: { gate: new ConnectionGate(1) }
        })
      ]
      for (const run of runs) {
        const text = traces(run)
        expect(text).toContain("ConnectorError")
        for (const value of forbidden) expect(text).not.toContain(value)
      }
    })
  )
})
