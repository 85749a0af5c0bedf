/**
 * The connector of ThreatWinds: its contract with the types of what it takes and gives, the layer that makes it usable,
 * and its plain core: which entities there are, how their values are written canonically, which id follows, and what is
 * wrong with a report before it is sent.
 */
export { canonicalAttribute, canonicalValue, maxAttributeBytes } from "./CanonicalAttribute.ts"
export { dataTypes } from "./DataType.ts"
export { canonicalEntityId, entityId, parseEntityId, relationId } from "./EntityId.ts"
export { readReport } from "./EntityReport.ts"
// It wins over the type of that name in the manifest, which is any text.
export { type EntityType, entityType, entityTypes, similarEntityType } from "./EntityType.ts"
export * from "./manifest.gen.ts"
export { ThreatwindsLive } from "./ThreatwindsLive.ts"
