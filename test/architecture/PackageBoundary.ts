import type { Violation } from "./Violation.ts"
import { isSource, packageDirectory, type Workspace } from "./Workspace.ts"

/**
 * A relative path stays inside its package, and inside `src` when it starts there: another package is imported by its
 * name, and what is shipped never needs what is not.
 */
export function findBoundaryCrossings(workspace: Workspace): ReadonlyArray<Violation> {
  return workspace.modules.flatMap((module) =>
    module.imports.flatMap((imported): ReadonlyArray<Violation> => {
      const target = workspace.resolve(module, imported)
      if (target.kind !== "relative") return []
      const home = packageDirectory(module.file.path)
      const inside = isSource(module.file.path) ? `${home}/src` : home
      if (target.path.startsWith(`${inside}/`)) return []
      return [
        { place: imported.place, message: `imports ${target.path} by a relative path that leaves ${inside}` }
      ]
    })
  )
}
