/**
 * `@sallyport/runtime`: the contracts of connectors and what carries them out. Manifests, read and checked; connectors made of
 * them, with code where they ask for it; connections, their actions, triggers and sessions; the HTTP transport beneath.
 */

// Connectors
export type { ActionContext } from "./connector/ActionContext.ts"
export type { CodedActionHandler, CodedPoll, CodedTriggerHandler } from "./connector/CodeHandlers.ts"
export { Connector } from "./connector/Connector.ts"
export { ConnectorClash } from "./connector/ConnectorClash.ts"
export { ConnectorContract } from "./connector/ConnectorContract.ts"
export { ConnectorRegistry } from "./connector/ConnectorRegistry.ts"
export { ManifestInvalid } from "./connector/ManifestInvalid.ts"
export type { ActionTypes, Operations, TriggerTypes } from "./connector/Operations.ts"
export type { OtherText } from "./connector/OtherText.ts"
export type * from "./connector/ConnectorService.ts"
export { openConnector } from "./connector/OpenConnector.ts"
export { PlainHttp } from "./connector/PlainHttp.ts"
export { UnknownConnector } from "./connector/UnknownConnector.ts"
export { isJsonList, isJsonObject, type Json } from "@sallyport/language"

// Generated modules
export { type GeneratedModule, generatedModules } from "./codegen/GeneratedModules.ts"
export { generateModule, type ModuleOptions } from "./codegen/ModuleGenerator.ts"

// Errors
export { ConnectorError, ConnectorReason, TlsProblem, UpstreamDetail } from "./ConnectorError.ts"

// Manifests
export { SourceFile } from "@sallyport/language"
export { manifestCodes } from "./diagnostics/ManifestCodes.ts"
export { manifestExampleFile } from "./diagnostics/ManifestExample.ts"
export type * from "./manifest/CheckedManifest.ts"
export { type CompiledValue, evaluateValue, readsIn, type ValueOutcome } from "./manifest/CompiledValue.ts"
export { manifestJsonSchema } from "./manifest/EditorSchema.ts"
export { Manifest } from "./manifest/Manifest.ts"
export { manifestDigest } from "./manifest/ManifestDigest.ts"
export { type LoadedManifest, loadManifest } from "./manifest/ManifestLoader.ts"
export { manifestReference } from "./manifest/ManifestReference.ts"
export { statusKeyFor } from "./manifest/StatusKey.ts"

// Documentation
export { connectorIndex } from "./documentation/ConnectorIndex.ts"
export { connectorPage } from "./documentation/ConnectorPage.ts"
export { connectorReadme, type ReadmeParts } from "./documentation/ConnectorReadme.ts"

// Connections
export { type GivenProperties, type SchemeNeeds, schemeNeeds } from "./connection/AuthReadiness.ts"
export type { Connection } from "./connection/Connection.ts"
export { ConnectionError, ConnectionProblem } from "./connection/ConnectionError.ts"
export {
  type GivenConnection,
  makeConnection,
  type MakeConnectionOptions
} from "./connection/ConnectionMaker.ts"
export { resolveConnection, type ResolveOptions } from "./connection/ConnectionResolver.ts"
export { Connections, type ConnectionsOptions } from "./connection/Connections.ts"
export { connectionsJsonSchema } from "./connection/ConnectionsFile.ts"
export { ConnectionsFileError } from "./connection/ConnectionsFileError.ts"
export { type LoadedConnections, loadConnections } from "./connection/ConnectionsLoader.ts"
export type { ConnectionSummary, PropertyOrigin, PropertySummary } from "./connection/ConnectionSummary.ts"
export { type DeclaredConnection, undeclaredConnection } from "./connection/DeclaredConnection.ts"
export { SecretSource } from "./connection/SecretSource.ts"
export { type Environment, variableName } from "./connection/VariableName.ts"
export { connectionCodes } from "./diagnostics/ConnectionCodes.ts"
export { connectionExampleFile, connectionExampleManifest } from "./diagnostics/ConnectionExample.ts"

// Sessions and what seals them
export { replaceFile } from "./session/AtomicFile.ts"
export type { FileSessionVaultOptions } from "./session/FileSessionVault.ts"
export { SecretBox } from "./session/SecretBox.ts"
export { SecretBoxError } from "./session/SecretBoxError.ts"
export { secretBoxFromFile, type SecretBoxFileOptions } from "./session/SecretBoxFile.ts"
export { type SessionKey, SessionVault, type StoredSession } from "./session/SessionVault.ts"
export { SessionVaultError } from "./session/SessionVaultError.ts"

// HTTP
export { BaseUrl } from "./http/BaseUrl.ts"
export { ConnectionGate } from "./http/ConnectionGate.ts"
export { defaultMaxBodyBytes, type HttpPolicies } from "./http/HttpPolicies.ts"
export type { HttpPoolError, HttpPoolOptions, ProxyOptions } from "./http/HttpPool.ts"
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
