import { type Json, SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Schema from "effect/Schema"
import { canonicalJson, manifestDigest } from "../src/manifest/ManifestDigest.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"
import { checked, fixture, fixtureText } from "./ManifestText.ts"

const whole = fixture()
const digest = manifestDigest(whole)

const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value)

/** Numbers made from one, the same each time (Park and Miller). */
class Numbers {
  #state: number

  constructor(seed: number) {
    this.#state = (seed % 2_147_483_646) + 1
  }

  below(limit: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647
    return this.#state % limit
  }
}

/** The same data with its keys in another order. */
const shuffled = (value: Json, numbers: Numbers): Json => {
  if (typeof value !== "object" || value === null) return value
  if (isList(value)) return value.map((item) => shuffled(item, numbers))
  const keyed = Object.entries(value).map(([key, inner]) => ({ key, inner, at: numbers.below(1_000_000) }))
  const sorted = keyed.toSorted((a, b) => a.at - b.at)
  return Object.fromEntries(sorted.map(({ inner, key }) => [key, shuffled(inner, numbers)]))
}

/** Every way of changing one leaf, or of dropping one entry or item. */
const changes = (value: Json): ReadonlyArray<Json> => {
  if (typeof value === "string") return [`${value} `]
  if (typeof value === "number") return [value + 1]
  if (typeof value === "boolean") return [!value]
  if (value === null) return [0]
  if (isList(value))
    return value.flatMap((item, index) => [
      value.toSpliced(index, 1),
      ...changes(item).map((changed) => value.toSpliced(index, 1, changed))
    ])
  const entries = Object.entries(value)
  return entries.flatMap(([key, inner], index) => [
    Object.fromEntries(entries.toSpliced(index, 1)),
    Object.fromEntries([...entries.toSpliced(index, 1), [`${key}_`, inner]]),
    ...changes(inner).map((changed) => Object.fromEntries([...entries.toSpliced(index, 1), [key, changed]]))
  ])
}

const seeds = Arbitrary.all({
  seed: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))),
  indent: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 4 })))
})

describe("the digest of a manifest", () => {
  it("is sha256 and 64 hexadecimal digits", () => {
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it("is that of the canonical JSON of RFC 8785", () => {
    expect(canonicalJson({ b: [1, 1e21, -0, "é\n"], a: null, A: { "\u{1F600}": true, "\uFB33": 0.5 } })).toBe(
      '{"A":{"\u{1F600}":true,"\uFB33":0.5},"a":null,"b":[1,1e+21,0,"é\\n"]}'
    )
  })

  it.effect("is the same in any order of keys and any formatting", () =>
    Effect.gen(function* () {
      const result = yield* Arbitrary.checkEffect(
        seeds,
        ({ indent, seed }) => {
          const text = JSON.stringify(shuffled(whole.source, new Numbers(seed)), null, indent)
          const { manifest } = loadManifest(new SourceFile("acme_desk.yaml", `# a comment\n${text}\n`))
          return manifest !== undefined && manifestDigest(manifest) === digest
        },
        { runs: 25, seed: 7 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )

  it("is the same without comments and empty lines, and from another file", () => {
    const bare = fixtureText.replaceAll(/^ *#.*\n/gm, "").replaceAll(/\n\n+/g, "\n")
    expect(bare).not.toBe(fixtureText)
    expect(manifestDigest(checked(bare, "elsewhere/acme_desk.yaml"))).toBe(digest)
  })

  it("is another one for every change of a leaf, a key or a list", () => {
    const all = changes(whole.source)
    const digests = new Set(all.map((source) => manifestDigest({ source })))
    expect(all.length).toBeGreaterThan(800)
    expect(digests.has(digest)).toBe(false)
  })

  it.effect("is that of another manifest only when both say the same", () =>
    Effect.gen(function* () {
      const json = Arbitrary.schema(Schema.Json)
      const result = yield* Arbitrary.checkEffect(
        Arbitrary.all({ a: json, b: json }),
        ({ a, b }) =>
          (manifestDigest({ source: a }) === manifestDigest({ source: b })) === Equal.equals(a, b),
        { runs: 500, seed: 11 }
      )
      expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
    })
  )
})
