import { SourceFile } from "@sallyport/language"
import { describe, expect, it } from "@effect/vitest"
import { manifestCodes } from "../src/diagnostics/ManifestCodes.ts"
import { manifestExampleFile } from "../src/diagnostics/ManifestExample.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"

const problemsOf = (text: string): ReadonlyArray<string> =>
  loadManifest(new SourceFile(manifestExampleFile, text)).diagnostics.map(
    ({ code, message, severity }) => `${code} ${severity}: ${message}`
  )

describe("the codes of manifests", () => {
  for (const [code, { example, severity }] of Object.entries(manifestCodes)) {
    it(`${code}: the wrong example has exactly this problem, the right one none`, () => {
      expect(problemsOf(example.right)).toEqual([])
      expect(problemsOf(example.wrong)).toEqual([expect.stringMatching(new RegExp(`^${code} ${severity}: `))])
    })
  }
})
