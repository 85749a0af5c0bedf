import { describe, expect, it } from "@effect/vitest"
import { Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import * as zlib from "node:zlib"
import { at, client, reports } from "./ThreatWindsClient.ts"

const archive = { level: "level1", type: "accumulative", name: "domain" }
const daily = { level: "level3", type: "daily", name: "domain" }

/** The bytes of a file that an action gave as base64. */
const bytesOf = (output: unknown): Buffer => {
  const content = at(output, "content")
  if (typeof content !== "string") throw new Error("there is no content")
  return Buffer.from(content, "base64")
}

describe("the feeds of ThreatWinds", () => {
  it.effect("are listed with name, type and accuracy, and unknown fields stay", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      expect(yield* call("list_feeds")).toContainEqual({
        name: "domain",
        type: "accumulative",
        accuracy: "level1"
      })
      const novel = [{ name: "IPs", type: "hourly", accuracy: "level9", size: 12 }]
      server.faults.add(Fault.reply(Reply.json(novel)))
      expect(yield* call("list_feeds")).toEqual(novel)
    })
  )

  it.effect("that are archives stay archives, byte by byte, with their content type", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const output = yield* call("download_feed", archive)
      expect(last().target).toBe("/api/feeds/v1/download/list/level1/accumulative/domain")
      expect(last().header("accept")).toBe("application/gzip")
      expect(at(output, "content_type")).toBe("application/gzip")
      const bytes = bytesOf(output)
      expect(bytes.subarray(0, 2).toString("hex")).toBe("1f8b")
      expect(zlib.gunzipSync(bytes).subarray(257, 262).toString()).toBe("ustar")
    })
  )

  it.effect("that are archives stay archives when the transport compresses them once more", () =>
    Effect.gen(function* () {
      const plain = yield* client()
      const compressing = yield* client({ server: { reports, gzip: true } })
      const [one, other] = [
        yield* plain.call("download_feed", archive),
        yield* compressing.call("download_feed", archive)
      ]
      expect(zlib.gunzipSync(bytesOf(other))).toEqual(zlib.gunzipSync(bytesOf(one)))
    })
  )

  it.effect("that are of a day are lines of JSON", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const output = yield* call("download_feed", daily)
      expect(last().header("accept")).toBe("application/x-ndjson")
      expect(at(output, "content_type")).toBe("application/x-ndjson")
      const lines = bytesOf(output).toString().trimEnd().split("\n")
      expect(lines.map((line): unknown => at(JSON.parse(line), "domain"))).toEqual(["login.example"])
    })
  )

  it.effect("may hold any bytes, and none of them is changed", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      const bytes = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256))
      server.faults.add(Fault.reply(Reply.bytes(bytes, "application/octet-stream")))
      expect(bytesOf(yield* call("download_feed", archive))).toEqual(bytes)
    })
  )

  it.effect("may come without a content type", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.reply({ status: 200, headers: [], body: "x" }))
      expect(yield* call("download_feed", daily)).toEqual({ content: "eA==" })
    })
  )

  it.effect("have a checksum, without the line break that the service sends", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      const file = bytesOf(yield* call("download_feed", archive))
      const sum = yield* call("feed_checksum", archive)
      expect(last().target).toBe("/api/feeds/v1/download/checksum?level=level1&type=accumulative&name=domain")
      expect(last().header("accept")).toBe("text/plain")
      expect(sum).toBe(createHash("sha256").update(file).digest("hex"))
    })
  )

  for (const none of [204, 404] as const)
    it.effect(`that do not exist are null, and so is their checksum, said with ${none}`, () =>
      Effect.gen(function* () {
        const { call } = yield* client({ server: { reports, none } })
        expect(yield* call("download_feed", { ...daily, name: "none" })).toBe(null)
        expect(yield* call("feed_checksum", { ...daily, name: "none" })).toBe(null)
      })
    )

  it.effect("have names in which capital and small letters differ", () =>
    Effect.gen(function* () {
      const { call, last } = yield* client()
      expect(yield* call("download_feed", { ...daily, name: "Domain" })).toBe(null)
      expect(last().target).toBe("/api/feeds/v1/download/list/level3/daily/Domain")
    })
  )

  it.effect("have names that stay in their place in the path", () =>
    Effect.gen(function* () {
      const { call, last, server } = yield* client()
      expect(yield* call("download_feed", { ...daily, name: "a/b?c=d" })).toBe(null)
      expect(last().target).toBe("/api/feeds/v1/download/list/level3/daily/a%2Fb%3Fc%3Dd")
      const error = yield* Effect.flip(call("download_feed", { ...daily, name: "../x" }))
      expect([error.reason._tag, server.requests.received]).toEqual(["InvalidInput", 1])
    })
  )

  it.effect("of which a part is missing are downloaded again, not given in part", () =>
    Effect.gen(function* () {
      const { call, server } = yield* client()
      server.faults.add(Fault.truncated())
      server.faults.add(Fault.resetMidway())
      expect(bytesOf(yield* call("download_feed", daily)).toString()).toMatch(/\}\n$/)
      expect(server.requests.received).toBe(3)
    })
  )
})
