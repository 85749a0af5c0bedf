/**
 * The core of the `threatwinds` connector: which entities there are, how their values are written canonically, which id
 * follows, and what is wrong with a report before it is sent. Plain and synchronous; nothing here needs a network.
 */
export { canonicalAttribute, canonicalValue, maxAttributeBytes } from "./CanonicalAttribute.ts"
export { dataTypes } from "./DataType.ts"
export { canonicalEntityId, entityId, parseEntityId, relationId } from "./EntityId.ts"
export { readReport } from "./EntityReport.ts"
export { type EntityType, entityType, entityTypes, similarEntityType } from "./EntityType.ts"
export { readErrorResponse } from "./ErrorResponse.ts"
