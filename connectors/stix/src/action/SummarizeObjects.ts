import * as Effect from "effect/Effect"
import {
  type BundleSummary,
  type RelationshipCount,
  summarizeBundle as summarize
} from "../object/BundleSummary.ts"
import type { ObjectsInput } from "./ObjectList.ts"

/** The input of `bundle_summary`. */
export interface BundleSummaryInput {
  readonly objects: ObjectsInput
}

/** Relationships of one kind, with the names of playbooks. */
export interface RelationshipRecord extends Omit<RelationshipCount, "sourceType" | "targetType"> {
  readonly source_type: string
  readonly target_type: string
}

/** The output of `bundle_summary`: `BundleSummary` with the names of playbooks. */
export interface BundleSummaryOutput extends Pick<
  BundleSummary,
  "objects" | "types" | "markings" | "references" | "invalid"
> {
  readonly unknown_types: ReadonlyArray<string>
  readonly relationships: ReadonlyArray<RelationshipRecord>
  /** Missing when no object has a time. */
  readonly time_range?: { readonly earliest: string; readonly latest: string }
}

/** `bundle_summary`: what a bundle holds at a glance; see `summarizeBundle`. Never fails. */
export const bundleSummary = ({ objects }: BundleSummaryInput): Effect.Effect<BundleSummaryOutput> =>
  Effect.sync(() => {
    const { unknownTypes, relationships, timeRange, ...summary } = summarize(objects)
    return {
      ...summary,
      unknown_types: unknownTypes,
      relationships: relationships.map(({ sourceType, targetType, ...relationship }) => ({
        ...relationship,
        source_type: sourceType,
        target_type: targetType
      })),
      ...(timeRange === undefined ? {} : { time_range: timeRange })
    }
  })
