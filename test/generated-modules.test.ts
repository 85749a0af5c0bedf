import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { SourceFile } from "@sallyport/language"
import { type CheckedManifest, generatedModules, loadManifest } from "@sallyport/runtime"

const root = join(import.meta.dirname, "..")
const advice = "run `sallyport generate` and commit what it writes"

const manifests: ReadonlyArray<CheckedManifest> = readdirSync(join(root, "manifests"))
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => {
    const path = `manifests/${name}`
    const { manifest } = loadManifest(new SourceFile(path, readFileSync(join(root, path), "utf8")))
    if (manifest === undefined) throw new Error(`${path} does not load`)
    return manifest
  })

describe("generated modules", () => {
  const modules = generatedModules(manifests)

  it("are there for every manifest", () => {
    expect(modules.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "connectors/sekoia/src/manifest.gen.ts",
        "connectors/threatwinds/src/manifest.gen.ts"
      ])
    )
  })

  for (const { path, text } of modules) {
    it(`${path} is what its manifest says`, () => {
      const file = join(root, path)
      expect(existsSync(file), `${path} is missing: ${advice}`).toBe(true)
      expect(readFileSync(file, "utf8") === text, `${path} is out of date: ${advice}`).toBe(true)
    })
  }

  it("are the same whenever they are generated", () => {
    expect(generatedModules(manifests)).toEqual(modules)
  })

  it("have no rest of a manifest that is gone", () => {
    const known = new Set(modules.map(({ path }) => path))
    const found = readdirSync(join(root, "connectors"))
      .map((name) => `connectors/${name}/src/manifest.gen.ts`)
      .filter((path) => existsSync(join(root, path)))
    expect(found.filter((path) => !known.has(path))).toEqual([])
  })
})
