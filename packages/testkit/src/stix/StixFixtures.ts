import type { Json } from "@sallyport/language"
import type { JsonObject } from "../json/JsonText.ts"
import { SeededRandom } from "../random/SeededRandom.ts"
import { FixtureDraft } from "./FixtureDraft.ts"
import { indicatorFields, indicatorKinds } from "./FixtureIndicators.ts"
import { objectKinds } from "./FixtureObjects.ts"
import { fixtureAuthor, fixtureSources, sharedFixtures, tlpMarkings } from "./FixtureShared.ts"
import type { StixObject } from "./StixObject.ts"

/** Which fixtures. */
export interface StixFixtureOptions {
  /** Other seeds give other values and ids of the same kinds. Default: `sallyport`. */
  readonly seed?: string
  /** How many objects. Default: 240, which has every kind at least three times. */
  readonly objects?: number
}

/**
 * Invented STIX objects as Sekoia serves them, with all that makes them awkward: fractions of seconds of any width,
 * `confidence` null or missing, revoked, expired and not yet valid indicators, YARA rules, compound and unparsable
 * patterns, markings that mark each other, unknown types and fields, and ids that come again with a newer `modified`.
 * All values are from documentation ranges, but for some private addresses.
 *
 * The same for the same seed on every machine. From the oldest change to the youngest; about 1.45 kB each.
 */
export function stixFixtures(options: StixFixtureOptions = {}): ReadonlyArray<StixObject> {
  return [...stixFixtureStream(options)]
}

/** The same, made one by one: hundreds of thousands take no memory. */
export function* stixFixtureStream(options: StixFixtureOptions = {}): Generator<StixObject, void, undefined> {
  const { objects = 240, seed = "sallyport" } = options
  for (let index = 0; index < objects; index++) yield stixFixtureAt(seed, index)
}

/** The object at one place, from 0, without those before it. */
export function stixFixtureAt(seed: string, index: number): StixObject {
  const shared = sharedFixtures[index]
  if (shared !== undefined) return shared
  const kind = kindAt(index)
  const draft = draftAt(seed, index)
  const change = changes[kind]
  if (change === undefined) return make(draft, kind)
  const back = kinds.indexOf(kind) - kinds.indexOf(change.of)
  return { ...stixFixtureAt(seed, index - back), ...change.fields, modified: draft.modified }
}

/** Objects of the same round that come again, changed. */
const changes: { readonly [kind: string]: { readonly of: string; readonly fields: JsonObject } } = {
  ratedLater: { of: "nullConfidence", fields: { confidence: 85 } },
  revokedLater: { of: "severalValues", fields: { revoked: true } }
}

/** The kinds of one round, in order: indicators, what they are related to, and what comes again. */
const kinds: ReadonlyArray<string> = [
  ...Object.keys(indicatorKinds),
  ...Object.keys(objectKinds),
  ...Object.keys(changes)
]

const kindAt = (index: number): string => kinds[(index - sharedFixtures.length) % kinds.length] ?? ""

function draftAt(seed: string, index: number): FixtureDraft {
  const round = Math.floor((index - sharedFixtures.length) / kinds.length)
  const idOf = (kind: string): string =>
    idAt(seed, sharedFixtures.length + round * kinds.length + kinds.indexOf(kind))
  return new FixtureDraft(seed, index, idOf)
}

/** The id needs a sequence of its own, so that relations can name it without making the object. */
function idAt(seed: string, index: number): string {
  const kind = kindAt(index)
  return `${objectKinds[kind]?.type ?? "indicator"}--${new SeededRandom(`${seed} id`, index).uuid()}`
}

function make(draft: FixtureDraft, kind: string): StixObject {
  const indicator = indicatorKinds[kind]
  const other = objectKinds[kind]
  const fields =
    indicator === undefined ? (other?.fields(draft) ?? {}) : indicatorFields(draft, indicator(draft))
  const without = indicator === undefined ? (other?.without ?? []) : (indicator(draft).without ?? [])
  const usual = usualFields(draft)
  const kept = Object.entries(usual).filter(([name]) => !without.includes(name))
  const type = other?.type ?? "indicator"
  return { ...Object.fromEntries(kept), ...fields, type, id: idAt(draft.seed, draft.index) }
}

function usualFields(draft: FixtureDraft): { readonly [name: string]: Json } {
  const { index, random } = draft
  const tlp = random.pick([
    tlpMarkings.green,
    tlpMarkings.white,
    tlpMarkings.green,
    tlpMarkings.amber,
    tlpMarkings.red
  ])
  return {
    spec_version: "2.1",
    created: draft.created,
    modified: draft.modified,
    created_by_ref: fixtureAuthor,
    revoked: false,
    lang: index % 11 === 0 ? "fr" : "en",
    description: draft.prose(200),
    object_marking_refs: [tlp],
    external_references: [
      { source_name: "a blog", url: "", description: "", external_id: null },
      { source_name: "Example Threat Research", url: `https://research.example/notes/${index}` }
    ],
    x_inthreat_sources_refs: [fixtureAuthor, random.pick(fixtureSources)],
    x_inthreat_short_display: `fixture ${index}`
  }
}
