import { readFileSync } from "node:fs"
import {
  type Definitions,
  loadManifest,
  outputCodec,
  propertiesCodec,
  SourceFile,
  type ValueCodec
} from "@sallyport/runtime"
import { expect } from "@effect/vitest"
import type * as Schema from "effect/Schema"

/** An action of the manifest, with the schemas that the runtime checks it by. */
export interface ManifestAction {
  readonly name: string
  readonly input: ValueCodec
  readonly output: ValueCodec
  readonly examples: ReadonlyArray<{
    readonly summary?: string
    readonly input?: { readonly [name: string]: Schema.Json }
    readonly output?: Schema.Json
  }>
}

/** The actions of this connector's manifest, which must be without a diagnostic. */
export const actionsOfManifest = (): ReadonlyArray<ManifestAction> => {
  const path = "manifests/stix.yaml"
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")
  const { diagnostics, manifest } = loadManifest(new SourceFile(path, text))
  expect(diagnostics.map(({ message }) => message)).toEqual([])
  if (manifest === undefined) return expect.fail(`${path} does not load`)
  const definitions = definitionsOf(manifest.source)
  return Object.entries(manifest.manifest.actions ?? {}).map(([name, action]) => ({
    name,
    input: propertiesCodec(action.input ?? {}, definitions),
    output: outputCodec(action.output ?? { type: "null" }, definitions),
    examples: action.examples ?? []
  }))
}

/** A manifest is a map, and a list of keys is none of it. */
const definitionsOf = (source: Schema.Json): Definitions =>
  typeof source === "object" && source !== null && !isList(source)
    ? source
    : expect.fail("the manifest is no map")

/** `Array.isArray` alone does not narrow a readonly array. */
const isList = (value: Schema.Json): value is ReadonlyArray<Schema.Json> => Array.isArray(value)
