import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { JsonObject } from "../json/JsonText.ts"
import { SeededRandom } from "../random/SeededRandom.ts"
import { Reply } from "../server/Reply.ts"
import { type Route, routing } from "../server/Router.ts"
import { ServerClock } from "../server/ServerClock.ts"
import {
  simulatedServer,
  type SimulatedServer,
  type SimulatedServerOptions
} from "../server/SimulatedServer.ts"
import { Accounts } from "./Accounts.ts"
import { analyticsRoutes } from "./AnalyticsRoutes.ts"
import { authRoutes } from "./AuthRoutes.ts"
import { EntityStore } from "./EntityStore.ts"
import { feedFileRoutes } from "./FeedFileRoutes.ts"
import { IngestLog } from "./IngestLog.ts"
import { ingestRoutes } from "./IngestRoutes.ts"
import { ScanQueue } from "./ScanQueue.ts"
import { searchRoutes } from "./SearchRoutes.ts"
import { threatWindsFixtures } from "./ThreatWindsFixtures.ts"
import { failure } from "./ThreatWindsReplies.ts"
import type { ThreatWindsRoute } from "./ThreatWindsRoute.ts"

/** What the simulated service knows, and what of its behaviour is disputed. */
export interface SimulatedThreatWindsOptions extends SimulatedServerOptions {
  /** Reports that it was given before it started. Default: `threatWindsFixtures()`. */
  readonly reports?: Iterable<JsonObject>
  /** The verified key pair. Default: `simulated-threatwinds-key` and `simulated-threatwinds-secret`. */
  readonly apiKey?: string
  /** The secret of the verified key pair. */
  readonly apiSecret?: string
  /** The bearer of a session that is verified and lasts 30 days. Default: `simulated-threatwinds-bearer`. */
  readonly bearer?: string
  /** Who sessions may be opened for. Default: `robin@soc.example`. */
  readonly email?: string
  /** The roles of the account. Default: user, reporter and trusted. */
  readonly roles?: ReadonlyArray<string>
  /** How long sessions last that are opened or extended. Default: 3600. */
  readonly sessionSeconds?: number
  /** How nothing is answered: 204 in the reference, 404 in the newer pages. Default: 204. */
  readonly none?: 204 | 404
  /** Whether reports are stored at once, or when `settle` is called. Default: `at once`. */
  readonly ingest?: "at once" | "held"
  /** The server's time at the start, as RFC 3339; afterwards it goes on with the clock. Default: that of the clock. */
  readonly now?: string
}

/** A running simulation of ThreatWinds. */
export interface ThreatWindsSimulation extends SimulatedServer {
  /** The verified key pair and the verified bearer. Use one of the two. */
  readonly apiKey: string
  readonly apiSecret: string
  readonly bearer: string
  /** The account: `mailbox` has the codes, `roles` may be changed. */
  readonly accounts: Accounts
  /** The server's time: `advance` lets sessions and key pairs end. */
  readonly clock: ServerClock
  /** What it knows: entities, relations, comments, history. */
  readonly entities: EntityStore
  /** What ingest accepted, to see that something was done exactly once. */
  readonly effects: IngestLog
  readonly scans: ScanQueue
  /** Stores what was acknowledged and is held. Gives how much that was. */
  readonly settle: () => number
}

/**
 * ThreatWinds on loopback, as far as the connector calls it: sessions and key pairs, search, analytics, ingest and feeds.
 * Answers follow from what was reported to it.
 */
export class SimulatedThreatWinds extends Context.Service<SimulatedThreatWinds, ThreatWindsSimulation>()(
  "@sallyport/testkit/threatwinds/SimulatedThreatWinds"
) {
  /** Runs until the scope ends. */
  static readonly make = (
    options: SimulatedThreatWindsOptions = {}
  ): Effect.Effect<ThreatWindsSimulation, never, Scope.Scope> => make(options)

  /** The same as a service. */
  static readonly layer = (options: SimulatedThreatWindsOptions = {}): Layer.Layer<SimulatedThreatWinds> =>
    Layer.effect(SimulatedThreatWinds, make(options))
}

const make = Effect.fnUntraced(function* (options: SimulatedThreatWindsOptions) {
  const clock = yield* ServerClock.make(options.now)
  const {
    apiKey = "simulated-threatwinds-key",
    apiSecret = "simulated-threatwinds-secret",
    bearer = "simulated-threatwinds-bearer",
    reports = threatWindsFixtures()
  } = options
  const random = new SeededRandom("threatwinds")
  const accounts = new Accounts(clock, random, {
    email: options.email ?? "robin@soc.example",
    roles: options.roles ?? ["user", "reporter", "trusted"],
    sessionSeconds: options.sessionSeconds ?? 3600
  })
  accounts.addSession(bearer, 30 * 86_400)
  accounts.addKeypair(apiKey, apiSecret, 365)
  const entities = new EntityStore(clock, random)
  for (const report of reports) entities.ingest(report)
  const effects = new IngestLog()
  const scans = new ScanQueue(random)
  const held: Array<() => void> = []
  const later = (store: () => void): void => {
    if (options.ingest === "held") held.push(store)
    else store()
  }
  const none = options.none === 404 ? failure(404, "not found", "not found") : Reply.empty(204)
  const routes = [
    ...authRoutes(accounts),
    ...searchRoutes(entities, none),
    ...analyticsRoutes(entities, none),
    ...ingestRoutes({ store: entities, log: effects, scans, accounts, later }),
    ...feedFileRoutes(entities, none)
  ]
  const server = yield* simulatedServer(routing(routes.map(guarded(accounts)), routerReplies), options)
  const settle = (): number => {
    const waiting = held.splice(0)
    for (const store of waiting) store()
    return waiting.length
  }
  return { ...server, apiKey, apiSecret, bearer, accounts, clock, entities, effects, scans, settle }
})

const guarded =
  (accounts: Accounts) =>
  ({ handle, method, path, proof, role }: ThreatWindsRoute): Route => ({
    method,
    path,
    handle: (request, parameters) => handle(request, parameters, accounts.demand(request, proof, role))
  })

const routerReplies = {
  notFound: (): Reply => failure(404, "route not found", "not found"),
  methodNotAllowed: (): Reply => failure(405, "method not allowed", "invalid request")
}
