import { SourceFile } from "@sallyport/language"
import { loadManifest, openConnector } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { readFileSync } from "node:fs"
import { join } from "node:path"

/** A connection of `manifests/sekoia.yaml` to a service at `base`. */
export const sekoiaConnection = Effect.fnUntraced(function* (base: string) {
  const path = join(import.meta.dirname, "..", "manifests", "sekoia.yaml")
  const { manifest } = loadManifest(new SourceFile("manifests/sekoia.yaml", readFileSync(path, "utf8")))
  if (manifest === undefined) return yield* Effect.die(new Error("the manifest does not load"))
  const service = yield* openConnector(manifest, { actions: new Map(), triggers: new Map() })
  return yield* service.open({
    name: "sekoia",
    connector: "sekoia",
    config: { base_url: base },
    secrets: new Map([["api_key", Redacted.make("bench-key")]])
  })
})
