import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { findBarrelImports } from "./architecture/BarrelImports.ts"
import { findUndocumentedExports } from "./architecture/DocComments.ts"
import { findNamelessFiles } from "./architecture/FileNames.ts"
import { findUnmarkedGeneratedFiles } from "./architecture/GeneratedFiles.ts"
import { findForbiddenArrows } from "./architecture/ImportArrows.ts"
import { findImportCycles } from "./architecture/ImportCycles.ts"
import { findBoundaryCrossings } from "./architecture/PackageBoundary.ts"
import { findImpureImports } from "./architecture/PlainRooms.ts"
import { readRepositoryFiles } from "./architecture/RepositoryFile.ts"
import { type Room, rooms } from "./architecture/Room.ts"
import { printViolation, type Violation } from "./architecture/Violation.ts"
import { Workspace } from "./architecture/Workspace.ts"

const repository = resolve(import.meta.dirname, "..")

describe("the architecture of the repository", () => {
  const workspace = new Workspace(readRepositoryFiles(repository))

  const rules: ReadonlyArray<readonly [string, (workspace: Workspace) => ReadonlyArray<Violation>]> = [
    ["imports point downwards only", findForbiddenArrows],
    ["relative imports stay inside their package", findBoundaryCrossings],
    ["files do not import each other in a circle", findImportCycles],
    ["start-up paths import no barrel", findBarrelImports],
    ["plain rooms import neither Effect nor Node", findImpureImports],
    ["every file is named after a noun", findNamelessFiles],
    ["generated files say so in line one", findUnmarkedGeneratedFiles],
    ["every exported symbol has a doc comment", findUndocumentedExports]
  ]
  for (const [guarantee, rule] of rules) {
    it(guarantee, () => {
      expect(rule(workspace).map(printViolation)).toEqual([])
    })
  }

  it("is read from the real files", () => {
    const paths = workspace.sources.map(({ file }) => file.path)
    expect(paths).toContain("packages/language/src/index.ts")
    expect(workspace.packages.map(({ name }) => name)).toContain("@sallyport/language")
    expect(workspace.sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(10)
  })

  it("is the one that docs/architecture.md shows", () => {
    const page = readFileSync(join(repository, "docs/architecture.md"), "utf8")
    const rows = page.split("\n").filter((line) => /^\| `(?:packages|connectors)\//.test(line))
    expect(
      rows.map((row) =>
        row
          .split("|")
          .map((cell) => cell.trim())
          .slice(1, 5)
      )
    ).toEqual(rooms.map(cells))
  })
})

/** The first four cells of a room's row in docs/architecture.md. */
function cells({ directory, mayImport, effect, builtins }: Room): ReadonlyArray<string> {
  const node = builtins === "all" ? "yes" : builtins.join(", ") || "no"
  return [`\`${directory}\``, mayImport.join(", ") || "nothing", effect ? "yes" : "no", node]
}

describe("a broken rule is found", () => {
  it("an arrow that goes up, at its line and column, with both files", () => {
    const found = violations(findForbiddenArrows, {
      ...packageOf("language"),
      ...packageOf("engine"),
      "packages/language/src/Lexer.ts": `const a = 1\nimport { run } from "@sallyport/engine"\n`
    })
    expect(found).toEqual([
      "packages/language/src/Lexer.ts:2:21: imports packages/engine/src/index.ts, but language may import no other room"
    ])
  })

  it("an arrow that goes sideways: a connector that knows another, or more than the runtime", () => {
    const found = violations(findForbiddenArrows, {
      ...packageOf("language"),
      ...packageOf("runtime"),
      ...packageOf("one", "connectors"),
      ...packageOf("two", "connectors"),
      "connectors/one/src/A.ts": `import { a } from "@sallyport/runtime"\nexport * from "@sallyport/two/sub"\n`,
      "connectors/two/src/B.ts": `import type { Span } from "@sallyport/language"\n`
    })
    expect(found).toEqual([
      "connectors/one/src/A.ts:2:15: imports connectors/two/src/index.ts, but connectors/* may import only runtime",
      "connectors/two/src/B.ts:1:27: imports packages/language/src/index.ts, but connectors/* may import only runtime"
    ])
  })

  it("an arrow written as import(), as a type or in package.json", () => {
    const found = violations(findForbiddenArrows, {
      ...packageOf("engine"),
      ...packageOf("server", "packages", ["@sallyport/engine"]),
      ...packageOf("runtime", "packages", ["@sallyport/engine"]),
      "packages/runtime/src/A.ts": `await import("@sallyport/server")`,
      "packages/runtime/src/B.ts": `type Run = import("@sallyport/engine").Run`,
      "packages/runtime/src/C.ts": `export type { Run } from "@sallyport/engine"`
    })
    const but = "but runtime may import only language"
    expect(found).toEqual([
      `packages/runtime/src/A.ts:1:14: imports packages/server/src/index.ts, ${but}`,
      `packages/runtime/src/B.ts:1:19: imports packages/engine/src/index.ts, ${but}`,
      `packages/runtime/src/C.ts:1:26: imports packages/engine/src/index.ts, ${but}`,
      `packages/runtime/package.json:7:5: depends on packages/engine/src/index.ts, ${but}`
    ])
  })

  it("a computed import and a package without a row in the table", () => {
    const found = violations(findForbiddenArrows, {
      ...packageOf("attic"),
      ...packageOf("cli"),
      "packages/cli/src/A.ts": "await import(`./${name}.ts`)\nimport '@sallyport/attic'\n"
    })
    expect(found).toEqual([
      expect.stringMatching(
        /^packages\/attic\/package\.json:1:1: packages\/attic is not in the table of rooms/
      ),
      "packages/cli/src/A.ts:1:14: imports a computed name; the rules cannot see where it goes"
    ])
  })

  it("but an arrow that goes down is none, nor a package that imports itself by name", () => {
    const found = violations(findForbiddenArrows, {
      ...packageOf("language"),
      ...packageOf("cli", "packages", ["@sallyport/language"]),
      "packages/cli/src/A.ts": `import "@sallyport/language"\nimport "@sallyport/cli"\nimport "yaml"\n`
    })
    expect(found).toEqual([])
  })

  it("a relative import that leaves its package, or src for what is not shipped", () => {
    const found = violations(findBoundaryCrossings, {
      "packages/runtime/src/http/A.ts": `import "../B.ts"\nimport "../../../language/src/index.ts"\n`,
      "packages/runtime/src/B.ts": `import "../test/Fake.ts"\n`,
      "packages/runtime/test/B.test.ts": `import "../src/B.ts"\nimport "../../language/src/index.ts"\n`
    })
    expect(found).toEqual([
      "packages/runtime/src/http/A.ts:2:8: imports packages/language/src/index.ts by a relative path that leaves packages/runtime/src",
      "packages/runtime/src/B.ts:1:8: imports packages/runtime/test/Fake.ts by a relative path that leaves packages/runtime/src",
      "packages/runtime/test/B.test.ts:2:8: imports packages/language/src/index.ts by a relative path that leaves packages/runtime"
    ])
  })

  it("a cycle between files, once, with the place of every import on the way", () => {
    const found = violations(findImportCycles, {
      "packages/language/src/A.ts": `import "./B.ts"\n`,
      "packages/language/src/B.ts": `import "./Leaf.ts"\nexport { c } from "./C.ts"\n`,
      "packages/language/src/C.ts": `import { type A } from "./A.ts"\n`,
      "packages/language/src/Leaf.ts": `export const leaf = 1\n`
    })
    expect(found).toEqual([
      "packages/language/src/A.ts:1:8: closes a cycle of imports: packages/language/src/A.ts:1:8 → packages/language/src/B.ts:2:19 → packages/language/src/C.ts:1:24 → packages/language/src/A.ts:1:8"
    ])
  })

  it("a file that imports itself", () => {
    const found = violations(findImportCycles, { "packages/language/src/A.ts": `import "./A.ts"\n` })
    expect(found).toHaveLength(1)
  })

  it("a cycle of types between folders, but not within one", () => {
    const within = {
      "packages/language/src/source/File.ts": `import type { Span } from "./Span.ts"\n`,
      "packages/language/src/source/Span.ts": `import type { File } from "./File.ts"\n`
    }
    expect(violations(findImportCycles, within)).toEqual([])
    const across = {
      "packages/language/src/source/File.ts": `import type { Type } from "../types/Type.ts"\n`,
      "packages/language/src/types/Type.ts": `export type * from "../source/File.ts"\n`
    }
    expect(violations(findImportCycles, across)).toEqual([
      expect.stringContaining(
        "closes a cycle of imports between folders: packages/language/src/source/File.ts:1:27 →"
      )
    ])
  })

  it("a cycle through the entry of a package", () => {
    const found = violations(findImportCycles, {
      ...packageOf("language"),
      "packages/language/src/index.ts": `export * from "./A.ts"\n`,
      "packages/language/src/A.ts": `import "@sallyport/language"\n`
    })
    expect(found).toHaveLength(1)
  })

  it("a barrel in a start-up path, but not in a test", () => {
    const barrels = ["effect", "effect/index", "effect/http/index", "@effect/platform-node"]
    const text = barrels.map((name) => `import { A } from "${name}"\n`).join("")
    const modules = `import * as Effect from "effect/Effect"\nimport "@effect/platform-node/NodeRuntime"\n`
    const found = violations(findBarrelImports, {
      "packages/runtime/src/A.ts": text,
      "packages/runtime/src/B.ts": modules,
      "packages/runtime/test/A.test.ts": text
    })
    expect(found).toEqual(
      barrels.map(
        (name, index) =>
          `packages/runtime/src/A.ts:${index + 1}:19: imports the barrel "${name}"; import the module itself, such as "effect/Effect"`
      )
    )
  })

  it("Effect or a Node built-in in a plain room", () => {
    const text = `import * as Effect from "effect/Effect"\nimport { readFileSync } from "node:fs"\nimport "path"\n`
    const found = violations(findImpureImports, {
      "packages/language/src/A.ts": text,
      "packages/language/test/A.test.ts": text,
      "packages/runtime/src/A.ts": text
    })
    expect(found).toEqual([
      "packages/language/src/A.ts:1:25: imports Effect, but language is plain TypeScript",
      "packages/language/src/A.ts:2:30: imports node:fs, but language also runs outside Node",
      "packages/language/src/A.ts:3:8: imports node:path, but language also runs outside Node"
    ])
  })

  it("a file named after no noun, but a folder may be called types", () => {
    const names = ["utils.ts", "http/Helpers.ts", "common.ts", "types.ts", "types/Type.ts", "Typeset.ts"]
    const found = violations(
      findNamelessFiles,
      Object.fromEntries(names.map((name) => [`packages/runtime/src/${name}`, ""]))
    )
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "packages/runtime/src/utils.ts",
      "packages/runtime/src/http/Helpers.ts",
      "packages/runtime/src/common.ts",
      "packages/runtime/src/types.ts"
    ])
  })

  it("a generated file that does not say so in line one", () => {
    const found = violations(findUnmarkedGeneratedFiles, {
      "connectors/one/src/A.gen.ts": `\n// Generated by sallyport; do not edit.\n`,
      "connectors/one/src/B.gen.ts": `// Generated by sallyport; do not edit.\n`,
      "connectors/one/src/C.ts": ""
    })
    expect(found).toEqual([expect.stringMatching(/^connectors\/one\/src\/A\.gen\.ts:1:1: is generated/)])
  })

  it("an exported symbol or a public method without a doc comment", () => {
    const found = violations(findUndocumentedExports, {
      "packages/language/src/A.ts": `
        /** Documented. */
        export const a = 1
        export const b = 1, c = 2
        /** */
        export function empty() {}
        /** Of another statement. */
        const local = 1
        export { local, d }
        const d = 2
        /** Documented. */
        export class E {
          constructor() {}
          method() {}
          /** Documented. */
          told() {}
          #hidden() {}
          private own() {}
        }
        export default function () {}`
    })
    expect(found).toEqual(
      ["4:9 b", "4:9 c", "6:9 empty", "10:9 d", "20:9 default", "14:11 E.method"].map((expected) => {
        const [place, name] = expected.split(" ")
        return `packages/language/src/A.ts:${place}: exports ${name} without a doc comment`
      })
    )
  })

  it("but overloads, a value and a type of one name, re-exports and generated files need no second comment", () => {
    const found = violations(findUndocumentedExports, {
      "packages/language/src/A.ts": `
        /** Documented. */
        export function a(x: string): void
        export function a(x: number): void
        export function a(x: unknown): void {}
        /** Documented. */
        // oxlint-disable-next-line some-rule -- reason
        export interface B {}
        export const B = 1
        export { c } from "./C.ts"
        import { d } from "./D.ts"
        export { d }
        const internal = 1`,
      "packages/language/src/A.gen.ts": "export const a = 1\n"
    })
    expect(found).toEqual([])
  })
})

function violations(
  rule: (workspace: Workspace) => ReadonlyArray<Violation>,
  tree: Readonly<Record<string, string>>
): ReadonlyArray<string> {
  const files = Object.entries(tree).map(([path, text]) => ({ path, text }))
  return rule(new Workspace(files)).map(printViolation)
}

/** The files of a package that has nothing but a name, its dependencies and an entry. */
function packageOf(
  name: string,
  root: "packages" | "connectors" = "packages",
  dependencies: ReadonlyArray<string> = []
): Readonly<Record<string, string>> {
  const manifest = {
    name: `@sallyport/${name}`,
    exports: { ".": "./src/index.ts" },
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, "workspace:*"]))
  }
  return { [`${root}/${name}/package.json`]: JSON.stringify(manifest, null, 2) }
}
