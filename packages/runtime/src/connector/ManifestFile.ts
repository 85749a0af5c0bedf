import { defaultYamlLimits, renderTerminal, SourceFile } from "@sallyport/language"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import { loadManifest } from "../manifest/ManifestLoader.ts"
import { ManifestInvalid } from "./ManifestInvalid.ts"

/** The manifest in a file, checked. A file that is larger than any manifest is refused without reading it. */
export const readManifestFile = Effect.fn("readManifestFile")(function* (path: string) {
  const files = yield* FileSystem.FileSystem
  const text = yield* Effect.gen(function* () {
    const { size } = yield* files.stat(path)
    if (size > largest) return undefined
    return yield* files.readFileString(path)
  }).pipe(
    Effect.mapError(
      ({ reason }) =>
        new ManifestInvalid({
          path,
          message: `cannot read the manifest ${path}: ${reason._tag}`,
          diagnostics: []
        })
    )
  )
  if (text === undefined) {
    const message = `${path} is no manifest: it is larger than ${largest} bytes`
    return yield* new ManifestInvalid({ path, message, diagnostics: [] })
  }
  const { diagnostics, manifest } = loadManifest(new SourceFile(path, text))
  if (manifest !== undefined) return manifest
  return yield* new ManifestInvalid({
    path,
    message: renderTerminal(diagnostics, { color: false }),
    diagnostics
  })
})

/** Fails for a manifest that leaves operations to code, naming them: they need a layer with handlers. */
export const requireNoCode = (
  path: string,
  { actions, triggers }: CheckedManifest
): Effect.Effect<void, ManifestInvalid> => {
  const coded = [
    ...[...actions.values()].filter(({ request }) => request === undefined),
    ...[...triggers.values()].filter(({ poll }) => poll === undefined)
  ]
  if (coded.length === 0) return Effect.void
  const named = coded.map(({ name, span }) => {
    const { column, line } = span.file.position(span.start)
    return `${path}:${line}:${column}: ${name} is marked implementation: code`
  })
  const message = `${named.join("\n")}\na manifest that needs code is made a connector by Connector.layer`
  return Effect.fail(new ManifestInvalid({ path, message, diagnostics: [] }))
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const largest = 3 * defaultYamlLimits.size
