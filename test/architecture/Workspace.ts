import { isBuiltin } from "node:module"
import { posix } from "node:path"
import { type ModuleImport, type ParsedModule, parseModule } from "./ParsedModule.ts"
import type { RepositoryFile } from "./RepositoryFile.ts"

/** A package of the repository: the folder with a `package.json`. */
export interface WorkspacePackage {
  readonly name: string
  readonly directory: string
  readonly manifest: RepositoryFile
  /** The packages it needs at run time: dependencies, peers and optional ones. */
  readonly dependencies: ReadonlyArray<string>
  /** The file that `import "name"` means. */
  readonly entry: string
}

/** What an import means. */
export type Target =
  | { readonly kind: "relative"; readonly path: string }
  | { readonly kind: "workspace"; readonly package: WorkspacePackage }
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "registry"; readonly specifier: string }
  | { readonly kind: "computed" }

/** The files of the repository, parsed once for all rules. */
export class Workspace {
  readonly files: ReadonlyArray<RepositoryFile>
  readonly modules: ReadonlyArray<ParsedModule>
  readonly packages: ReadonlyArray<WorkspacePackage>

  constructor(files: ReadonlyArray<RepositoryFile>) {
    this.files = files
    this.modules = files.filter(({ path }) => /\.[cm]?tsx?$/.test(path)).map(parseModule)
    this.packages = files.filter(({ path }) => path.endsWith("/package.json")).map(readPackage)
  }

  /** The modules that are shipped and start with the program: everything under a package's `src`. */
  get sources(): ReadonlyArray<ParsedModule> {
    return this.modules.filter(({ file }) => isSource(file.path))
  }

  /** What `imported` means where `module` writes it. */
  resolve(module: ParsedModule, { specifier }: ModuleImport): Target {
    if (specifier === undefined) return { kind: "computed" }
    if (specifier.startsWith(".")) {
      return { kind: "relative", path: posix.join(posix.dirname(module.file.path), specifier) }
    }
    if (isBuiltin(specifier)) return { kind: "builtin", name: specifier.replace(/^node:/, "") }
    const found = this.packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
    return found === undefined ? { kind: "registry", specifier } : { kind: "workspace", package: found }
  }
}

/** True for `packages/x/src/…` and `connectors/x/src/…`. */
export function isSource(path: string): boolean {
  return /^(?:packages|connectors)\/[^/]+\/src\//.test(path)
}

/** `packages/x` of `packages/x/src/A.ts`. */
export function packageDirectory(path: string): string {
  return path.split("/").slice(0, 2).join("/")
}

function readPackage(manifest: RepositoryFile): WorkspacePackage {
  const content: unknown = JSON.parse(manifest.text)
  const directory = posix.dirname(manifest.path)
  const entry = field(field(content, "exports"), ".")
  return {
    name: String(field(content, "name")),
    directory,
    manifest,
    dependencies: ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.keys(field(content, kind) ?? {})
    ),
    entry: typeof entry === "string" ? posix.join(directory, entry) : manifest.path
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}
