import type { Violation } from "./Violation.ts"
import type { Workspace } from "./Workspace.ts"

/** `effect`, `effect/index`, `effect/http/index`, `@effect/platform-node`, `@effect/platform-node/index`. */
const barrel = /^(?:effect(?:\/(?:.+\/)?index)?|@effect\/[^/]+(?:\/(?:.+\/)?index)?)$/

/**
 * Start-up paths import sub-paths (`effect/Effect`). A barrel costs 250 to 300 ms at every start and pulls in optional
 * peers. Tests may use barrels.
 */
export function findBarrelImports(workspace: Workspace): ReadonlyArray<Violation> {
  return workspace.sources.flatMap(({ imports }) =>
    imports
      .filter(({ specifier }) => specifier !== undefined && barrel.test(specifier))
      .map(({ specifier, place }) => ({
        place,
        message: `imports the barrel "${specifier}"; import the module itself, such as "effect/Effect"`
      }))
  )
}
