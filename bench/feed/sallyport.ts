/** Reads a feed by polling the trigger of `manifests/sekoia.yaml`: every object is checked and keyed, the state durable. */
import { type Json, SourceFile } from "@sallyport/language"
import { HttpTransport, loadManifest, openConnector, SessionVault } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { readFileSync } from "node:fs"
import { keepCursor, reportRun } from "./DurableCursor.ts"

const [base = "", state = ""] = process.argv.slice(2)
const began = performance.now()

const read = Effect.gen(function* () {
  const path = new URL("../../manifests/sekoia.yaml", import.meta.url)
  const { manifest } = loadManifest(new SourceFile("manifests/sekoia.yaml", readFileSync(path, "utf8")))
  if (manifest === undefined) return yield* Effect.die(new Error("the manifest does not load"))
  const service = yield* openConnector(manifest, { actions: new Map(), triggers: new Map() })
  const connection = yield* service.open({
    name: "sekoia",
    connector: "sekoia",
    config: { base_url: base },
    secrets: new Map([["api_key", Redacted.make("bench-key")]])
  })
  let kept: Json | undefined
  let objects = 0
  for (let more = true; more;) {
    const poll = yield* connection.poll("feed", {}, kept)
    objects += poll.events.length
    kept = poll.state
    more = poll.more
    keepCursor(state, JSON.stringify(kept))
  }
  reportRun(objects, began)
})

await Effect.runPromise(
  Effect.scoped(Effect.provide(read, Layer.merge(HttpTransport.layer(), SessionVault.layerMemory)))
)
