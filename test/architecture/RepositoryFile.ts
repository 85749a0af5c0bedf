import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"

/** A text file of the repository. `path` starts at its root and uses `/` on every system. */
export interface RepositoryFile {
  readonly path: string
  readonly text: string
}

const roots = ["packages", "connectors"]
const skipped = new Set(["node_modules", "dist"])

/** Every TypeScript file and `package.json` of all packages and connectors under `repository`, sorted by path. */
export function readRepositoryFiles(repository: string): ReadonlyArray<RepositoryFile> {
  // Git keeps no empty folder: before the first connector there may be none.
  const paths = roots
    .map((root) => join(repository, root))
    .filter(existsSync)
    .flatMap(listFiles)
  return paths
    .filter((path) => /\.[cm]?tsx?$|[\\/]package\.json$/.test(path))
    .map((path) => ({
      path: relative(repository, path).split(sep).join("/"),
      text: readFileSync(path, "utf8")
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function listFiles(directory: string): ReadonlyArray<string> {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = join(directory, entry.name)
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}
