import {
  AnswerFault,
  badItems,
  Fault,
  SimulatedSekoia,
  SimulatedThreatWinds,
  stixFixtureStream
} from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** What the simulated services counted themselves: it must agree with what the demo says of itself. */
export interface ServiceRecords {
  readonly requests: { readonly sekoia: number; readonly threatwinds: number }
  /** Objects in the feed, each once. */
  readonly objects: number
  /** Reports that were accepted. */
  readonly entities: number
  readonly comments: number
}

/** The services of the demo. */
export interface SimulatedServices {
  /** The variables that lead to them. */
  readonly variables: { readonly [name: string]: string }
  readonly records: () => ServiceRecords
}

/**
 * Sekoia and ThreatWinds on loopback until the scope ends. On purpose, the second page of the feed fails once with 503, a
 * later one has an item that is no STIX object, and one report is answered with 429 and `Retry-After: 1`.
 */
export const simulatedServices = (objects: number): Effect.Effect<SimulatedServices, never, Scope.Scope> =>
  Effect.gen(function* () {
    const sekoia = yield* SimulatedSekoia.make({ objects: stixFixtureStream({ objects }) })
    const threatwinds = yield* SimulatedThreatWinds.make()
    const feed = "/v2/inthreat/collections"
    sekoia.faults.add(Fault.status(503, { body: "html" }), { path: feed, skip: 1 })
    sekoia.faults.add(AnswerFault.badItems(badItems.slice(0, 1)), { path: feed, skip: 1 })
    threatwinds.faults.add(Fault.status(429, { retryAfter: 1 }), { path: "/api/ingest/v1/entity", skip: 5 })
    return {
      variables: {
        SEKOIA_BASE_URL: sekoia.baseUrl,
        SEKOIA_API_KEY: sekoia.apiKey,
        THREATWINDS_BASE_URL: threatwinds.baseUrl,
        THREATWINDS_API_KEY: threatwinds.apiKey,
        THREATWINDS_API_SECRET: threatwinds.apiSecret
      },
      records: () => ({
        requests: { sekoia: sekoia.requests.received, threatwinds: threatwinds.requests.received },
        objects: sekoia.objects.size,
        entities: threatwinds.effects.of("entity").length,
        comments: threatwinds.effects.of("comment").length
      })
    }
  })
