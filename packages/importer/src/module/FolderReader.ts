import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Stream from "effect/Stream"
import { ImportError } from "../ImportError.ts"
import type { ModuleFile, ModuleFolder } from "./ModuleFolder.ts"

/** The size of one file in bytes, the size of all, and their number. */
const maximumBytes = 1_048_576
const maximumTotal = 16_777_216
const maximumFiles = 1_000

/**
 * Reads the JSON files of a folder: only regular files that really lie in it, at most 1 MiB each, 16 MiB and 1,000 together.
 * A file that cannot be read is a file with a problem; only a folder that cannot be listed is an error.
 */
export const readModuleFolder = Effect.fn("importer.readModuleFolder")(function* (directory: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const unlisted = (): ImportError =>
    new ImportError({
      directory,
      message: `cannot list the folder ${directory}: give the folder of a module, which holds a manifest.json`
    })
  const root = yield* Effect.mapError(fs.realPath(directory), unlisted)
  const names = (yield* Effect.mapError(fs.readDirectory(root), unlisted)).toSorted()
  const jsonNames = names.filter((name) => /\.json$/i.test(name))
  const files: Array<ModuleFile> = []
  let total = 0
  for (const [index, name] of jsonNames.entries()) {
    const left = index < maximumFiles ? maximumTotal - total : 0
    const file = yield* readModuleFile(path.join(root, name), { name, root, left })
    if ("text" in file) total += file.text.length
    files.push(file)
  }
  const icon = ["logo.svg", "icon.svg"].find((name) => names.includes(name))
  return { name: path.basename(root), files, icon } satisfies ModuleFolder
})

const readModuleFile = Effect.fnUntraced(function* (
  file: string,
  { left, name, root }: { readonly name: string; readonly root: string; readonly left: number }
) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  if (left <= 0)
    return {
      name,
      problem: `${name}: the folder has more than ${maximumFiles} JSON files or 16 MiB; the rest is not read`
    }
  const read = Effect.gen(function* () {
    const target = yield* fs.realPath(file)
    if (path.dirname(target) !== root)
      return { name, problem: `${name}: is a link that leads out of the folder` }
    const { type } = yield* fs.stat(target)
    if (type !== "File") return { name, problem: `${name}: is no file` }
    const limit = Math.min(maximumBytes, left)
    // One byte more than allowed tells, also of a file that grows meanwhile.
    const chunks = yield* Stream.runCollect(fs.stream(target, { bytesToRead: limit + 1 }))
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    if (size > limit) return { name, problem: `${name}: is larger than ${limit} bytes` }
    return decoded(name, chunks, size)
  })
  return yield* read.pipe(
    Effect.catch((error) =>
      Effect.succeed({
        name,
        problem: `${name}: cannot be read (${error.reason._tag}); check that it may be read`
      })
    )
  )
})

const decoded = (name: string, chunks: ReadonlyArray<Uint8Array>, size: number): ModuleFile => {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  try {
    return { name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return { name, problem: `${name}: is no UTF-8; save it as UTF-8` }
  }
}
