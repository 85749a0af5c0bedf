/**
 * The connector of STIX 2.1: patterns, observables, versions and bundles, and what of them can be sent to ThreatWinds. Its
 * contract with the types of what it takes and gives, the layer that makes it usable, and the plain, synchronous core
 * beneath its actions. Nothing here needs a network.
 */

// The connector
export * from "./manifest.gen.ts"
export { StixLive } from "./StixLive.ts"

// Patterns
export { hashProblems } from "./pattern/HashProblems.ts"
export type { PatternError } from "./pattern/PatternError.ts"
export { parsePattern } from "./pattern/PatternParser.ts"
export { showPath, showPattern } from "./pattern/PatternPrinter.ts"
export { patternLimits, type StixPattern } from "./pattern/StixPattern.ts"

// Observables
export { canonicalValue } from "./canonical/CanonicalValue.ts"
export type { Observable, Skipped } from "./observable/Observable.ts"
export { extractBatch } from "./observable/ObservableBatch.ts"
export { extractObservables, type Extraction } from "./observable/Observables.ts"

// Objects
export { summarizeBundle } from "./object/BundleSummary.ts"
export { lifecycleAt } from "./object/Lifecycle.ts"
export { judgeVersion, newestVersions } from "./object/ObjectVersions.ts"
export { compareTimestamps, formatTimestamp, parseTimestamp } from "./object/Timestamp.ts"
export { tlpOf } from "./object/Tlp.ts"

// ThreatWinds
export { toThreatWindsEntities, toThreatWindsEntity } from "./threatwinds/ThreatWindsEntity.ts"
