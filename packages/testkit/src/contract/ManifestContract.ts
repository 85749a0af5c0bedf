import { SourceFile } from "@sallyport/language"
import { expect, it } from "vitest"
import { type CheckedManifest, loadManifest, manifestDigest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type { ContractOptions } from "./ContractOptions.ts"
import { effectTest } from "./EffectTest.ts"
import { contractSetting } from "./ContractSetting.ts"

/** Registers the tests of a manifest as a whole. */
export const manifestContract = (manifest: CheckedManifest, options: ContractOptions): void => {
  it("has a digest that depends on what it says, and not on how it is written", () => {
    const { path, text } = manifest.file
    const again = loadManifest(new SourceFile(path, `# Another comment\n\n${text}\n`)).manifest
    const other = loadManifest(new SourceFile(path, text.replace(/^title:.*$/mu, "title: Another"))).manifest
    expect(again === undefined ? undefined : manifestDigest(again)).toBe(manifestDigest(manifest))
    expect(other === undefined ? undefined : manifestDigest(other)).not.toBe(manifestDigest(manifest))
  })

  effectTest("is the manifest of the connector that is opened, to a digit", () =>
    Effect.gen(function* () {
      const { connection } = yield* contractSetting(manifest, options)
      expect(manifestDigest(connection.manifest)).toBe(manifestDigest(manifest))
    })
  )

  effectTest("has no action and no trigger of another name", () =>
    Effect.gen(function* () {
      const { connection, mock } = yield* contractSetting(manifest, options)
      const action = yield* Effect.flip(connection.call("notAnActionOfIt", {}))
      const trigger = yield* Effect.flip(connection.poll("notATriggerOfIt", {}, undefined))
      expect([action.reason._tag, trigger.reason._tag]).toEqual(["InvalidInput", "InvalidInput"])
      expect(mock.requests.lines).toEqual([])
    })
  )

  it("gives reasons for missing examples only where examples are missing", () => {
    const reasons = Object.keys(options.withoutExamples ?? {})
    expect(reasons.filter((name) => !manifest.actions.has(name))).toEqual([])
    expect(reasons.filter((name) => (manifest.manifest.actions?.[name]?.examples ?? []).length > 0)).toEqual(
      []
    )
  })
}
