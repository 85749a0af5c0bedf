import { type Json, SourceFile } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { Connection } from "../src/connection/Connection.ts"
import type { ConnectionError } from "../src/connection/ConnectionError.ts"
import type { ConnectorHandlers, OpenConnection } from "../src/connector/ConnectorService.ts"
import { openConnector } from "../src/connector/OpenConnector.ts"
import type { HttpPoolError } from "../src/http/HttpPool.ts"
import { HttpTransport } from "../src/http/HttpTransport.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { SessionVault } from "../src/session/SessionVault.ts"
import { loopback, type LoopbackServer, type ReceivedRequest } from "./LoopbackServer.ts"

/** What a scripted service answers. Text and bytes are sent as they are, anything else as JSON. */
export interface Scripted {
  readonly status?: number
  readonly headers?: { readonly [name: string]: string }
  readonly body?: Json | Uint8Array
}

/** What a connected test is made of. */
export interface Setup {
  readonly manifest: string
  readonly answer: (request: ReceivedRequest, index: number) => Scripted
  readonly config?: Connection["config"]
  readonly secrets?: { readonly [name: string]: string }
  readonly handlers?: ConnectorHandlers
  /** Where sessions are kept; each connection has its own otherwise. */
  readonly vault?: SessionVault["Service"]
}

/** A connection to a service on this machine; `${{ config.base_url }}` is its address. */
export interface Connected {
  readonly server: LoopbackServer
  readonly connection: OpenConnection
}

/** Opens a connection of the manifest to a service that answers like this. */
export const connected = (
  setup: Setup
): Effect.Effect<Connected, ConnectionError | HttpPoolError, Scope.Scope> =>
  Effect.gen(function* () {
    const server = yield* loopback((response, request, index) => {
      const { body, headers, status } = setup.answer(request, index)
      const isRaw = typeof body === "string" || body instanceof Uint8Array
      const type = isRaw || body === undefined ? {} : { "content-type": "application/json" }
      response.writeHead(status ?? 200, { ...type, ...headers })
      response.end(body === undefined ? undefined : isRaw ? body : JSON.stringify(body))
    })
    const { diagnostics, manifest } = loadManifest(new SourceFile("acme.yaml", setup.manifest))
    if (manifest === undefined)
      return yield* Effect.die(new Error(diagnostics.map(({ message }) => message).join("\n")))
    const layers = yield* Layer.build(
      Layer.merge(
        HttpTransport.layer(),
        setup.vault === undefined ? SessionVault.layerMemory : Layer.succeed(SessionVault, setup.vault)
      )
    )
    const service = yield* Effect.provide(
      openConnector(manifest, setup.handlers ?? { actions: new Map(), triggers: new Map() }),
      layers
    )
    const connection = yield* service.open({
      name: "acme_test",
      connector: "acme",
      config: { base_url: server.origin, ...setup.config },
      secrets: new Map(
        Object.entries(setup.secrets ?? {}).map(([name, value]) => [name, Redacted.make(value)])
      )
    })
    return { server, connection }
  })

/** The beginning of a manifest, up to its actions. */
export const acme = (rest: string): string => `connector: acme
version: 1.0.0
title: Acme
connection:
  config: { base_url: { type: string }, tenant?: { type: string } }
  secrets: { api_key?: {}, user?: {}, password?: {} }
http:
  base: \${{ config.base_url }}
  timeout: 20s
  errors: { message: "\${{ response.body.message }}", code: "\${{ response.body.code }}", id: '\${{ response.headers[?"x-error-id"] }}' }
${rest}`
