import { describe, expect, it } from "@effect/vitest"
import { makeConnection } from "@sallyport/runtime"
import { AnswerFault, Fault } from "@sallyport/testkit"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import { indicators } from "./Indicator.ts"
import { patiently } from "./Patience.ts"
import { openSekoia, rewritten, sekoiaClient, sekoiaManifest, textAt } from "./SekoiaClient.ts"

/** Runs an effect and gives every log line of any level and every span, as Node prints them. */
const watched = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const seen: Array<string> = []
    const spans: Array<Tracer.NativeSpan> = []
    const tracer = Tracer.make({
      span(options) {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    const logger = Logger.make(({ cause, fiber, message }) => {
      seen.push(inspect([message, cause, fiber.getRef(References.CurrentLogAnnotations)], { depth: 9 }))
    })
    yield* effect.pipe(
      Effect.exit,
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "All"),
      Effect.provideService(Tracer.Tracer, tracer)
    )
    for (const { attributes, events, name, status } of spans) {
      // What exporters show of an end is why it failed.
      const failure =
        status._tag === "Ended" && Exit.isFailure(status.exit) ? Cause.pretty(status.exit.cause) : ""
      seen.push(inspect([name, [...attributes], events, failure], { depth: 9 }))
    }
    return { text: seen.join("\n"), spans: spans.map(({ name }) => name) }
  })

describe("what is logged and traced of a poll", () => {
  it.effect(
    "has neither key nor cursor nor query nor body, whether it succeeds, is repeated or fails [11.6] [9 AL]",
    () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: indicators(5) })
        const first = yield* connection.poll("feed", { limit: 2 }, undefined)
        const state = rewritten(first.state)
        const cursor = textAt(state, "cursor")
        expect(cursor).not.toBe("")
        for (const fault of [
          undefined,
          Fault.status(503, { body: { message: `the cursor ${cursor}`, code: sekoia.apiKey } }),
          Fault.status(404, {
            body: { message: `the cursor ${encodeURIComponent(cursor)}`, code: sekoia.apiKey }
          }),
          Fault.reset(),
          AnswerFault.html(),
          AnswerFault.badItems()
        ]) {
          if (fault !== undefined) sekoia.faults.add(fault)
          const { spans, text } = yield* watched(patiently(connection.poll("feed", { limit: 2 }, state)))
          expect(spans).toContain("sekoia.list_objects")
          for (const hidden of [
            sekoia.apiKey,
            cursor,
            encodeURIComponent(cursor),
            "limit=",
            "host-2",
            "without-a-pattern"
          ])
            expect(text, fault?.name ?? "none").not.toContain(hidden)
        }
        const lookup = connection.call("get_indicator_context", {
          type: "url",
          value: "https://hush.example"
        })
        expect((yield* watched(lookup)).text).not.toContain("hush")
      })
  )
})

describe("a key that cannot be sent", () => {
  it.effect("is refused where the connection is made, without being shown [1.9]", () =>
    Effect.gen(function* () {
      const { sekoia } = yield* sekoiaClient({ objects: [] })
      for (const key of ["", "hidden-key\nX-Injected: 1", "hidden-key\u0000", "hidden-key-é漢"]) {
        const made = makeConnection(sekoiaManifest, {
          name: "sekoia",
          config: { base_url: sekoia.baseUrl },
          secrets: { api_key: Redacted.make(key) }
        })
        expect(Result.isFailure(made), JSON.stringify(key)).toBe(true)
        expect(inspect(made, { depth: 9 })).not.toContain("hidden-key")
      }
      expect(sekoia.requests.all).toEqual([])
    })
  )

  it.effect("may be as long as the service makes them: 100 characters [1.9]", () =>
    Effect.gen(function* () {
      const apiKey = "k".repeat(100)
      const { sekoia } = yield* sekoiaClient({ objects: [], apiKey })
      const connection = yield* openSekoia(sekoia.baseUrl, apiKey)
      expect(yield* connection.check).toEqual({ identity: "apikey:simulated" })
    })
  )
})
