import { hasErrors } from "@sallyport/language"
import type { CheckedManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import { manifestDirectory, manifestPaths, readManifest } from "./ManifestDirectory.ts"
import { StandardStreams } from "./StandardStreams.ts"

/** All connectors of the directory, by name. One whose manifest has errors is left out, and named on standard error. */
export const allManifests = Effect.fn("allManifests")(function* (option: Option.Option<string>) {
  const { err } = yield* StandardStreams
  const found = yield* Effect.forEach(
    yield* Effect.flatMap(manifestDirectory(option), manifestPaths),
    readManifest
  )
  const manifests = new Map<string, CheckedManifest>()
  for (const { diagnostics, manifest, path } of found) {
    if (manifest !== undefined) manifests.set(manifest.manifest.connector, manifest)
    else if (hasErrors(diagnostics))
      yield* err(`sallyport: ${path} has errors; see: sallyport check ${path}\n`)
  }
  return manifests
})
