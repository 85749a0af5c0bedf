import type { Json } from "@sallyport/language"
import { expect, it } from "vitest"
import type { CheckedManifest, CheckedTrigger } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { parseJson } from "../json/JsonText.ts"
import type { ContractOptions } from "./ContractOptions.ts"
import { effectTest } from "./EffectTest.ts"
import { contractSetting } from "./ContractSetting.ts"
import { whileTimePasses } from "../time/PassingTime.ts"

/** Registers the tests of one trigger. */
export const triggerContract = (
  manifest: CheckedManifest,
  { name, poll }: CheckedTrigger,
  options: ContractOptions
): void => {
  const input = options.triggers?.[name] ?? {}
  const examples = poll === undefined ? [] : (manifest.manifest.actions?.[poll.action]?.examples ?? [])
  const pages = examples.flatMap(({ response, summary }, index) =>
    response === undefined ? [] : [{ index, what: summary ?? `example ${index + 1}` }]
  )

  if (poll !== undefined)
    it("polls an action that has an example of a page", () => {
      expect(pages).not.toEqual([])
    })

  for (const { index, what } of poll === undefined ? [{ index: undefined, what: "a poll" }] : pages)
    effectTest(`gives events with keys, sets nothing aside and goes on from a stored state: ${what}`, () =>
      Effect.gen(function* () {
        const { connection, mock } = yield* contractSetting(manifest, options)
        if (poll !== undefined && index !== undefined) mock.answerWith(poll.action, index)
        const first = yield* whileTimePasses(connection.poll(name, input, undefined))
        expect(first.rejected).toEqual([])
        expect(first.warnings).toEqual([])
        const keys = first.events.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        const stored = roundTrip(first.state)
        expect(stored).toEqual(first.state)
        const second = yield* whileTimePasses(connection.poll(name, input, stored))
        expect(second.warnings).toEqual([])
        expect(roundTrip(second.state)).toEqual(second.state)
        // The mock answers the same page again: what is the same has the same key.
        if (index !== undefined) expect(second.events.map(({ key }) => key)).toEqual(keys)
      })
    )

  effectTest("refuses a state that is none, and an input that it does not have, before any request", () =>
    Effect.gen(function* () {
      const { connection, mock } = yield* contractSetting(manifest, options)
      const state = yield* Effect.flip(connection.poll(name, input, { not: "a state" }))
      const unknown = yield* Effect.flip(connection.poll(name, { ...input, notAnInputOfIt: true }, undefined))
      expect([state.reason._tag, unknown.reason._tag]).toEqual(["InvalidInput", "InvalidInput"])
      expect(mock.requests.lines).toEqual([])
    })
  )
}

const roundTrip = (state: Json): Json | undefined => parseJson(JSON.stringify(state))
