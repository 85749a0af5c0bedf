import type { Draft, DraftMap } from "../draft/Draft.ts"
import { NameSet, typeName } from "../draft/Naming.ts"

/** The `types` of the manifest: every definition that a module refers to gets a name of its own. */
export class TypeRegistry {
  /** The types by name, in the order in which they were asked for. */
  readonly types: DraftMap = new Map()
  readonly #names = new NameSet("")

  /** A free name like the one that is wanted. */
  name(wanted: string): string {
    return this.#names.take(typeName(wanted))
  }

  /** Adds the schema of a name that was given. */
  add(name: string, schema: Draft): void {
    this.types.set(name, schema)
  }
}
