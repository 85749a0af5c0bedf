import { describe, expect, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SimulatedSekoia, SimulatedThreatWinds } from "../src/index.ts"
import { send } from "./Client.ts"

describe("simulations as layers", () => {
  layer(
    Layer.merge(
      SimulatedSekoia.layer({ prefix: "/api" }),
      SimulatedThreatWinds.layer({ latencyMillis: 1, gzip: true })
    )
  )("of one test", (it) => {
    it.effect("run side by side and record each its own requests", () =>
      Effect.gen(function* () {
        const [sekoia, threatwinds] = [yield* SimulatedSekoia, yield* SimulatedThreatWinds]
        const authorization = `Bearer ${sekoia.apiKey}`
        expect(
          (yield* send(`${sekoia.baseUrl}/v1/auth/validate`, { headers: { authorization } })).status
        ).toBe(200)
        const headers = {
          "api-key": threatwinds.apiKey,
          "api-secret": threatwinds.apiSecret,
          "accept-encoding": "gzip"
        }
        const pair = yield* send(`${threatwinds.baseUrl}/api/auth/v2/keypair`, { headers })
        expect([pair.status, pair.headers["content-encoding"]]).toEqual([200, "gzip"])
        expect(sekoia.requests.lines).toEqual(["GET /api/v1/auth/validate"])
        expect(threatwinds.requests.lines).toEqual(["GET /api/auth/v2/keypair"])
      })
    )
  })
})
