import { membersOf, type Type, type YamlMap, type YamlNode } from "@sallyport/language"
import type { DialectDocument } from "./DialectDocument.ts"
import { discriminationOf } from "./Discrimination.ts"
import { isRecord } from "./JsonValue.ts"

/** The branches of a union that may take a value. */
export type BranchChoice = (value: unknown) => ReadonlyArray<YamlNode>

/** Chooses by the constant that tells the branches of `oneOf` or `anyOf` apart; all of them where there is none. */
export const branchChoice = (
  document: DialectDocument,
  schema: YamlMap,
  branches: ReadonlyArray<YamlNode>
): BranchChoice => {
  const type = document.typeOf(schema)
  const discrimination = type.kind === "union" ? discriminationOf(type) : undefined
  if (discrimination === undefined) return () => branches
  const owners = new Map(branches.map((branch) => [document.typeOf(branch), [branch]]))
  const members = new Set<Type.Type>(membersOf(type))
  // The type of the branch for all other values is not its own any more: it excludes the constants.
  const others = branches.filter((branch) => !members.has(document.typeOf(branch)))
  return (value) => {
    const chosen = isRecord(value) ? discrimination.choose(value) : undefined
    return chosen === undefined ? branches : (owners.get(chosen) ?? others)
  }
}
