import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import type { ActionHandler, ConnectorHandlers } from "../src/connector/ConnectorService.ts"
import { acme, connected } from "./Connected.ts"

const manifest = acme(`actions:
  count:
    summary: Counts
    effect: write
    input: { from?: { type: integer, default: 3 } }
    output: { type: object, required: [n], properties: { n: { type: integer }, unit: { type: string, default: items } } }
    implementation: code
  read: { summary: Reads, output: {}, request: { GET: /x } }
triggers:
  ticks: { summary: Ticks, event: { type: integer }, implementation: code }
`)

const withHandler = (count: ActionHandler, ticks?: ConnectorHandlers["triggers"]) =>
  connected({
    manifest,
    secrets: { api_key: "t0ps3cret" },
    answer: ({ target }) => ({ body: { target } }),
    handlers: { actions: new Map([["count", count]]), triggers: ticks ?? new Map() }
  })

describe("an action that code does", () => {
  it.effect("is given its input with defaults, may call its siblings, and its output gets its defaults", () =>
    Effect.gen(function* () {
      const { connection } = yield* withHandler((input, context) =>
        Effect.map(context.call("read", {}), (read) => {
          expect([input, read]).toEqual([{ from: 3 }, { target: "/x" }])
          return { n: 4 }
        })
      )
      expect(yield* connection.call("count", {})).toEqual({ n: 4, unit: "items" })
    })
  )

  it.effect("sees the key of the step that it is done for", () =>
    Effect.gen(function* () {
      const { connection } = yield* withHandler((_input, { idempotencyKey }) =>
        Effect.succeed({ n: (idempotencyKey ?? "").length })
      )
      expect(yield* connection.call("count", {}, { idempotencyKey: "run-1/step" })).toMatchObject({ n: 10 })
    })
  )

  it.effect("whose output does not fit says where; whether a write was carried out is not known then", () =>
    Effect.gen(function* () {
      const { connection } = yield* withHandler(() => Effect.succeed({ n: "S3CRET" }))
      const error = yield* Effect.flip(connection.call("count", {}))
      expect(error.reason._tag).toBe("Malformed")
      expect(error.message).toBe(
        'acme ran the code of "count", and its output does not fit: n: expected int, found a text'
      )
      expect([error.outcomeUnknown, error.retryable]).toEqual([true, false])
    })
  )

  it.effect("is refused wrong input before its code runs, and its errors hold no secret", () =>
    Effect.gen(function* () {
      let runs = 0
      const { connection } = yield* withHandler((_input, { error }) => {
        runs++
        return Effect.fail(error({ _tag: "InvalidInput" }, "was not called: t0ps3cret is no number"))
      })
      const wrong = yield* Effect.flip(connection.call("count", { from: "x" }))
      expect([wrong.reason._tag, runs]).toEqual(["InvalidInput", 0])
      const own = yield* Effect.flip(connection.call("count", {}))
      expect(own.message).toBe("acme was not called: <redacted> is no number")
    })
  )

  it.effect("ends at its deadline, and a poll at its own", () =>
    Effect.gen(function* () {
      const { connection } = yield* withHandler(() => Effect.never, new Map([["ticks", () => Effect.never]]))
      const call = yield* Effect.forkChild(Effect.flip(connection.call("count", {})))
      const poll = yield* Effect.forkChild(Effect.flip(connection.poll("ticks", {}, undefined)))
      const quick = yield* Effect.forkChild(
        Effect.flip(connection.poll("ticks", {}, undefined, { deadline: "1 second" }))
      )
      yield* TestClock.adjust("1 second")
      expect((yield* Fiber.join(quick)).message).toBe('acme did not finish "ticks" within 1000 ms')
      yield* TestClock.adjust("19 seconds")
      const late = yield* Fiber.join(call)
      expect([late.reason._tag, late.outcomeUnknown]).toEqual(["Timeout", true])
      yield* TestClock.adjust("5 minutes")
      expect((yield* Fiber.join(poll)).retryable).toBe(true)
    })
  )
})
