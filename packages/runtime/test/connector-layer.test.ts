import type { Json } from "@sallyport/language"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { afterAll, describe, expect, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { bindHandlers } from "../src/connector/HandlerBinding.ts"
import { Connector } from "../src/connector/Connector.ts"
import { ConnectorContract } from "../src/connector/ConnectorContract.ts"
import { ConnectorRegistry } from "../src/connector/ConnectorRegistry.ts"
import type { ConnectorService, HandlerContext } from "../src/connector/ConnectorService.ts"
import { ConnectorError } from "../src/ConnectorError.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { manifestDigest } from "../src/manifest/ManifestDigest.ts"
import { SessionVault } from "../src/session/SessionVault.ts"
import { checked } from "./ManifestText.ts"
import { fixture, temporaryDirectory } from "./TypeScriptProject.ts"

interface Verdict {
  readonly verdict: "good" | "bad"
  readonly score: number
}
interface Operations {
  readonly config: { readonly base_url: string }
  readonly secrets: { readonly api_key: "required"; readonly proxy: "optional" }
  readonly types: object
  readonly actions: {
    readonly look: {
      readonly implementation: "code"
      readonly given: { readonly ip: string }
      readonly input: { readonly ip: string }
      readonly output: Verdict
      readonly result: Verdict
    }
    readonly fetch: {
      readonly implementation: "request"
      readonly given: { readonly cursor?: string }
      readonly input: { readonly cursor?: string }
      readonly output: { readonly items: ReadonlyArray<Json> }
    }
  }
  readonly triggers: {
    readonly feed: {
      readonly implementation: "code"
      readonly given: object
      readonly input: object
      readonly event: Json
      readonly result: Json
    }
  }
}

const text = fixture("acme.yaml")
const Acme: ConnectorContract<"acme", Operations> = ConnectorContract.make("acme", text)

class Score extends Context.Service<Score, { readonly value: number }>()("test/Score") {}

const calls: Array<readonly [string, unknown]> = []
const handlerContext: HandlerContext = {
  connection: {
    name: "main",
    connector: "acme",
    config: { base_url: "https://acme.example" },
    secrets: new Map([["api_key", Redacted.make("k")]])
  },
  call: (action, input) =>
    Effect.sync(() => {
      calls.push([action, input])
      return { items: [1] }
    }),
  error: (reason, message) =>
    new ConnectorError({
      connector: "acme",
      action: "look",
      reason,
      message,
      upstream: {},
      attempts: 0,
      retryable: false,
      outcomeUnknown: false
    }),
  idempotencyKey: "step-1"
}

/** No call is made in these tests: whatever is asked of these dies. */
const unused = Layer.mergeAll(Layer.mock(HttpTransport, {}), Layer.mock(SessionVault, {}))

const handled = <A, E>(handler: Effect.Effect<A, E> | undefined): Effect.Effect<A, E> =>
  handler ?? Effect.die("there is no such handler")

describe("handlers", () => {
  it.effect("see their input, the settings, the secrets and the other actions of the connection", () =>
    Effect.gen(function* () {
      const bound = bindHandlers<Operations, never>(
        {
          actions: {
            look: Effect.fn("look")(function* (input, { call, config, idempotencyKey, secret }) {
              const { items } = yield* call("fetch", { cursor: input.ip })
              expect([config.base_url, idempotencyKey]).toEqual(["https://acme.example", "step-1"])
              expect(Redacted.value(secret("api_key"))).toBe("k")
              expect(secret("proxy")).toBeUndefined()
              return { verdict: "good" as const, score: items.length }
            })
          },
          triggers: {
            feed: (_input, state) => Effect.succeed({ events: [], state: state ?? "first", more: false })
          }
        },
        Context.empty()
      )
      const output = yield* handled(bound.actions.get("look")?.({ ip: "192.0.2.1" }, handlerContext))
      expect(output).toEqual({ verdict: "good", score: 1 })
      expect(calls).toEqual([["fetch", { cursor: "192.0.2.1" }]])
      const poll = yield* handled(bound.triggers.get("feed")?.({}, undefined, handlerContext))
      expect(poll.state).toBe("first")
    })
  )

  it.effect("have the services of their layer, not those of whoever calls", () =>
    Effect.gen(function* () {
      const bound = bindHandlers<Operations, Score>(
        {
          actions: {
            look: () => Effect.map(Score, ({ value }) => ({ verdict: "good" as const, score: value }))
          },
          triggers: { feed: () => Effect.succeed({ events: [], state: null, more: false }) }
        },
        Context.make(Score, { value: 7 })
      )
      const call = handled(bound.actions.get("look")?.({}, handlerContext))
      expect(yield* call.pipe(Effect.provideService(Score, { value: 1 }))).toEqual({
        verdict: "good",
        score: 7
      })
    })
  )

  it.effect("release what they acquire when their call ends, not with the layer", () =>
    Effect.gen(function* () {
      const open = yield* Ref.make(0)
      const bound = bindHandlers<Operations, never>(
        {
          actions: {
            look: () =>
              Effect.acquireRelease(
                Ref.updateAndGet(open, (count) => count + 1),
                () => Ref.update(open, (count) => count - 1)
              ).pipe(Effect.map((score) => ({ verdict: "good" as const, score })))
          },
          triggers: { feed: () => Effect.succeed({ events: [], state: null, more: false }) }
        },
        Context.empty()
      )
      const call = handled(bound.actions.get("look")?.({}, handlerContext))
      expect(yield* call).toEqual({ verdict: "good", score: 1 })
      expect(yield* call).toEqual({ verdict: "good", score: 1 })
      expect(yield* Ref.get(open)).toBe(0)
    })
  )

  it.effect("open spans below their call, also when the layer was made within another span", () =>
    Effect.gen(function* () {
      const made = yield* Effect.context().pipe(Effect.withSpan("making the layer"))
      const bound = bindHandlers<Operations, never>(
        {
          actions: {
            look: () =>
              Effect.currentSpan.pipe(
                Effect.map((span) => Option.match(span.parent, { onNone: () => "", onSome: nameOf })),
                Effect.orElseSucceed(() => ""),
                Effect.withSpan("handler"),
                Effect.map((parent) => ({ verdict: "good" as const, score: parent === "the call" ? 1 : 0 }))
              )
          },
          triggers: { feed: () => Effect.succeed({ events: [], state: null, more: false }) }
        },
        made
      )
      const call = handled(bound.actions.get("look")?.({}, handlerContext)).pipe(Effect.withSpan("the call"))
      expect(yield* call).toEqual({ verdict: "good", score: 1 })
    })
  )
})

const nameOf = (span: { readonly _tag: string; readonly name?: string }): string => span.name ?? ""

describe("the layer of a contract", () => {
  const AcmeLive = Connector.layer(Acme, {
    actions: { look: () => Effect.map(Score, ({ value }) => ({ verdict: "good", score: value })) },
    triggers: { feed: () => Effect.succeed({ events: [], state: null, more: false }) }
  }).pipe(Layer.provide(Layer.succeed(Score, { value: 1 })), Layer.provide(unused))

  it.effect("gives the connector under its key", () =>
    Effect.gen(function* () {
      const service = yield* Connector.key("acme")
      expect([service.name, service.digest]).toEqual(["acme", Acme.digest])
      expect(service.manifest).toBe(Acme.manifest)
    }).pipe(Effect.provide(AcmeLive))
  )

  it.effect("is found by its name in a registry, whose error names what there is", () =>
    Effect.gen(function* () {
      const { get, list } = yield* ConnectorRegistry
      expect(list.map(({ name }) => name)).toEqual(["acme", "zoo"])
      expect((yield* get("acme")).digest).toBe(Acme.digest)
      expect((yield* Effect.flip(get("acne"))).message).toBe(
        'there is no connector "acne": did you mean acme?'
      )
      expect((yield* Effect.flip(get("nothing"))).message).toBe(
        'there is no connector "nothing": there are acme, zoo'
      )
    }).pipe(Effect.provide(ConnectorRegistry.layer(standIn("zoo", "zoo.yaml"), AcmeLive)))
  )

  it.effect("that a registry is given twice is there once", () =>
    Effect.gen(function* () {
      expect((yield* ConnectorRegistry).list).toHaveLength(1)
    }).pipe(Effect.provide(ConnectorRegistry.layer(AcmeLive, AcmeLive)))
  )

  it.effect("has a clash with another one of its name: the error names both manifests", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        Effect.provide(
          ConnectorRegistry,
          ConnectorRegistry.layer(AcmeLive, standIn("acme", "other/acme.yaml"))
        )
      )
      expect([error._tag, error.connector]).toEqual(["ConnectorClash", "acme"])
      expect(error.message).toMatch(
        /^there are two connectors "acme": acme\.yaml \(version 1\.0\.0, sha256:[0-9a-f]{12}\), and other\/acme\.yaml \(version 1\.0\.0, sha256:/
      )
    })
  )
})

/** A connector of that name, whose manifest is in that file. */
const standIn = (name: string, path: string) => {
  const manifest = checked(
    text.replace("connector: acme", `connector: ${name}`).replace("title: Acme", "title: X"),
    path
  )
  const service: ConnectorService = {
    name,
    manifest,
    digest: manifestDigest(manifest),
    open: () => Effect.die("not opened here")
  }
  return Layer.succeed(Connector.key(name), service)
}

describe("the connector of a manifest alone", () => {
  const directory = temporaryDirectory()
  afterAll(() => rmSync(directory, { recursive: true }))
  const written = (file: string, content: string): string => {
    writeFileSync(join(directory, file), content)
    return join(directory, file)
  }
  const plain = `connector: plain
version: 1.0.0
title: Plain
http: { base: "https://plain.example" }
actions:
  ping: { summary: Ping, request: { GET: /ping } }
`
  const built = (path: string) =>
    Effect.provide(ConnectorRegistry, ConnectorRegistry.layer(Connector.fromManifest(path))).pipe(
      Effect.provide([NodeFileSystem.layer, unused])
    )

  it.effect("is found by the name that its manifest gives it", () =>
    Effect.gen(function* () {
      const { get } = yield* built(written("plain.yaml", plain))
      const service = yield* get("plain")
      expect([...service.manifest.actions.keys()]).toEqual(["ping"])
    })
  )

  it.effect(
    "is refused with every problem of its manifest, at its place, for a terminal without colours",
    () =>
      Effect.gen(function* () {
        const path = written("plain.yaml", plain.replace("request:", "requst:").replace("1.0.0", "one"))
        const error = yield* Effect.flip(built(path))
        if (error._tag !== "ManifestInvalid") throw new Error(error._tag)
        expect(error.path).toBe(path)
        expect(error.diagnostics.length).toBeGreaterThan(1)
        expect(error.message).toContain(`${path}:2:10`)
        expect(error.message).toContain("requst")
        expect(error.message).not.toContain("\u001b")
      })
  )

  it.effect("is refused when it needs code, and the error names what needs it", () =>
    Effect.gen(function* () {
      const path = written("acme.yaml", text)
      const { message } = yield* Effect.flip(built(path))
      const line = text.split("\n").findIndex((row) => row === "  look:") + 1
      expect(message).toContain(`${path}:${line}:3: look is marked implementation: code`)
      for (const name of ["scan", "feed"]) expect(message).toContain(`${name} is marked implementation: code`)
      expect(message).not.toContain("fetch")
      expect(message).toContain("Connector.layer")
    })
  )

  it.effect("is refused when there is no such file, or one that is too large to be read", () =>
    Effect.gen(function* () {
      const nowhere = join(directory, "nowhere.yaml")
      const missing = yield* Effect.flip(built(nowhere))
      expect(missing.message).toBe(`cannot read the manifest ${nowhere}: NotFound`)
      const large = written("large.yaml", "#".repeat(4_500_001))
      expect((yield* Effect.flip(built(large))).message).toContain("larger than 4500000 bytes")
    })
  )
})
