import { placeAt, type Place } from "./Place.ts"
import { type Room, roomOf } from "./Room.ts"
import type { Violation } from "./Violation.ts"
import type { Workspace, WorkspacePackage } from "./Workspace.ts"

/**
 * Imports point downwards only. Reports every import in a `src`, and every dependency in a `package.json`, that goes to
 * a room the table does not allow; a package without a row in the table; and an import that cannot be judged because
 * its target is computed.
 */
export function findForbiddenArrows(workspace: Workspace): ReadonlyArray<Violation> {
  return [...strangers(workspace), ...forbiddenImports(workspace), ...forbiddenDependencies(workspace)]
}

function strangers({ packages }: Workspace): ReadonlyArray<Violation> {
  return packages
    .filter(({ directory }) => roomOf(`${directory}/`) === undefined)
    .map(({ manifest, directory }) => ({
      place: placeAt(manifest, 0),
      message: `${directory} is not in the table of rooms; give it a row in test/architecture/Room.ts and docs/architecture.md`
    }))
}

function forbiddenImports(workspace: Workspace): ReadonlyArray<Violation> {
  return workspace.sources.flatMap((module) =>
    module.imports.flatMap((imported): ReadonlyArray<Violation> => {
      const target = workspace.resolve(module, imported)
      if (target.kind === "computed") {
        return [
          { place: imported.place, message: "imports a computed name; the rules cannot see where it goes" }
        ]
      }
      return target.kind === "workspace" ? judge(imported.place, "imports", target.package) : []
    })
  )
}

function forbiddenDependencies({ packages }: Workspace): ReadonlyArray<Violation> {
  return packages.flatMap(({ manifest, dependencies }) =>
    dependencies.flatMap((dependency) => {
      const target = packages.find(({ name }) => name === dependency)
      if (target === undefined) return []
      return judge(placeAt(manifest, manifest.text.indexOf(`"${dependency}"`)), "depends on", target)
    })
  )
}

function judge(place: Place, verb: string, target: WorkspacePackage): ReadonlyArray<Violation> {
  const from = roomOf(place.path)
  const to = roomOf(`${target.directory}/`)
  // A package without a row is reported once, not at each of its imports.
  if (from === undefined || to === undefined) return []
  if (from.mayImport.includes(to.name) || place.path.startsWith(`${target.directory}/`)) return []
  return [{ place, message: `${verb} ${target.entry}, but ${allowance(from)}` }]
}

function allowance({ name, mayImport }: Room): string {
  return mayImport.length === 0
    ? `${name} may import no other room`
    : `${name} may import only ${mayImport.join(", ")}`
}
