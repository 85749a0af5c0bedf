import { openConnector } from "@sallyport/runtime"
import { connectorContract } from "@sallyport/testkit/contract"
import { repositoryManifest } from "./RepositoryManifest.ts"

const manifest = repositoryManifest("sekoia")

connectorContract(manifest, {
  connector: openConnector(manifest, { actions: new Map(), triggers: new Map() })
})
