/**
 * `@sallyport/testkit`: simulated upstreams on loopback, what can go wrong with them, and the data they serve.
 */

// Servers
export { AnswerFault, badItems, type WrongCursor } from "./server/AnswerFault.ts"
export {
  type BrokenConnectionOptions,
  Fault,
  type HeldFault,
  type StatusFaultOptions
} from "./server/Fault.ts"
export type { FaultMatch, FaultScript, QueuedFault } from "./server/FaultScript.ts"
export type { Exchange } from "./server/Exchange.ts"
export type { ReceivedRequest } from "./server/ReceivedRequest.ts"
export { Reply, type ReplyOptions } from "./server/Reply.ts"
export type { RequestLog } from "./server/RequestLog.ts"
export type { ServerClock } from "./server/ServerClock.ts"
export {
  type SimulatedServer,
  simulatedServer,
  type SimulatedServerOptions
} from "./server/SimulatedServer.ts"

// Services that are made of a manifest
export type { Example } from "./mock/ExampleReply.ts"
export { ManifestMock, type ManifestMockOptions, type MockedService } from "./mock/ManifestMock.ts"
export { mockConnection, type MockConnectionOptions } from "./mock/MockConnection.ts"

// Sekoia
export type { ApiKeys, SekoiaKey, SekoiaPermission } from "./sekoia/ApiKeys.ts"
export { defaultFeedId, type FeedRegistry, type SekoiaFeed } from "./sekoia/FeedRegistry.ts"
export type { ObjectFiles } from "./sekoia/ObjectFiles.ts"
export type { ObjectStore } from "./sekoia/ObjectStore.ts"
export type { StoredObject } from "./sekoia/StoredObject.ts"
export {
  type SekoiaSimulation,
  SimulatedSekoia,
  type SimulatedSekoiaOptions
} from "./sekoia/SimulatedSekoia.ts"

// STIX
export { fixtureFile } from "./stix/FixtureObjects.ts"
export { fixtureAuthor, fixtureSources, tlpMarkings } from "./stix/FixtureShared.ts"
export {
  stixFixtureAt,
  type StixFixtureOptions,
  stixFixtures,
  stixFixtureStream
} from "./stix/StixFixtures.ts"
export { loadStixFile, StixFileError, stixObjectsOf } from "./stix/StixFile.ts"
export type { StixObject } from "./stix/StixObject.ts"

// ThreatWinds
export type { Accounts, Keypair, Session } from "./threatwinds/Accounts.ts"
export { entityId } from "./threatwinds/EntityId.ts"
export type { Entity, EntityComment, EntityRelation, EntityStore } from "./threatwinds/EntityStore.ts"
export type { IngestEffect, IngestLog } from "./threatwinds/IngestLog.ts"
export type { CodeMail, Mailbox } from "./threatwinds/Mailbox.ts"
export type { Scan, ScanQueue } from "./threatwinds/ScanQueue.ts"
export {
  SimulatedThreatWinds,
  type SimulatedThreatWindsOptions,
  type ThreatWindsSimulation
} from "./threatwinds/SimulatedThreatWinds.ts"
export { threatWindsFixtures } from "./threatwinds/ThreatWindsFixtures.ts"

// Time
export { whileTimePasses } from "./time/PassingTime.ts"
