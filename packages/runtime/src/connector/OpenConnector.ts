import * as Effect from "effect/Effect"
import type { HttpTransport } from "../http/HttpTransport.ts"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { manifestDigest } from "../manifest/ManifestDigest.ts"
import type { SessionVault } from "../session/SessionVault.ts"
import type { ConnectorHandlers, ConnectorService } from "./ConnectorService.ts"

/** The connector of a manifest, with the handlers of what it leaves to code. */
export const openConnector = (
  manifest: CheckedManifest,
  _handlers: ConnectorHandlers
): Effect.Effect<ConnectorService, never, HttpTransport | SessionVault> =>
  Effect.succeed({
    name: manifest.manifest.connector,
    manifest,
    digest: manifestDigest(manifest),
    open: () => Effect.die("connections are opened by the file that takes the place of this one")
  })
