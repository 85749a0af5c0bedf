/** Reads a feed by polling the trigger of `manifests/sekoia.yaml`: every object is checked and keyed, the state durable. */
import { HttpTransport, type Json, SessionVault } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { sekoiaConnection } from "../SekoiaConnection.ts"
import { keepCursor, reportRun } from "./DurableCursor.ts"

const [base = "", state = ""] = process.argv.slice(2)
const began = performance.now()

const read = Effect.gen(function* () {
  const connection = yield* sekoiaConnection(base)
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
