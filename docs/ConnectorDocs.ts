import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { SourceFile } from "@sallyport/language"
import {
  type CheckedManifest,
  connectorIndex,
  connectorPage,
  connectorReadme,
  loadManifest
} from "@sallyport/runtime"
import { generatedNotice } from "../packages/language/src/diagnostics/ErrorPage.ts"
import type { GeneratedDoc } from "./GeneratedDocs.ts"

const root = join(import.meta.dirname, "..")

/**
 * The pages of all connectors that have a manifest, their index, and the READMEs of those that have a folder. What people
 * have to say of a connector besides its manifest stands in the `NOTES.md` of its folder, and becomes part of its README.
 */
export const connectorDocs = (): ReadonlyArray<GeneratedDoc> => {
  const manifests = readdirSync(join(root, "manifests"))
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map(readManifest)
  return [
    {
      path: "docs/connectors/README.md",
      content: `${generatedNotice}\n\n${introduction}\n\n${connectorIndex(manifests)}\n`
    },
    ...manifests.flatMap((manifest) => docsOf(manifest))
  ]
}

const readManifest = (name: string): CheckedManifest => {
  const path = `manifests/${name}`
  const file = new SourceFile(path, readFileSync(join(root, path), "utf8"))
  const { diagnostics, manifest } = loadManifest(file)
  if (manifest !== undefined) return manifest
  throw new Error([`${path} does not load:`, ...diagnostics.map(({ message }) => message)].join("\n"))
}

const docsOf = (manifest: CheckedManifest): ReadonlyArray<GeneratedDoc> => {
  const { connector } = manifest.manifest
  const page = `docs/connectors/${connector}.md`
  const folder = `connectors/${connector}`
  const docs = [{ path: page, content: `${generatedNotice}\n\n${connectorPage(manifest)}` }]
  if (!existsSync(join(root, folder, "package.json"))) return docs
  const notes = join(root, folder, "NOTES.md")
  const readme = connectorReadme(manifest, {
    page: `../../${page}`,
    notes: existsSync(notes) ? readFileSync(notes, "utf8") : undefined
  })
  return [...docs, { path: `${folder}/README.md`, content: `${generatedNotice}\n\n${readme}` }]
}

const introduction = `# Connectors

What each connector can do, what it takes and gives, and how to connect. Every page is made from the connector's manifest in
[manifests](../../manifests/).`
