import { execFileSync, execSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import * as Schema from "effect/Schema"

/** A package that was built and packed. */
export interface PackedPackage {
  readonly name: string
  readonly tarball: string
  /** Its folder in the repository; its `node_modules` has what it depends on. */
  readonly source: string
}

const decodeName = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.Struct({ name: Schema.String, private: Schema.optional(Schema.Boolean) }))
)

/**
 * Builds and packs every package of `repository` that is not private, in a copy at `workspace`, so that no stale
 * output of an earlier build gets in and no build that runs meanwhile is disturbed. Throws when a command fails.
 */
export function packWorkspace(repository: string, workspace: string): ReadonlyArray<PackedPackage> {
  mkdirSync(workspace, { recursive: true })
  for (const file of ["package.json", "pnpm-workspace.yaml", "tsconfig.base.json", "LICENSE"]) {
    cpSync(join(repository, file), join(workspace, file))
  }
  const folders = packageFolders(repository)
  for (const folder of folders) {
    cpSync(join(repository, folder), join(workspace, folder), { recursive: true, filter: isPublished })
  }
  const names = folders.map((folder) =>
    decodeName(readFileSync(join(repository, folder, "package.json"), "utf8"))
  )
  const siblings = new Map(names.map(({ name }, index) => [name, join(workspace, folders[index] ?? "")]))
  linkInstalled(join(repository, "node_modules"), join(workspace, "node_modules"), siblings)
  for (const folder of folders) {
    linkInstalled(join(repository, folder, "node_modules"), join(workspace, folder, "node_modules"), siblings)
  }

  const compiler = execSync("effect-tsgo get-exe-path", { encoding: "utf8" }).trim()
  execFileSync(compiler, ["-b", ...folders], { cwd: workspace, stdio: "inherit" })

  return names.flatMap(({ name, private: isPrivate }, index): ReadonlyArray<PackedPackage> => {
    const folder = folders[index]
    if (folder === undefined || isPrivate === true) return []
    const tarball = join(workspace, `${basename(folder)}.tgz`)
    execSync(`pnpm pack --out "${tarball}"`, {
      cwd: join(workspace, folder),
      stdio: ["ignore", "ignore", "inherit"]
    })
    return [{ name, tarball, source: join(repository, folder) }]
  })
}

/** `packages/x` and `connectors/y`: the folders with a `package.json`. */
function packageFolders(repository: string): ReadonlyArray<string> {
  return ["packages", "connectors"].flatMap((root) =>
    (existsSync(join(repository, root)) ? readdirSync(join(repository, root)) : [])
      .map((name) => `${root}/${name}`)
      .filter((folder) => existsSync(join(repository, folder, "package.json")))
  )
}

function isPublished(path: string): boolean {
  return !["node_modules", "dist", "test"].includes(basename(path))
}

/** Links every package installed in `from` into `to`, with the copies in `siblings` in place of their originals. */
export function linkInstalled(from: string, to: string, siblings: ReadonlyMap<string, string>): void {
  for (const name of installedPackages(from)) {
    const link = join(to, name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(siblings.get(name) ?? realpathSync(join(from, name)), link, "junction")
  }
}

function installedPackages(modules: string): ReadonlyArray<string> {
  if (!existsSync(modules)) return []
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]
    )
}
