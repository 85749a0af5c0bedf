import { ThreatwindsLive } from "@sallyport/connector-threatwinds"
import { Connector } from "@sallyport/runtime"
import { connectorContract } from "@sallyport/testkit/contract"
import * as Effect from "effect/Effect"
import { repositoryManifest } from "./RepositoryManifest.ts"

connectorContract(repositoryManifest("threatwinds"), {
  connector: Effect.provide(Connector.key("threatwinds"), ThreatwindsLive)
})
