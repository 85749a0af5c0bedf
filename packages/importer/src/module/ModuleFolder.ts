/** What was found in the folder of a module. Nothing of it is trusted. */
export interface ModuleFolder {
  /** The folder's own name. */
  readonly name: string
  /** By name, so that the same folder gives the same manifest. */
  readonly files: ReadonlyArray<ModuleFile>
  /** The name of an SVG with the module's logo. */
  readonly icon: string | undefined
}

/** A JSON file of a module: its text, or why it could not be read. */
export type ModuleFile =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly problem: string }

/** What the files of a module are, by their names. */
export type ModuleFileKind = "manifest" | "action" | "trigger" | "connector"

/** What a file is; undefined for one that says nothing to the importer. */
export const kindOf = (name: string): ModuleFileKind | undefined => {
  if (name === "manifest.json") return "manifest"
  const [, prefix] = /^(action|trigger|connector)_.*\.json$/.exec(name) ?? []
  return prefix === "action" || prefix === "trigger" || prefix === "connector" ? prefix : undefined
}
