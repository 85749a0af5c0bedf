import {
  type Diagnostic,
  hasErrors,
  jsonReport,
  renderGithub,
  renderSarif,
  renderTerminal
} from "@sallyport/language"
import type { CheckedManifest } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as Option from "effect/Option"
import { codes } from "../Codes.ts"
import { hasColor, proseWidth } from "../Color.ts"
import { Environment } from "../Environment.ts"
import { checkConnectionsFile } from "../ConnectionsCheck.ts"
import { connectionsFile } from "../ConnectorWiring.ts"
import { ExitCode } from "../ExitCode.ts"
import { Failure } from "../Failure.ts"
import { jsonLine, jsonText } from "../JsonOutput.ts"
import { allManifests } from "../ManifestCollection.ts"
import { isConnectionsFile, manifestDirectory, manifestPaths, readManifest } from "../ManifestDirectory.ts"
import { packageVersion } from "../PackageVersion.ts"
import { StandardStreams } from "../StandardStreams.ts"
import { whyUnreadable } from "../TextFile.ts"

/** What is checked, and how it is printed. */
export interface CheckInput {
  readonly paths: ReadonlyArray<string>
  readonly format: "pretty" | "json" | "sarif" | "github"
  readonly json: boolean
  readonly manifests: Option.Option<string>
}

/** Checks files and prints what is wrong and what is right; fails when something is an error. */
export const check = Effect.fn("check")(function* (input: CheckInput) {
  const streams = yield* StandardStreams
  const environment = yield* Environment
  const paths = yield* pathsOf(input)
  const checked: ReadonlyArray<CheckedFile> = yield* checkFiles(paths, input)
  const diagnostics = checked.flatMap((file) => file.diagnostics)
  switch (input.json ? "json" : input.format) {
    case "pretty": {
      const right = checked.filter((file) => !hasErrors(file.diagnostics))
      yield* streams.out(right.map(({ path, summary }) => `${path}: ${summary}\n`).join(""))
      const { outStyle } = streams
      const options = { color: hasColor(environment, outStyle), width: proseWidth(outStyle) }
      yield* streams.out(renderTerminal(diagnostics, options))
      break
    }
    case "json": {
      const files = checked.map(({ path, summary, diagnostics: found }) => ({
        path,
        ok: !hasErrors(found),
        summary
      }))
      const report = { ...jsonReport(diagnostics), files }
      yield* streams.out(input.json ? jsonLine(report) : jsonText(report))
      break
    }
    case "sarif":
      yield* streams.out(renderSarif(diagnostics, { registry: codes, version: packageVersion() }))
      break
    case "github":
      yield* streams.out(renderGithub(diagnostics))
      break
  }
  if (hasErrors(diagnostics)) return yield* Failure.afterOutput(ExitCode.wrong)
})

interface CheckedFile {
  readonly path: string
  /** What it holds, in a few words. */
  readonly summary: string
  readonly diagnostics: ReadonlyArray<Diagnostic>
}

/** Without a path, all manifests that are in force, and the file of connections. */
const pathsOf = Effect.fnUntraced(function* ({ manifests, paths }: CheckInput) {
  if (paths.length > 0) return (yield* Effect.forEach(paths, filesAt)).flat()
  const connections = yield* connectionsFile
  const found = yield* Effect.flatMap(manifestDirectory(manifests), manifestPaths)
  return [...found, ...(connections === undefined ? [] : [connections])]
})

/** The files that a path means: a directory means the manifests in it. */
const filesAt = Effect.fnUntraced(function* (path: string) {
  const files = yield* FileSystem.FileSystem
  const info = yield* files
    .stat(path)
    .pipe(Effect.mapError((error) => Failure.wrong("Input", `${path}: ${whyUnreadable(error)}`)))
  return info.type === "Directory" ? yield* manifestPaths(path) : [path]
})

/** Whether a file holds connections is told by its name, or because the environment says so. */
const checkFiles = Effect.fnUntraced(function* (paths: ReadonlyArray<string>, { manifests }: CheckInput) {
  const named = yield* connectionsFile
  const isConnections = (path: string): boolean => path === named || isConnectionsFile(path)
  const known = paths.some(isConnections)
    ? yield* allManifests(manifests)
    : new Map<string, CheckedManifest>()
  return yield* Effect.forEach(paths, (path) =>
    isConnections(path) ? checkConnectionsFile(path, known) : checkManifest(path)
  )
})

const checkManifest = Effect.fnUntraced(function* (path: string) {
  const { diagnostics, manifest } = yield* readManifest(path)
  const file: CheckedFile = { path, summary: manifest === undefined ? "" : summaryOf(manifest), diagnostics }
  return file
})

const summaryOf = ({ actions, manifest, triggers }: CheckedManifest): string =>
  `${manifest.connector} ${manifest.version}, ${count(actions.size, "action")}, ${count(triggers.size, "trigger")}`

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`
