import type { ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { extractBatch, type CarriedObservable } from "../observable/ObservableBatch.ts"
import type { Extraction } from "../observable/Observables.ts"
import type { ActionFailure } from "./ActionFailure.ts"
import { type ExtractionRemarks, remarksOf } from "./ExtractObservables.ts"
import { type ObjectsInput, objectsOf } from "./ObjectList.ts"
import { type ObservableRecord, observableRecord } from "./ObservableRecord.ts"

/** The input of `collect_observables`. */
export interface CollectObservablesInput {
  readonly objects: ObjectsInput
}

/** A value with every indicator that carries it. */
export interface CollectedObservable {
  readonly kind: ObservableRecord["kind"]
  readonly canonical: string
  readonly stix_type: string
  /** The ids of the carriers that have one, each once. */
  readonly indicator_ids: ReadonlyArray<string>
  /** No carrier is about this value alone. */
  readonly compound: boolean
  readonly carriers: ReadonlyArray<ObservableCarrier>
}

/** An indicator that carries a value, and how. */
export interface ObservableCarrier {
  /** The place of the indicator among the objects, from 0. */
  readonly index: number
  readonly indicator_id?: string
  readonly observable: ObservableRecord
}

/** An object of which something was not taken. */
export interface ObjectRemarks extends ExtractionRemarks {
  /** Its place among the objects, from 0. */
  readonly index: number
}

/** The output of `collect_observables`. */
export interface CollectObservablesOutput {
  readonly observables: ReadonlyArray<CollectedObservable>
  /** Only objects of which something was skipped or is malformed. */
  readonly remarks: ReadonlyArray<ObjectRemarks>
}

/**
 * `collect_observables`: the values of many indicators, each once by kind and canonical value; see `extractBatch`. Fails
 * with `InvalidInput` only when the `objects` of a bundle are no list.
 */
export const collectObservables = (
  { objects }: CollectObservablesInput,
  failure: ActionFailure
): Effect.Effect<CollectObservablesOutput, ConnectorError> =>
  Effect.map(objectsOf(objects, failure), (members) => {
    const { observables, extractions } = extractBatch(members)
    return {
      observables: observables.flatMap(collected),
      remarks: extractions.flatMap((extraction, index) =>
        isRemarkable(extraction) ? [{ index, ...remarksOf(extraction) }] : []
      )
    }
  })

const collected = ({ kind, canonical, carriers }: CarriedObservable): ReadonlyArray<CollectedObservable> => {
  const [first] = carriers
  if (first === undefined) return []
  return [
    {
      kind,
      canonical,
      // The same for all: it follows from the kind, and for blocks of addresses from the value.
      stix_type: first.observable.stixType,
      indicator_ids: [...new Set(carriers.flatMap(({ indicatorId }) => indicatorId ?? []))],
      compound: carriers.every(({ observable }) => observable.compound),
      carriers: carriers.map(({ index, indicatorId, observable }) => ({
        index,
        ...(indicatorId === undefined ? {} : { indicator_id: indicatorId }),
        observable: observableRecord(observable)
      }))
    }
  ]
}

const isRemarkable = ({ skipped, problems }: Extraction): boolean => skipped.length > 0 || problems.length > 0
