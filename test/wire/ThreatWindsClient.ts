import { ThreatwindsLive } from "@sallyport/connector-threatwinds"
import type { Json } from "@sallyport/language"
import {
  type ConnectionError,
  Connector,
  type ConnectorError,
  HttpTransport,
  makeConnection,
  type OpenConnection,
  SessionVault
} from "@sallyport/runtime"
import {
  type ReceivedRequest,
  SimulatedThreatWinds,
  type SimulatedThreatWindsOptions,
  type ThreatWindsSimulation,
  whileTimePasses
} from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { repositoryManifest } from "../contract/RepositoryManifest.ts"

/** The manifest of the connector under test. */
export const threatwinds = repositoryManifest("threatwinds")

/** What a connection to a simulated ThreatWinds is made of. */
export interface ClientOptions {
  readonly server?: SimulatedThreatWindsOptions
  readonly config?: { readonly [name: string]: Json }
  /** Default: the key pair of the simulation. */
  readonly secrets?: (server: ThreatWindsSimulation) => { readonly [name: string]: string }
}

/** The real connector, connected over sockets. */
export interface Client {
  readonly server: ThreatWindsSimulation
  readonly connection: OpenConnection
  /** Calls an action while the clock of the test goes on. */
  readonly call: (
    action: string,
    input?: { readonly [name: string]: Json }
  ) => Effect.Effect<Json, ConnectorError, Scope.Scope>
  /** The request that came last. */
  readonly last: () => ReceivedRequest
}

/** Connects the real connector of ThreatWinds to a simulation of its own. */
export const client = (options: ClientOptions = {}): Effect.Effect<Client, ConnectionError, Scope.Scope> =>
  Effect.gen(function* () {
    const server = yield* SimulatedThreatWinds.make(options.server ?? { reports })
    const secrets = options.secrets?.(server) ?? { api_key: server.apiKey, api_secret: server.apiSecret }
    const checked = yield* Effect.fromResult(
      makeConnection(threatwinds, {
        name: "intel",
        config: { base_url: server.baseUrl, ...options.config },
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([name, secret]) => [name, Redacted.make(secret)] as const)
        )
      })
    )
    const layers = yield* Layer.build(
      Layer.merge(Layer.orDie(HttpTransport.layer()), SessionVault.layerMemory)
    )
    const service = yield* Effect.provide(
      Effect.provide(Connector.key("threatwinds"), ThreatwindsLive),
      layers
    )
    const connection = yield* service.open(checked)
    return {
      server,
      connection,
      call: (action, input = {}) => whileTimePasses(connection.call(action, input)),
      last: () => {
        const request = server.requests.last
        if (request === undefined) throw new Error("nothing was sent")
        return request
      }
    }
  })

/** The secrets of a connection with the bearer of the simulation. */
export const bearing = ({ bearer }: ThreatWindsSimulation): { readonly bearer: string } => ({ bearer })

/** The names of the headers of a request that prove who it is from. */
export const proofs = (request: ReceivedRequest): ReadonlyArray<string> =>
  ["authorization", "api-key", "api-secret", "user-id", "groups"].filter(
    (name) => request.header(name) !== undefined
  )

/** A field of a value by its path; undefined where it is not there. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown => {
  let found: unknown = value
  for (const name of path)
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined
  return found
}

/** The length of a list that must be there. */
export const sizeOf = (value: unknown): number => {
  if (!Array.isArray(value)) throw new Error("that is no list")
  return value.length
}

/** The ids of results. */
export const idsOf = (output: Json): ReadonlyArray<unknown> => {
  const results = at(output, "results")
  return Array.isArray(results) ? results.map((result: unknown) => at(result, "id")) : []
}

/** Reports of seven entities of six types. */
export const reports = [
  {
    type: "ip",
    attributes: { ip: "203.0.113.9", asn: 64500 },
    reputation: -3,
    tags: ["scanner"],
    correlate: ["asn"]
  },
  { type: "ip", attributes: { ip: "198.51.100.7" }, reputation: -1 },
  { type: "ip", attributes: { ip: "2001:db8::1" }, reputation: 0 },
  {
    type: "domain",
    attributes: { domain: "login.example" },
    reputation: -2,
    associations: [
      {
        mode: "association",
        type: "malware",
        attributes: { malware: "umbral loader" },
        associations: [
          { mode: "aggregation", type: "url", attributes: { url: "https://login.example/Gate" } }
        ]
      }
    ]
  },
  { type: "email-address", attributes: { "email-address": "a@soc.example" }, reputation: 1 }
] as const

/** The answer of a search, a history or a list of comments that found nothing. */
export const nothing = { items: 0, pages: 0, results: [] } as const
