import { type Diagnostic, SourceFile } from "@sallyport/language"
import { type CheckedManifest, loadConnections } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import { readTextFile } from "./TextFile.ts"

/** Checks a file of connections against the connectors that there are, and says in a few words what it holds. */
export const checkConnectionsFile = Effect.fn("checkConnectionsFile")(function* (
  path: string,
  manifests: ReadonlyMap<string, CheckedManifest>
) {
  const text = yield* readTextFile(path, "Connection")
  const { connections, diagnostics } = loadConnections(new SourceFile(path, text), manifests)
  const { size } = connections
  const found: ReadonlyArray<Diagnostic> = diagnostics
  return { path, summary: `${size} connection${size === 1 ? "" : "s"}`, diagnostics: found }
})
