import { describe, expect, it } from "@effect/vitest"
import type { CheckedAction } from "@sallyport/runtime"
import { Fault, Reply } from "@sallyport/testkit"
import * as Effect from "effect/Effect"
import { indicator, stixId } from "./Indicator.ts"
import { at, idsAt, listAt, sekoiaClient, sekoiaManifest } from "./SekoiaClient.ts"

/** The types of observables that indicators are looked up by, as the specification lists them. */
const types = [
  "user-account",
  "address",
  "email-addr",
  "x509-certificate",
  "ipv6-addr",
  "mac-addr",
  "autonomous-system",
  "individual",
  "software",
  "directory",
  "observable-relationship",
  "process",
  "mutex",
  "domain-name",
  "filename",
  "url",
  "artifact",
  "windows-registry-key",
  "organization",
  "text",
  "email-message",
  "phone-number",
  "file",
  "ipv4-addr"
]
const lookups = ["get_indicator_context", "find_indicators"] as const
const path = {
  get_indicator_context: "/v2/inthreat/indicators/context",
  find_indicators: "/v2/inthreat/indicators"
}

describe("what is known of an observable", () => {
  for (const action of lookups) {
    it.effect(`by ${action}: asks for all 24 types, each by type and value [6.1] [6.5] [6.8]`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        for (const type of types) yield* connection.call(action, { type, value: "x" })
        expect(sekoia.requests.lines).toEqual(types.map((type) => `GET ${path[action]}?type=${type}&value=x`))
        expect(new Set(types).size).toBe(24)
      })
    )

    it.effect(
      `by ${action}: refuses other types, and an empty value, before anything is sent [6.1] [6.5]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
          for (const wrong of [
            { type: "network-traffic", value: "x" },
            { type: "ipv4", value: "x" },
            { type: "IPv4-Addr", value: "x" },
            { type: "ipv4-addr", value: "" },
            { type: "ipv4-addr" },
            { value: "x" },
            { type: "ipv4-addr", value: 7 }
          ]) {
            const error = yield* Effect.flip(connection.call(action, wrong))
            expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
          }
          expect(sekoia.requests.all).toEqual([])
        })
    )

    it.effect(`by ${action}: sends every value so that it arrives as it is [6.7]`, () =>
      Effect.gen(function* () {
        const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
        const values = new Map([
          ["https://a.example/x?a=1&b=2#top", "https%3A%2F%2Fa.example%2Fx%3Fa%3D1%26b%3D2%23top"],
          ["a+b", "a%2Bb"],
          ["100%", "100%25"],
          ["%2F", "%252F"],
          ["two words", "two%20words"],
          ["bücher.example", "b%C3%BCcher.example"],
          ["偽装🪤", "%E5%81%BD%E8%A3%85%F0%9F%AA%A4"],
          ["2001:db8::1/128", "2001%3Adb8%3A%3A1%2F128"],
          ["kevin.o'brien@a.example", "kevin.o%27brien%40a.example"],
          ['"<>\\^`{|}[]', "%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D"],
          ["a;b,c!*()", "a%3Bb%2Cc%21%2A%28%29"],
          [" edges ", "%20edges%20"],
          ["line\nbreak\ttab\u0000", "line%0Abreak%09tab%00"],
          ["../../v1/me", "..%2F..%2Fv1%2Fme"]
        ])
        for (const [value, encoded] of values) {
          yield* connection.call(action, { type: "text", value })
          expect(sekoia.requests.last?.target).toBe(`${path[action]}?type=text&value=${encoded}`)
          expect(sekoia.requests.last?.parameter("value")).toBe(value)
        }
      })
    )

    it.effect(
      `by ${action}: refuses what is no text of Unicode, which would arrive as something else [6.7]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
          const error = yield* Effect.flip(
            connection.call(action, { type: "text", value: "lone \ud800 half" })
          )
          expect([error.reason._tag, error.attempts]).toEqual(["InvalidInput", 0])
          expect(sekoia.requests.all).toEqual([])
        })
    )

    it.effect(`by ${action}: nothing known is an empty answer and no error [6.3] [6.8]`, () =>
      Effect.gen(function* () {
        const { connection } = yield* sekoiaClient({ objects: [] })
        const answer = yield* connection.call(action, { type: "ipv4-addr", value: "198.51.100.7" })
        expect([listAt(answer, "items"), at(answer, "has_more")]).toEqual([[], false])
      })
    )

    it.effect(
      `by ${action}: says when the service knows more than it gave, and that it does not where it says nothing [6.4]`,
      () =>
        Effect.gen(function* () {
          const objects = [1, 2, 3].map((index) =>
            indicator(index, { pattern: "[domain-name:value = 'a.example']" })
          )
          const { connection, sekoia } = yield* sekoiaClient({ objects, maxIndicators: 2 })
          const some = yield* connection.call(action, { type: "domain-name", value: "a.example" })
          expect([listAt(some, "items").length, at(some, "has_more")]).toEqual([2, true])
          sekoia.faults.add(Fault.reply(Reply.json({ items: [] })))
          const none = yield* connection.call(action, { type: "domain-name", value: "a.example" })
          expect(at(none, "has_more")).toBe(false)
        })
    )

    it.effect(
      `by ${action}: fails for what is no list of answers, and is refused without the permission [6.2] [6.9]`,
      () =>
        Effect.gen(function* () {
          const { connection, sekoia } = yield* sekoiaClient({ objects: [] })
          const known = { type: "url", value: "https://a.example/" }
          for (const body of [
            { type: "bundle", objects: [] },
            [],
            {},
            { items: null },
            { items: [{ type: "other" }] }
          ]) {
            sekoia.faults.add(Fault.reply(Reply.json(body)))
            const error = yield* Effect.flip(connection.call(action, known))
            expect(error.reason._tag, JSON.stringify(body)).toBe("Malformed")
          }
          sekoia.faults.add(Fault.status(400))
          expect((yield* Effect.flip(connection.call(action, known))).reason._tag).toBe("InvalidInput")
          sekoia.keys.set(sekoia.apiKey, { permissions: ["view feeds"] })
          expect((yield* Effect.flip(connection.call(action, known))).reason._tag).toBe("Forbidden")
        })
    )

    it(`by ${action}: is a call and no paging: there is no parameter for more [6.4]`, () => {
      const declared: CheckedAction | undefined = sekoiaManifest.actions.get(action)
      expect(declared?.paginate).toBeUndefined()
      expect([...(declared?.request?.query.keys() ?? [])]).toEqual(["type", "value"])
    })
  }

  it.effect("is a list of bundles, one for each indicator, each with its own [6.2]", () =>
    Effect.gen(function* () {
      const objects = [1, 2].map((index) =>
        indicator(index, { pattern: "[domain-name:value = 'a.example']" })
      )
      const { connection } = yield* sekoiaClient({ objects })
      const answer = yield* connection.call("get_indicator_context", {
        type: "domain-name",
        value: "a.example"
      })
      expect(listAt(answer, "items").map((bundle) => idsAt(bundle, "objects"))).toEqual([
        [stixId("indicator", 1)],
        [stixId("indicator", 2)]
      ])
      const bare = yield* connection.call("find_indicators", { type: "domain-name", value: "a.example" })
      expect([idsAt(bare, "items"), at(bare, "total")]).toEqual([objects.map(({ id }) => id), 2])
    })
  )

  it.effect("of a file is found by its hash alone, of any of the four kinds [6.6]", () =>
    Effect.gen(function* () {
      const hashes = [32, 40, 64, 128].map((length, index) => String(index + 1).repeat(length))
      const [md5, sha1, sha256, sha512] = hashes
      const pattern = `[file:hashes.MD5 = '${md5}' OR file:hashes.'SHA-1' = '${sha1}' OR file:hashes.'SHA-256' = '${sha256}' OR file:hashes.'SHA-512' = '${sha512}']`
      const { connection, sekoia } = yield* sekoiaClient({ objects: [indicator(1, { pattern })] })
      for (const value of hashes) {
        const answer = yield* connection.call("get_indicator_context", { type: "file", value })
        expect(idsAt(answer, "items", 0, "objects")).toEqual([stixId("indicator", 1)])
        expect(sekoia.requests.last?.query).toEqual([
          ["type", "file"],
          ["value", value]
        ])
      }
    })
  )

  it.effect(
    "of addresses with a mask, of domains with underscores and of quotes in values is found [8.11] [8.13] [9 XS]",
    () =>
      Effect.gen(function* () {
        const known = [
          ["ipv4-addr", "203.0.113.0/25", "203.0.113.0/25"],
          ["ipv6-addr", "2001:db8:2:8::2b:1/128", "2001:db8:2:8::2b:1/128"],
          ["domain-name", "log_in.a.example", "log_in.a.example"],
          ["email-addr", "kevin.o'brien@a.example", String.raw`kevin.o\'brien@a.example`]
        ] as const
        const objects = known.map(([type, , written], index) =>
          indicator(index, { pattern: `[${type}:value = '${written}']`, x_ic_observable_types: [type] })
        )
        const { connection } = yield* sekoiaClient({ objects })
        for (const [index, [type, value]] of known.entries()) {
          const answer = yield* connection.call("find_indicators", { type, value })
          expect(idsAt(answer, "items")).toEqual([stixId("indicator", index)])
        }
      })
  )
})
