/**
 * `@sallyport/runtime`: the contracts of connectors. Today: manifests, read and checked; values decoded by the schemas in
 * them; and the transport that carries out HTTP calls within their policies.
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

// Connectors and connections
export type * from "./connection/Connection.ts"
export { ConnectionError, ConnectionProblem } from "./connection/ConnectionError.ts"
export type * from "./connector/ConnectorService.ts"
export { openConnector } from "./connector/OpenConnector.ts"
export { PlainHttp } from "./connector/PlainHttp.ts"
export { replaceFile } from "./session/AtomicFile.ts"
export { type SessionKey, SessionVault, type StoredSession } from "./session/SessionVault.ts"
export { SessionVaultError } from "./session/SessionVaultError.ts"

// HTTP
export { BaseUrl } from "./http/BaseUrl.ts"
export { ConnectionGate } from "./http/ConnectionGate.ts"
export { defaultMaxBodyBytes, type HttpPolicies } from "./http/HttpPolicies.ts"
export { httpPool, type HttpPoolError, type HttpPoolOptions, type ProxyOptions } from "./http/HttpPool.ts"
export type { HttpReply, ReplyBody } from "./http/HttpReply.ts"
export type { BodyFormat, ErrorReply, Expectation, HttpRequest } from "./http/HttpRequest.ts"
export { HttpTransport, type HttpTransportOptions } from "./http/HttpTransport.ts"
export type { UrlValue } from "./http/PathTemplate.ts"
export type { QueryValue } from "./http/QueryString.ts"
export { RateBudget } from "./http/RateBudget.ts"
export type { RequestTarget } from "./http/RequestTarget.ts"
export { RetryPolicy, type RetryPolicyOptions } from "./http/RetryPolicy.ts"
export { redactedMark, SecretScrubber } from "./SecretScrubber.ts"

// Values against their schemas
export {
  type Definitions,
  inputCodec,
  outputCodec,
  propertiesCodec,
  type ValueCodec
} from "./schema/ValueCodec.ts"
export { showPath, type ValueProblem } from "./schema/ValueProblem.ts"
