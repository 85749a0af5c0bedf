import { isJsonObject, type Json } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { ConnectorContract } from "../src/connector/ConnectorContract.ts"
import { manifestDigest } from "../src/manifest/ManifestDigest.ts"
import { outputCodec } from "../src/schema/ValueCodec.ts"
import { checked } from "./ManifestText.ts"
import { fixture } from "./TypeScriptProject.ts"

/** As a generator would have written it, as far as the tests go. */
interface Operations {
  readonly config: object
  readonly secrets: { readonly api_key: "required" }
  readonly types: { readonly Verdict: Json; readonly StixObject: Json; readonly Indicator: Json }
  readonly actions: {
    readonly look: {
      readonly implementation: "code"
      readonly given: { readonly ip: string; readonly limit?: number }
      readonly input: { readonly ip: string; readonly limit: number }
      readonly output: Json
      readonly result: Json
    }
  }
  readonly triggers: {
    readonly feed: {
      readonly implementation: "code"
      readonly given: object
      readonly input: object
      readonly event: Json
      readonly result: Json
    }
  }
}

const text = fixture("acme.yaml")
const Acme: ConnectorContract<"acme", Operations> = ConnectorContract.make("acme", text)

const decoded = (schema: Schema.Codec<unknown>, value: unknown): unknown => {
  const exit = Schema.decodeUnknownExit(schema)(value)
  return Exit.isSuccess(exit) ? exit.value : String(exit)
}

describe("a contract", () => {
  it("is made, and gives codecs, without reading its manifest", () => {
    // Whatever is no manifest would throw if it were read.
    const broken: ConnectorContract<"acme", Operations> = ConnectorContract.make("acme", "connector: [")
    expect(Schema.isSchema(broken.codec("Verdict"))).toBe(true)
    expect(Schema.isSchema(broken.given("look"))).toBe(true)
    expect(() => broken.manifest).toThrow()
  })

  it("that is older than its runtime says where it does not load, and to generate it again", () => {
    const old: ConnectorContract<"acme", Operations> = ConnectorContract.make(
      "acme",
      text.replace("implementation: code", "implementation: magic")
    )
    expect(() => old.manifest).toThrow(/acme.*does not load: acme\.yaml:\d+:\d+: .*sallyport generate/s)
    expect(() => old.digest).toThrow("sallyport generate")
  })

  it("reads its manifest once", () => {
    expect(Acme.manifest).toBe(Acme.manifest)
    expect(Acme.manifest.manifest.connector).toBe("acme")
  })

  it("has the digest of its manifest", () => {
    expect(Acme.digest).toBe(manifestDigest(checked(text, "acme.yaml")))
  })

  it("decodes a type with its defaults, and keeps the fields that it says it keeps", () => {
    expect(
      decoded(Acme.codec("Indicator"), { type: "indicator", pattern: "[a:b = 1]", x_new: { a: 1 } })
    ).toEqual({
      type: "indicator",
      pattern: "[a:b = 1]",
      x_new: { a: 1 },
      revoked: false
    })
    expect(decoded(Acme.codec("Verdict"), { verdict: "good", score: 1, more: 1 })).toContain("more")
  })

  it("takes no broken object of a known type for one of an unknown type", () => {
    expect(decoded(Acme.codec("StixObject"), { type: "ipv4-addr", id: "a" })).toEqual({
      type: "ipv4-addr",
      id: "a"
    })
    expect(decoded(Acme.codec("StixObject"), { type: "indicator", id: "a" })).toContain("pattern")
  })

  it("decodes what is given to the input: formats are enforced, defaults are filled in, nothing unknown gets in", () => {
    expect(decoded(Acme.given("look"), { ip: "192.0.2.1" })).toEqual({ ip: "192.0.2.1", limit: 10 })
    expect(decoded(Acme.given("look"), { ip: "192.0.2.256" })).toContain("ip")
    expect(decoded(Acme.given("look"), { ip: "192.0.2.1", limitt: 1 })).toContain("limitt")
    expect(decoded(Acme.given("look"), {})).toContain("ip")
  })

  it("decodes outputs and events", () => {
    const verdict = { verdict: "bad", score: 3 }
    expect(decoded(Acme.output("look"), verdict)).toEqual({ ...verdict, tags: [] })
    expect(decoded(Acme.event("feed"), { type: "malware" })).toEqual({ type: "malware" })
    expect(decoded(Acme.event("feed"), {})).toContain("type")
    expect(decoded(Acme.polled("feed"), {})).toEqual({})
    expect(decoded(Acme.polled("feed"), { limit: 1 })).toContain("limit")
  })

  it.effect("decodes as part of a schema of its user's", () =>
    Effect.gen(function* () {
      const Report = Schema.Struct({ verdicts: Schema.Array(Acme.codec("Verdict")) })
      const report = yield* Schema.decodeUnknownEffect(Report)({ verdicts: [{ verdict: "good", score: 1 }] })
      expect(report.verdicts).toEqual([{ verdict: "good", score: 1, tags: [] }])
    })
  )

  it("gives back the very object that needs nothing filled in, as the codec of values does", () => {
    const codec = outputCodec({ $ref: "#/types/Verdict" }, definitions())
    const value = { verdict: "good", score: 1, tags: [] }
    expect(decoded(Acme.codec("Verdict"), value)).toBe(value)
    expect(decoded(codec.schema, value)).toBe(value)
  })
})

const definitions = (): { readonly [name: string]: Json } => {
  const { source } = Acme.manifest
  return isJsonObject(source) ? source : {}
}
