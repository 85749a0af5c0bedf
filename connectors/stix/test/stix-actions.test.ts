import { type ConnectorReason, ConnectorError } from "@sallyport/runtime"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import { stixHandlers } from "../src/StixHandlers.ts"
import { indicator, tlp } from "./Fixtures.ts"
import { actionsOfManifest, type ManifestAction } from "./ManifestActions.ts"
import { type Chooser, chosen, holdsFor } from "./Property.ts"

const actions = actionsOfManifest()

const failure = {
  error: (reason: ConnectorReason, message: string) =>
    new ConnectorError({
      connector: "stix",
      action: "any",
      reason,
      message,
      upstream: {},
      attempts: 0,
      retryable: false,
      outcomeUnknown: false
    })
}

type AnyHandler = (input: never, context: typeof failure) => Effect.Effect<unknown, ConnectorError>
const handlers: { readonly [name: string]: AnyHandler } = stixHandlers

/** The input goes through the manifest's schema, as the runtime does it, and the output too. */
const call = Effect.fnUntraced(function* ({ name, input, output }: ManifestAction, given: unknown) {
  const handler = handlers[name]
  if (handler === undefined) return expect.fail(`no handler for ${name}`)
  const checked = Result.getOrThrow(input.decode(given))
  // The schema has just checked what the handler's type says; the compiler cannot see that.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const made = yield* handler(checked as never, failure)
  const result = output.decode(made)
  if (Result.isFailure(result)) return expect.fail(`${name}: ${JSON.stringify(result.failure)}`)
  return result.success
})

const actionOf = (name: string): ManifestAction =>
  actions.find((action) => action.name === name) ?? expect.fail(`no action ${name}`)

describe("the manifest", () => {
  it("declares exactly the actions that there is code for", () => {
    expect(actions.map(({ name }) => name)).toEqual(Object.keys(stixHandlers))
    expect(actions.every(({ examples }) => examples.length > 0)).toBe(true)
  })

  for (const action of actions)
    for (const [index, { summary, input, output }] of action.examples.entries())
      it.effect(`tells the truth about ${action.name}: ${summary ?? `example ${index + 1}`}`, () =>
        Effect.gen(function* () {
          expect(yield* call(action, input)).toEqual(output)
        })
      )

  it.effect("describes every output, whatever the objects are", () =>
    Effect.gen(function* () {
      const failures: Array<unknown> = []
      yield* holdsFor(
        chosen(strangeObject),
        (object) => {
          for (const action of actions)
            for (const input of inputsOf(action.name, object)) {
              const exit = Effect.runSyncExit(call(action, input))
              if (exit._tag === "Failure") failures.push(exit.cause)
            }
          return failures.length === 0
        },
        2_000
      )
      expect(failures).toEqual([])
    })
  )
})

describe("time", () => {
  const expiring = indicator("[url:value = 'https://a.example/']", { valid_until: "2024-06-01T00:00:00Z" })

  it.effect("is that of the clock where the input names none", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2024, 4, 31))
      expect(yield* call(actionOf("lifecycle"), { object: expiring })).toMatchObject({ state: "active" })
      expect(yield* call(actionOf("to_threatwinds_entity"), { object: expiring })).toMatchObject({
        entities: [{ entity: { type: "url" } }],
        refusals: []
      })
      yield* TestClock.setTime(Date.UTC(2024, 5, 1))
      expect(yield* call(actionOf("lifecycle"), { object: expiring })).toMatchObject({ state: "expired" })
      expect(yield* call(actionOf("to_threatwinds_entity"), { object: expiring })).toMatchObject({
        entities: [],
        refusals: [{ reason: "expired" }]
      })
    })
  )

  it.effect("may be given with an offset, and with more digits than milliseconds", () =>
    Effect.gen(function* () {
      const { lifecycle } = stixHandlers
      const stateAt = (at: string) =>
        Effect.map(lifecycle({ object: expiring, at }, failure), ({ state }) => state)
      expect(yield* stateAt("2024-06-01T01:59:59+02:00")).toBe("active")
      expect(yield* stateAt("2024-06-01T02:00:00+02:00")).toBe("expired")
      expect(yield* stateAt("2024-05-31T23:59:59.9999999Z")).toBe("active")
    })
  )

  it.effect("that is none is refused", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(stixHandlers.lifecycle({ object: expiring, at: "soon" }, failure))
      expect(error.reason._tag).toBe("InvalidInput")
    })
  )
})

describe("objects", () => {
  const one = indicator("[ipv4-addr:value = '198.51.100.7']")
  const collect = (objects: unknown) => call(actionOf("collect_observables"), { objects })

  it.effect("may be a bundle, a list or one object", () =>
    Effect.gen(function* () {
      const listed = yield* collect([one])
      expect(listed).toMatchObject({ observables: [{ canonical: "198.51.100.7", indicator_ids: [one.id] }] })
      expect(yield* collect({ type: "bundle", objects: [one] })).toEqual(listed)
      expect(yield* collect(one)).toEqual(listed)
      expect(yield* collect({ type: "bundle" })).toEqual({ observables: [], remarks: [] })
    })
  )

  it.effect("of a bundle that are no list are refused", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(collect({ type: "bundle", objects: "none" }))
      expect(error).toMatchObject({ reason: { _tag: "InvalidInput" } })
    })
  )

  it.effect("that are revoked take no value from others that carry it", () =>
    Effect.gen(function* () {
      const revoked = { ...one, id: "indicator--9a8b7c6d-0000-4000-8000-000000000001", revoked: true }
      expect(yield* collect([revoked, one])).toMatchObject({
        observables: [{ indicator_ids: [revoked.id, one.id] }]
      })
    })
  )
})

describe("a refusal", () => {
  it.effect("of the whole indicator is said once, with all of its observables, and even without any", () =>
    Effect.gen(function* () {
      const toThreatWinds = actionOf("to_threatwinds_entity")
      const at = "2024-05-01T00:00:00Z"
      const two = indicator("[ipv4-addr:value IN ('198.51.100.7', '198.51.100.8')]", {
        object_marking_refs: [tlp.red]
      })
      expect(yield* call(toThreatWinds, { object: two, at })).toMatchObject({
        entities: [],
        refusals: [
          { reason: "marking", observables: [{ canonical: "198.51.100.7" }, { canonical: "198.51.100.8" }] }
        ]
      })
      expect(yield* call(toThreatWinds, { object: { type: "malware" }, at })).toMatchObject({
        entities: [],
        refusals: [{ reason: "not-an-indicator", observables: [] }]
      })
    })
  )

  it.effect("of a marking is lifted by an override together with groups, which the entity then names", () =>
    Effect.gen(function* () {
      const object = indicator("[ipv4-addr:value = '198.51.100.7']", { object_marking_refs: [tlp.amber] })
      const given = { object, at: "2024-05-01T00:00:00Z", override_marking: true }
      const toThreatWinds = actionOf("to_threatwinds_entity")
      expect(yield* call(toThreatWinds, given)).toMatchObject({ refusals: [{ reason: "marking" }] })
      expect(yield* call(toThreatWinds, { ...given, visible_by: ["soc"] })).toMatchObject({
        entities: [{ entity: { visible_by: ["soc"] }, flags: ["marking-overridden"] }],
        refusals: []
      })
    })
  )
})

const values: readonly [unknown, ...ReadonlyArray<unknown>] = [
  undefined,
  null,
  "",
  0,
  -1,
  1e300,
  true,
  [],
  {},
  ["a", 1, null],
  "2024-02-31T23:59:60.1234567890Z",
  "2024-01-01T00:00:00+01:00",
  "indicator",
  "malware",
  "stix",
  "indicator--1",
  "malware--1",
  [tlp.green],
  [tlp.red, 5],
  ["benign", "malicious-activity"],
  [{ kill_chain_name: "k", phase_name: "P" }, 7],
  "[ipv4-addr:value IN ('198.51.100.7', '10.0.0.1', '203.0.113.0/24')]",
  "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' OR file:hashes.'SHA-512' = 'f00'] REPEATS 2 TIMES",
  "[domain-name:value = 'a.example' AND NOT EXISTS file:name] FOLLOWEDBY [x:y MATCHES '(']",
  "[mac-addr:value = '00-00-5E-00-53-01' OR autonomous-system:number = 64500]",
  "[x509-certificate:issuer = 'CN=a' OR email-addr:value = 'a@b.example' OR file:name = 'x']"
]

const strangeObject = (chooser: Chooser): Record<string, unknown> => {
  const object: Record<string, unknown> = chooser.below(4) === 0 ? {} : { ...indicator("[a:b = 1]") }
  for (const field of [
    "type",
    "id",
    "pattern",
    "pattern_type",
    "revoked",
    "valid_from",
    "valid_until",
    "indicator_types",
    "confidence",
    "kill_chain_phases",
    "object_marking_refs",
    "granular_markings",
    "modified",
    "created_by_ref",
    "objects"
  ]) {
    // Mostly left alone, so that some objects get far.
    if (chooser.below(3) === 0 || field === "pattern") {
      const value = chooser.pick(...values)
      if (value !== undefined) object[field] = value
    }
  }
  return object
}

const inputsOf = (action: string, object: Record<string, unknown>): ReadonlyArray<unknown> => {
  if (action === "check_pattern") return [{ pattern: String(object["pattern"]) }]
  const list = [object, null, 7, { ...object, id: "indicator--2" }, object]
  if (["extract_observables", "lifecycle"].includes(action)) return [{ object }]
  if (action === "to_threatwinds_entity")
    return [{ object }, { object, indicated: list, visible_by: ["a"], override_marking: true }]
  return [{ objects: list }, { objects: { type: "bundle", objects: list } }]
}
