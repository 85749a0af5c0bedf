import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { SeededRandom } from "../random/SeededRandom.ts"
import { Reply } from "../server/Reply.ts"
import { routing } from "../server/Router.ts"
import { ServerClock } from "../server/ServerClock.ts"
import {
  simulatedServer,
  type SimulatedServer,
  type SimulatedServerOptions
} from "../server/SimulatedServer.ts"
import { fixtureFile } from "../stix/FixtureObjects.ts"
import { stixFixtures } from "../stix/StixFixtures.ts"
import type { StixObject } from "../stix/StixObject.ts"
import { ApiKeys } from "./ApiKeys.ts"
import { FeedRegistry } from "./FeedRegistry.ts"
import { feedRoutes } from "./FeedRoutes.ts"
import { indicatorRoutes } from "./IndicatorRoutes.ts"
import { ObjectFiles } from "./ObjectFiles.ts"
import { objectRoutes } from "./ObjectRoutes.ts"
import { ObjectStore } from "./ObjectStore.ts"
import type { SekoiaRoute } from "./SekoiaRoute.ts"
import { sekoiaReplies } from "./SekoiaReplies.ts"

/** What the simulated service holds, and what of its behaviour nobody knows for certain. */
export interface SimulatedSekoiaOptions extends SimulatedServerOptions {
  /** What it holds at the start. Default: `stixFixtures()`. */
  readonly objects?: Iterable<StixObject>
  /** A key with all permissions. Default: `simulated-sekoia-key`. */
  readonly apiKey?: string
  /** The server's time at the start, as RFC 3339; afterwards it goes on with the clock. Default: that of the clock. */
  readonly now?: string
  /** What a `limit` above 2000 (10,000 as text) does: the page is capped silently, or 400. Default: `cap`. */
  readonly overLimit?: "cap" | "reject"
  /** The key of several objects by id. Default: `_items`. */
  readonly manyKey?: "_items" | "items"
  /** Whether a feed is answered as `{"data": feed}`. Default: `wrapped`. */
  readonly feedAnswer?: "wrapped" | "bare"
  /** Whether old versions of an object stay at their place in a feed, so that ids come twice. Default: false. */
  readonly keepOldVersions?: boolean
  /** How many indicators are given for a value before `has_more` is true. Default: 20. */
  readonly maxIndicators?: number
}

/** A running simulation of Sekoia's Intelligence Center. */
export interface SekoiaSimulation extends SimulatedServer {
  /** A key that is valid and may do everything. */
  readonly apiKey: string
  readonly keys: ApiKeys
  /** The server's time. */
  readonly clock: ServerClock
  /** What it holds: publish, update and revoke while it runs. */
  readonly objects: ObjectStore
  readonly feeds: FeedRegistry
  readonly files: ObjectFiles
}

/**
 * Sekoia's Intelligence Center on loopback, as far as the connector calls it: feeds with cursors that can be read on
 * later, objects, their context, indicators by value, and bearer keys. No answer is written down: all of them follow
 * from the objects it holds.
 */
export class SimulatedSekoia extends Context.Service<SimulatedSekoia, SekoiaSimulation>()(
  "@sallyport/testkit/sekoia/SimulatedSekoia"
) {
  /** Runs until the scope ends. */
  static readonly make = (
    options: SimulatedSekoiaOptions = {}
  ): Effect.Effect<SekoiaSimulation, never, Scope.Scope> => make(options)

  /** The same as a service. */
  static readonly layer = (options: SimulatedSekoiaOptions = {}): Layer.Layer<SimulatedSekoia> =>
    Layer.effect(SimulatedSekoia, make(options))
}

const make = Effect.fnUntraced(function* (options: SimulatedSekoiaOptions) {
  const clock = yield* ServerClock.make(options.now)
  const { apiKey = "simulated-sekoia-key", objects = stixFixtures() } = options
  const { feeds, files, keys, routes, store } = partsOf(clock, options)
  keys.set(apiKey)
  store.publish(objects)
  if (options.objects === undefined) putFixtureFiles(store, files)
  const guarded = routes.map((route) => ({ ...route, handle: guardedBy(keys, route) }))
  const server = yield* simulatedServer(routing(guarded, routerReplies), options)
  return { ...server, apiKey, keys, clock, objects: store, feeds, files }
})

function partsOf(clock: ServerClock, options: SimulatedSekoiaOptions) {
  const { feedAnswer = "wrapped", manyKey = "_items", maxIndicators = 20, overLimit = "cap" } = options
  const store = new ObjectStore(clock, options.keepOldVersions === true)
  const feeds = new FeedRegistry(clock, new SeededRandom("feeds"))
  const files = new ObjectFiles()
  const routes: ReadonlyArray<SekoiaRoute> = [
    {
      method: "GET",
      path: "/v1/auth/validate",
      permission: undefined,
      handle: () => Reply.json(claims(clock))
    },
    ...feedRoutes({ feeds, store, clock, overLimit, feedAnswer }),
    ...objectRoutes({ store, files, manyKey }),
    ...indicatorRoutes(store, maxIndicators)
  ]
  return { store, feeds, files, keys: new ApiKeys(), routes }
}

function guardedBy(keys: ApiKeys, { handle, permission }: SekoiaRoute): SekoiaRoute["handle"] {
  return (request, parameters) => {
    keys.demand(request, permission)
    return handle(request, parameters)
  }
}

/** What it says about a valid key. */
const claims = (clock: ServerClock) => ({
  csrf: "simulated",
  fresh: false,
  iat: clock.seconds,
  identity: "apikey:simulated",
  jti: "simulated",
  nbf: clock.seconds,
  type: "access",
  user_claims: null
})

const routerReplies = {
  notFound: (): Reply => Reply.html("404 Not Found", { status: 404 }),
  methodNotAllowed: (): Reply => sekoiaReplies.methodNotAllowed
}

function putFixtureFiles(store: ObjectStore, files: ObjectFiles): void {
  for (let place = 0; place < store.end; place++) {
    const object = store.at(place)
    if (object?.type === "report") files.put(object.id, fixtureFile(object.id))
  }
}
