import { jsonReport, SourceFile, suggestions } from "@sallyport/language"
import { type CheckedManifest, type LoadedManifest, loadManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { join } from "node:path"
import { Environment } from "./Environment.ts"
import { Failure } from "./Failure.ts"

import { readTextFile, whyUnreadable } from "./TextFile.ts"

/** A manifest as it was found. */
export interface FoundManifest extends LoadedManifest {
  readonly path: string
}

/** The directory of manifests that is in force: the option, or the environment's. */
export const manifestDirectory = (option: Option.Option<string>): Effect.Effect<string, never, Environment> =>
  Environment.useSync(({ manifests }) => Option.getOrElse(option, () => manifests))

/** The paths of all manifests in a directory, in the order of their names. */
export const manifestPaths = Effect.fn("manifestPaths")(function* (directory: string) {
  const files = yield* FileSystem.FileSystem
  const names = yield* files
    .readDirectory(directory)
    .pipe(
      Effect.mapError((error) =>
        Failure.wrong(
          "Manifest",
          `${directory}: ${whyUnreadable(error)}; name the directory of the manifests with --manifests or SALLYPORT_MANIFESTS`
        )
      )
    )
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !isConnectionsFile(name))
    .toSorted()
    .map((name) => join(directory, name))
})

/** Files of connections are found by their name: `connections.yaml`, `NAME.connections.yaml`. */
export const isConnectionsFile = (path: string): boolean => /(?:^|[\\/.])connections\.ya?ml$/.test(path)

/** Reads and checks one manifest, whatever is wrong with it. */
export const readManifest = (path: string): Effect.Effect<FoundManifest, Failure, FileSystem.FileSystem> =>
  Effect.map(readTextFile(path, "Manifest"), (text) => ({
    path,
    ...loadManifest(new SourceFile(path, text))
  }))

/** The manifest of a connector by its name, which is also that of its file. Fails where there is none without error. */
export const manifestOf = Effect.fn("manifestOf")(function* (directory: string, name: string) {
  const paths = yield* manifestPaths(directory)
  const names = new Map(paths.map((path) => [connectorOf(path), path]))
  const path = names.get(name)
  if (path === undefined) {
    const near = suggestions(name, names.keys(), 3)
    const help = near.length === 0 ? known(names.keys()) : `did you mean ${near.map(quoted).join(" or ")}?`
    return yield* Failure.wrong(
      "UnknownConnector",
      `there is no connector ${quoted(name)} in ${directory}; ${help}`
    )
  }
  return yield* usable(yield* readManifest(path))
})

/** The manifest, if nothing in it is an error. */
export const usable = ({
  diagnostics,
  manifest,
  path
}: FoundManifest): Effect.Effect<CheckedManifest, Failure> => {
  if (manifest !== undefined) return Effect.succeed(manifest)
  const { diagnostics: found, summary } = jsonReport(diagnostics)
  const count = summary.errors === 1 ? "1 error" : `${summary.errors} errors`
  return Effect.fail(
    Failure.wrong("Manifest", `${path} has ${count}; see: sallyport check ${path}`, {
      diagnostics: found
    })
  )
}

const connectorOf = (path: string): string => /([^/\\]+)\.ya?ml$/.exec(path)?.[1] ?? path

const known = (names: Iterable<string>): string => {
  const all = [...names]
  return all.length === 0 ? "there are none" : `there are ${all.slice(0, 20).map(quoted).join(", ")}`
}

const quoted = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name)
