/** Variables of the environment by name, as the program was given them. Only own keys are read. */
export type Environment = { readonly [name: string]: string | undefined }

/** Which part of a connection a property is. */
export type PropertyKind = "setting" | "secret"

/** A property of a connection that is read from a variable. */
export interface VariableReader {
  readonly connection: string
  readonly kind: PropertyKind
  readonly property: string
}

/** The variable that a property of a connection is read from: `SEKOIA_API_KEY` for `api_key` of `sekoia`. */
export const variableName = ({ connection, property }: Omit<VariableReader, "kind">): string =>
  `${connection}_${property}`.toUpperCase()

/** What a variable holds; an empty one is as good as none, as compose files and CI systems give them. */
export const variableAt = (environment: Environment, name: string): string | undefined => {
  const text = Object.hasOwn(environment, name) ? environment[name] : undefined
  return text === "" ? undefined : text
}

/** The variables that several properties would be read from, with all of these. */
export const sharedVariables = (
  readers: Iterable<VariableReader>
): ReadonlyMap<string, ReadonlyArray<VariableReader>> => {
  const byName = Map.groupBy(readers, variableName)
  return new Map([...byName].filter(([, readers]) => readers.length > 1))
}
