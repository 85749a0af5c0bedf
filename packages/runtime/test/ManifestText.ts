import { type Diagnostic, SourceFile } from "@sallyport/language"
import { readFileSync } from "node:fs"
import type { CheckedAction, CheckedManifest, CheckedTrigger } from "../src/manifest/CheckedManifest.ts"
import { loadManifest } from "../src/manifest/ManifestLoader.ts"

/** The text of the fixture that has everything the vocabulary has. */
export const fixtureText = readFileSync(new URL("fixtures/acme_desk.yaml", import.meta.url), "utf8")

/** The problems of a manifest that stands in `example.yaml`. */
export const problemsOf = (text: string): ReadonlyArray<Diagnostic> =>
  loadManifest(new SourceFile("example.yaml", text)).diagnostics

/** `code line:column-line:column` of each problem, in order. */
export const places = (text: string): ReadonlyArray<string> =>
  problemsOf(text).map(({ code, span }) => {
    const from = span.file.position(span.start)
    const to = span.file.position(span.end)
    return `${code} ${from.line}:${from.column}-${to.line}:${to.column}`
  })

/** A manifest that has nothing wrong with it. Throws with all problems otherwise. */
export const checked = (text: string, path = "example.yaml"): CheckedManifest => {
  const { diagnostics, manifest } = loadManifest(new SourceFile(path, text))
  if (manifest === undefined || diagnostics.length > 0)
    throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"))
  return manifest
}

/** The fixture, checked. */
export const fixture = (): CheckedManifest => checked(fixtureText, "acme_desk.yaml")

/** An action that must be there. */
export const actionOf = (manifest: CheckedManifest, name: string): CheckedAction => {
  const action = manifest.actions.get(name)
  if (action === undefined) throw new Error(`no action ${name}`)
  return action
}

/** A trigger that must be there. */
export const triggerOf = (manifest: CheckedManifest, name: string): CheckedTrigger => {
  const trigger = manifest.triggers.get(name)
  if (trigger === undefined) throw new Error(`no trigger ${name}`)
  return trigger
}
