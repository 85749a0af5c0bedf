import type { CheckedManifest } from "../manifest/CheckedManifest.ts"
import type { DeclaredConnection } from "./DeclaredConnection.ts"
import type { VariableReader } from "./VariableName.ts"

/** The properties of a connection that are not written down, and so are read from variables. */
export const readersOf = (
  { config, name, secrets }: DeclaredConnection,
  manifest: CheckedManifest | undefined
): ReadonlyArray<VariableReader> => {
  if (manifest === undefined) return []
  const settings = [...manifest.config.properties.keys()].filter((property) => !config.has(property))
  const others = [...manifest.secrets.keys()].filter((property) => !secrets.has(property))
  return [
    ...settings.map((property) => ({ connection: name, kind: "setting", property }) as const),
    ...others.map((property) => ({ connection: name, kind: "secret", property }) as const)
  ]
}
