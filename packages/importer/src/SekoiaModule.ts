import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import type * as Path from "effect/Path"
import * as Result from "effect/Result"
import type { ImportedModule } from "./ImportedModule.ts"
import type { ImportError } from "./ImportError.ts"
import { convertModule } from "./ModuleConversion.ts"
import { readModuleFolder } from "./module/FolderReader.ts"

/**
 * Imports a folder of Sekoia.io's automation-library: `manifest.json` with the `action_*.json`, `trigger_*.json` and
 * `connector_*.json` beside it. Files that cannot be read are listed and the rest is imported. Fails when the folder cannot
 * be listed or holds no file of a module. Writes nothing.
 */
export const importSekoiaModule: (
  directory: string
) => Effect.Effect<ImportedModule, ImportError, FileSystem.FileSystem | Path.Path> = Effect.fn(
  "importer.importSekoiaModule"
)(function* (directory: string) {
  const folder = yield* readModuleFolder(directory)
  return yield* Result.match(convertModule(folder), { onFailure: Effect.fail, onSuccess: Effect.succeed })
})
