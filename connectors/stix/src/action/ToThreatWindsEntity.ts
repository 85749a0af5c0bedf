import type { ConnectorError } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type { JsonObject } from "../object/FieldReader.ts"
import { extractObservables } from "../observable/Observables.ts"
import {
  type Refusal,
  type SubmissionFlag,
  type SubmissionOptions,
  submissionOf
} from "../threatwinds/Submission.ts"
import { toThreatWindsEntities, type ThreatWindsEntity } from "../threatwinds/ThreatWindsEntity.ts"
import type { ActionFailure } from "./ActionFailure.ts"
import { type ExtractionRemarks, remarksOf } from "./ExtractObservables.ts"
import { type ObservableRecord, observableRecord } from "./ObservableRecord.ts"
import { pointInTime } from "./PointInTime.ts"

/** The input of `to_threatwinds_entity`. */
export interface ToThreatWindsEntityInput {
  readonly object: JsonObject
  /** The STIX objects that the indicator indicates. */
  readonly indicated?: ReadonlyArray<unknown>
  readonly visible_by?: ReadonlyArray<string>
  readonly override_marking: boolean
  /** RFC 3339; now without it. */
  readonly at?: string
}

/** An entity as ThreatWinds' `report_entity` takes it. */
export interface EntityRecord extends Omit<ThreatWindsEntity, "visibleBy"> {
  readonly visible_by?: ReadonlyArray<string>
}

/** An entity and what it was made of. */
export interface EntityProposal {
  readonly entity: EntityRecord
  readonly flags: ReadonlyArray<SubmissionFlag>
  readonly observables: ReadonlyArray<ObservableRecord>
}

/** Values that are not reported, and why. */
export interface EntityRefusal extends Refusal {
  /** All of the indicator's when the indicator itself is refused. */
  readonly observables: ReadonlyArray<ObservableRecord>
}

/** The output of `to_threatwinds_entity`. */
export interface ToThreatWindsEntityOutput extends ExtractionRemarks {
  readonly entities: ReadonlyArray<EntityProposal>
  readonly refusals: ReadonlyArray<EntityRefusal>
}

/**
 * `to_threatwinds_entity`: what to report of an indicator, or why not; see `toThreatWindsEntities`. Fails with
 * `InvalidInput` only when `at` names no point in time.
 */
export const toThreatWindsEntity = (
  input: ToThreatWindsEntityInput,
  failure: ActionFailure
): Effect.Effect<ToThreatWindsEntityOutput, ConnectorError> =>
  Effect.map(pointInTime(input.at, failure), (at) => {
    const { object, indicated, visible_by: visibleBy, override_marking: overrideMarking } = input
    const options: SubmissionOptions = {
      at,
      overrideMarking,
      ...(indicated === undefined ? {} : { indicated }),
      ...(visibleBy === undefined ? {} : { visibleBy })
    }
    const extraction = extractObservables(object)
    const submission = submissionOf(object, options)
    // Said once, and said of an indicator without observables too.
    if ("reason" in submission) {
      const { reason, detail } = submission
      const refusals = [{ reason, detail, observables: extraction.observables.map(observableRecord) }]
      return { ...remarksOf(extraction), entities: [], refusals }
    }
    return { ...remarksOf(extraction), ...outcomesOf(object, options) }
  })

const outcomesOf = (
  object: JsonObject,
  options: SubmissionOptions
): Pick<ToThreatWindsEntityOutput, "entities" | "refusals"> => {
  const entities: Array<EntityProposal> = []
  const refusals: Array<EntityRefusal> = []
  for (const { observables, mapping } of toThreatWindsEntities(object, options)) {
    const records = observables.map(observableRecord)
    if (mapping.mappable)
      entities.push({ entity: entityRecord(mapping.entity), flags: mapping.flags, observables: records })
    else refusals.push({ reason: mapping.reason, detail: mapping.detail, observables: records })
  }
  return { entities, refusals }
}

const entityRecord = ({ visibleBy, ...entity }: ThreatWindsEntity): EntityRecord =>
  visibleBy === undefined ? entity : { ...entity, visible_by: visibleBy }
