import { type ActionHandler, openConnector } from "@sallyport/runtime"
import { entityId } from "@sallyport/testkit"
import { connectorContract } from "@sallyport/testkit/contract"
import * as Effect from "effect/Effect"
import { repositoryManifest } from "./RepositoryManifest.ts"

const manifest = repositoryManifest("threatwinds")

const reportEntity: ActionHandler = (_, { call }) =>
  Effect.as(call("ingest_entity", { type: "ip", attributes: { ip: "203.0.113.9" } }), {
    id: entityId("ip", "203.0.113.9"),
    unknown_attributes: []
  })

connectorContract(manifest, {
  connector: openConnector(manifest, {
    actions: new Map([["report_entity", reportEntity]]),
    triggers: new Map()
  })
})
