import { collectObservables } from "./action/CollectObservables.ts"
import { checkPattern } from "./action/CheckPattern.ts"
import { extractObservables } from "./action/ExtractObservables.ts"
import { lifecycle } from "./action/IndicatorLifecycle.ts"
import { newestVersions } from "./action/NewestVersions.ts"
import { bundleSummary } from "./action/SummarizeObjects.ts"
import { toThreatWindsEntity } from "./action/ToThreatWindsEntity.ts"

/**
 * The actions of `manifests/stix.yaml`, by name. An input is taken as the manifest declares it, checked and with its
 * defaults; an output fits the manifest's schema. No action needs a connection, and none has an effect on anything.
 */
export const stixHandlers = {
  extract_observables: extractObservables,
  collect_observables: collectObservables,
  to_threatwinds_entity: toThreatWindsEntity,
  bundle_summary: bundleSummary,
  lifecycle,
  newest_versions: newestVersions,
  check_pattern: checkPattern
} as const
