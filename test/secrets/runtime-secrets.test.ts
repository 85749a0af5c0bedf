import { describe, expect, it } from "@effect/vitest"
import {
  type CheckedManifest,
  ConnectorError,
  HttpTransport,
  loadManifest,
  makeConnection,
  openConnector,
  SessionVault,
  SourceFile
} from "@sallyport/runtime"
import { AnswerFault, type Fault, Reply, SimulatedSekoia, SimulatedThreatWinds } from "@sallyport/testkit"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"
import { repository } from "./CommandLine.ts"
import { echoFaults, echoOf } from "./EchoFaults.ts"
import { observed } from "./Observed.ts"
import { SecretSearch } from "./SecretSearch.ts"
import { Written } from "./Written.ts"

const apiKey = String.raw`sk-Umbral/7+Q"z\%41&=~tail`
const apiSecret = String.raw`tw-secret-Quokka/8+b"\%2F&=~`
const webhookValue = String.raw`hook-Xylophon/4+"v\ =~`

/** The manifest without code, and without waits before repetitions, which are tested elsewhere. */
const manifestOf = (connector: string): CheckedManifest => {
  const path = join(repository, `manifests/${connector}.yaml`)
  const text = readFileSync(path, "utf8").replace("backoff: 500ms", "backoff: 1ms")
  const { manifest } = loadManifest(new SourceFile(path, text))
  if (manifest === undefined) throw new Error(`${path} has errors`)
  return manifest
}

const open = Effect.fnUntraced(function* (
  manifest: CheckedManifest,
  base_url: string,
  secrets: { readonly [name: string]: string }
) {
  const { connector } = manifest.manifest
  const connection = yield* Effect.fromResult(
    makeConnection(manifest, {
      name: connector,
      config: { base_url },
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([name, value]) => [name, Redacted.make(value)])
      )
    })
  )
  // No test calls what is left to code.
  const none = () => Effect.die(new Error("not called"))
  const coded = [...manifest.actions.values()].filter(({ request }) => request === undefined)
  const handlers = {
    actions: new Map(coded.map(({ name }) => [name, none] as const)),
    triggers: new Map()
  }
  const context = yield* Layer.build(Layer.merge(HttpTransport.layer(), SessionVault.layerMemory))
  const service = yield* Effect.provideContext(openConnector(manifest, handlers), context)
  return yield* service.open(connection)
})

const reasonsOf = (exit: Exit.Exit<unknown, ConnectorError>): ReadonlyArray<string> => {
  const error = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined
  return error instanceof ConnectorError ? [error.reason._tag] : []
}

const sekoia = manifestOf("sekoia")
const threatwinds = manifestOf("threatwinds")

describe("no span, log line, metric or error of the runtime holds a secret", () => {
  it.live("in any kind of failure, of calls and of polls, with the cursor that was sent", () =>
    Effect.gen(function* () {
      const search = new SecretSearch()
      search.add("API key", apiKey)
      const written = new Written()
      const reasons = new Set<string>()
      const server = yield* SimulatedSekoia.make({ apiKey })
      const connection = yield* open(sekoia, server.baseUrl, { api_key: apiKey })
      written.add(
        "the connection",
        inspect(connection, { depth: 12 }) + JSON.stringify(connection.connection)
      )
      const first = yield* connection.poll("feed", { limit: 20 }, undefined)
      expect(first.events).toHaveLength(20)
      yield* connection.poll("feed", { limit: 20 }, first.state)
      const cursor = server.requests.last?.parameter("cursor") ?? ""
      search.add("cursor", cursor)
      for (const secret of [apiKey, cursor]) {
        for (const [kind, fault] of echoFaults(secret)) {
          const rule = server.faults.add(fault, { times: Number.POSITIVE_INFINITY })
          const called = yield* observed(kind, connection.call("list_objects", { cursor, limit: 5 }), written)
          const polled = yield* observed(kind, connection.poll("feed", { limit: 20 }, first.state), written)
          // A call that is sent no cursor cannot know that an answer holds one.
          const checked = secret === apiKey ? [yield* observed(kind, connection.check, written)] : []
          for (const reason of [called, polled, ...checked].flatMap(reasonsOf)) reasons.add(reason)
          rule.remove()
        }
      }
      for (const wrong of ["repeated", "null", { cycle: 1 }] as const) {
        const rule = server.faults.add(AnswerFault.nextCursor(wrong), { times: 3 })
        const exit = yield* observed(
          "a wrong cursor",
          connection.poll("feed", { limit: 20 }, first.state),
          written
        )
        if (Exit.isSuccess(exit)) written.add("warnings", exit.value.warnings.join("\n"))
        rule.remove()
      }
      expect([...reasons].toSorted()).toEqual([
        "Forbidden",
        "InvalidInput",
        "Malformed",
        "Network",
        "NotFound",
        "RateLimited",
        "Unauthorized",
        "Upstream"
      ])
      expect(written.has("sekoia.list_objects")).toBe(true)
      expect(written.has("sallyport_http_errors_total")).toBe(true)
      expect(written.secrets(search)).toEqual([])
    })
  )

  it.live("in inputs that are marked as secret, however deep", () =>
    Effect.gen(function* () {
      const search = new SecretSearch()
      const code = "048219"
      for (const [name, value] of Object.entries({ apiKey, apiSecret, webhookValue, code }))
        search.add(name, value)
      const written = new Written()
      const server = yield* SimulatedThreatWinds.make({ apiKey, apiSecret })
      const connection = yield* open(threatwinds, server.baseUrl, { api_key: apiKey, api_secret: apiSecret })
      const headers = [{ key: "Authorization", value: webhookValue }]
      const scan = { target: "203.0.113.9", webhook: { url: "https://soc.example/hook", headers } }
      // A service can repeat what it was sent with this request, and no more.
      const echo = (status: number, sent: string): Fault =>
        AnswerFault.change(() => {
          const message = [sent, apiKey, apiSecret].map(echoOf).join(" ")
          return Reply.json({ error: { message, code: sent, error_id: sent } }, { status })
        })
      const calls = [
        ["start_scan", scan, webhookValue],
        ["verify_session", { verification_code_id: "v", code }, code]
      ] as const
      for (const status of [400, 401, 403, 404, 500]) {
        for (const [action, input, sent] of calls) {
          const rule = server.faults.add(echo(status, sent), { times: 9 })
          yield* observed(`${action} ${status}`, connection.call(action, input), written)
          rule.remove()
        }
      }
      yield* observed("wrong", connection.call("start_scan", { ...scan, webhook: webhookValue }), written)
      yield* observed("wrong", connection.call("start_scan", { target: [webhookValue] }), written)
      expect(written.has("<redacted>")).toBe(true)
      expect(written.secrets(search)).toEqual([])
    })
  )
})
