import { roomOf } from "./Room.ts"
import type { Target, Workspace } from "./Workspace.ts"
import type { Violation } from "./Violation.ts"

/** A room of plain, synchronous TypeScript imports neither Effect nor a Node built-in beyond those its row allows. */
export function findImpureImports(workspace: Workspace): ReadonlyArray<Violation> {
  return workspace.sources.flatMap((module) => {
    const room = roomOf(module.file.path)
    if (room === undefined) return []
    return module.imports.flatMap((imported): ReadonlyArray<Violation> => {
      const target = workspace.resolve(module, imported)
      if (!room.effect && isEffect(target)) {
        return [{ place: imported.place, message: `imports Effect, but ${room.name} is plain TypeScript` }]
      }
      if (target.kind === "builtin" && room.builtins !== "all" && !room.builtins.includes(target.name)) {
        return [
          {
            place: imported.place,
            message: `imports node:${target.name}, but ${room.name} also runs outside Node`
          }
        ]
      }
      return []
    })
  })
}

function isEffect(target: Target): boolean {
  return target.kind === "registry" && /^(?:effect$|effect\/|@effect\/)/.test(target.specifier)
}
