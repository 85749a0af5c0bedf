import type { EntityType } from "../manifest.gen.ts"
import type { Observable } from "../observable/Observable.ts"
import { extractObservables } from "../observable/Observables.ts"
import { entityValueOf } from "./EntityValue.ts"
import { type FileEntity, fileEntityOf } from "./FileEntity.ts"
import type { Reputation } from "./Reputation.ts"
import {
  type Association,
  type Refusal,
  type Submission,
  type SubmissionFlag,
  type SubmissionOptions,
  submissionOf
} from "./Submission.ts"

/** The body of `POST ingest/v1/entity`. Its id is not part of it: it is computed from the type and main attribute. */
export interface ThreatWindsEntity {
  readonly type: EntityType
  /** Holds a key that is equal to `type`. */
  readonly attributes: Readonly<Record<string, string | number>>
  readonly associations: ReadonlyArray<Association>
  readonly reputation: Reputation
  readonly correlate: ReadonlyArray<string>
  readonly tags: ReadonlyArray<string>
  /** Missing when the caller named no groups. */
  readonly visibleBy?: ReadonlyArray<string>
}

/** An entity, or why there is none: then no request is worth sending. */
export type ThreatWindsMapping =
  | {
      readonly mappable: true
      readonly entity: ThreatWindsEntity
      readonly flags: ReadonlyArray<SubmissionFlag>
    }
  | ({ readonly mappable: false } & Refusal)

/**
 * The ThreatWinds entity of one observable of an indicator: its type and attribute, the reputation by the indicator's
 * types and confidence, tags and associations. Not mappable when the indicator is revoked, expired or not yet active, when
 * its marking forbids it, or when ThreatWinds refuses the value. Never throws.
 */
export const toThreatWindsEntity = (
  observable: Observable,
  indicator: unknown,
  options: SubmissionOptions
): ThreatWindsMapping => {
  const submission = submissionOf(indicator, options)
  return "reason" in submission ? { mappable: false, ...submission } : mappingOf(observable, submission)
}

/** What one value, or one file with several hashes, of an indicator becomes. */
export interface IndicatorMapping {
  /** One observable, or the alternatives of one file. */
  readonly observables: ReadonlyArray<Observable>
  readonly mapping: ThreatWindsMapping
}

/**
 * The ThreatWinds entities of an indicator: one for each observable, but one for all hashes of the same file. Empty for
 * an object without observables.
 */
export const toThreatWindsEntities = (
  indicator: unknown,
  options: SubmissionOptions
): ReadonlyArray<IndicatorMapping> => {
  const submission = submissionOf(indicator, options)
  return together(extractObservables(indicator).observables).map((observables) => ({
    observables,
    mapping:
      "reason" in submission ? { mappable: false, ...submission } : groupMappingOf(observables, submission)
  }))
}

/** The observables with the alternatives of each group side by side, in the order of the first of each. */
const together = (observables: ReadonlyArray<Observable>): ReadonlyArray<ReadonlyArray<Observable>> => {
  const groups = new Map<unknown, Array<Observable>>()
  for (const observable of observables) {
    const key = observable.group ?? observable
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [observable])
    else members.push(observable)
  }
  // Hashes of a certificate have one entity type: each is an entity of its own.
  return [...groups.values()].flatMap((members) =>
    members.every(({ stixType }) => stixType === "file") ? [members] : members.map((member) => [member])
  )
}

const groupMappingOf = (
  observables: ReadonlyArray<Observable>,
  submission: Submission
): ThreatWindsMapping => {
  const [first] = observables
  const file = observables.length > 1 ? fileEntityOf(observables) : undefined
  if (first === undefined) return refusedValue("no value")
  return file === undefined ? mappingOf(first, submission) : built(first, file, submission)
}

const mappingOf = (observable: Observable, submission: Submission): ThreatWindsMapping => {
  const result = entityValueOf(observable.kind, observable.canonical)
  if ("refused" in result) return refusedValue(result.refused)
  const { type, value } = result
  const ports = (observable.ports ?? []).map((port): Association => ({
    mode: "association",
    type: "port",
    attributes: { port }
  }))
  return built(
    observable,
    { type, attributes: { [type]: value }, associations: ports, correlate: [] },
    submission
  )
}

const built = (
  { compound, partial }: Observable,
  { type, attributes, associations, correlate }: EntityCore,
  { flags, reputation, tags, visibleBy, ...submission }: Submission
): ThreatWindsMapping => ({
  mappable: true,
  entity: {
    type,
    attributes,
    associations: [...associations, ...submission.associations],
    reputation,
    correlate,
    tags,
    ...(visibleBy.length === 0 ? {} : { visibleBy })
  },
  flags: [...(compound ? (["compound"] as const) : []), ...(partial ? (["partial"] as const) : []), ...flags]
})

type EntityCore = Omit<FileEntity, "attributes"> & Pick<ThreatWindsEntity, "attributes">

const refusedValue = (what: string): ThreatWindsMapping => ({
  mappable: false,
  reason: "refused-value",
  detail: `ThreatWinds takes no such value: ${what}`
})
