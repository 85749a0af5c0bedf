import { foldedText } from "../canonical/FoldedText.ts"
import type { AssociationType } from "../manifest.gen.ts"
import { fieldOf, isJsonObject } from "../object/FieldReader.ts"
import { readIndicator } from "../object/Indicator.ts"
import { lifecycleAt } from "../object/Lifecycle.ts"
import type { Timestamp } from "../object/Timestamp.ts"
import { tlpOf } from "../object/Tlp.ts"
import { contextEntityOf } from "./ContextEntity.ts"
import { type Reputation, reputationOf } from "./Reputation.ts"

/** How an indicator is submitted. */
export interface SubmissionOptions {
  /** The point in time at which the indicator has to be valid. */
  readonly at: Timestamp
  /** The groups of ThreatWinds that see the entity; without it ThreatWinds takes the caller's own. */
  readonly visibleBy?: ReadonlyArray<string>
  /** Submits what is TLP:AMBER, TLP:RED or not marked too. Only together with `visibleBy`. */
  readonly overrideMarking?: boolean
  /** The STIX objects that the indicator indicates: they are associated, and malware gives a tag. */
  readonly indicated?: ReadonlyArray<unknown>
}

/** Another entity that is sent with the main one. `aggregation`: a part of it; `association`: a loose link. */
export interface Association {
  readonly mode: "aggregation" | "association"
  readonly type: AssociationType
  readonly attributes: Readonly<Record<string, string | number>>
}

/** What is worth knowing of a submission. */
export type SubmissionFlag =
  /** The pattern asks for more than the value. */
  | "compound"
  /** The pattern holds more than its observables. */
  | "partial"
  /** The indicator is called benign and malicious at once: the reputation is 0. */
  | "conflict"
  /** Sekoia calls the indicator deprecated. */
  | "deprecated"
  /** The marking forbids it, the caller overrode that. */
  | "marking-overridden"
  /** An indicated object was left out: its marking forbids it, or ThreatWinds has no type for it. */
  | "indicated-left-out"

/** Why nothing of an indicator is submitted. */
export interface Refusal {
  readonly reason: "not-an-indicator" | "marking" | "revoked" | "expired" | "not-yet-active" | "refused-value"
  /** One sentence for a person. */
  readonly detail: string
}

/** What all entities of an indicator have in common. */
export interface Submission {
  readonly reputation: Reputation
  readonly tags: ReadonlyArray<string>
  readonly associations: ReadonlyArray<Association>
  readonly visibleBy: ReadonlyArray<string>
  readonly flags: ReadonlyArray<SubmissionFlag>
}

/**
 * What to say of an indicator, or why to say nothing. A revoked or expired one is never submitted, with a good reputation
 * neither: a reputation that was given cannot be taken back by another. Only TLP:CLEAR and TLP:GREEN leave the community;
 * an object without a level counts as TLP:AMBER.
 */
export const submissionOf = (input: unknown, options: SubmissionOptions): Submission | Refusal => {
  const indicator = readIndicator(input)
  if (indicator.type !== "indicator")
    return { reason: "not-an-indicator", detail: "the object is no indicator" }
  const { state } = lifecycleAt(input, options.at)
  if (state !== "active") return { reason: state, detail: `the indicator is ${state.replaceAll("-", " ")}` }
  const visibleBy = options.visibleBy ?? []
  const isFree = isReleasable(indicator.source)
  if (!isFree && !(options.overrideMarking === true && visibleBy.length > 0)) {
    return { reason: "marking", detail: `the indicator is ${markingText(indicator.source)}` }
  }
  const { reputation, conflict } = reputationOf(indicator)
  const indicated = indicatedEntities(options.indicated ?? [], !isFree)
  const flags: ReadonlyArray<readonly [SubmissionFlag, boolean]> = [
    ["conflict", conflict],
    ["deprecated", indicator.deprecated],
    ["marking-overridden", !isFree],
    ["indicated-left-out", indicated.leftOut]
  ]
  return {
    reputation,
    tags: tagsOf([...indicator.indicatorTypes, ...indicator.killChainPhases, ...indicated.malware]),
    associations: indicated.associations,
    visibleBy,
    flags: flags.flatMap(([flag, isSet]) => (isSet ? [flag] : []))
  }
}

const isReleasable = (object: Readonly<Record<string, unknown>>): boolean => {
  const level = tlpOf(object)
  return level === "clear" || level === "green"
}

const markingText = (object: Readonly<Record<string, unknown>>): string => {
  const level = tlpOf(object)
  return level === undefined ? "not marked, which counts as TLP:AMBER" : `TLP:${level.toUpperCase()}`
}

interface Indicated {
  readonly associations: ReadonlyArray<Association>
  readonly malware: ReadonlyArray<string>
  readonly leftOut: boolean
}

/** An override of the indicator's marking covers what it indicates. */
const indicatedEntities = (inputs: ReadonlyArray<unknown>, isOverridden: boolean): Indicated => {
  const associations = new Map<string, Association>()
  const malware: Array<string> = []
  let leftOut = false
  for (const input of inputs) {
    const object = isJsonObject(input) ? input : {}
    const entity = contextEntityOf(object)
    if ("refused" in entity || !(isOverridden || isReleasable(object))) {
      leftOut = true
      continue
    }
    const { type, value } = entity
    associations.set(`${type} ${value}`, { mode: "association", type, attributes: { [type]: value } })
    if (fieldOf(object, "type") === "malware") malware.push(value)
  }
  return { associations: [...associations.values()], malware, leftOut }
}

const tagsOf = (words: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(words.map((word) => foldedText(word).trim()).filter((word) => word !== ""))
]
