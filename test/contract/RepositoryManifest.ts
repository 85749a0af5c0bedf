import { SourceFile } from "@sallyport/language"
import { type CheckedManifest, loadManifest } from "@sallyport/runtime"
import { readFileSync } from "node:fs"

/** A manifest of this repository by its name. Throws with all that is wrong with it. */
export const repositoryManifest = (name: string): CheckedManifest => {
  const path = `manifests/${name}.yaml`
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")
  const { diagnostics, manifest } = loadManifest(new SourceFile(path, text))
  if (manifest === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"))
  return manifest
}
