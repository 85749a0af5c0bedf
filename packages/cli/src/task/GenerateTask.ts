import { generatedModules } from "@sallyport/runtime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as Option from "effect/Option"
import { printResult } from "../CommandResult.ts"
import { ExitCode } from "../ExitCode.ts"
import { Failure } from "../Failure.ts"
import { manifestDirectory, manifestPaths, readManifest, usable } from "../ManifestDirectory.ts"
import { readTextFile } from "../TextFile.ts"

/** Writes the modules of all manifests that have a folder, or says which of them are out of date. */
export const generate = Effect.fn("generate")(function* (input: {
  readonly check: boolean
  readonly json: boolean
  readonly manifests: Option.Option<string>
}) {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Effect.flatMap(manifestDirectory(input.manifests), manifestPaths)
  // All of them, before anything is written: an error in one leaves everything as it was.
  const manifests = yield* Effect.forEach(paths, (path) => Effect.flatMap(readManifest(path), usable))
  const withFolder = yield* Effect.filter(manifests, ({ manifest }) =>
    Effect.orElseSucceed(files.exists(`connectors/${manifest.connector}/package.json`), () => false)
  )
  const modules = generatedModules(withFolder)
  const stale = yield* Effect.filter(modules, ({ path, text }) =>
    Effect.map(contentOf(path), (old) => old !== text)
  )
  if (!input.check) {
    for (const { path, text } of stale)
      yield* files
        .writeFileString(path, text)
        .pipe(
          Effect.mapError(({ reason }) =>
            Failure.failed("File", `${path}: cannot be written (${reason._tag})`)
          )
        )
  }
  const names = stale.map(({ path }) => path)
  yield* printResult(input.json, {
    json: { [input.check ? "outOfDate" : "written"]: names, modules: modules.map(({ path }) => path) },
    text: () => (input.check ? staleText(names, modules.length) : writtenText(names, modules.length))
  })
  if (input.check && stale.length > 0) return yield* Failure.afterOutput(ExitCode.wrong)
})

const contentOf = (path: string) =>
  readTextFile(path, "File").pipe(Effect.catchTag("Failure", () => Effect.succeed(undefined)))

const staleText = (names: ReadonlyArray<string>, all: number): string =>
  names.length === 0
    ? fineText(all)
    : names.map((name) => `${name} is not what its manifest says; run: sallyport generate\n`).join("")

const writtenText = (names: ReadonlyArray<string>, all: number): string =>
  names.length === 0 ? fineText(all) : names.map((name) => `${name} written\n`).join("")

const fineText = (all: number): string => `all ${all} are as their manifests say\n`
