/**
 * `@sallyport/runtime`: the contracts of connectors. Today: manifests, read and checked, and the transport that carries
 * out HTTP calls within their policies.
 */

// Errors
export { ConnectorError, ConnectorReason, TlsProblem, UpstreamDetail } from "./ConnectorError.ts"

// Manifests
export { manifestCodes } from "./diagnostics/ManifestCodes.ts"
export { manifestExampleFile } from "./diagnostics/ManifestExample.ts"
export type * from "./manifest/CheckedManifest.ts"
export { type CompiledValue, evaluateValue, type ValueOutcome } from "./manifest/CompiledValue.ts"
export { manifestJsonSchema } from "./manifest/EditorSchema.ts"
export { Manifest } from "./manifest/Manifest.ts"
export { manifestDigest } from "./manifest/ManifestDigest.ts"
export { type LoadedManifest, loadManifest } from "./manifest/ManifestLoader.ts"
export { manifestReference } from "./manifest/ManifestReference.ts"
export { statusKeyFor } from "./manifest/StatusKey.ts"
