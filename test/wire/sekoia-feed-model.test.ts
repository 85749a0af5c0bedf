import { describe, expect, it } from "@effect/vitest"
import { SimulatedSekoia } from "@sallyport/testkit"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { FeedHistory, HistoryStep } from "./FeedHistory.ts"
import { openSekoia } from "./SekoiaClient.ts"

const histories = Arbitrary.all({
  limit: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 5 }))),
  keepOldVersions: Arbitrary.schema(Schema.Boolean),
  steps: Arbitrary.array(Arbitrary.schema(HistoryStep), { minLength: 5, maxLength: 60 })
})

describe("whatever happens to the feed and to its reader", () => {
  it.effect(
    "the newest version of everything is delivered, no version under two keys, and no poll goes back [3.20] [3.30] [11.2] [11.3]",
    () =>
      Effect.gen(function* () {
        const counts = { polls: 0, faults: 0 }
        const result = yield* Arbitrary.checkEffect(
          histories,
          ({ keepOldVersions, limit, steps }) =>
            Effect.scoped(
              Effect.gen(function* () {
                const sekoia = yield* SimulatedSekoia.make({ objects: [], keepOldVersions })
                const history = new FeedHistory(
                  sekoia,
                  yield* openSekoia(sekoia.baseUrl, sekoia.apiKey),
                  limit
                )
                for (const step of steps) yield* history.step(step)
                counts.polls += sekoia.requests.received
                counts.faults += sekoia.requests.all.filter(({ fault }) => fault !== undefined).length
                yield* history.finish()
                if (sekoia.defects.length > 0) history.broken.push("the simulation has a mistake")
                return history.broken.length === 0 ? true : yield* Effect.fail(history.broken)
              })
            ),
          { runs: 60, seed: 20_261_122, size: 60 }
        )
        expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
        // The histories are worth something: they poll, and much goes wrong.
        expect(counts.polls).toBeGreaterThan(500)
        expect(counts.faults).toBeGreaterThan(100)
      })
  )
})
