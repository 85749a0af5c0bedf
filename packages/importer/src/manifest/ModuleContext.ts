import type { LossList } from "../LossList.ts"
import type { TypeRegistry } from "../schema/TypeRegistry.ts"
import type { Origins } from "../draft/Draft.ts"
import type { NameSet } from "../draft/Naming.ts"

/** What all files of a module are converted with. */
export interface ModuleContext {
  readonly losses: LossList
  readonly origins: Origins
  readonly types: TypeRegistry
  readonly actionNames: NameSet
  readonly triggerNames: NameSet
}
