import { jsonReport, SourceFile, suggestions } from "@sallyport/language"
import { type CheckedManifest, type LoadedManifest, loadManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { join } from "node:path"
import { Environment } from "./Environment.ts"
import { Failure } from "./Failure.ts"
import { manifestName } from "./ManifestName.ts"
import { readTextFile, whyUnreadable } from "./TextFile.ts"

/** A manifest as it was found. */
export interface FoundManifest extends LoadedManifest {
  readonly path: string
}

/** The directory of manifests that is in force: the option, or the environment's. */
export const manifestDirectory = (option: Option.Option<string>): Effect.Effect<string, never, Environment> =>
  Environment.useSync(({ manifests }) => Option.getOrElse(option, () => manifests))

/**
 * The paths of all manifests in a directory by the names of their connectors, in the order of the files. Fails where two
 * files are of one name: which of them is meant nobody can tell.
 */
const namedManifests = Effect.fn("namedManifests")(function* (directory: string) {
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
  const found = new Map<string, string>()
  for (const file of names.toSorted()) {
    if (!/\.ya?ml$/.test(file) || isConnectionsFile(file)) continue
    const path = join(directory, file)
    // What cannot be read is reported by whoever wants it.
    const text = yield* Effect.orElseSucceed(readTextFile(path, "Manifest"), () => "")
    const name = manifestName(path, text)
    const other = found.get(name)
    if (other !== undefined)
      return yield* Failure.wrong(
        "Manifest",
        `${other} and ${path} are both manifests of the connector ${quoted(name)}; give one of them another name, or move it away`
      )
    found.set(name, path)
  }
  return found
})

/** The paths of all manifests in a directory, in the order of their names; see `namedManifests`. */
export const manifestPaths = (directory: string) =>
  Effect.map(namedManifests(directory), (found) => [...found.values()])

/** Files of connections are found by their name: `connections.yaml`, `NAME.connections.yaml`. */
export const isConnectionsFile = (path: string): boolean => /(?:^|[\\/.])connections\.ya?ml$/.test(path)

/** Reads and checks one manifest, whatever is wrong with it. */
export const readManifest = (path: string): Effect.Effect<FoundManifest, Failure, FileSystem.FileSystem> =>
  Effect.map(readTextFile(path, "Manifest"), (text) => ({
    path,
    ...loadManifest(new SourceFile(path, text))
  }))

/** The manifest of a connector by its name, whatever that of its file. Fails where there is none without error. */
export const manifestOf = Effect.fn("manifestOf")(function* (directory: string, name: string) {
  const names = yield* namedManifests(directory)
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

const known = (names: Iterable<string>): string => {
  const all = [...names]
  return all.length === 0 ? "there are none" : `there are ${all.slice(0, 20).map(quoted).join(", ")}`
}

const quoted = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name)
