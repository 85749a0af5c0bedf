import { execFileSync, execSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { linkInstalled, type PackedPackage } from "./PackedWorkspace.ts"

const decodeManifest = Schema.decodeUnknownSync(
  Schema.fromJsonString(
    Schema.Struct({
      exports: Schema.Record(Schema.String, Schema.String),
      dependencies: Schema.optional(Schema.Record(Schema.String, Schema.String)),
      peerDependencies: Schema.optional(Schema.Record(Schema.String, Schema.String))
    })
  )
)

/** A project of a user who installed the packed packages, and nothing of this repository. */
export class Consumer {
  readonly #directory: string

  /** Unpacks every tarball into the project's `node_modules`, each with its dependencies beside it. */
  constructor(directory: string, packages: ReadonlyArray<PackedPackage>) {
    this.#directory = directory
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, "package.json"), `{ "type": "module" }`)
    writeFileSync(
      join(directory, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: { strict: true, module: "NodeNext", target: "ES2024", noEmit: true, types: [] },
        files: ["import.ts"]
      })
    )
    const installed = new Map(packages.map(({ name }) => [name, this.#installed(name)]))
    for (const { name, tarball, source } of packages) {
      mkdirSync(this.#installed(name), { recursive: true })
      execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", this.#installed(name)])
      linkInstalled(join(source, "node_modules"), join(this.#installed(name), "node_modules"), installed)
    }
  }

  /** Checks what was packed, then type-checks and runs an import of it. A sentence on success; throws on a fault. */
  verify(name: string): string {
    const files = this.#verifyFiles(name)
    this.#verifyManifest(name)
    writeFileSync(
      join(this.#directory, "import.ts"),
      `import * as everything from "${name}"\nexport const names: ReadonlyArray<string> = Object.keys(everything)\n`
    )
    const compiler = execSync("effect-tsgo get-exe-path", { encoding: "utf8" }).trim()
    execFileSync(compiler, ["-p", "."], { cwd: this.#directory, stdio: "inherit" })
    const script = `import * as everything from "${name}"; console.log(Object.keys(everything).length)`
    const exports = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: this.#directory,
      encoding: "utf8"
    })
    if (!(Number(exports) > 0)) throw new Error(`${name} exports nothing`)
    return `${files.length} files, ${exports.trim()} exports`
  }

  #installed(name: string): string {
    return join(this.#directory, "node_modules", name)
  }

  #verifyFiles(name: string): ReadonlyArray<string> {
    const files = readdirSync(this.#installed(name), { recursive: true, encoding: "utf8" }).filter(
      (path) => !path.startsWith("node_modules")
    )
    for (const wanted of ["LICENSE", "README.md"]) {
      if (!files.includes(wanted)) throw new Error(`${name} is packed without ${wanted}`)
    }
    const stray = files.find((path) => path.endsWith(".tsbuildinfo") || path.startsWith("test"))
    if (stray !== undefined) throw new Error(`${name} is packed with ${stray}`)
    return files
  }

  #verifyManifest(name: string): void {
    const text = readFileSync(join(this.#installed(name), "package.json"), "utf8")
    const { exports, dependencies, peerDependencies } = decodeManifest(text)
    for (const [subpath, target] of Object.entries(exports)) {
      if (!target.startsWith("./dist/"))
        throw new Error(`${name} exports ${subpath} from ${target}, not from dist`)
      if (!existsSync(join(this.#installed(name), target)))
        throw new Error(`${name} is packed without ${target}`)
    }
    for (const [dependency, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
      if (/^(?:catalog|workspace):/.test(range))
        throw new Error(`${name} depends on ${dependency} at ${range}`)
    }
  }
}
