import {
  type EntityProposal,
  type ExtractObservablesOutput,
  Stix,
  type ToThreatwindsEntityOutput
} from "@sallyport/connector-stix"
import type { Json, OpenConnection } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { connectorFailure } from "../ConnectorFailure.ts"
import type { Failure } from "../Failure.ts"
import { Tally } from "./Tally.ts"

/** An indicator and what would be reported of it. */
export interface MappedIndicator {
  readonly indicator: Json
  readonly id: string | undefined
  readonly proposals: ReadonlyArray<EntityProposal>
}

/** What all objects of a feed come to. Every observable is either in a proposal or refused for one reason. */
export interface FeedMapping {
  readonly indicators: number
  /** Objects of other types. */
  readonly others: number
  /** Indicators that hold no observable, by the reason. */
  readonly without: Tally
  /** Observables by kind. */
  readonly kinds: Tally
  /** Observables that are not to be reported, by the reason. */
  readonly refused: Tally
  /** Observables in proposals. */
  readonly reportable: number
  /** Only indicators of which something may be reported. */
  readonly mapped: ReadonlyArray<MappedIndicator>
}

/** Finds the observables of all indicators and what may be reported of them. Nothing is sent. */
export const mapFeed = Effect.fn("mapFeed")(function* (
  stix: OpenConnection,
  objects: ReadonlyArray<Json>
): Effect.fn.Return<FeedMapping, Failure> {
  const [without, kinds, refused] = [new Tally(), new Tally(), new Tally()]
  const mapped: Array<MappedIndicator> = []
  let indicators = 0
  let reportable = 0
  for (const indicator of objects) {
    if (!isIndicator(indicator)) continue
    indicators++
    const found = yield* extract(stix, indicator)
    if (found.observables.length === 0) {
      without.add(found.skipped[0]?.reason ?? "no-pattern")
      continue
    }
    for (const { kind } of found.observables) kinds.add(kind)
    const { entities, indicator_id, refusals } = yield* toEntities(stix, indicator, [])
    for (const { observables, reason } of refusals) refused.add(reason, observables.length)
    reportable += entities.reduce((sum, { observables }) => sum + observables.length, 0)
    if (entities.length > 0) mapped.push({ indicator, id: indicator_id, proposals: entities })
  }
  const others = objects.length - indicators
  return { indicators, others, without, kinds, refused, reportable, mapped }
})

/** What may be reported of an indicator, with the objects that it indicates. */
export const toEntities = (
  stix: OpenConnection,
  object: Json,
  indicated: ReadonlyArray<unknown>
): Effect.Effect<ToThreatwindsEntityOutput, Failure> =>
  stix.call("to_threatwinds_entity", { object, indicated }).pipe(
    Effect.mapError(connectorFailure),
    // The runtime has checked it against the same schema.
    Effect.flatMap((output) => Effect.orDie(decodeEntities(output)))
  )

const extract = (stix: OpenConnection, object: Json): Effect.Effect<ExtractObservablesOutput, Failure> =>
  stix.call("extract_observables", { object }).pipe(
    Effect.mapError(connectorFailure),
    Effect.flatMap((output) => Effect.orDie(decodeObservables(output)))
  )

const decodeEntities = Schema.decodeUnknownEffect(Stix.output("to_threatwinds_entity"))
const decodeObservables = Schema.decodeUnknownEffect(Stix.output("extract_observables"))

const isIndicator = (value: Json): boolean =>
  typeof value === "object" && value !== null && "type" in value && value.type === "indicator"
